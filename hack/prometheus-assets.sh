#!/usr/bin/env bash
#
# Provide Prometheus and promtool, for the tests of the alerts and of the dashboard:
#
#   prometheus-assets.sh [--check]
#
# Those on PATH are used, and then nothing is fetched. Else both are taken from Debian's
# package into ~/.cache/prenv/prometheus (XDG_CACHE_HOME is respected), without installing
# it: that would start a server. It takes a few seconds; later calls take no time.
#
#   --check   fetch nothing; fail if something would have to be fetched
#
# Exit code 3, with one line that says why, when they are not to be had: the tests that
# need Prometheus are then skipped.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

check=
case ${1:-} in
  '') ;;
  --check) check=1 ;;
  *) echo "usage: $0 [--check]" >&2; exit 2 ;;
esac

unavailable() { echo "${0##*/}: Prometheus is not to be had, and its tests are skipped: $*" >&2; exit 3; }

cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/prenv/prometheus
if command -v prometheus >/dev/null && command -v promtool >/dev/null; then
  say "using $(command -v prometheus)"
  exit 0
fi
if ! lacks "$cache" prometheus promtool >/dev/null; then
  say "Prometheus is in $cache"
  exit 0
fi
[[ -z $check ]] || exit 1

command -v dpkg-deb >/dev/null || unavailable "this is not Debian; install prometheus and promtool"

mkdir -p "$cache"
work=$(mktemp -d "$cache/.work.XXXXXX")
trap 'rm -rf "$work"' EXIT
fetch() { (cd "$work" && apt-get -qq download prometheus) >/dev/null 2>"$work/error"; }
say "fetching Prometheus (20 MB)"
# The lists may be missing or older than the archive. apt checks what it fetches.
fetch || { apt-get -qq update </dev/null >/dev/null 2>&1; fetch; } ||
  unavailable "apt cannot get it: $(grep -m 1 . "$work/error" || echo 'it does not say why')"
dpkg-deb --extract "$work"/prometheus_*.deb "$work/files"
# In the same file system, so that two runs at once replace whole files.
for program in prometheus promtool; do
  mv -f "$work/files/usr/bin/$program" "$cache/$program"
done
"$cache/promtool" --version >/dev/null 2>&1 || { rm -f "$cache"/prom*; unavailable "the program of Debian's package does not run here"; }
say "Prometheus is in $cache"
