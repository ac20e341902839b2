"""What is said to hold a rule of the two documents is there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from brokernotes.cli.main import COMMANDS
from brokernotes.model.problems import PROBLEMS

ROOT = Path(__file__).parent.parent
SOURCE = runpy.run_path(str(ROOT / "docs" / "seed_coverage.py"))
RULES = [row for row in SOURCE["rules"]() if "part" not in row]
# What beside commands may hold a rule: settings, fields, and what a command says by itself.
OTHERS = (
    "rules ", "field ", "fields ", "client grade", "masked phones", "do_not_contact", "at most",
    "rounds", "--as ", "handover of ",
)  # fmt: skip


def named(rule):
    return rule["en"]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_every_rule_is_said_twice_and_held_by_something_or_said_to_be_open(rule):
    assert rule["zh"]
    assert (rule["how"] and rule["tests"]) or rule["left"]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_what_holds_it_is_there(rule):
    for how in rule["how"]:
        assert how.split()[0] in COMMANDS or how.startswith(OTHERS), how
        for code in re.findall(r"`([a-z-]+)`", how) if how.startswith("check") else ():
            assert code in PROBLEMS, code


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_its_tests_are_there(rule):
    for test in rule["tests"]:
        file, _, name = test.partition("::")
        text = (ROOT / "tests" / file).read_text("utf-8")
        assert not name or re.search(rf"^\s*def {name}\(", text, re.MULTILINE), test
