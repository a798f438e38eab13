#!/usr/bin/env bash
#
# Run shellcheck over the project's scripts; install it where that is possible, and
# say so where it is not.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

if ! (need shellcheck=shellcheck) >&2; then
  say "the scripts are not checked"
  exit 0
fi
cd "$here/.."
# The files in hack/lib are checked with the scripts that source them.
shellcheck hack/*.sh .ci/run
