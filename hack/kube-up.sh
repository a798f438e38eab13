#!/usr/bin/env bash
#
# Start a throw-away Kubernetes control plane on loopback: etcd, kube-apiserver and
# kube-controller-manager (no kubelet, no scheduler):
#
#   kube-up.sh [--with-crd-server] KUBECONFIG
#
# KUBECONFIG is written and logs in as a member of system:masters. The folder
# KUBECONFIG.d beside it holds everything else and is what kube-down.sh and the
# other scripts read. Every run has its own ports, keys and data, so runs can be
# parallel. kube-assets.sh must have run before.
#
#   --with-crd-server   also run the server that kube-assets.sh built with the same
#                       option; see kube-crd.sh
#
# Environment:
#   KCM_CONTROLLERS    comma list for kube-controller-manager, or "none" to leave
#                      it out (default: namespace,garbagecollector,serviceaccount)
#   APISERVER_ARGS     extra kube-apiserver flags, separated by blanks
#   START_TIMEOUT      seconds to wait for readiness (default: 120)
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

with_crd_server=
if [[ ${1:-} == --with-crd-server ]]; then
  with_crd_server=1
  shift
fi
[[ $# -eq 1 ]] || { echo "usage: $0 [--with-crd-server] KUBECONFIG" >&2; exit 2; }
controllers=${KCM_CONTROLLERS:-namespace,garbagecollector,serviceaccount}
deadline=$(( SECONDS + ${START_TIMEOUT:-120} ))
read -r -a extra_args <<<"${APISERVER_ARGS:-}"

choose_assets
[[ -x $assets/kube-apiserver ]] || die "$assets has no kube-apiserver; run kube-assets.sh first"
[[ -x $assets/kube-controller-manager ]] || controllers=none
# A server that knows CEL itself needs none beside it.
[[ -z $with_crd_server ]] || ! has_cel || with_crd_server=
[[ -z $with_crd_server || -x $kube_cache/apiextensions-apiserver ]] ||
  die "$kube_cache has no CRD server; run kube-assets.sh --with-crd-server first"

kubeconfig=$(realpath -m "$1")
run=$kubeconfig.d
umask 077
mkdir -p "$(dirname "$run")"
mkdir "$run" 2>/dev/null || die "$run exists: a control plane may be running there; stop it with kube-down.sh first"
echo "$assets" >"$run/assets"
# shellcheck source=lib/pki.sh
. "$here/lib/pki.sh"
# shellcheck source=lib/daemons.sh
. "$here/lib/daemons.sh"
open_run "$kubeconfig"

# Whatever goes wrong before all is ready, say why and leave nothing behind.
failed() {
  local code=$? log
  trap - EXIT
  for log in "$run"/*.log; do
    [[ ! -e $log ]] || { echo "--- last lines of ${log##*/}"; tail -n 15 "$log"; } >&2
  done
  "$here/kube-down.sh" "$kubeconfig" >&2 || true
  exit $(( code == 0 ? 1 : code ))
}
trap failed EXIT
trap 'exit 130' INT TERM HUP

mkdir "$pki"
new_ca ca
new_ca front-proxy-ca
new_cert apiserver ca "/CN=kube-apiserver" serverAuth \
  "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.0.0.1"
new_cert admin ca "/O=system:masters/CN=admin" clientAuth
# The one identity all controllers share needs to delete anything, hence masters.
new_cert controller-manager ca "/O=system:masters/CN=system:kube-controller-manager" clientAuth
new_cert front-proxy front-proxy-ca "/CN=front-proxy" clientAuth
new_token_keys

etcd_port='' peer_port='' api_port='' kcm_port='' crd_port=''
free_port etcd_port
free_port peer_port
free_port api_port
free_port kcm_port
echo "$api_port" >"$run/api-port"

# Nobody will miss this data after a crash, hence no fsync.
launch etcd "$assets/etcd" \
  --name=local --data-dir="$run/etcd" --unsafe-no-fsync --logger=zap --log-level=warn \
  --listen-client-urls="http://127.0.0.1:$etcd_port" \
  --advertise-client-urls="http://127.0.0.1:$etcd_port" \
  --listen-peer-urls="http://127.0.0.1:$peer_port" \
  --initial-advertise-peer-urls="http://127.0.0.1:$peer_port" \
  --initial-cluster="local=http://127.0.0.1:$peer_port"

# The front-proxy certificate is how kube-apiserver vouches for users towards
# servers behind an APIService.
front_proxy_args=(
  --requestheader-client-ca-file="$pki/front-proxy-ca.crt"
  --requestheader-allowed-names=front-proxy
  --requestheader-username-headers=X-Remote-User
  --requestheader-group-headers=X-Remote-Group
  --requestheader-extra-headers-prefix=X-Remote-Extra-
)
# The ServiceAccount admission plugin would hold up every pod until a token
# controller had made it a secret; there are no kubelets to run pods anyway.
# No endpoint reconciler: it would refuse to publish a loopback address.
launch kube-apiserver "$assets/kube-apiserver" \
  --etcd-servers="http://127.0.0.1:$etcd_port" \
  --bind-address=127.0.0.1 --secure-port="$api_port" \
  --advertise-address=127.0.0.1 --endpoint-reconciler-type=none \
  --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" \
  --client-ca-file="$pki/ca.crt" \
  --authorization-mode=RBAC \
  --disable-admission-plugins=ServiceAccount \
  --allow-privileged=true \
  --service-cluster-ip-range=10.0.0.0/24 \
  --service-account-issuer=https://kubernetes.default.svc \
  --service-account-key-file="$pki/sa.pub" \
  --service-account-signing-key-file="$pki/sa.key" \
  "${front_proxy_args[@]}" \
  --proxy-client-cert-file="$pki/front-proxy.crt" \
  --proxy-client-key-file="$pki/front-proxy.key" \
  "${extra_args[@]}"

write_kubeconfig "$kubeconfig" admin "$api_port"
wait_for etcd etcd curl -fsS "http://127.0.0.1:$etcd_port/health"
wait_for_api_server

if [[ $controllers != none ]]; then
  write_kubeconfig "$run/controller-manager.kubeconfig" controller-manager "$api_port"
  # Old ones have an insecure port too, always the same; new ones lack the flag.
  insecure_port=()
  [[ $("$assets/kube-controller-manager" --help) != *' --port int'* ]] || insecure_port=(--port=0)
  launch kube-controller-manager "$assets/kube-controller-manager" \
    --kubeconfig="$run/controller-manager.kubeconfig" \
    --controllers="$controllers" --leader-elect=false \
    --bind-address=127.0.0.1 --secure-port="$kcm_port" "${insecure_port[@]}" --cert-dir="$run"
  wait_for "kube-controller-manager" kube-controller-manager \
    curl -fskS "https://127.0.0.1:$kcm_port/healthz"
fi

# The CRD server keeps its objects under a prefix of its own in the same etcd, and
# asks kube-apiserver who may do what. kube-apiserver reaches it through an
# APIService per API group, all of which name this one service. Two admission
# plugins and flow control need APIs that an old kube-apiserver does not have.
if [[ -n $with_crd_server ]]; then
  free_port crd_port
  new_cert crd-server ca "/CN=crd-server" serverAuth \
    "DNS:localhost,DNS:crd-server.kube-system.svc,IP:127.0.0.1"
  new_cert crd-server-client ca "/O=system:masters/CN=crd-server" clientAuth
  write_kubeconfig "$run/crd-server.kubeconfig" crd-server-client "$api_port"
  launch crd-server env KUBE_FEATURE_WatchListClient=false "$kube_cache/apiextensions-apiserver" \
    --etcd-servers="http://127.0.0.1:$etcd_port" --etcd-prefix=/crd-server \
    --bind-address=127.0.0.1 --secure-port="$crd_port" \
    --tls-cert-file="$pki/crd-server.crt" --tls-private-key-file="$pki/crd-server.key" \
    --client-ca-file="$pki/ca.crt" \
    "${front_proxy_args[@]}" \
    --kubeconfig="$run/crd-server.kubeconfig" \
    --authentication-kubeconfig="$run/crd-server.kubeconfig" \
    --authorization-kubeconfig="$run/crd-server.kubeconfig" \
    --enable-priority-and-fairness=false \
    --disable-admission-plugins=ValidatingAdmissionPolicy,MutatingAdmissionPolicy
  wait_for "the CRD server" crd-server \
    curl -fsS --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" \
    "https://127.0.0.1:$crd_port/readyz"
  "${kubectl[@]}" create --namespace=kube-system service externalname crd-server \
    --external-name=localhost --tcp="$crd_port" >/dev/null
  echo "$crd_port" >"$run/crd-port"
fi

trap - EXIT
echo "ready https://127.0.0.1:$api_port"
