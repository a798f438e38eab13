# shellcheck shell=bash
# What every script in hack/ needs: messages, tools, where the binaries are.

kube_cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/prenv/kube
assets=$kube_cache

say() { printf '%s  %s\n' "$(date +%T)" "$*" >&2; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# need TOOL=PACKAGE...: install the packages of missing tools where that is
# possible, else say in one line what to install.
need() {
  local pair packages=()
  for pair in "$@"; do
    command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
  done
  (( ${#packages[@]} )) || return 0
  if [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    say "installing ${packages[*]}"
    apt_install "${packages[@]}" && return
  fi
  die "please install ${packages[*]}"
}

apt_install() {
  apt-get -qq update </dev/null || return
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" </dev/null >/dev/null
}

# lacks DIR NAME...: print the names that are no programs in DIR; fail if none is.
lacks() {
  local dir=$1 name missing=()
  shift
  for name in "$@"; do
    [[ -x $dir/$name ]] || missing+=("$name")
  done
  (( ${#missing[@]} )) && echo "${missing[*]}"
}

# choose_assets: set `assets` to KUBEBUILDER_ASSETS if that is complete, else to
# the cache. Those of envtest lack kube-controller-manager, and may.
choose_assets() {
  local missing
  [[ -n ${KUBEBUILDER_ASSETS:-} ]] || return 0
  if missing=$(lacks "$KUBEBUILDER_ASSETS" etcd kube-apiserver kubectl); then
    say "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS is not used: it does not contain $missing"
    return
  fi
  assets=$(realpath "$KUBEBUILDER_ASSETS")
}

# has_cel: does this API server know all that the definition's CEL rules use? Rules came
# with 1.25, messageExpression with 1.27 and fieldPath with 1.28.
has_cel() {
  local version
  version=$("$assets/kube-apiserver" --version)   # "Kubernetes v1.20.2"
  version=${version#*v1.}
  (( ${version%%.*} >= 28 ))
}
