# Everything a contributor or user starts. Node 20 and git are enough: dependencies bring the Node version that the programs want.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := node_modules/.bin
# npm's own scripts find node_modules/.bin first; what is called from here must as well.
export PATH := $(CURDIR)/$(BIN):$(PATH)
STAMP := node_modules/.installed

.PHONY: help run test faults lint format generate verify build judge images fuzz-api cluster-build cluster-up cluster-down e2e bench chart-check pack-check cli-package cli-check lint-workflows images-reproducible sbom e2e-kind release-assets

help: ## this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-20s %s\n", $$1, $$2}'

# `npm install`, not `npm ci`: registries that mirror one platform only cannot fill a lock file for all, and ci refuses such a lock.
# Versions come from the lock file either way; --no-save keeps it as it is. No install script of any package runs.
$(STAMP): package.json package-lock.json $(wildcard */package.json) e2e/testenv/package.json
	@echo "Installing dependencies (about 520 packages; once) ..."
	@npm install --no-save --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error
	@node --version | grep -qE '^v(2[4-9]|[3-9][0-9])\.' || { echo "Node 24 or newer is needed and could not be installed for this platform; install it and try again" >&2; exit 1; }
	@touch $@

run: $(STAMP) ## serve examples/quickstart.yaml on http://127.0.0.1:8080 (ARGS="--address ..." adds flags)
	@node registry-server/src/main.ts --config examples/quickstart.yaml --storage-path .data/quickstart --log-format pretty $(ARGS)

test: $(STAMP) ## all tests that can run here (ARGS="PATTERN" picks suites)
	@node hack/test.ts $(ARGS)

faults: $(STAMP) ## the suites that disturb the controller, with what they did (a quarter of an hour; ARGS="replicas" picks)
	@node hack/test.ts controller/src/faults/$(ARGS)

lint: $(STAMP) ## types, rules, import directions, format
	@node hack/lint.ts

format: $(STAMP) ## rewrite files in the project's format
	@prettier --write --log-level warn .

generate: $(STAMP) ## write CRD, reference and schema checks
	@node hack/generate.ts

verify: $(STAMP) ## fail when generated files are out of date
	@node hack/verify.ts

build: $(STAMP) ## bundle all programs into dist/
	@node hack/build.ts

cli-package: $(STAMP) ## build the command line for npm, for Krew and as one file, in dist/cli/
	@node hack/cli-package.ts

cli-check: $(STAMP) ## build it, install it in a clean folder, run it there
	@node hack/cli-check.ts

fuzz-api: $(STAMP) ## fuzz a server with schemathesis, from its OpenAPI document (Python 3; CASES=10000)
	@hack/fuzz-api $(CASES)

judge: $(STAMP) ## measure the ranking of q by judged questions, and record it
	@node hack/judge.ts $(ARGS)

lint-workflows: ## check .github/workflows with actionlint (Go)
	@hack/actionlint

images: $(STAMP) ## build both container images (buildah, docker or podman)
	@hack/images

images-reproducible: $(STAMP) ## build both images twice and compare them (buildah or podman; up to five minutes)
	@hack/images-reproducible

sbom: $(STAMP) ## write what is in images and command line into dist/sbom/ (after make images)
	@node hack/sbom.ts

release-assets: $(STAMP) ## collect the files of a release, with checksums, in dist/release/ (docs/releasing.md)
	@node hack/sbom.ts cli
	@node hack/release.ts assets

pack-check: $(STAMP) ## pack the reconciler, install it in an empty folder, run the example there
	@node hack/pack-check.ts

chart-check: $(STAMP) ## lint and validate the Helm chart
	@hack/chart-check

cluster-build: ## build etcd, API server, kubelet, helm, chainsaw ... (11 minutes the first time, root)
	@e2e/cluster/build

cluster-up: cluster-build ## start a one-node Kubernetes in its own network namespace (root)
	@e2e/cluster/up

cluster-down: ## stop it and remove its state
	@e2e/cluster/down

e2e: $(STAMP) ## end-to-end tests: on that cluster, or on the one KUBECONFIG names
	@e2e/run $(ARGS)

e2e-kind: $(STAMP) ## the same in a cluster by kind (Docker, kind, kubectl, Go; ARGS="--include-test-regex ...")
	@e2e/kind $(ARGS)

bench: $(STAMP) ## measure start, memory, throughput, controller (half an hour; ARGS="--only list" picks)
	@node bench/main.ts $(ARGS)
