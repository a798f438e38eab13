# shellcheck shell=bash
# Long builds in steps, each of which is done once: an interrupted run goes on
# from the last finished one.

# installed MARK RECIPE NAME...: were these programs made by this recipe?
installed() {
  local mark=$kube_cache/$1 wanted=$2
  shift 2
  [[ -e $mark && $(<"$mark") == "$wanted" ]] || return 1
  ! lacks "$kube_cache" "$@" >/dev/null
}

# step FUNCTION: run it, unless its mark says that it ran
step() {
  local name=$1 start=$SECONDS
  [[ ! -e $work/done/$name ]] || return 0
  mkdir -p "$work"/{done,tmp,bin}
  say "$name ..."
  "$name"
  touch "$work/done/$name"
  say "$name took $(( SECONDS - start )) s"
}

# place NAME...: move built programs into the cache, never leaving half a file
place() {
  local name
  for name in "$@"; do
    install -m 755 "$work/bin/$name" "$kube_cache/$name.new"
    mv -f "$kube_cache/$name.new" "$kube_cache/$name"
  done
}
