# termnews: make run opens the reader, make test runs the whole suite; both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

# uv where it is present, plain venv and pip where it is not; both check the pinned hashes. The files list every
# package there is to install, so nothing is resolved: pip 23 asked for a newer coverage than the pinned one when
# pytest-cov wanted coverage[toml], the day that one was published.
ifeq ($(UV),)
MAKE_VENV = $(PYTHON) -m venv $(VENV)
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
else
MAKE_VENV = $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
INSTALL = VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet
endif

# Each test process and the programs the tests start would compile all they import anew: half of the time a start takes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help venv run demo test check fuzz hostile crash bench bench-quick docs pictures lock clean

help:
	@echo "make run · make demo · make test · make check · make fuzz · make hostile · make crash · make bench · make bench-quick · make docs · make pictures · make lock · make clean"

venv: $(VENV)/.run

run: $(VENV)/.run
	@$(BIN)/termnews

demo: $(VENV)/.run
	@$(BIN)/termnews --demo

# Tests of the screen and of the time that rendering takes are not traced for coverage: the bound is for what lies below
# the screen and is reached without them, and tracing takes half as long again.
UNTRACED = tests/ui tests/test_render_bounds.py

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term:skip-covered $(UNTRACED:%=--ignore=%)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(UNTRACED)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_docs.py
	$(if $(SLOW),TERMNEWS_HYPOTHESIS=slow $(BIN)/python -m pytest -q tests/test_fuzz.py)

# 20,000 examples of foreign text through all that reads or prints it. `make check SLOW=1` runs it too.
fuzz: $(VENV)/.dev
	TERMNEWS_HYPOTHESIS=slow $(BIN)/python -m pytest -q tests/test_fuzz.py

# A refresh over 1,000 hostile feeds of our own making; prints its figures.
hostile: $(VENV)/.dev
	$(BIN)/python -m tests.hostile.refreshing 1000

# 200 processes killed while they mark, refresh, migrate and make a cache; prints its figures.
crash: $(VENV)/.dev
	$(BIN)/python -m tests.crash 200

# Figures as JSON lines on stdout, as a table on stderr; beside newsboat where it is installed.
# FULL=1 adds a million articles, RECORD=1 writes docs/performance.md, CACHES=folder keeps the filled caches.
BENCH = $(BIN)/python -m benchmarks $(if $(RECORD),--record) $(if $(CACHES),--caches $(CACHES)) $(ROOMS)

bench: $(VENV)/.dev
	$(BENCH) $(if $(FULL),--full)

bench-quick: $(VENV)/.dev
	$(BENCH) --quick

docs: $(VENV)/.dev
	$(BIN)/python -m tools.make_docs

pictures: $(VENV)/.dev
	$(BIN)/python tools/make_pictures.py

# Pins every dependency with its hashes; run by hand when pyproject.toml changes.
lock: $(VENV)/.dev
	$(BIN)/python tools/lock.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.run: requirements.txt pyproject.toml
	$(MAKE_VENV)
	$(INSTALL) --no-deps --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	$(INSTALL) --no-deps --require-hashes -r requirements-dev.txt
	@touch $@
