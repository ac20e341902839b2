from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model import festivals
from brokernotes.model.festivals import FESTIVALS, festival_days


def days(ids, first, last):
    found = festival_days(ids, date.fromisoformat(first), date.fromisoformat(last))
    return {festival.id: str(day) for day, festival in found}


def test_the_festivals_of_a_year():
    assert days(FESTIVALS, "2026-01-01", "2026-12-31") == {
        "new_year": "2026-01-01",
        "spring_festival": "2026-02-17",
        "lantern": "2026-03-03",
        "labour_day": "2026-05-01",
        "dragon_boat": "2026-06-19",
        "mid_autumn": "2026-09-25",
        "national_day": "2026-10-01",
        "double_ninth": "2026-10-18",
    }


@given(st.integers(1900, 2099), st.sampled_from(sorted(FESTIVALS)))
def test_a_festival_is_found_by_its_very_day(year, id_):
    ((day, _),) = festival_days([id_], date(year, 1, 1), date(year, 12, 31))

    assert list(festival_days([id_], day, day)) == [(day, FESTIVALS[id_])]
    assert not list(festival_days([id_], day + timedelta(days=1), day + timedelta(days=300)))


def test_most_days_need_no_chinese_calendar(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_):
        raise AssertionError("looked up")

    monkeypatch.setattr(festivals, "lunar_day", refuse)

    assert days(FESTIVALS, "2026-11-21", "2026-12-31") == {}
    assert days(FESTIVALS, "2026-07-01", "2026-09-06") == {}


def test_what_is_not_kept_is_not_told():
    assert days(["mid_autumn"], "2026-09-01", "2026-10-31") == {"mid_autumn": "2026-09-25"}
    assert days([], "2026-01-01", "2026-12-31") == {}
