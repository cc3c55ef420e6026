# adjudica: `make demo` shows it, `make test` proves it, `make bench` measures it.
# Every target installs what it needs (see .ci/setup.sh) and says so.
SHELL := /bin/bash
.DEFAULT_GOAL := help

BUILD := $(CURDIR)/.build
CARGO ?= cargo
# What .ci/setup.sh installs where the system has none, or an older one.
export PATH := $(BUILD)/node-20/node_modules/node/bin:$(HOME)/.cargo/bin:$(PATH)

.PHONY: help setup demo test test-rust test-conformance test-advisors test-python test-node test-wasm test-kotlin \
        bench bench-doors instructions schemas lint clean

help: ## Say what can be made.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 26

setup: ## Install compilers and tools (Debian, Ubuntu).
	@.ci/setup.sh rust

demo: ## Build, adjudicate a real example, show the result.
	@.ci/setup.sh rust python
	@.ci/demo.sh

test: test-rust test-conformance test-advisors instructions test-python test-node test-wasm test-kotlin ## Run every test: Rust, the command line, the gate on speed, all packages.
	@echo "make test: everything passed"

lint: setup ## Format and lint the Rust code.
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets --features adjudica/cli -- -D warnings

test-rust: lint ## Core, command line and benches.
	$(CARGO) test --features adjudica/cli
	$(CARGO) check -p adjudica --no-default-features
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps -p adjudica

test-conformance: setup ## Every example and every openIMIS vector through the command line; the example audit is current.
	$(CARGO) build --release -p adjudica --features cli
	target/release/adjudica test rules-examples
	for conventions in standard openimis-1.11; do \
	    target/release/adjudica conformance --conventions $$conventions \
	        core/tests/vectors/*.ndjson.gz || exit; \
	done
	mkdir -p $(BUILD)/audit
	target/release/adjudica audit --from openimis-1.11 --to standard \
	    --html $(BUILD)/audit/report.html --json $(BUILD)/audit/report.json \
	    core/tests/vectors/claims.ndjson.gz core/tests/vectors/sequences.ndjson.gz
	cmp $(BUILD)/audit/report.html examples/audit/report.html
	cmp $(BUILD)/audit/report.json examples/audit/report.json

test-advisors: ## Trees against LightGBM, XGBoost and scikit-learn, which trained them; the demonstrator is current.
	@.ci/setup.sh rust python advisors
	$(CARGO) build --release -p adjudica --features cli
	$(BUILD)/advisors/bin/python tools/trees/check.py --adjudica target/release/adjudica
	$(BUILD)/advisors/bin/python tools/trees/demonstrator.py --check --adjudica target/release/adjudica

test-python: ## The Python package, built and installed.
	@.ci/setup.sh rust python
	@bindings-python/test.sh

test-node: ## The Node package, built and installed.
	@.ci/setup.sh rust node
	@bindings-node/test.sh

test-wasm: ## The browser package, in Node and in Chromium.
	@.ci/setup.sh rust node wasm browser
	@bindings-wasm/test.sh

test-kotlin: ## The Kotlin package, on the JVM.
	@.ci/setup.sh rust java
	@bindings-kotlin/test.sh

bench: setup ## Measure speed beside hand-written baselines; table and benches.json.
	$(CARGO) bench -p adjudica-benches --bench engine
	$(CARGO) run --release -q -p adjudica-benches --bin bench-report -- target/criterion benches.json

bench-doors: setup ## What a claim costs through each package, beside the core (after make test).
	@.ci/bench-doors.sh

instructions: setup ## Count instructions a claim against the baselines (needs valgrind).
	@.ci/setup.sh valgrind
	@.ci/instructions.sh

schemas: setup ## Write the JSON Schemas again after a document changed.
	$(CARGO) run -q -p adjudica --features cli -- schema --out core/schemas

clean: ## Remove what was built.
	rm -rf target $(BUILD)
