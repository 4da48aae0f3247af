#!/usr/bin/env bash
# Makes a folder that checks compute engines on a Linux machine (x64) with an NVIDIA GPU, without the .NET SDK, the source or the
# internet: devices, agreement with PyTorch's reference numbers and step times of each engine and device.
# Usage: tools/gpu-check.sh [folder=out/gpu-check]. Copy the folder to the machine and run ./run.sh there.
# The folder holds no libtorch: run.sh uses the one of a PyTorch installation.
set -euo pipefail
limit_mb=60
repository=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$repository/out/gpu-check}

if [ -e "$folder" ] && [ -n "$(ls -A "$folder")" ]; then
  echo "'$folder' is not empty. Choose another folder, or remove it first." >&2
  exit 2
fi

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
# Build outputs of their own, because the restore for one system differs from the one in the repository.
# Trimming removes unused parts of the framework only; our assemblies and TorchSharp's stay whole.
dotnet publish "$repository/tools/FairMedl.GpuCheck" --configuration Release --runtime linux-x64 --self-contained \
  --artifacts-path "$build" --output "$build/program" --nologo --verbosity quiet \
  -p:PublishTrimmed=true -p:TrimMode=partial -p:SuppressTrimAnalysisWarnings=true -p:DebuggerSupport=false \
  -p:DebugType=none -p:PublishDocumentationFiles=false

mkdir -p "$folder"
cp -r "$build/program" "$folder/program"
install -m 755 "$repository/tools/FairMedl.GpuCheck/run.sh" "$folder/run.sh"

size_mb=$(( ($(du -s --apparent-size --block-size=1024 "$folder" | cut -f1) + 1023) / 1024 ))
echo "$folder: $size_mb MB"
if [ "$size_mb" -gt "$limit_mb" ]; then
  echo "The folder is larger than $limit_mb MB." >&2
  exit 1
fi
