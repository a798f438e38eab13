#!/usr/bin/env bash
#
# Provide the programs of a real Kubernetes control plane, for tests and the demo
# on machines without Docker:
#
#   kube-assets.sh [--with-crd-server]
#
# KUBEBUILDER_ASSETS is used when it holds etcd, kube-apiserver and kubectl. Else
# they are built from Debian's packages into ~/.cache/prenv/kube (XDG_CACHE_HOME is
# respected), which takes some 7 minutes, 1.4 GB of memory and, meanwhile, 4 GB of
# disk; afterwards 280 MB stay. Done once: later calls take no time.
#
#   --with-crd-server   also build a modern server for custom resources (CEL
#                       rules), 5 minutes more; see kube-crd.sh
#
# Environment: KEEP_WORK=1 keeps the build's work folder.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source-path=SCRIPTDIR source=lib/common.sh
. "$here/lib/common.sh"

with_crd_server=
case ${1:-} in
  '') ;;
  --with-crd-server) with_crd_server=1 ;;
  *) echo "usage: $0 [--with-crd-server]" >&2; exit 2 ;;
esac

[[ $(uname -s) == Linux ]] || die "a local control plane needs Linux; use Docker instead"
need setsid=util-linux flock=util-linux curl=curl openssl=openssl

choose_assets
if [[ $assets != "$kube_cache" ]]; then
  say "using KUBEBUILDER_ASSETS=$assets"
  ! lacks "$assets" kube-controller-manager >/dev/null ||
    say "it lacks kube-controller-manager: namespaces are not emptied and dependents not collected; tests of these are skipped"
  if [[ -z $with_crd_server ]] || has_cel; then
    exit 0
  fi
fi

grep -qx 'ID=debian' /etc/os-release ||
  die "this machine is not Debian: start a Docker engine or set KUBEBUILDER_ASSETS (etcd, kube-apiserver and kubectl, as envtest has them)"
need dpkg-deb=dpkg tar=tar cmp=diffutils awk=mawk

mkdir -p "$kube_cache"
exec 9>"$kube_cache/.lock"    # two builds at once would trip over each other
flock 9

work=$kube_cache/.work
# shellcheck source=lib/apt.sh
. "$here/lib/apt.sh"
# shellcheck source=lib/steps.sh
. "$here/lib/steps.sh"
# shellcheck source=lib/build-kubernetes.sh
. "$here/lib/build-kubernetes.sh"
# shellcheck source=lib/build-crd-server.sh
. "$here/lib/build-crd-server.sh"

# What another recipe left half done is of no use to this one.
if [[ -e $work/recipe && $(<"$work/recipe") != "$recipe; $crd_recipe" ]]; then
  rm -rf "$work"
fi
mkdir -p "$work"
echo "$recipe; $crd_recipe" >"$work/recipe"

if [[ $assets == "$kube_cache" ]]; then
  build_kubernetes
fi
if [[ -n $with_crd_server ]]; then
  build_crd_server
fi
if [[ ${KEEP_WORK:-} != 1 ]]; then
  rm -rf "$work"
fi
