# Needs Python 3.11 or later, make and a package index; everything else goes into .venv.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first that runs and is new enough: a name on the PATH alone may be another version's shim.
PYTHON ?= $(shell for name in python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

VENV := .venv
READY := $(VENV)/.ready
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: help demo test check format nightly benchmark wheel clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

# Everything at its pinned version, the build backend too, and then this project alone, built with that backend.
$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or later was found" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --requirement constraints.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(PIP) check
	$(BIN)/python -m compileall -q engine
	touch $@

demo: $(READY) ## check the study, then evaluate the example cohort
	$(BIN)/trial check
	$(BIN)/trial evaluate examples/cohort

test: check ## everything that must hold before a change lands
	$(BIN)/python -m pytest -q -n 2 -m 'not slow'

check: $(READY) ## lint, format and types, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict

format: $(READY) ## rewrite the code in the one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

nightly: $(READY) ## every test, the generated ones with many more examples
	TRIAL_PROFILE=nightly $(BIN)/python -m pytest -q -n 2

benchmark: $(READY) ## measure what the engine costs on a large cohort
	$(BIN)/python -m benchmarks.run

wheel: $(READY) ## build the sdist and the wheel into dist/
	rm -rf dist
	$(BIN)/hatchling build --directory dist

clean: ## remove what make and the tools have made
	rm -rf $(VENV) dist .hypothesis
	find . -type d \( -name __pycache__ -o -name '.*_cache' \) -prune -exec rm -rf {} +
