# make run    a demo brokerage in ./demo, and a day's work on it
# make test   the tests
# make test-zones  those that time has a part in, on machines of other time zones
# make check  format, lint, types
# make docs   write the generated pages anew
# make site   the documentation as web pages in build/site
# make bench  ratios of docs/performance.md

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
DEMO ?= demo
ZONES ?= Pacific/Auckland America/Phoenix
# By names, so that a new file of one of these kinds is among them.
ZONE_TESTS = $(wildcard $(addprefix tests/test_,cli_app.py cli_due*.py cli_feedback.py \
  cli_history.py cli_ical.py cli_inbox.py cli_planning.py features_birthdays.py \
  features_cadences.py features_caldav*.py features_calendar*.py features_followups.py \
  features_followups_n*.py features_step_days.py model_dates.py model_festivals.py model_lunar.py model_spoken_days.py \
  model_times.py model_working_days.py storage_git*.py))

# Compiled once, not by every process of the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-slow test-zones check docs site bench messages clean prerequisites
.DEFAULT_GOAL := run

prerequisites:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "Python is missing: this needs Python 3.11 or newer as '$(PYTHON)'."; \
	  echo "  Debian, Ubuntu:  sudo apt install python3 python3-venv"; \
	  echo "  another one:     make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version) is too old: this needs Python 3.11 or newer."; \
	  echo "  another one:     make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv is missing: it makes the local environment in $(VENV)."; \
	  echo "  Debian, Ubuntu:  sudo apt install python3-venv"; exit 1; }
	@command -v git >/dev/null 2>&1 || { \
	  echo "git is missing: every change to a vault is kept in it."; \
	  echo "  Debian, Ubuntu:  sudo apt install git"; exit 1; }

$(VENV)/.installed: pyproject.toml | prerequisites
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed pyproject.toml
	@echo "Setting up the test tools …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

run: $(VENV)/.installed
	@$(BIN)/python -m brokernotes.cli.tour $(DEMO)

test: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -n 2 -q $(ARGS)

test-slow: $(VENV)/.installed-dev
	@$(BIN)/python -m pytest -n 2 -q -m slow $(ARGS)

test-zones: $(VENV)/.installed-dev
	@for zone in $(ZONES); do \
	  echo "$$zone"; TZ=$$zone $(BIN)/python -m pytest -n 2 -q $(ZONE_TESTS) || exit 1; done

check: $(VENV)/.installed-dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

docs: $(VENV)/.installed-dev
	@PYTHONPATH=docs $(BIN)/python docs/generate.py

site: $(VENV)/.installed-dev
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/site/en
	@$(BIN)/python -m sphinx -W --keep-going -q -b html -c docs -D language=zh_CN docs/zh build/site/zh
	@echo "The documentation is in build/site/en/index.html and build/site/zh/index.html"

messages: $(VENV)/.installed-dev
	@$(BIN)/python brokernotes/locale/update.py

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m bench

clean:
	rm -rf $(VENV) $(DEMO) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
