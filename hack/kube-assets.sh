#!/usr/bin/env bash
#
# Provide the programs of a real Kubernetes control plane, for tests and the demo
# on machines without Docker:
#
#   kube-assets.sh [--check | --download] [--with-crd-server]
#
# KUBEBUILDER_ASSETS is used when it holds etcd, kube-apiserver and kubectl. Else the
# official programs of a current release are downloaded into ~/.cache/prenv/kube
# (XDG_CACHE_HOME is respected), and where that is refused, or not answered in 5 s,
# they are built there from Debian's packages. On two cores that takes some 5 minutes,
# 1.4 GB of memory and, until it is done, 4 GB of disk; 280 MB stay. Later calls take
# no time.
#
#   --check             fetch and build nothing; fail if something is missing
#   --download          build nothing; fail if the programs cannot be downloaded
#   --with-crd-server   also build a modern server for custom resources (CEL rules),
#                       5 minutes more, unless kube-apiserver is modern itself; see
#                       kube-crd.sh
#
# Environment:
#   KUBERNETES_DOWNLOAD_URL   a mirror of https://dl.k8s.io/release
#   ETCD_DOWNLOAD_URL         a mirror of etcd's releases on GitHub
#   DOWNLOAD_PATIENCE         seconds without an answer that are a refusal (default: 5)
#   KEEP_WORK=1               keep the build's work folder
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"

check=
download=
with_crd_server=
for option in "$@"; do
  case $option in
    --check) check=1 ;;
    --download) download=1 ;;
    --with-crd-server) with_crd_server=1 ;;
    *) echo "usage: $0 [--check | --download] [--with-crd-server]" >&2; exit 2 ;;
  esac
done

[[ $(uname -s) == Linux ]] || die "a local control plane needs Linux; use Docker instead"
need flock=util-linux curl=curl openssl=openssl

work=$kube_cache/.work
# shellcheck source=lib/apt.sh
. "$here/lib/apt.sh"
# shellcheck source=lib/steps.sh
. "$here/lib/steps.sh"
# shellcheck source=lib/build-kubernetes.sh
. "$here/lib/build-kubernetes.sh"
# shellcheck source=lib/build-crd-server.sh
. "$here/lib/build-crd-server.sh"
# shellcheck source=lib/download-kubernetes.sh
. "$here/lib/download-kubernetes.sh"

# lock: two runs at once would trip over each other
lock() {
  mkdir -p "$kube_cache"
  exec 9>"$kube_cache/.lock"
  flock 9
}

# provide_kubernetes: is it there, or can it be downloaded?
provide_kubernetes() {
  ! has_kubernetes || return 0
  [[ -z $check ]] || return 1
  lock
  has_kubernetes || download_kubernetes    # another run may have done it meanwhile
}

builds=()
choose_assets
if [[ $assets == "$kube_cache" ]]; then
  provide_kubernetes || builds+=(build_kubernetes)
else
  say "using KUBEBUILDER_ASSETS=$assets"
  if lacks "$assets" kube-controller-manager >/dev/null; then
    say "it does not contain kube-controller-manager: namespaces are not emptied and dependents are not collected; tests that need this are skipped"
  fi
fi
# A kube-apiserver that knows CEL itself needs no server beside it; the one that is built here does not know it.
if [[ -n $with_crd_server ]] && { (( ${#builds[@]} > 0 )) || ! has_cel; } && ! has_crd_server; then
  builds+=(build_crd_server)
fi

if [[ -n $check || -n $download ]]; then
  exit $(( ${#builds[@]} > 0 ))
fi
if (( ${#builds[@]} == 0 )); then
  say "the control plane's binaries are in $assets"
  exit 0
fi

grep -qx 'ID=debian' /etc/os-release ||
  die "this machine is not Debian: start a Docker engine, or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl (as in envtest)"
need apt-get=apt dpkg-deb=dpkg tar=tar cmp=diffutils awk=mawk

lock

# What another recipe left half done is of no use to this one.
if [[ -e $work/recipe && $(<"$work/recipe") != "$recipe; $crd_recipe" ]]; then
  rm -rf "$work"
fi
mkdir -p "$work"
echo "$recipe; $crd_recipe" >"$work/recipe"
for build in "${builds[@]}"; do
  "$build"
done
if [[ ${KEEP_WORK:-} != 1 ]]; then
  rm -rf "$work"
fi
