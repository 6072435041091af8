# drctl: `make demo` shows it, `make test` proves it. Everything else is a part of these.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT_PACKAGES := libcurl4-openssl-dev libssl-dev libxml2-dev libpq-dev libsqlite3-dev pkg-config python3-venv openssl
# What only the tests need: a real PostgreSQL for the probe, systemd's own checks, and browsers for the page.
TEST_PACKAGES := postgresql systemd chromium chromium-driver w3m
JOBS ?= 2

.PHONY: help deb shipped test-image promtool test-venv package-tools deps apt apt-tests venv build test test-swift test-lab test-end-to-end demo lint format clean simulator simulate incidents soak \
	planted hunt hunt-search fuzz sanitize bench abuse infra-venv infra-outputs test-infra-unit test-infra test-infra-touched test-infra-bridge

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 22

deps: apt venv ## Install what is missing: Debian packages through apt, Python packages into .venv

apt-tests: APT_PACKAGES += $(TEST_PACKAGES)
apt apt-tests:
	@missing=$$(for p in $(APT_PACKAGES); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then \
		echo "==> installing Debian packages:" $$missing; \
		$(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi

venv: $(VENV)/.installed

$(VENV)/.installed: Tests/Lab/requirements.txt
	@echo "==> installing Python packages into $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check -r Tests/Lab/requirements.txt
	@touch $@

# What only the end-to-end tests need: a fuzzer for the API, a driver for the browser.
test-venv: $(VENV)/.tests

$(VENV)/.tests: Tests/EndToEnd/requirements.txt $(VENV)/.installed
	@echo "==> installing Python packages for the end-to-end tests into $(VENV)"
	@$(VENV)/bin/pip install --quiet --disable-pip-version-check -r Tests/EndToEnd/requirements.txt
	@touch $@

INFRA := deploy/pulumi
INFRA_BIN := $(INFRA)/.venv/bin

infra-venv: $(INFRA)/.venv/.installed ## Pulumi and what its tests need, into deploy/pulumi/.venv

$(INFRA)/.venv/.installed: $(INFRA)/requirements.txt $(INFRA)/requirements-test.txt
	@echo "==> installing Python packages into $(INFRA)/.venv"
	@$(PYTHON) -m venv $(INFRA)/.venv
	@$(INFRA_BIN)/pip install --quiet --disable-pip-version-check -r $(INFRA)/requirements-test.txt
	@touch $@

build: deps ## Build drctl (debug)
	@echo "==> building drctl"
	@swift build --jobs $(JOBS) --product drctl

test: apt-tests deps lint test-swift simulate test-lab test-end-to-end test-infra-unit test-infra-bridge ## Everything that proves it

# One process a room: tests with real servers hold threads, and Swift's pool has only as many as there are cores.
test-swift: deps
	@echo "==> building drctl and its tests"
	@swift build --jobs $(JOBS) --build-tests
	@for room in $(notdir $(wildcard Tests/*Tests)); do \
		echo "==> $$room"; \
		DRCTL_TEST_PYTHON=$(CURDIR)/$(VENV)/bin/python \
			swift test --skip-build --disable-xctest --filter "^$$room\." > .build/$$room.log 2>&1; status=$$?; \
		grep -E '✘|↳ [^TP]|Test run with|^error' .build/$$room.log; \
		[ $$status = 0 ] || { echo "$$room failed: see .build/$$room.log"; exit 1; }; \
	done

test-lab: venv
	@echo "==> running the lab's own tests"
	@cd Tests/Lab && ../../$(VENV)/bin/python -m pytest -q

test-end-to-end: build test-venv infra-venv package-tools promtool
	@echo "==> running the end-to-end tests"
	@# Real processes with deadlines: on a machine that is busy with something else one may run out of time. What
	@# failed runs once more, one at a time; what is broken fails again. Status 5: no test failed, the run itself did.
	@run="$(VENV)/bin/python -m pytest -q Tests/EndToEnd"; $$run || { \
		echo "==> once more, alone: what failed"; \
		$$run -n 0 --lf --lfnf none || { [ $$? = 5 ] && $$run; }; }

test-infra-unit: infra-venv ## The infrastructure's own tests: every rule over every system, without an account
	@echo "==> checking $(INFRA)"
	@cd $(INFRA) && .venv/bin/ruff check -q . && .venv/bin/ruff format -q --check .
	@cd $(INFRA) && .venv/bin/mypy --no-error-summary __main__.py infra functions tests applied
	@cd $(INFRA) && .venv/bin/basedpyright --pythonpath .venv/bin/python > .pyright.log || { cat .pyright.log; exit 1; }
	@cd $(INFRA) && .venv/bin/python -m pytest -n $(JOBS)

infra-outputs: infra-venv ## Write the outputs of every system anew, which other tests read
	@cd $(INFRA) && PYTHONPATH=.:tests .venv/bin/python -m harness.outputs

# The sibling folder that the tool stands in, beside the checkout.
INFRA_TOOL ?= $(abspath ../shared/tools/iac)

# One role takes a quarter of a minute a stack; the other one is in the unit tests. SIDES="home away" plans both,
# UPTO=destroy applies, looks, plans again, and destroys, which takes ten minutes a stack; UPTO=hold stands until Enter.
# SINCE=origin/main takes only the stacks that a change since then touches.
SIDES ?= home
SYSTEMS ?= $(subst _,-,$(filter-out __init__,$(basename $(notdir $(wildcard $(INFRA)/infra/systems/*.py)))))

test-infra-bridge: infra-venv ## Plan every stack with the real AWS provider, where the tool stands beside the checkout
	@if [ ! -f $(INFRA_TOOL)/bridge.py ] || ! command -v terraform >/dev/null; then \
		echo "==> NOT TESTED: no stack was planned, $(INFRA_TOOL)/bridge.py or terraform is missing"; exit 0; fi; \
	cd $(INFRA) && for system in $(if $(SINCE),$$(.venv/bin/python tests/bridge/touched.py $(SINCE)),$(SYSTEMS)); do \
		for side in $(SIDES); do \
			.venv/bin/python -u tests/bridge/plan.py $(INFRA_TOOL) $$system $$side $(UPTO) || exit 1; \
		done; \
	done

# What of it fits into BUDGET minutes; what does not is named. SINCE=COMMIT says what to compare with.
BUDGET ?= 60

test-infra-touched: build infra-venv ## Apply and destroy the stacks that a change touches: BUDGET=60 minutes of them
	@systems=$$($(INFRA_BIN)/python $(INFRA)/tests/bridge/touched.py $(SINCE) --minutes $(BUDGET)) || exit 1; \
	if [ -z "$$systems" ]; then echo "==> no stack is applied"; exit 0; fi; \
	$(MAKE) --no-print-directory test-infra-bridge SINCE= SYSTEMS="$$systems" UPTO=destroy

# Without outputs to look at: every stack, each applied to a stand-in by the tool beside the checkout; an hour.
test-infra: build infra-venv ## What was applied: OUTPUTS=flat-outputs.json, ENDPOINT=URL for a stand-in, FAILOVER=yes to fail over
	@if [ -z "$(OUTPUTS)$(ENDPOINT)" ] && [ -f $(INFRA_TOOL)/bridge.py ] && \
		[ ! -f $(INFRA)/cfn-outputs/flat-outputs.json ]; then \
		$(MAKE) --no-print-directory test-infra-bridge UPTO=destroy; exit; fi; \
	echo "==> looking at what was applied"; \
	cd $(INFRA) && OUTPUTS="$(abspath $(OUTPUTS))" ENDPOINT="$(ENDPOINT)" RESOLVER="$(RESOLVER)" FAILOVER="$(FAILOVER)" \
		.venv/bin/python -m pytest -rs applied

# Prometheus' own checker, out of its Debian package: installing all of that would start a server.
PROMTOOL := .build/tools/promtool

promtool: $(PROMTOOL)

$(PROMTOOL):
	@echo "==> fetching promtool from Debian's package of Prometheus"
	@mkdir -p $(@D)/prometheus
	@cd $(@D)/prometheus && { apt-get download -qq prometheus 2>/dev/null || \
		{ $(SUDO) apt-get update -qq && apt-get download -qq prometheus; }; }
	@dpkg-deb --fsys-tarfile $(@D)/prometheus/prometheus_*.deb | tar -x -C $(@D) --strip-components=3 ./usr/bin/promtool
	@rm -r $(@D)/prometheus && touch $@

# The Debian package's: manual pages from the commands themselves.
MANUAL := .build/debug/generate-manual

$(MANUAL):
	@echo "==> building the generator of manual pages"
	@swift build --jobs $(JOBS) --product generate-manual

package-tools: APT_PACKAGES += binutils
package-tools: apt $(MANUAL)

# As it is shipped: what is linked how is in Package.swift.
shipped: deps
	@echo "==> building drctl (release, static); some minutes"
	@swift build --jobs $(JOBS) -c release --static-swift-stdlib -Xlinker -s --product drctl

deb: APT_PACKAGES += binutils
deb: shipped package-tools ## A Debian package in .build/package, with Swift's runtime inside
	@mkdir -p .build/package
	@deploy/debian/build.sh .build/release/drctl $(MANUAL) .build/package

test-image: APT_PACKAGES += buildah crun mmdebstrap
test-image: shipped ## Build the container's image around the shipped binary, and look at it; needs root, no registry
	@Tests/Image/build.sh .build/release/drctl .build/image

demo: build ## Two Regions fail in the lab; drctl gets both databases back. Unattended, about a minute once built
	@$(VENV)/bin/python Tests/EndToEnd/demo.py

# Seeds of a `make soak`, and the first of them.
SEEDS ?= 100000
FROM ?= 1
SIMULATOR := .build/release/drctl-simulate

simulator: deps
	@echo "==> building drctl-simulate (release)"
	@swift build --jobs $(JOBS) -c release --product drctl-simulate

simulate: simulator ## What CI runs: the same seeds each time, and fresh ones; two or three minutes once built
	@$(SIMULATOR) --seeds 2700 --from 1 --jobs $(JOBS)
	@fresh=$$(date +%s); echo "==> fresh seeds from $$fresh"; \
		$(SIMULATOR) --seeds 300 --from $$fresh --jobs $(JOBS)

soak: simulator ## Many seeds: SEEDS=100000 FROM=1
	@$(SIMULATOR) --seeds $(SEEDS) --from $(FROM) --jobs $(JOBS)

# A build of its own: no other one ever holds the planted bugs.
planted: deps
	@echo "==> building drctl-simulate with planted bugs"
	@swift build --jobs $(JOBS) -c release --product drctl-simulate --scratch-path .build/plants -Xswiftc -DPLANTS

hunt: planted ## Whether each planted bug is found by the seed that is known to find it
	@.build/plants/release/drctl-simulate --hunt --known --jobs $(JOBS)

hunt-search: planted ## How many seeds each planted bug takes to be found: a quarter of an hour
	@.build/plants/release/drctl-simulate --hunt --jobs $(JOBS)

incidents: simulator ## Score drctl on labelled incidents into docs/incident-bench.md; DIR=folder scores a folder of yours
	@if [ -n "$(DIR)" ]; then $(SIMULATOR) incidents "$(DIR)"; else \
		$(SIMULATOR) incidents --markdown docs/incidents > docs/incident-bench.new && \
			mv docs/incident-bench.new docs/incident-bench.md && cat docs/incident-bench.md; \
		status=$$?; rm -f docs/incident-bench.new; exit $$status; \
	fi

# How long; the real thing is an hour, 3600.
ABUSE_SECONDS ?= 120

abuse: build ## Strangers at the webhook: memory and the polling round under abuse. ABUSE_SECONDS=3600 for an hour
	@$(VENV)/bin/python Tests/EndToEnd/abuse.py --seconds $(ABUSE_SECONDS)

# Seconds for all fuzzers together.
FUZZ_SECONDS ?= 240

fuzz: deps ## Feed the signer and the parsers with broken input: FUZZ_SECONDS=3600 KEEP=yes
	@KEEP=$(KEEP) Tests/Fuzz/fuzz.sh $(FUZZ_SECONDS)

# Each takes a build of everything: a quarter of an hour.
SANITIZERS ?= thread address

sanitize: apt-tests deps ## The whole Swift test suite under each sanitizer: SANITIZERS=thread ROOMS="SigV4Tests AWSTests"
	@for kind in $(SANITIZERS); do JOBS=$(JOBS) Tests/Sanitize/sanitize.sh $$kind $(ROOMS) || exit 1; done

BENCH_VENV := .build/bench-venv

$(BENCH_VENV)/.installed: Tests/Benchmarks/requirements.txt
	@$(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/pip install --quiet --disable-pip-version-check -r Tests/Benchmarks/requirements.txt
	@touch $@

bench: APT_PACKAGES += nginx-light
bench: shipped $(BENCH_VENV)/.installed ## Measure against what others use: BENCH="signing decoding polling transport service"
	@echo "==> building the benchmarks (release)"
	@[ "$(BENCH)" = service ] || for product in drctl-bench async-http-client-bench; do \
		swift build --jobs $(JOBS) -c release --package-path Tests/Benchmarks --scratch-path .build/benchmarks \
			--product $$product || exit 1; \
	done
	@cd Tests/Benchmarks && $(CURDIR)/$(BENCH_VENV)/bin/python -m against $(BENCH)

lint: ## Formatting
	@swift format lint --strict --recursive --configuration .swift-format Package.swift Sources Tests

format: ## Format everything in place
	@swift format --in-place --recursive --configuration .swift-format Package.swift Sources Tests

clean: ## Remove everything that was built or installed here
	@rm -rf .build $(VENV) $(INFRA)/.venv demo-output bench-results
