# make demo: the product on this machine.  make test: every test.  make help: the rest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PYTHON ?= python3
VENV ?= .venv
TESTS ?= tests
# One more than there are cores: tests wait for browsers and for processes of their own.
JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
ROUNDS ?= 60
QUICK_TESTS := $(wildcard tests/*/test_rules*.py) $(addprefix tests/verify/test_,canonical.py draw.py merkle.py note.py) $(addprefix tests/house/test_,citations.py code.py rooms.py words.py releases.py)
HOST ?= 127.0.0.1
PORT ?= 8000

BIN := $(VENV)/bin
# The stamps carry a digest of what they stand for: a second start installs nothing, a changed pin does.
RUNTIME := $(VENV)/.installed-$(firstword $(shell cat requirements.txt | cksum))
DEV := $(VENV)/.installed-dev-$(firstword $(shell cat requirements.txt requirements-dev.txt | cksum))
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

export HOST PORT RULEBOOK

.PHONY: help demo demo-reset test quick coverage check format bench ocds storm assets messages clean

help: ## This list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  PORT, HOST, DATABASE_URL and (for an empty database) RULEBOOK=county are honoured: make demo PORT=9000"

demo: $(RUNTIME) assets messages ## Run the product with its demo town on http://HOST:PORT (127.0.0.1:8000).
	@$(BIN)/python scripts/serve.py

demo-reset: $(RUNTIME) assets messages ## Empty the demo database and load the demo town anew.
	@$(BIN)/python scripts/serve.py --reset

test: $(DEV) assets messages ## Run every test (TESTS=tests/agencies for a part, JOBS=1 for one process).
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(TESTS)

quick: $(DEV) ## Rules, verifiers and the house's rules, without a database: after each small step.
	$(BIN)/python -m pytest -x -n $(JOBS) $(QUICK_TESTS)

coverage: $(DEV) assets messages ## Run every test and hold rules and services to every branch.
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report= $(TESTS)
	$(BIN)/python -m coverage report --fail-under=100 \
		--include='market/**/rules.py,market/**/rules/*,market/**/service.py,market/**/service/*'

check: $(DEV) ## Layout, style, types, layers, templates.
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_templates.py

format: $(DEV) ## Lay out every Python file at 100 columns and order its imports.
	$(BIN)/ruff check --select I --fix --quiet .
	$(BIN)/ruff format .

bench: $(DEV) assets messages ## Our speed against the floor, in one run (QUICK=1 for a short one, ROWS="entry_post" for some).
	$(BIN)/python -m bench $(if $(QUICK),--quick) $(ROWS)

ocds: $(DEV) assets messages ## Hold releases against the Open Contracting Partnership's own checker, in an environment of its own.
	test -x .venv-ocds/bin/libcoveocds || (python3 -m venv .venv-ocds && .venv-ocds/bin/pip install -q -r requirements-ocds.txt)
	$(BIN)/python -m pytest -q tests/opendata/test_outside.py

storm: $(DEV) assets messages ## Kill web and clock while entries come in, ROUNDS times on each database.
	$(BIN)/python -m tests.storm --rounds $(ROUNDS)
	$(BIN)/python -m tests.storm --rounds $(ROUNDS) --postgresql

assets: $(RUNTIME) ## Front-end files into static/vendor/, static files packed into static/built/.
	@$(BIN)/python scripts/assets.py

messages: $(RUNTIME) ## Compile the message catalogues.
	@$(BIN)/python scripts/messages.py compile

clean: ## Remove what these commands made, but not instance/ (your data).
	rm -rf $(VENV) .venv-ocds static/vendor static/built static/verify/seal.html node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf .coverage htmlcov bench/data
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): | $(BIN)/python
	@echo "Installing what the product runs on ..."
	@$(PIP_INSTALL) -r requirements.txt
	@rm -f $(VENV)/.installed-[0-9]* && touch $@

$(DEV): $(RUNTIME) | $(BIN)/python
	@echo "Installing what the tests need ..."
	@$(PIP_INSTALL) -r requirements-dev.txt
	@rm -f $(VENV)/.installed-dev-* && touch $@
