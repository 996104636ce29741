# Everything an engineer or a newcomer runs. Each target makes .venv itself when it is missing or out of date.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo up test check format bench generate pages sbom lock release clean

help: ## Say what there is to run
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv with the locked dependencies
	@echo "ready: $(VENV)"

$(READY): requirements-dev.lock pyproject.toml tools/setup.sh
	@PYTHON=$(PYTHON) VENV=$(VENV) sh tools/setup.sh
	@touch $@

demo: $(READY) ## Play two weeks of orders against partners that fail (ARGS= for options)
	@$(BIN)/crossdock demo $(ARGS)

up: $(READY) ## Run the hub until stopped (ARGS="--data DIR --grpc HOST:PORT --virtual-clock")
	@$(BIN)/crossdock up $(ARGS)

test: $(READY) ## Run all tests (ARGS= for pytest options)
	@$(BIN)/python -m pytest $(ARGS)

check: $(READY) ## Style, types, floor plan, contracts: no database needed
	@$(BIN)/python -m tools.check

format: $(READY) ## Bring our Python into its one form
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format .

bench: $(READY) ## Measure (ARGS= rows and options)
	@$(BIN)/python -m bench $(ARGS)

generate: $(READY) ## Make generated/ from protos/
	@$(BIN)/python -m tools.generate

pages: $(READY) ## Draw the pages of docs/ that repeat the code
	@$(BIN)/python -m tools.pages

sbom: $(READY) ## Write what is shipped, with licenses: dist/crossdock.cdx.json and NOTICE
	@$(BIN)/python -m tools.supply

lock: ## Resolve pyproject.toml anew into the lock files
	@PYTHON=$(PYTHON) sh tools/lock.sh

release: $(READY) ## Write the contracts as they are as the released ones, which may not be broken from then on
	@$(BIN)/python -m tools.lint_contracts --release

clean: ## Remove what tools left behind (.venv and data stay)
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
