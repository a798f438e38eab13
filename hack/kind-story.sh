#!/usr/bin/env bash
#
# hack/story.sh on the cluster of hack/kind-up.sh: the same story that `make demo` tells.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/kind.sh
. "$here/lib/kind.sh"

forward prenv-system deployment/prenv-controller 4020
trap unforward EXIT
github=http://127.0.0.1:4020

post() {
  curl --fail --silent --show-error --output /dev/null -X POST -H 'Content-Type: application/json' --data "$2" "$github/_sandbox/$1"
}

# The stand-in starts empty, and is asked for a repository that exists only once.
if ! curl --fail --silent --output /dev/null "$github/_sandbox/repositories/manisbindra/ephemeral-app/statuses"; then
  post repositories '{"owner": "manisbindra", "name": "ephemeral-app", "private": true}'
  post tokens '{"token": "kind-token", "grants": [{"owner": "manisbindra", "name": "ephemeral-app"}]}'
fi
k apply -f "$here/lib/kind-resource.yaml"
kubeconfig=$(mktemp)
trap 'rm -f "$kubeconfig"; unforward' EXIT
kind get kubeconfig --name "$cluster" >"$kubeconfig"
# Images are pulled for the first time.
KUBECONFIG=$kubeconfig GITHUB=$github PATIENCE=${PATIENCE:-600} "$here/story.sh" "$@"
