# shellcheck shell=bash
# The steps that make apiextensions-apiserver: the part of a modern kube-apiserver
# that serves CustomResourceDefinitions and their objects (CEL rules, strict field
# validation, status-aware managedFields). Debian has it as a Go library, in sid
# only and therefore in whatever version sid has today.

crd_suite=sid
crd_recipe="apiextensions-apiserver from $crd_suite, recipe 1"
crd_root=$work/crd-root

# All Go libraries it depends on, as apt resolves them, and sid's Go itself.
fetch_crd_server() (
  private_apt "$work/crd-apt" "$crd_suite"
  packages=$(
    apt-get "${apt_options[@]}" --simulate --no-install-recommends \
        install golang-k8s-apiextensions-apiserver-dev golang-go |
      awk '$1 == "Inst" && $2 ~ /^golang-([0-9.]+-(go|src)|.*-dev)$/ { print $2 }'
  )
  [[ $packages == *golang-k8s-apiextensions-apiserver-dev* ]] ||
    die "cannot resolve golang-k8s-apiextensions-apiserver-dev in $crd_suite"
  mkdir -p "$work/crd-packages"
  cd "$work/crd-packages"
  # shellcheck disable=SC2086  # one word per package
  apt-get "${apt_options[@]}" download $packages
)

unpack_crd_server() {
  unpack_debs "$work/crd-packages" "$crd_root"
}

compile_crd_server() {
  local goroot
  goroot=$(compgen -G "$crd_root/usr/lib/go-*" | head -n 1)
  with_go "$goroot" "$crd_root/usr/share/gocode" \
    go build -trimpath -ldflags '-s -w' -o "$work/bin/apiextensions-apiserver" k8s.io/apiextensions-apiserver
}

install_crd_server() {
  place apiextensions-apiserver
  "$kube_cache/apiextensions-apiserver" --help >/dev/null
  echo "$crd_recipe" >"$kube_cache/.recipe-crd-server"
}

has_crd_server() { installed .recipe-crd-server "$crd_recipe" apiextensions-apiserver; }

build_crd_server() {
  ! has_crd_server || return 0
  say "building $crd_recipe (about 5 minutes on two cores, once)"
  rm -f "$work/done/install_crd_server"
  step fetch_crd_server
  step unpack_crd_server
  step compile_crd_server
  step install_crd_server
}
