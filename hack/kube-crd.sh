#!/usr/bin/env bash
#
# Put a CustomResourceDefinition where its CEL rules are evaluated:
#
#   kube-crd.sh KUBECONFIG <CRD.yaml
#
# That is the CRD server of `kube-up.sh --with-crd-server`, to which the API group is
# then routed, or kube-apiserver itself when it is new enough. One definition per
# call. It may be repeated to change the definition. Clients use KUBECONFIG as ever;
# a definition on the CRD server is itself not visible there.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/daemons.sh
. "$here/lib/daemons.sh"

[[ $# -eq 1 ]] || { echo "usage: $0 KUBECONFIG <CRD.yaml" >&2; exit 2; }
open_run "$1"
if [[ ! -e $run/crd-port ]]; then
  has_cel || die "started without --with-crd-server"
  exec "${kubectl[@]}" apply --server-side --force-conflicts -f -
fi
port=$(<"$run/crd-port")

crd=$(cat)
# The old server knows the outline of a definition; it is asked for nothing else.
read -r name group versions < <(
  "${kubectl[@]}" create --dry-run=client --validate=false -f - \
    -o jsonpath='{.metadata.name} {.spec.group} {.spec.versions[*].name}{"\n"}' <<<"$crd"
)

call() {
  curl -sS --fail-with-body --max-time 30 --cacert "$run/pki/ca.crt" \
    --cert "$run/pki/admin.crt" --key "$run/pki/admin.key" "$@"
}
server=https://127.0.0.1:$port
definitions=$server/apis/apiextensions.k8s.io/v1/customresourcedefinitions
answer=$(
  call -X PATCH -H 'Content-Type: application/apply-patch+yaml' --data-binary @- \
    "$definitions/$name?fieldManager=kube-crd&force=true" <<<"$crd"
) || die "$answer"

# The route comes last: kube-apiserver is slow to ask again after a refusal.
for version in $versions; do
  for _ in {1..600}; do
    ! call -o /dev/null "$server/apis/$group/$version" 2>/dev/null || break
    sleep 0.1
  done
  "${kubectl[@]}" apply -f - >/dev/null <<YAML
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: $version.$group}
spec:
  group: $group
  version: $version
  groupPriorityMinimum: 1000
  versionPriority: 10
  caBundle: $(base64 -w0 "$run/pki/ca.crt")
  service: {namespace: kube-system, name: crd-server, port: $port}
YAML
done
for version in $versions; do
  "${kubectl[@]}" wait --for=condition=Available "apiservice/$version.$group" --timeout=120s --request-timeout=0 >/dev/null
done
echo "$name is served ($versions)"
