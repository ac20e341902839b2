"""`report`: names, periods, completion; what each report tells stands in transcripts."""

from datetime import date

import click
import pytest
from click.shell_completion import ShellComplete

from brokernotes.cli.app import App
from brokernotes.cli.main import cli
from brokernotes.cli.report import REPORTS, period_options


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_report_is_listed_and_has_help(vault, lang):
    drawn = vault("")
    listed = drawn.run("report", lang=lang).out.splitlines()

    assert [line.split("\t")[0] for line in listed] == list(REPORTS)
    told = drawn.run("report", "--help", lang=lang).out
    for name, report in REPORTS.items():
        assert (report.zh if lang == "zh" else name) in told
        for word in (name, report.zh, *report.also, name.upper(), name.replace("-", "_")):
            assert drawn.run("report", word, "--help", lang=lang).exit == 0, word


def test_names_of_reports_are_their_own():
    words = [word for name, one in REPORTS.items() for word in (name, one.zh, *one.also)]

    assert len(words) == len(set(words))


def test_names_complete_in_both_languages():
    app = App({})

    def offered(*words):
        shell = ShellComplete(cli, {"obj": app}, "brokernotes", "_X")
        return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]

    assert offered("report", "") == list(REPORTS)
    assert offered("report", "换") == ["换房路线"]
    assert "swap-routes" in offered("report", "sw")
    assert "--chains" in offered("report", "换房路线", "--ch")


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("2026-09", "2026-09-01", "2026-09-30"),
        ("2026-09-03", "2026-09-03", "2026-09-03"),
        ("-30d", "2026-10-22", "2026-10-22"),
        ("上个月", "2026-10-01", "2026-10-31"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("9月3日", "2026-09-03", "2026-09-03"),
        ("10月20日", "2026-10-20", "2026-10-20"),
        ("12月3日", "2025-12-03", "2025-12-03"),
        ("2027-01-01", "2027-01-01", "2027-01-01"),
        ("+3d", "2026-11-24", "2026-11-24"),
    ],
)
def test_since_is_the_first_day_of_what_is_typed_and_until_the_last(typed, since, until, here):
    assert here(typed) == (date.fromisoformat(since), date.fromisoformat(until))


@pytest.fixture
def here(vault):
    """Reads a day or period as both ends of a report's time."""
    drawn = vault("")
    app = App(
        {"BROKERNOTES_VAULT": str(drawn.root), "BROKERNOTES_NOW": "2026-11-21T09:00"}
        | drawn.environ()
    )

    @click.command()
    @period_options
    def told(since, until):
        return since, until

    return lambda typed: told.main(
        ["--since", typed, "--until", typed], standalone_mode=False, obj=app
    )
