#!/usr/bin/env bash
#
# Print what the integration tests will run on: "k3s" if a Docker engine answers,
# else "local". PRENV_TEST_CLUSTER overrules that; "modern" is local with a CRD server.
set -euo pipefail
if [[ -n ${PRENV_TEST_CLUSTER:-} ]]; then
  echo "$PRENV_TEST_CLUSTER"
# An installed client alone is no engine, and a DOCKER_HOST that nobody serves must
# not hold anybody up.
elif [[ -n $(timeout 10 docker version --format '{{.Server.Version}}' 2>/dev/null) ]]; then
  echo k3s
else
  echo local
fi
