"""`report commission`: a period's deals, added up."""

import json

import pytest

from tests.drawing import DrawnVault
from tests.transcripts import FOLDER


@pytest.fixture
def drawn(tmp_path):
    vault = DrawnVault(tmp_path)
    vault.draw((FOLDER / "commission-en.txt").read_text("utf-8").partition("-- session --")[0])
    second = vault.read("deals/Garden.md").replace("D-7K2PQM", "D-8M3RST")
    vault.write("deals/Second.md", second.replace("2026-10-01", "2026-09-30"))
    return vault


def told(drawn, *words):
    return json.loads(drawn.run("report", "commission", *words, "--json").out)


def shared(drawn, deal):
    return json.loads(drawn.run("commission", deal, "--json").out)


def test_the_report_is_the_sum_of_its_deals(drawn):
    rows = told(drawn)
    both = [shared(drawn, deal) for deal in ("D-7K2PQM", "D-8M3RST")]

    assert sum(round(row["amount"] * 100) for row in rows) == 2 * 80_000_00
    for row in rows[:-1]:
        own = [
            one["amount"] for deal in both for one in deal["agents"] if one["agent"] == row["agent"]
        ]
        assert (row["deals"], round(row["amount"] * 100)) == (2, round(sum(own) * 100))


def test_a_period_takes_the_deals_signed_in_it(drawn):
    assert {row["deals"] for row in told(drawn, "--since", "2026-10-01")} == {1}
    assert {row["deals"] for row in told(drawn, "--until", "2026-09-30")} == {1}
    assert told(drawn, "--since", "2026-11") == []


def test_without_git_it_says_that_what_the_notes_say_now_counts(drawn):
    assert "There is no git history to ask" in drawn.run("report", "commission").err
    drawn.git("init", "--quiet")
    drawn.git("add", "--all")
    drawn.git("commit", "--quiet", "-m", "x")
    assert "There is no git history to ask" not in drawn.run("report", "commission").err


def test_a_cancelled_deal_is_left_out(drawn):
    deal = drawn.read("deals/Second.md")
    drawn.write("deals/Second.md", deal.replace("type: deal\n", "type: deal\nstage: cancelled\n"))

    assert {row["deals"] for row in told(drawn)} == {1}
