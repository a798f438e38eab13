#!/usr/bin/env bash
#
# The life of a pull request, on whatever KUBECONFIG and GITHUB point to: it is opened,
# pushed to and closed on the stand-in for GitHub, and the HelmRelease, the environment's
# readiness and the commit statuses follow. Fails at the first thing that does not come.
#
#   GITHUB=http://127.0.0.1:4020 story.sh [NUMBER]
#
# The resource must exist; OWNER, REPOSITORY, RESOURCE, NAMESPACE and DESTINATION say which
# one, and are by default those of samples/. `make demo KEEP=1` prints KUBECONFIG and the
# stand-in's address; hack/kind-up.sh provides a cluster with real Flux.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

number=${1:-23}
: "${GITHUB:?must be the address of the stand-in for GitHub}"
owner=${OWNER:-manisbindra} repository=${REPOSITORY:-ephemeral-app}
resource=${RESOURCE:-pr-eph-env-ctrlr-1} namespace=${NAMESPACE:-default} destination=${DESTINATION:-pr-helm-releases}
patience=${PATIENCE:-180}    # seconds for each thing that is waited for

need curl=curl
command -v kubectl >/dev/null || die "kubectl must be on PATH"
api=$GITHUB/_sandbox/repositories/$owner/$repository

post() {
  local body=${2-'{}'}
  curl --fail --silent --show-error --max-time 30 -X POST -H 'Content-Type: application/json' --data "$body" "$api/$1"
}

# sha: the head commit in the answer of the stand-in
sha() { grep -oE '"headSha": ?"[0-9a-f]{40}"' | head -1 | grep -oE '[0-9a-f]{40}'; }

commit() {
  kubectl --namespace "$destination" get helmrelease "relpr-$number" --ignore-not-found -o 'jsonpath={.spec.values.prSHA}'
}

installs() { [[ $(commit) == "$1" ]]; }

# has STATE COMMIT: was that commit status posted?
has() {
  local posted
  posted=$(curl --fail --silent --max-time 30 "$api/statuses" | tr -d '\n' | tr '{' '\n' | grep -F "\"$2\"") || return
  grep -qE "\"state\": *\"$1\"" <<<"$posted"
}

until_true() {
  local what=$1 end=$(( SECONDS + patience ))
  shift
  until "$@"; do
    (( SECONDS < end )) || die "not within $patience s: $what"
    sleep 1
  done
  say "$what"
}

kubectl --namespace "$namespace" wait --for=condition=Ready "prcontroller/$resource" --timeout "${patience}s" >/dev/null
say "$namespace/$resource is ready"

first=$(post pulls "{\"number\": $number, \"title\": \"Add due dates\"}" | sha)
say "opened pull request $number at ${first:0:7}"
until_true "relpr-$number installs ${first:0:7}" installs "$first"
until_true "GitHub shows pending for ${first:0:7}" has pending "$first"
until_true "GitHub shows success for ${first:0:7}" has success "$first"

second=$(post "pulls/$number/push" | sha)
[[ $second != "$first" ]] || die "the push made no commit"
say "pushed ${second:0:7}"
until_true "relpr-$number installs ${second:0:7}" installs "$second"
until_true "GitHub shows success for ${second:0:7}" has success "$second"

post "pulls/$number/close" >/dev/null
say "closed pull request $number"
until_true "relpr-$number is gone" installs ''
