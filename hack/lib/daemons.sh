# shellcheck shell=bash
# The processes of one control plane. Everything about it lies in $run, the folder
# KUBECONFIG.d: of each process NAME.argv, NAME.pid and NAME.log; also `assets`,
# `api-port`, `crd-port`, the keys and etcd's data.

# open_run KUBECONFIG: set the variables of the control plane that runs there
open_run() {
  kubeconfig=$(realpath -m "$1")
  run=$kubeconfig.d
  [[ -e $run/assets ]] || die "no control plane is running for $kubeconfig"
  assets=$(<"$run/assets")
  # With a cache of its own: what it learns here, before any definition is installed,
  # must not be what the user's kubectl believes for ten minutes.
  kubectl=("$assets/kubectl" "--kubeconfig=$kubeconfig" "--cache-dir=$run/kubectl-cache" --request-timeout=30s)
}

# is_alive NAME: does that pid still belong to a process that we started? Each of
# them has a path below $run among its arguments, and a zombie has no arguments.
is_alive() {
  local pid
  pid=$(cat "$run/$1.pid" 2>/dev/null) || return 1
  grep -qzF -- "$run/" "/proc/$pid/cmdline" 2>/dev/null
}

# launch NAME COMMAND...: start a daemon in a session of its own, so that no Ctrl-C
# in a terminal reaches it, and note how, so that it can be started again.
launch() {
  local name=$1
  shift
  printf '%s\0' "$@" >"$run/$name.argv"
  relaunch "$name"
}

relaunch() {
  local name=$1 argv
  mapfile -d '' argv <"$run/$name.argv"
  setsid "${argv[@]}" </dev/null >>"$run/$name.log" 2>&1 &
  echo "$!" >"$run/$name.pid"
  # Until it has become that program it bears our own arguments, not its own: whoever
  # looked now would take it for dead.
  for _ in {1..200}; do
    is_alive "$name" && return 0
    kill -0 "$!" 2>/dev/null || return 0
    sleep 0.01
  done
}

# halt NAME: end it at once. A polite request keeps kube-apiserver for a minute
# while watches are open, and there is nothing to save: etcd's log is complete
# after every write, and on the way down all data goes anyway.
halt() {
  local pid
  is_alive "$1" || return 0
  pid=$(<"$run/$1.pid")
  kill -KILL "$pid" 2>/dev/null || true
  for _ in {1..200}; do
    is_alive "$1" || { rm -f "$run/$1.pid"; return 0; }
    sleep 0.05
  done
  die "$1 (process $pid) does not exit"
}

# wait_for WHAT NAME COMMAND...: poll until the command succeeds; fail when the
# process NAME ends or the second $deadline is over.
wait_for() {
  local what=$1 name=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    is_alive "$name" || { echo "$name exited while waiting for $what" >&2; return 1; }
    (( SECONDS < deadline )) || { echo "timed out waiting for $what" >&2; return 1; }
    sleep 0.1
  done
}

# wait_for_api_server: ready, and done with its own first objects
wait_for_api_server() {
  wait_for "kube-apiserver" kube-apiserver \
    curl -fsS --cacert "$run/pki/ca.crt" "https://127.0.0.1:$(<"$run/api-port")/readyz"
  wait_for "the default namespace" kube-apiserver "${kubectl[@]}" get namespace default
}

# free_port VAR: a port nobody listens on, below the kernel's ephemeral range so
# that no outgoing connection can take it in the meantime.
declare -A taken=()
free_port() {
  local port
  while :; do
    port=$(( 20000 + (RANDOM << 15 | RANDOM) % 12000 ))
    [[ -z ${taken[$port]:-} ]] || continue
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue
    taken[$port]=1
    printf -v "$1" '%s' "$port"
    return
  done
}
