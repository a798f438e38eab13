# `make` lists the targets.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
export TESTINGPLATFORM_TELEMETRY_OPTOUT := 1

IMAGE ?= prenv-controller
TAG ?= dev
# That of this machine.
ARCH ?= $(if $(filter aarch64 arm64,$(shell uname -m)),arm64,amd64)
CLUSTER ?= prenv
CASES ?= 100000
STEPS ?= 1000000
SEED ?= $(shell date +%j)000000
# How long `make scale` looks on while nothing changes, and how long `make chaos` lasts.
scale: MINUTES ?= 10
chaos: MINUTES ?= 30
# Each target has its own folder for results, and clears only that one.
TEST = rm -rf TestResults/$@ && dotnet test PrEnv.sln -c Release --no-build --results-directory TestResults/$@ --logger trx --logger 'console;verbosity=normal'

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: build
build: sdk ## Compile everything; warnings are errors
	dotnet build PrEnv.sln -c Release

.PHONY: test
test: build cluster helm prometheus browser ## Run all tests; without Docker, builds a control plane first (once, about 5 minutes)
	$(TEST)

.PHONY: modern
modern: build ## Run the tests that need a current server for custom resources; builds one first (once, about 10 minutes)
	hack/kube-assets.sh --with-crd-server
	export PRENV_TEST_CLUSTER=modern; $(TEST) --filter TestCategory=Modern

.PHONY: unit
unit: build helm prometheus browser ## Run the tests that need no cluster
	$(TEST) --filter TestCategory!=Integration

.PHONY: fuzz
fuzz: build ## Run the fuzz tests for long; CASES=100000 each, from SEED on
	export PRENV_FUZZ_CASES=$(CASES) PRENV_TEST_SEED=$(SEED); $(TEST) --filter TestCategory=Fuzz

.PHONY: soak
soak: build ## Live through STEPS=1000000 random steps full of faults, from SEED on, and check the laws after each
	export PRENV_SOAK_STEPS=$(STEPS) PRENV_TEST_SEED=$(SEED); $(TEST) --filter TestCategory=Soak

.PHONY: lint
lint: sdk ## Check the lock files, the formatting, the length of lines, one type per file, scripts and workflows
	dotnet restore PrEnv.sln --locked-mode
	dotnet format PrEnv.sln --verify-no-changes --no-restore
	hack/lint-code.sh
	hack/lint-shell.sh
	hack/lint-workflows.sh

.PHONY: api
api: sdk ## Update the recorded public API of PrEnv.Core
	printf '#nullable enable\n' > PrEnv.Core/PublicAPI.Unshipped.txt
	dotnet format analyzers PrEnv.Core/PrEnv.Core.csproj --diagnostics RS0016 --severity error

.PHONY: chart
chart: ## Copy definition, alerts and dashboard into the Helm chart, which can contain only what is in its own folder
	cp crds/prcontroller*.yaml manifests/components/prometheus-rule/prometheus-rule.yaml dashboards/prenv.json charts/prenv/files/

.PHONY: demo
demo: build cluster helm ## Show the life of a pull request on local stand-ins; KEEP=1 leaves everything running
	dotnet PrEnv.Sandbox/bin/Release/net10.0/prenv-sandbox.dll demo $(if $(filter 1,$(KEEP)),--keep)

.PHONY: screenshots
screenshots: build browser ## Take the pictures in docs/images once more; needs Chromium
	mkdir -p docs/images
	export PRENV_SCREENSHOTS=$(CURDIR)/docs/images; $(TEST) --filter FullyQualifiedName~ScreenshotTests

.PHONY: bench
bench: sdk ## Run the benchmarks; select with ARGS=queue or ARGS='--filter ...'
	dotnet run --project PrEnv.Benchmarks -c Release -- $(ARGS)

.PHONY: load
load: build assets ## Measure 1,000 environments end to end, with the controller as the image has it
	dotnet publish PrEnv.Controller -c Release --arch $(ARCH) --output artifacts/controller
	PRENV_TEST_CONTROLLER=$(CURDIR)/artifacts/controller dotnet PrEnv.Benchmarks/bin/Release/net10.0/PrEnv.Benchmarks.dll load

.PHONY: flood
flood: build assets ## Flood the webhook endpoint with deliveries, half of them forged, and measure the effect
	dotnet PrEnv.Benchmarks/bin/Release/net10.0/PrEnv.Benchmarks.dll flood

.PHONY: scale
scale: build assets ## Measure REPOSITORIES=100 with PULLS=100 each on one process; MINUTES=10 of them settled
	dotnet publish PrEnv.Controller -c Release --arch $(ARCH) --output artifacts/controller
	PRENV_TEST_CONTROLLER=$(CURDIR)/artifacts/controller dotnet PrEnv.Benchmarks/bin/Release/net10.0/PrEnv.Benchmarks.dll \
	  scale $(or $(REPOSITORIES),100) $(or $(PULLS),100) $(MINUTES)

.PHONY: chaos
chaos: build assets ## Let three controllers live through every trouble at once for MINUTES=30, from SEED on; check that one acts at a time
	dotnet PrEnv.Benchmarks/bin/Release/net10.0/PrEnv.Benchmarks.dll chaos $(MINUTES) $(SEED)

.PHONY: quota
quota: build ## Measure the use of GitHub's rate limit in one hour of simulated time
	dotnet PrEnv.Benchmarks/bin/Release/net10.0/PrEnv.Benchmarks.dll quota

.PHONY: contract
contract: build ## Check client and stand-in against GitHub's API description; needs ../shared/github/openapi.json, node and npm
	$(TEST) --filter TestCategory=Contract

.PHONY: image
image: sdk ## Build the image IMAGE:TAG for ARCH=amd64 or arm64; LOAD=kind or k3d loads it, ARCHIVE=file.tar.gz writes a file
	dotnet publish PrEnv.Controller -c Release --os linux --arch $(ARCH) /t:PublishContainer \
	  -p:ContainerRepository=$(IMAGE) -p:ContainerImageTag=$(TAG) $(if $(ARCHIVE),-p:ContainerArchiveOutputPath=$(abspath $(ARCHIVE)))
	$(if $(filter kind,$(LOAD)),kind load docker-image $(IMAGE):$(TAG) --name $(CLUSTER))
	$(if $(filter k3d,$(LOAD)),k3d image import $(IMAGE):$(TAG) --cluster $(CLUSTER))

.PHONY: assets
assets: ## Provide etcd, kube-apiserver and friends for a control plane without Docker
	hack/kube-assets.sh

.PHONY: clean
clean: ## Remove build output; the control plane's binaries stay in their cache
	rm -rf */bin */obj TestResults BenchmarkDotNet.Artifacts artifacts

# What the integration tests and the demo run on: k3s where a Docker engine answers, else the local control plane.
.PHONY: cluster
cluster:
	@case $$(hack/test-cluster.sh) in \
	  k3s) ;; \
	  modern) hack/kube-assets.sh --with-crd-server ;; \
	  *) hack/kube-assets.sh ;; \
	esac

# What the tests of the chart and of the manifests render with, and what the demo installs with. Where it is not to be had, the tests are
# skipped, and the demo pretends to install.
.PHONY: helm
helm:
	@hack/helm-assets.sh || [[ $$? == 3 ]]

# What the tests of the alerts and of the dashboard run. Where it is not to be had, they are skipped.
.PHONY: prometheus
prometheus:
	@hack/prometheus-assets.sh || [[ $$? == 3 ]]

# What the tests of the page look at it with. Where it is not to be had, they are skipped.
.PHONY: browser
browser:
	@hack/browser-assets.sh || [[ $$? == 3 ]]

.PHONY: sdk
sdk:
	@command -v dotnet >/dev/null || { echo "please install the .NET SDK that global.json specifies" >&2; exit 1; }
