#!/usr/bin/env bash
#
# What to look at when hack/kind-story.sh has failed.
set -uo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/kind.sh
. "$here/lib/kind.sh"

k get nodes,pods --all-namespaces -o wide
k describe prcontroller --all-namespaces
k -n pr-helm-releases get helmreleases -o yaml
k -n flux-system get ocirepositories,helmcharts -o wide
k -n flux-system logs deployment/helm-controller --tail 100
k -n prenv-system logs deployment/prenv-controller --all-containers --tail 300
