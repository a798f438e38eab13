# shellcheck shell=bash
# The official programs of a current Kubernetes and of etcd, each checked against the
# checksum that is published beside it. That takes a minute instead of a build's five,
# and such a server knows what Debian's does not: CEL rules, streaming lists, strict
# validation.

kubernetes_release=v1.35.2
etcd_release=v3.6.7
download_recipe="kubernetes $kubernetes_release and etcd $etcd_release, official, recipe 1"
# A mirror has the same paths.
kubernetes_url=${KUBERNETES_DOWNLOAD_URL:-https://dl.k8s.io/release}
etcd_url=${ETCD_DOWNLOAD_URL:-https://github.com/etcd-io/etcd/releases/download}

has_downloaded() { installed .recipe "$download_recipe" "${binaries[@]}"; }

# No answer for so many seconds is a refusal.
patience=${DOWNLOAD_PATIENCE:-5}

# ask URL: print a small file
ask() { curl -fsSL --max-time "$patience" "$1" 2>"$work/refusal"; }

# fetch URL FILE: get a large one, as long as it makes progress
fetch() {
  curl -fsSL --connect-timeout "$patience" --speed-limit 1024 --speed-time "$patience" -o "$2" "$1" 2>"$work/refusal"
}

# verify FILE CHECKSUM: what was fetched and is not what was published is an error, not
# a reason to build
verify() {
  [[ $2 =~ ^[0-9a-f]{64}$ ]] || die "${1##*/} has no checksum of SHA-256 beside it"
  echo "$2  $1" | sha256sum --check --quiet - >&2 || die "${1##*/} does not have the published checksum"
}

# download_all ARCHITECTURE: the programs into $work/bin; fail when one is not to be had
download_all() {
  local name sums checksum archive=etcd-$etcd_release-linux-$1.tar.gz
  local bin=$kubernetes_url/$kubernetes_release/bin/linux/$1
  sums=$(ask "$etcd_url/$etcd_release/SHA256SUMS") || return
  for name in kubectl kube-controller-manager kube-apiserver; do
    checksum=$(ask "$bin/$name.sha256") || return
    fetch "$bin/$name" "$work/bin/$name" || return
    verify "$work/bin/$name" "${checksum%%[[:space:]]*}"
  done
  fetch "$etcd_url/$etcd_release/$archive" "$work/$archive" || return
  verify "$work/$archive" "$(awk -v name="$archive" '$2 == name { print $1 }' <<<"$sums")"
  tar -xzf "$work/$archive" -C "$work/bin" --strip-components=1 --no-same-owner "${archive%.tar.gz}/etcd"
}

# download_kubernetes: into the cache; fail, with one line that says why, when it is
# not to be had
download_kubernetes() {
  local architecture
  case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64 ;;
    *) say "there is no official Kubernetes for $(uname -m)"; return 1 ;;
  esac
  mkdir -p "$work/bin"
  say "downloading Kubernetes $kubernetes_release and etcd $etcd_release"
  if ! download_all "$architecture"; then
    say "the official Kubernetes cannot be downloaded: $(grep -m 1 . "$work/refusal" || echo 'no reason given')"
    return 1
  fi
  # What cannot start here, for want of a system that it was made for, is no use.
  chmod 755 "$work"/bin/* && [[ $("$work/bin/kube-apiserver" --version) == "Kubernetes $kubernetes_release" ]] ||
    die "the kube-apiserver that was downloaded does not start"
  place "${binaries[@]}" && echo "$download_recipe" >"$kube_cache/.recipe" || die "$kube_cache cannot be written"
  rm -rf "$work"
  say "Kubernetes $kubernetes_release is in $kube_cache"
}
