#!/usr/bin/env bash
# Mutation tests (docs/mutation.md). Usage: run.sh training|fairness [further options of dotnet stryker, such as -m '**/Fit.cs']
set -euo pipefail
configuration=$1; shift
# In the repository's root Stryker would take the whole solution.
cd "$(dirname "$0")/../../FairMedl.Tests"
dotnet tool restore
export RunAnalyzers=false PrecompileLibraries=false
exec dotnet stryker -f "../tools/mutation/$configuration.json" -O "../StrykerOutput/$configuration" "$@"
