# 民意速办坐席台: one line for each thing one does with it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup run demo test lint lives bench bench-dispatch clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	$(BIN)/python -m compileall -q db desk screens seed || true
	@touch $(STAMP)

run: setup
	$(BIN)/desk

demo: setup
	$(BIN)/desk --demo

test: setup
	$(BIN)/python -m pytest -n 4 --dist worksteal

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lives: setup
	$(BIN)/python -m tests.lives

bench: setup
	$(BIN)/python -m tests.bench

bench-dispatch: setup
	$(BIN)/python -m tests.bench dispatching

clean:
	rm -rf $(VENV) build dist *.egg-info
