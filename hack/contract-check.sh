#!/usr/bin/env bash
#
# Put GitHub's own API description between a client and a server: `prism proxy` refuses every request that GitHub would refuse (422),
# and turns every answer that GitHub would never give into a 500.
#
#   contract-check.sh OPENAPI UPSTREAM PORT
#
#   OPENAPI    GitHub's OpenAPI description, a JSON file
#   UPSTREAM   base URL of the server behind the proxy
#   PORT       where the proxy listens, on 127.0.0.1
#
# Prism is installed once, into ${XDG_CACHE_HOME:-$HOME/.cache}/prenv/prism. Needs node and npm; exit code 3 when there is no Prism to be had.
# It runs in the foreground and says "Prism is listening" when it is ready (after 3 to 5 s).
set -euo pipefail

readonly version=5.14.2

if [[ $# -ne 3 ]]; then
  echo "usage: $0 OPENAPI UPSTREAM PORT" >&2
  exit 2
fi
openapi=$1 upstream=$2 port=$3

cache=${XDG_CACHE_HOME:-$HOME/.cache}/prenv/prism
prism=$cache/node_modules/@stoplight/prism-cli
if ! grep -qsF "\"version\": \"$version\"" "$prism/package.json"; then
  mkdir -p "$cache"
  # No install scripts: nothing in it needs them. Not saved: the folder is a cache, not a project.
  SCARF_ANALYTICS=false npm install --prefix "$cache" --no-audit --no-fund --ignore-scripts --no-save "@stoplight/prism-cli@$version" >&2 || exit 3
fi

# --cors=false: its answers to preflight requests are not GitHub's.
exec node "$prism/dist/index.js" proxy --host 127.0.0.1 --port "$port" --errors --cors=false "$openapi" "$upstream"
