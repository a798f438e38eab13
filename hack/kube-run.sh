#!/usr/bin/env bash
#
# Run a control plane for the lifetime of the caller:
#
#   kube-run.sh [--with-crd-server]
#
# Prints "kubeconfig PATH", then "ready URL", and stops everything when its standard
# input ends: by Ctrl-D or Ctrl-C in a terminal, or because the program at the other
# end of the pipe closed it or died, by whatever signal. What an earlier run left
# behind because it was itself killed is stopped first. Environment: as kube-up.sh.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

tmp=${TMPDIR:-/tmp}
mkdir -p "$kube_cache"

# Each run holds a lock on its folder; a folder without is a leftover. The lock
# over all folders keeps a new one from looking like that before it has its own.
exec 8>"$kube_cache/.runs"
flock 8
for stale in "$tmp"/prenv-kube.*; do
  [[ -O $stale && -d $stale ]] || continue
  (
    flock --nonblock 9 || exit 0
    say "stopping the leftover control plane in $stale"
    "$here/kube-down.sh" "$stale/kubeconfig" 8>&- 9>&- >/dev/null
    rm -rf -- "$stale"
  ) 9>>"$stale/lock"
done
home=$(mktemp -d "$tmp/prenv-kube.XXXXXXXX")
exec 9>"$home/lock"
flock 9
exec 8>&-

stop() {
  trap - EXIT
  "$here/kube-down.sh" "$home/kubeconfig" >/dev/null
  rm -rf -- "$home"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

echo "kubeconfig $home/kubeconfig"
# Its daemons outlive this script when it is killed: they must not inherit the lock.
"$here/kube-up.sh" "$@" "$home/kubeconfig" 9>&- </dev/null
while read -r _; do :; done
