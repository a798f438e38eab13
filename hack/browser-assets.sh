#!/usr/bin/env bash
#
# Provide Chromium, for the tests of the page:
#
#   browser-assets.sh
#
# A `chromium` or `google-chrome` on PATH is used. Else, Debian's is installed by apt-get,
# where that is to be had and this runs as root.
#
# Exit code 3, with one line that says why, when there is none: the tests that need a
# browser are then skipped.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

unavailable() { echo "${0##*/}: Chromium is not to be had, and the tests of the page in a browser are skipped: $*" >&2; exit 3; }

for program in chromium google-chrome; do
  if command -v "$program" >/dev/null; then
    say "using $(command -v "$program")"
    exit 0
  fi
done

command -v apt-get >/dev/null || unavailable "there is no apt-get; install chromium"
[[ $(id -u) == 0 ]] || unavailable "only root may install it; run: sudo apt-get install chromium"
say "installing Debian's chromium (90 MB)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export DEBIAN_FRONTEND=noninteractive
(apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core) >"$log" 2>&1 ||
  unavailable "apt-get says: $(grep -m 1 '^E:' "$log" || tail -n 1 "$log")"
command -v chromium >/dev/null || unavailable "apt-get has installed no program called chromium; install google-chrome"
say "using $(command -v chromium)"
