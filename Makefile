# Two commands are enough: `make demo` and `make test`. `make help` lists every other one.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# What Python has compiled is kept, whatever the machine says: every start of the program would compile it all again.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
DESK_PORT ?= 8001
HOST ?= 127.0.0.1
SCALE ?= 1
BENCH ?= $(filter-out bench/measure.py bench/corpus.py,$(wildcard bench/*.py))
BIN := .venv/bin
BENCH_BIN := .venv-bench/bin
QUIET_PIP := pip --quiet --disable-pip-version-check
PIP := $(BIN)/python -m $(QUIET_PIP)
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate $(UPGRADE)
FONT := /usr/share/fonts/truetype/wqy/wqy-microhei.ttc
# The newest interpreter that is new enough; say PYTHON=… to choose another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
# Installs Debian packages where that is possible without asking anybody for a password.
APT := $(shell command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] && echo 'env' \
	|| { sudo -n true 2>/dev/null && echo 'sudo env'; }; })

##@ The two commands

.PHONY: demo
demo: $(BIN)/.base label-font ## Set everything up, make the example city, serve it on PORT (8000), its desks on DESK_PORT (8001)
	@$(BIN)/zuofang demo --scale $(SCALE) --host $(HOST) --port $(PORT) --desk-port $(DESK_PORT)

.PHONY: test
test: lint types unit journeys ## Set everything up and run everything that CI runs

##@ Parts of the test

.PHONY: lint
lint: $(BIN)/.dev ## Style and form of the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: types
types: $(BIN)/.dev ## Types
	@$(BIN)/mypy

.PHONY: unit
unit: $(BIN)/.dev label-font searchd ## Everyday tests, on every core
	@$(BIN)/pytest -q -n auto -m 'not browser'

.PHONY: journeys
journeys: $(BIN)/.dev label-font browser ## Journeys through the site in a real browser
	@$(BIN)/pytest -q -n auto -m browser

##@ Now and then

.PHONY: bench
bench: $(BIN)/.dev $(BENCH_BIN)/.made label-font browser servers ## Measure; figures are printed, nothing is asserted (BENCH names the scripts)
	@for file in $(BENCH); do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

.PHONY: translations
translations: $(BIN)/.dev ## Collect new messages into the English catalogue
	@PYBABEL=$(BIN)/pybabel translations/update.sh

.PHONY: docs
docs: $(BIN)/.dev ## Write anew the parts of docs/ that are read off the code
	@$(BIN)/python tests/house/reference.py

.PHONY: picture
picture: $(BIN)/.dev browser ## Take the picture of the README anew (LABEL is the address of a label, from make demo)
	@$(BIN)/python tests/journeys/picture.py $(LABEL)

.PHONY: format
format: $(BIN)/.dev ## Put the code into form
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

.PHONY: lock
lock: $(BIN)/.dev ## Resolve requirements/*.in to hashed versions (UPGRADE=--upgrade takes newer ones)
	@for name in build base production dev bench; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt || exit 1; done

.PHONY: clean
clean: ## Remove the virtual environment and every cache; the data in var/ stay
	@rm -rf .venv .venv-bench .mypy_cache .pytest_cache .ruff_cache .hypothesis build src/*.egg-info

.PHONY: help
help: ## This list
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { print "\n" substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

# What has been installed is noted in files, so that a second run has nothing to do.

$(BIN)/.base: requirements/build.txt requirements/base.txt pyproject.toml | $(BIN)/.made
	@echo "Installing what the site needs …"
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.dev: requirements/dev.txt $(BIN)/.base
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# The servers that the benches set beside one another live apart from what the program and its tests need.
$(BENCH_BIN)/.made: requirements/production.txt requirements/bench.txt $(BIN)/.base
	@echo "Installing what the benches need …"
	@$(BIN)/python -m venv --clear .venv-bench
	@for name in build base production bench; do \
		$(BENCH_BIN)/python -m $(QUIET_PIP) install --require-hashes -r requirements/$$name.txt || exit 1; done
	@$(BENCH_BIN)/python -m $(QUIET_PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.made:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed; install it, or name it: make PYTHON=…" >&2; exit 1; }
	@echo "Making a virtual environment with $$($(PYTHON) --version) …"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call debian,python3-venv) || \
		{ echo "$(PYTHON) cannot make virtual environments; install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv
	@touch $@

debian = { [ -n "$(APT)" ] && echo "Installing $(1) …" && $(APT) apt-get -qq update >/dev/null \
	&& $(APT) DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends $(1) >/dev/null; }

.PHONY: label-font
label-font:
	@[ -f "$(FONT)" ] || [ -n "$$ZUOFANG_LABEL_FONT" ] || $(call debian,fonts-wqy-microhei) || \
		echo "Labels cannot be printed without a Chinese font: install fonts-wqy-microhei or set ZUOFANG_LABEL_FONT." >&2

.PHONY: servers
servers:
	@command -v nginx >/dev/null && command -v wrk >/dev/null || $(call debian,nginx-light wrk) || \
		{ echo "The benches need nginx and wrk: install both, then try again." >&2; exit 1; }

.PHONY: searchd
searchd:
	@command -v searchd >/dev/null || $(call debian,sphinxsearch) || \
		echo "The search over several servers is not tested without searchd: install sphinxsearch to test it." >&2

.PHONY: browser
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
		|| $(call debian,chromium) || \
		{ echo "The journeys need a browser: install Chromium, then try again." >&2; exit 1; }
