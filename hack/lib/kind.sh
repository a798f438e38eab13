# shellcheck shell=bash
# What the scripts for kind share.

# shellcheck source=common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

cluster=${CLUSTER:-prenv}
context=kind-$cluster

for tool in docker kind kubectl helm flux dotnet curl; do
  command -v "$tool" >/dev/null || die "$tool must be on PATH"
done

k() { kubectl --context "$context" "$@"; }

# forward NAMESPACE OBJECT PORT: make its port one of this machine's, until unforward
forward() {
  k -n "$1" port-forward "$2" "$3:$3" >/dev/null &
  forwarding=$!
  local end=$(( SECONDS + 60 ))
  until (: <"/dev/tcp/127.0.0.1/$3") 2>/dev/null; do
    (( SECONDS < end )) || die "$2 cannot be reached"
    sleep 1
  done
}

unforward() { kill "${forwarding:-}" 2>/dev/null || true; }
