# Everything a developer types. Needs Python 3.11+ and make; all else is installed into .venv from the locks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo run test test-talk test-harm test-rest check quality bench faults faults-virtual faults-real lock release clean
.DEFAULT_GOAL := help

help:  ## what can be typed
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(BIN)/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt

$(STAMP): $(BIN)/uv requirements/dev.txt pyproject.toml
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements/dev.txt requirements/uv.txt
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --editable .
	$(BIN)/python -m bot.gazetteer > /dev/null
	touch $@

setup: $(STAMP)  ## install everything into .venv

demo: $(STAMP)  ## replay a recorded day through the real worker, alerts in the terminal
	$(BIN)/outrider demo

run: $(STAMP)  ## run the service (see config/outrider.env.example)
	$(BIN)/outrider run $(ARGS)

# In three parts beside each other: much of the first two is waiting (for paces, leases, processes that end).
TALK := tests/chat tests/stories
HARM := tests/faults tests/security tests/contract tests/storage

test: $(STAMP)  ## run the tests
	$(MAKE) --no-print-directory --jobs=3 --keep-going --output-sync=target test-talk test-harm test-rest

test-talk:
	$(BIN)/python -m pytest $(TALK)

test-harm:
	$(BIN)/python -m pytest $(HARM)

test-rest:
	$(BIN)/python -m pytest $(addprefix --ignore=,$(TALK) $(HARM))

check: $(STAMP)  ## lint, types, layers, what is installed fits together
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pip check

quality: $(STAMP)  ## measure on ../shared/data against the floors
	$(BIN)/python -m pytest tests/quality -m quality -s

bench: $(STAMP)  ## speed and memory, printed as a table
	$(BIN)/python -m benchmarks

# What measures real time has the machine to itself; the rest runs in two halves, one a core.
PROVE := $(BIN)/python -m pytest -m "not quality" -s
IN_VIRTUAL_TIME := test_day.py test_pace.py test_planted_faults.py

faults: $(STAMP)  ## kill it, starve it, lie to it (two cores, a quarter of an hour)
	$(PROVE) tests/faults/test_real_time.py
	$(MAKE) --no-print-directory --jobs=2 --keep-going --output-sync=target faults-virtual faults-real

faults-virtual:
	$(PROVE) $(addprefix tests/faults/,$(IN_VIRTUAL_TIME))

faults-real:
	$(PROVE) tests/faults tests/security $(addprefix --ignore=tests/faults/,$(IN_VIRTUAL_TIME) test_real_time.py)

lock:  ## renew the locks
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url pyproject.toml -o requirements/run.txt --upgrade
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url pyproject.toml --extra fulltext --group dev -o requirements/dev.txt --upgrade
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url requirements/gazetteer.in -o requirements/gazetteer.txt --upgrade

release: $(STAMP)  ## make release VERSION=0.2.0: version, changelog, commit, tag (nothing is pushed)
	$(BIN)/python scripts/release.py $(VERSION)

clean:  ## drop what was built
	rm -rf $(VENV) dist build
