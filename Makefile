# make grade   grade what lies in submitted/, or a sample class if nothing does; feedback and report
# make check   format, lint, types and the quick tests: what to run after each change
# make test    every check that CI runs
# make test-all  the same with every Python from 3.11 on that is found, each in a .venv of its own
# make coverage  the tests once more, with which lines and branches they reach: takes twice as long
# make build   release/ and solutions/ from source/
# make site    a site that runs the release in the browser (docs/site.md)
# make .venv   only the set-up; the others call it
# make clean   remove what make made (never submitted/, autograded/, feedback/ or gradebook.db)

ASSIGNMENT ?= exercise09
VENV ?= .venv
BIN := $(VENV)/bin

# The newest Python that can make virtual environments: PYTHON=... takes another one.
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
		2>/dev/null && { echo $$python; break; }; done)

# What make test-all runs with: PYTHONS="/path/to/python3 ..." takes others.
PYTHONS ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 \
	$(wildcard $(HOME)/.pyenv/versions/3.1[1-4].*/bin/python3); do \
		$$python -c 'import ensurepip, sys, venv; print(sys.version_info[1], sys.executable)' \
			2>/dev/null; done | sort -u -k 1,1n | cut -d " " -f 2)

# One more than there are processors: many tests wait for a sandbox, a browser or a deadline.
WORKERS := $(shell expr $$(nproc) + 1)

# The folders whose tests need neither a sandbox nor nbgrader's seconds of import.
QUICK := tests/exercise tests/exercise09 tests/grading tests/judge tests/submission/test_names.py \
	tests/report/test_likeness.py tests/report/test_statistics.py tests/test_readme.py \
	tests/test_rooms.py

.PHONY: grade check test test-all coverage build site clean .venv

grade: .venv
	@if [ -n "$$(ls -d submitted/*/$(ASSIGNMENT) 2>/dev/null)" ]; then \
		$(BIN)/python -m autograder grade $(ASSIGNMENT) --feedback --report; \
	else \
		echo "Nothing lies in submitted/: this is a sample class, in sample/."; \
		$(BIN)/python -m autograder sample $(ASSIGNMENT) sample && \
		$(BIN)/python -m autograder grade $(ASSIGNMENT) --course-dir sample --feedback --report; \
	fi

check: .venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 5 --dist loadfile $(QUICK)

test: .venv
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m autograder build $(ASSIGNMENT) --check
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 5 --dist loadfile
	$(BIN)/python -m pytest --nbval solutions/

test-all:
	@failed=; for python in $(PYTHONS); do \
		version=$$($$python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "== Python $$version ($$python)"; \
		$(MAKE) test VENV=.venv-$$version PYTHON=$$python || failed="$$failed $$version"; \
	done; [ -z "$$failed" ] || { echo "error: failed with Python$$failed" >&2; exit 1; }

coverage: .venv
	$(BIN)/python -m pytest -n $(WORKERS) --maxprocesses 5 --dist loadfile --cov --cov-report=term

build: .venv
	$(BIN)/python -m autograder build $(ASSIGNMENT)

# Pinned: the kernel asks for this Pyodide, and Pyodide for these packages.
LITE := build/site-tools
PYODIDE := 314.0.6

site: .venv $(LITE)/ready
	$(BIN)/python -m autograder site $(ASSIGNMENT) site --jupyter-lite $(LITE)/bin/jupyter-lite \
		--pyodide $(LITE)/package --wheels site-wheels --wheels $(LITE)/wheels $(SITE_OPTIONS)

$(LITE)/ready: requirements-site.txt
	$(PYTHON) -m venv --clear $(LITE)
	$(LITE)/bin/python -m pip install --quiet --disable-pip-version-check jupyterlite-core==0.8.6 \
		jupyterlite-pyodide-kernel==0.8.6 jupyter-server
	$(LITE)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps \
		--only-binary=:all: --python-version 3.14 --platform any -r requirements-site.txt -d $(LITE)/wheels
	cd $(LITE) && npm pack --silent pyodide@$(PYODIDE) && tar -xzf pyodide-$(PYODIDE).tgz
	@touch $@

clean:
	rm -rf .venv .venv-3.* sample build dist .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv: $(VENV)/ready

# Written last, so an interrupted set-up starts again.
$(VENV)/ready: pyproject.toml constraints.txt
	@if [ -z "$(PYTHON)" ]; then \
		echo "error: Python 3.11 or newer with venv is needed (on Debian and Ubuntu:" \
			"apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3" >&2; \
		exit 1; fi
	@$(PYTHON) -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: $(PYTHON) is older than 3.11 or has no venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev]'
	@touch $@
