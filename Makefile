# Needs Python 3.11+ and make only; everything else is installed into .venv from the lock file.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help try test run lint bench lock clean

help: ## what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "execbrief needs Python 3.11 or newer: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

try: $(STAMP) ## chat with the bot in the terminal: no token, no network
	@$(BIN)/execbrief try

test: $(STAMP) ## every test, against real servers on loopback
	$(BIN)/python -m pytest -n 2 --dist loadfile

run: $(STAMP) ## the bot, with the settings of .env
	$(BIN)/execbrief run

lint: $(STAMP) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) ## benchmarks: ratios against a floor measured in the same run
	$(BIN)/python -m benchmarks

COMPILE := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

lock: ## renew the lock files from pyproject.toml (needs uv)
	$(COMPILE) --group dev pyproject.toml -o requirements.lock
	$(COMPILE) --constraint requirements.lock pyproject.toml -o deploy/requirements.lock

clean: ## remove .venv and caches
	rm -rf $(VENV) .cache .pytest_cache .mypy_cache .ruff_cache
