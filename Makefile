# Every target works from a fresh clone with nothing but Python 3.11 and make, in any folder. Paths are relative so that
# a folder with spaces or Chinese characters does no harm.
.DEFAULT_GOAL := help
.PHONY: help venv run demo test check tour bench reset lock frontend chromium proxies installed

BASE_PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

venv: ## make the virtual environment with everything for developing and testing
	@$(BASE_PYTHON) -m ops.bootstrap --dev

# What needs an installation says so, in one sentence, where there is none.
installed:
	@test -x $(PY) || { echo "sidan: nothing is installed here yet; make demo does that" >&2; exit 1; }

run:
	@$(BASE_PYTHON) -m ops.bootstrap

frontend:
	@$(PY) -m ops.frontend

chromium:
	@$(PY) -m ops.chromium

proxies:
	@$(PY) -m ops.proxies

demo: run ## load a small Xunwu county and start everything; Ctrl-C stops it, the data is kept
	@$(PY) -m ops.frontend
	@exec $(PY) -m ops.cli demo

test: venv ## set up all that is needed, check the code and run every test
	@$(PY) -m ops.frontend
	@$(PY) -m ops.chromium
	@$(PY) -m ops.proxies
	@$(PY) -m ops.words compile
	@$(PY) -m ops.checks
	@$(PY) -m pytest -n 2

check: venv ## lint, format, types, layers, words, migrations
	@$(PY) -m ops.words compile
	@$(PY) -m ops.checks

tour: installed ## take two orders through the whole loop of the running demo, over HTTP only
	@$(PY) -m ops.tour

bench: venv ## measure the hot operations against a floor of plain SQL
	@$(PY) -m ops.frontend
	@$(PY) -m bench

reset: installed ## throw away the demo's database, files and keys (asks first)
	@$(PY) -m ops.cli reset

lock: venv ## write the lock files anew from requirements*.in
	@for name in requirements requirements-dev; do \
		$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-annotate --no-header --output-file $$name.lock $$name.in || exit 1; done
