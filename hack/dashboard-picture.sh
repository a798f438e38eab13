#!/usr/bin/env bash
#
# Draw the dashboard's picture, docs/images/dashboard.png, from real data: the controller
# works on the pull requests of the stand-in for GitHub, with webhooks and an election, and
# a real Prometheus scrapes it meanwhile.
#
#   dashboard-picture.sh [SECONDS]
#
# Needs what `make build`, `make assets`, `make prometheus` and `make browser` provide, and
# python3, which serves the page. SECONDS is how long the story is, 300 by default.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
cd "$here/.."

seconds=${1:-300}
need curl=curl python3=python3
kube=${KUBEBUILDER_ASSETS:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/prenv/kube}
PATH=$PATH:$kube:${kube%/kube}/prometheus
browser=$(command -v chromium || command -v google-chrome) || die "there is no Chromium: run make browser"
command -v prometheus >/dev/null || die "there is no Prometheus: run make prometheus"

work=$(mktemp -d)
export KUBECONFIG=$work/kubeconfig
pids=()
finish() {
  (( ${#pids[@]} == 0 )) || kill "${pids[@]}" 2>/dev/null || true
  "$here/kube-down.sh" "$KUBECONFIG" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

# background NAME COMMAND...: run it, with what it prints in a file of that name
background() {
  local name=$1
  shift
  "$@" >"$work/$name.log" 2>&1 &
  pids+=($!)
}

# until_true WHAT COMMAND...
until_true() {
  local what=$1 end=$(( SECONDS + 180 ))
  shift
  until "$@" >/dev/null 2>&1; do
    (( SECONDS < end )) || die "not within 180 s: $what"
    sleep 0.5
  done
}

# address NAME TEXT: the first address after that text in what NAME prints
address() { grep -m 1 -F "$2" "$work/$1.log" | grep -oE 'http://127\.0\.0\.1:[0-9]+' | head -1; }

hack/kube-up.sh "$KUBECONFIG" >/dev/null
# An older server does not know the rules in them.
kubectl apply --validate=false -f PrEnv.Sandbox/Flux/Definitions -f crds/prcontroller.controllers.ephemeralenv.io_prephemeralenvcontrollers.yaml >/dev/null
sandbox=PrEnv.Sandbox/bin/Release/net10.0/prenv-sandbox.dll
background github dotnet "$sandbox" github --port 0
background flux dotnet "$sandbox" flux --kubeconfig "$KUBECONFIG" --environment-port 0 --install-seconds 5 --pretend
until_true "GitHub" address github GitHub:
until_true "the environments" address flux Environments:
github=$(address github GitHub:) environments=$(address flux Environments:)
background controller dotnet PrEnv.Controller/bin/Release/net10.0/prenv.dll run --kubeconfig "$KUBECONFIG" --github-api-url "$github" \
  --health-check-deny-cidrs 169.254.0.0/16 --metrics-bind-address 127.0.0.1:0 --webhook-bind-address 127.0.0.1:0 \
  --health-probe-bind-address 0 --ui-bind-address 0 --leader-elect --leader-elect-namespace default --log-format text
until_true "the metrics" address controller 'The metrics endpoint is listening'
until_true "the webhooks" address controller 'The webhook endpoint is listening'
metrics=$(address controller 'The metrics endpoint is listening') hooks=$(address controller 'The webhook endpoint is listening')

cat >"$work/prometheus.yaml" <<END
global: {scrape_interval: 1s, scrape_timeout: 1s}
scrape_configs: [{job_name: prenv, static_configs: [{targets: ["${metrics#http://}"]}]}]
END
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
background prometheus prometheus --config.file "$work/prometheus.yaml" --storage.tsdb.path "$work/data" \
  --web.listen-address "127.0.0.1:$port" --log.level error

post() {
  local body=${2-'{}'}
  curl --fail --silent --show-error --max-time 30 --output /dev/null -X POST -H 'Content-Type: application/json' --data "$body" "$github/_sandbox/$1"
}

kubectl create namespace pr-helm-releases >/dev/null
kubectl create namespace flux-system >/dev/null
kubectl create secret generic tokensecret --from-literal token=picture >/dev/null
kubectl create secret generic github-webhook --from-literal secret=hook-secret >/dev/null
for team in shop till; do
  post repositories "{\"owner\": \"octo-org\", \"name\": \"$team\"}"
  post "repositories/octo-org/$team/webhooks" "{\"url\": \"$hooks/webhooks/github\", \"secret\": \"hook-secret\"}"
done
post tokens '{"token": "picture", "grants": [{"owner": "octo-org", "name": "shop"}, {"owner": "octo-org", "name": "till"}]}'
for team in shop till; do
  kubectl apply -f - >/dev/null <<END
apiVersion: prcontroller.controllers.ephemeralenv.io/v1alpha1
kind: PREphemeralEnvController
metadata: {name: $team}
spec:
  githubPRRepository: {user: octo-org, repo: $team, tokenSecretRef: {name: tokensecret, key: token}, webhookSecretRef: {name: github-webhook, key: secret}}
  envCreationHelmRepo: {fluxSourceRepoName: infra, helmChartPath: charts/$team, destinationNamespace: pr-helm-releases}
  interval: 10s
  envHealthCheckURLTemplate: $environments/pr/<<PR_NUMBER>>
END
done

say "living for $seconds s"
end=$(( SECONDS + seconds )) number=0
while (( SECONDS < end )); do
  number=$(( number + 1 ))
  (( number % 3 )) && team=shop || team=till
  post "repositories/octo-org/$team/pulls" "{\"number\": $number, \"title\": \"Change $number\"}"
  sleep 4
  (( number % 2 )) || post "repositories/octo-org/$team/pulls/$number/push"
  sleep 3
  old=$(( number - 9 ))
  (( old % 3 )) && team=shop || team=till
  (( old < 1 || old % 4 == 0 )) || post "repositories/octo-org/$team/pulls/$old/close"
done

# Something is in the making when the picture is taken.
for _ in 1 2 3; do
  number=$(( number + 1 ))
  post repositories/octo-org/till/pulls "{\"number\": $number, \"title\": \"Change $number\"}"
done
sleep 3
background pages python3 -m http.server --bind 127.0.0.1 --directory dashboards "$(( port + 1 ))"
until_true "the page" curl --fail --silent "http://127.0.0.1:$(( port + 1 ))/prenv.json"
page="http://127.0.0.1:$(( port + 1 ))/drawing.html?prometheus=http://127.0.0.1:$port&seconds=$seconds&end=$(date +%s)"
flags=(--headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/browser" --virtual-time-budget=60000)
[[ $("$browser" "${flags[@]}" --dump-dom "$page" 2>/dev/null) == *'<title>drawn</title>'* ]] || die "the page could not be drawn: $page"
"$browser" "${flags[@]}" --window-size=1600,1936 --screenshot="$work/dashboard.png" "$page" 2>/dev/null
mkdir -p docs/images
mv "$work/dashboard.png" docs/images/dashboard.png
say "docs/images/dashboard.png"
