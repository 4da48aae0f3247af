#!/usr/bin/env bash
# Prints engines and devices, agreement with PyTorch's reference numbers and step times of this machine.
# Usage: ./run.sh [torch/lib folder of a PyTorch installation]. Without a folder, python3 is asked where its PyTorch is.
# Exit code 0: every self-test passed; 1: one failed, or a native library ended the program.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-}
if [ -z "$folder" ]; then
  for python in python3 python; do
    folder=$("$python" -c '
import importlib.util, os
spec = importlib.util.find_spec("torch")
if spec: print(os.path.join(spec.submodule_search_locations[0], "lib"))' 2>/dev/null)
    [ -n "$folder" ] && break
  done
fi

if [ -n "$folder" ]; then
  echo "libtorch: $folder"
  "$here/program/FairMedl.GpuCheck" "$folder"
else
  echo "No PyTorch installation was found. To check its devices, run ./run.sh with the path of its torch/lib folder."
  "$here/program/FairMedl.GpuCheck"
fi
code=$?
if [ "$code" -ge 128 ]; then
  echo "Signal $((code - 128)) ended the program: a native library or the GPU driver failed after the last line above." >&2
  exit 1
fi
exit "$code"
