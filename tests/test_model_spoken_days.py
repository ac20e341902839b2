"""What people type and dictate for days and moments: `tests/phrases.txt`, line by line."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.errors import FieldError
from brokernotes.model.from_now import match_from_now
from brokernotes.model.spoken_days import match_spoken_day
from brokernotes.model.when import parse_when

TABLE = Path(__file__).parent / "phrases.txt"


def phrases():
    """The table: when it is said, what is said, what is meant."""
    now = None
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("@"):
            now = datetime.fromisoformat(line[1:].partition("#")[0].strip())
        elif " | " in line and not line.startswith("#"):
            said, _, meant = line.partition(" | ")
            yield pytest.param(now, said, meant, id=f"{now:%m%d} {said}")


def read(said, now):
    try:
        found = parse_when(said, now)
    except FieldError as error:
        return error.code
    return f"{found:%Y-%m-%d %H:%M}" if isinstance(found, datetime) else found.isoformat()


@pytest.mark.parametrize(("now", "said", "meant"), list(phrases()))
def test_a_phrase_means_what_the_table_says(now, said, meant):
    assert read(said, now) == meant


def test_the_table_has_as_many_phrases_of_both_languages_as_were_promised():
    said = [one.values[1] for one in phrases()]

    assert len(said) >= 350
    assert sum(not one.isascii() for one in said) >= 200
    assert sum(one.isascii() for one in said) >= 120


@given(
    st.text(
        alphabet="0123456789月日号周一二三四五六十上下底半点后前天年 amptonexfri:/-.+", max_size=14
    )
)
def test_whatever_is_typed_is_a_day_or_a_refusal(said):
    assert read(said, datetime(2026, 11, 25, 10))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["初", "中旬", "下旬", "底"]))
def test_a_part_of_a_month_is_never_past(today, part):
    found, end = match_spoken_day(f"月{part}", 0, today)

    assert end == 1 + len(part)
    assert 0 <= (found - today).days <= 31


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("一个半小时后", 90),
        ("半小时前", -30),
        ("三刻钟后", 45),
        ("in half an hour", 30),
        ("an hour ago", -60),
        ("两小时", None),
        ("in a while", None),
    ],
)
def test_so_far_from_now_is_told_in_minutes(text, minutes):
    assert match_from_now(text) == minutes
