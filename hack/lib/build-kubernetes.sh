# shellcheck shell=bash
# The steps that make etcd, kube-apiserver, kube-controller-manager and kubectl.
#
# Debian ships no kube-apiserver binary, and its kubernetes sources after bookworm
# are cut down to kubectl. Bookworm's source package is the newest complete one,
# with all its dependencies in vendor/. Only stable releases are used, so that the
# build stays repeatable:
#
#   source   kubernetes                           bookworm 1.20.5+really1.20.2
#   go       golang-1.19-go, golang-1.19-src      bookworm (unpacked, not installed)
#   fix      golang-github-modern-go-reflect2-dev bookworm 1.0.2 (see below)
#   etcd     etcd-server                          trixie 3.5.16 (binary, unpacked;
#            it needs no newer glibc, and can be told not to fsync)

suite=bookworm
etcd_suite=trixie
version=1.20.2
package_version=1.20.5+really1.20.2
go_version=1.19
binaries=(etcd kube-apiserver kube-controller-manager kubectl)
# Change this with the recipe, so that existing installations are redone.
recipe="kubernetes $version, go $go_version, $suite, etcd from $etcd_suite, recipe 1"

root=$work/root
# The tree sits at its import path in a GOPATH: this release predates Go's current
# rules for vendor directories in module mode, and its code generator knows no
# modules at all.
source=$work/gopath/src/k8s.io/kubernetes

kubernetes_go() (
  cd "$source"
  with_go "$root/usr/lib/go-$go_version" "$work/gopath" "$@"
)

fetch_kubernetes() (
  private_apt "$work/apt" "src:$suite" "$etcd_suite"
  mkdir -p "$work/packages"
  cd "$work/packages"
  apt-get "${apt_options[@]}" download \
    "golang-$go_version-go/$suite" "golang-$go_version-src/$suite" \
    "golang-github-modern-go-reflect2-dev/$suite" "etcd-server/$etcd_suite"
  apt-get "${apt_options[@]}" --download-only source kubernetes
  [[ -e kubernetes_$package_version.orig.tar.gz ]] ||
    die "$suite no longer has kubernetes $package_version"
)

unpack_kubernetes() {
  unpack_debs "$work/packages" "$root"
  rm -rf "$source"
  mkdir -p "$source"
  tar -xzf "$work/packages/kubernetes_$package_version.orig.tar.gz" -C "$source" --strip-components=1

  # reflect2 1.0.1, as vendored, calls into the Go runtime in a way that Go 1.18
  # changed: it would corrupt memory while iterating maps. 1.0.2 is the fix.
  local fixed=$root/usr/share/gocode/src/github.com/modern-go/reflect2
  local vendored=$source/vendor/github.com/modern-go/reflect2
  rm -f "$vendored"/*.go "$vendored"/*.s
  cp "$fixed"/*.go "$fixed"/*.s "$vendored/"
  rm -f "$vendored"/*_test.go
}

# The OpenAPI description of the built-in types is the one generated file that is
# not in the source tree.
generate_openapi() {
  local inputs report=$work/api-violations
  kubernetes_go go build -o "$work/bin/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen

  # Every package that asks for it; staging/ is visible to Go as vendor/.
  inputs=$(
    cd "$source"
    grep -rlF --include='*.go' --exclude='*_test.go' \
        --exclude-dir=code-generator --exclude-dir=sample-apiserver --exclude-dir=testdata \
        '+k8s:openapi-gen=' pkg cmd plugin staging/src |
      sed -e 's#/[^/]*$##' -e 's#^staging/src/#vendor/#' -e 's#^#k8s.io/kubernetes/#' |
      LC_ALL=C sort -u | paste -sd,
  )
  kubernetes_go "$work/bin/openapi-gen" --logtostderr \
    --input-dirs "$inputs" \
    --output-base "$work/gopath/src" \
    --output-package k8s.io/kubernetes/pkg/generated/openapi \
    --output-file-base zz_generated.openapi \
    --go-header-file hack/boilerplate/boilerplate.generatego.txt \
    --report-filename "$report" 2>"$work/openapi-gen.log" ||
    { cat "$work/openapi-gen.log" >&2; return 1; }
  # The release lists the naming-rule violations it knows of; the same list here
  # means that the same types went in.
  cmp "$report" "$source/api/api-rules/violation_exceptions.list"
}

compile_kubernetes() {
  local major minor package flags='-s -w'
  IFS=. read -r major minor _ <<<"$version"
  for package in component-base/version client-go/pkg/version; do
    package=k8s.io/kubernetes/vendor/k8s.io/$package
    flags+=" -X $package.gitVersion=v$version -X $package.gitMajor=$major -X $package.gitMinor=$minor"
  done
  kubernetes_go go build -trimpath -ldflags "$flags" -o "$work/bin/" \
    ./cmd/kube-apiserver ./cmd/kube-controller-manager ./cmd/kubectl
  cp "$root/usr/bin/etcd" "$work/bin/etcd"
}

install_kubernetes() {
  place "${binaries[@]}"
  # Each must at least start here.
  "$kube_cache/etcd" --version >/dev/null
  [[ $("$kube_cache/kube-apiserver" --version) == "Kubernetes v$version" ]]
  [[ $("$kube_cache/kube-controller-manager" --version) == "Kubernetes v$version" ]]
  [[ $("$kube_cache/kubectl" version --client --short) == *"v$version" ]]
  echo "$recipe" >"$kube_cache/.recipe"
}

# The official programs, or those that were built here.
has_kubernetes() { has_downloaded || installed .recipe "$recipe" "${binaries[@]}"; }

build_kubernetes() {
  ! has_kubernetes || return 0    # another run did it while this one waited
  say "building $recipe (about 5 minutes on two cores, once)"
  rm -f "$work/done/install_kubernetes"
  step fetch_kubernetes
  step unpack_kubernetes
  step generate_openapi
  step compile_kubernetes
  step install_kubernetes
}
