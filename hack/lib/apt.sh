# shellcheck shell=bash
# Fetching Debian packages without touching the machine's own: apt runs with a
# configuration, lists and a cache that live in a folder of ours. It checks all it
# fetches against the signed index, with Debian's archive key.

# archive_key: the key ring of the Debian archive (it changed its ending once)
archive_key() {
  local key
  for key in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
    [[ -r $key ]] && { echo "$key"; return; }
  done
  die "please install debian-archive-keyring"
}

# mirrors: the archives that this machine is set up to use. Asking only for the
# addresses of an update needs neither lists nor the network. Names of suites that
# have a dash are add-ons (security, updates, backports).
mirrors() {
  apt-get update --print-uris | sed -n "s#^'\\(.*\\)/dists/[a-z]*/InRelease'.*#\\1#p" | LC_ALL=C sort -u
}

# private_apt DIR SUITE...: set `apt_options` to a configuration in DIR that knows
# only these suites ("src:" before a suite adds its sources). Of the machine's
# mirrors it takes the first that has them under Debian's own signature.
private_apt() {
  local dir=$1 key mirror entry
  shift
  key=$(archive_key)
  mkdir -p "$dir"/{lists,cache/archives}/partial
  : >"$dir/status"
  apt_options=(
    -qq
    -o "Dir::Etc::SourceList=$dir/sources.list"
    -o "Dir::Etc::SourceParts=/dev/null"
    -o "Dir::Etc::Preferences=/dev/null"
    -o "Dir::Etc::PreferencesParts=/dev/null"
    -o "Dir::State::Lists=$dir/lists"
    -o "Dir::State::Status=$dir/status"
    -o "Dir::Cache=$dir/cache"
    -o "Acquire::Languages=none"
    -o "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false"
    -o "Acquire::Retries=3"
    -o "APT::Update::Error-Mode=any"
  )
  # As root apt drops to the user _apt, who may not write in DIR.
  [[ $EUID -ne 0 ]] || apt_options+=(-o "APT::Sandbox::User=root")

  for mirror in $(mirrors); do
    for entry in "$@"; do
      echo "deb [signed-by=$key] $mirror ${entry#src:} main"
      [[ $entry != src:* ]] || echo "deb-src [signed-by=$key] $mirror ${entry#src:} main"
    done >"$dir/sources.list"
    if apt-get "${apt_options[@]}" update 2>"$dir/update.log"; then
      return
    fi
    cat "$dir/update.log" >&2
  done
  die "no apt source on this machine is a Debian archive with ${*#src:}"
}

# unpack_debs FROM TO: what the packages in FROM would install, below TO
unpack_debs() {
  local deb
  rm -rf "$2"
  mkdir -p "$2"
  for deb in "$1"/*.deb; do
    dpkg-deb --extract "$deb" "$2"
  done
}

# with_go GOROOT GOPATH COMMAND...: GOPATH mode, no network, no C compiler
with_go() {
  local goroot=$1 gopath=$2
  shift 2
  env -u GOFLAGS GOENV=off GO111MODULE=off GOPROXY=off GOTOOLCHAIN=local CGO_ENABLED=0 \
    GOROOT="$goroot" GOPATH="$gopath" GOCACHE="$work/gocache" GOTMPDIR="$work/tmp" \
    PATH="$goroot/bin:$PATH" "$@"
}
