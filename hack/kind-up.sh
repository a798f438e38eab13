#!/usr/bin/env bash
#
# A kind cluster with real Flux and PrEnv, built from this checkout, whose GitHub is the
# sandbox's stand-in, beside the controller in its pod. Needs docker, kind, kubectl, helm,
# flux and the .NET SDK. Run it again after a change; `kind delete cluster --name prenv`
# ends it.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/kind.sh
. "$here/lib/kind.sh"
cd "$here/.."

kind get clusters 2>/dev/null | grep -qx "$cluster" || kind create cluster --name "$cluster" --wait 120s

say "Flux"
flux --context "$context" install --components=source-controller,helm-controller
# docs/flux.md says why. Where it is set already, adding it once more does no harm.
k -n flux-system patch deployment helm-controller --type=json --patch \
  '[{"op": "add", "path": "/spec/template/spec/containers/0/args/-", "value": "--feature-gates=CancelHealthCheckOnNewRevision=true"}]'

say "the images"
make image LOAD=kind CLUSTER="$cluster"
dotnet publish PrEnv.Sandbox -c Release /t:PublishContainer -p:ContainerRepository=prenv-sandbox -p:ContainerImageTag=dev --nologo -v quiet
kind load docker-image prenv-sandbox:dev --name "$cluster"

say "the chart of the environments, in a registry in the cluster"
k apply -f "$here/lib/kind-registry.yaml"
k -n flux-system rollout status deployment/registry --timeout 180s
forward flux-system deployment/registry 5000
work=$(mktemp -d)
trap 'rm -rf "$work"; unforward' EXIT
helm package samples/charts/ephemeral-env --destination "$work" >/dev/null
helm push "$work"/ephemeral-env-*.tgz oci://127.0.0.1:5000/charts --plain-http

say "PrEnv"
helm --kube-context "$context" upgrade --install prenv charts/prenv --namespace prenv-system --create-namespace \
  --set replicas=1,image.repository=prenv-controller,image.tag=dev --set-string options.githubApiUrl=http://127.0.0.1:4020
k -n prenv-system patch deployment prenv-controller --type=strategic --patch "$(cat <<'END'
spec:
  template:
    spec:
      containers:
        - name: github
          image: prenv-sandbox:dev
          imagePullPolicy: IfNotPresent
          args: [github, --port, "4020"]
END
)"
k -n prenv-system rollout restart deployment/prenv-controller
k -n prenv-system rollout status deployment/prenv-controller --timeout 180s
