# Two commands: `make serve` shows the sample site, `make test` runs the tests. Both set up what they need in .venv.
.PHONY: messages contact-sheet help serve site check test lint bench exam golden clean
.DEFAULT_GOAL := help

# the first Python that runs and is new enough
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && command -v $$p && break; done)
BIN := .venv/bin
READY := .venv/.ready

help:
	@echo "make serve   build the sample site and show it on 127.0.0.1"
	@echo "make site    build the sample site into site/"
	@echo "make test    everything that has to be green, a browser included"
	@echo "make bench   the benchmark table (data: SITE_GEN_BENCH and SITE_GEN_CAPTURES)"
	@echo "make exam    the slow suites"
	@echo "make messages        bring the catalogues of the pages' words up to date"
	@echo "make contact-sheet   a picture of every page type in contact-sheet/"
	@echo "make golden  write the golden files anew; look at the difference before you commit it"

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or set PYTHON=/path/to/python3.11"; exit 1; }
	@echo "setting up .venv (a minute, once)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[all,dev]'
	@touch $(READY)

serve: $(READY)
	$(BIN)/site-gen serve

site: $(READY)
	$(BIN)/site-gen build

check: $(READY)
	$(BIN)/site-gen check

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m tests.browser
	$(BIN)/python -m pytest -n auto

bench: $(READY)
	$(BIN)/python -m benchmarks table

exam: $(READY)
	$(BIN)/python -m tests.browser
	SITE_GEN_EXAMPLES=1000 $(BIN)/python -m pytest -n auto tests/test_properties.py
	SITE_GEN_HOSTILE=10000 $(BIN)/python -m pytest -n auto tests/test_hostile.py
	SITE_GEN_LONG=1 $(BIN)/python -m pytest -n auto tests/test_paging.py
	$(BIN)/python -m pytest -m exam --durations=5

golden: $(READY)
	$(BIN)/python -m pytest -q tests/test_golden.py --golden

messages: $(READY)
	$(BIN)/python -m tests.messages

contact-sheet: $(READY)
	$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.contact_sheet contact-sheet

clean:
	rm -rf site .site.new .site.old .pytest_cache .mypy_cache .ruff_cache .hypothesis
