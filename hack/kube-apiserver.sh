#!/usr/bin/env bash
#
# Take the API server of a running control plane away, and bring it back on the
# same port with the same data, to see what its clients make of that:
#
#   kube-apiserver.sh stop|start KUBECONFIG
#
# It is stopped as if it had crashed: open watches break immediately. `start` returns
# when it is ready. Neither does harm when there is nothing to do.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/daemons.sh
. "$here/lib/daemons.sh"

[[ $# -eq 2 ]] || { echo "usage: $0 stop|start KUBECONFIG" >&2; exit 2; }
open_run "$2"
# shellcheck disable=SC2034  # wait_for reads it
deadline=$(( SECONDS + 120 ))
case $1 in
  stop) halt kube-apiserver ;;
  start)
    is_alive kube-apiserver || relaunch kube-apiserver
    wait_for_api_server
    ;;
  *) die "expected stop or start, not $1" ;;
esac
