#!/usr/bin/env bash
#
# Build kubectl-prenv, the program as one file that needs no .NET, into artifacts/:
#
#   plugin.sh PLATFORM     linux-x64, linux-arm64, osx-x64, osx-arm64 or win-x64
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
cd "$here/.."

platform=${1:?must be a platform such as linux-x64}
suffix=
[[ $platform == win-* ]] && suffix=.exe
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The lock file is for the platform that everything else runs on.
dotnet publish PrEnv.Controller --configuration Release --runtime "$platform" --self-contained --output "$work" --nologo -v quiet \
  -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:EnableCompressionInSingleFile=true -p:DebugType=none \
  -p:PublishReadyToRun=false -p:RestoreLockedMode=false -p:RestorePackagesWithLockFile=false -p:RunAnalyzers=false >&2
mkdir -p artifacts
mv "$work/prenv$suffix" "artifacts/kubectl-prenv-$platform$suffix"
say "artifacts/kubectl-prenv-$platform$suffix"
