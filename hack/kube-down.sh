#!/usr/bin/env bash
#
# Stop the control plane that kube-up.sh started and delete its data:
#
#   kube-down.sh KUBECONFIG
#
# Only processes noted in KUBECONFIG.d are ended, and each only while its pid still
# belongs to it. Stopping twice is no error.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/daemons.sh
. "$here/lib/daemons.sh"

[[ $# -eq 1 ]] || { echo "usage: $0 KUBECONFIG" >&2; exit 2; }
# Without its note this is no folder of ours, and nothing to delete.
if [[ ! -e $(realpath -m "$1").d/assets ]]; then
  echo "no control plane is running for $1"
  exit 0
fi
open_run "$1"
for pid_file in "$run"/*.pid; do
  [[ -e $pid_file ]] || continue
  name=${pid_file##*/}
  name=${name%.pid}
  if ! is_alive "$name"; then
    say "$name had already exited; the last lines of its log:"
    tail -n 15 "$run/$name.log" >&2
  fi
  halt "$name"
done
rm -rf -- "$run" "$kubeconfig"
