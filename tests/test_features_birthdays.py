from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.birthdays import birthday_days
from brokernotes.model.occurrences import Neighbours
from brokernotes.model.values import Birthday
from tests.followup_notes import TODAY, client, derived, entry, neighbours


def birthdays(*entries, today=TODAY, near=None, **values):
    found = derived(client(*entries, **values), near or Neighbours(), today=today)
    return {one.key: str(one.due) for one in found.occurrences if one.kind == "birthday"}


def test_this_year_and_the_next():
    assert birthdays(birthday="06-08") == {
        "C-9F3DWA/birthday/2026": "2026-06-08",
        "C-9F3DWA/birthday/2027": "2027-06-08",
    }


def test_a_lunar_one_is_counted_by_its_lunar_year():
    assert birthdays(birthday="L06-08") == {
        "C-9F3DWA/birthday/2026": "2026-07-21",
        "C-9F3DWA/birthday/2027": "2027-07-11",
    }
    # The twelfth month of 2025 ends in 2026, and 2028 has the one of 2027 in January.
    assert birthdays(birthday="L12-08") == {
        "C-9F3DWA/birthday/2025": "2026-01-26",
        "C-9F3DWA/birthday/2026": "2027-01-15",
    }


def test_two_lunar_birthdays_may_fall_into_one_year_and_none_into_another():
    found = list(birthday_days(Birthday(11, 20, None, True), date(2024, 1, 1), 1))
    later = list(birthday_days(Birthday(11, 20, None, True), date(2025, 1, 1), 1))

    assert [str(day) for _, day in found] == ["2024-01-01", "2024-12-20"]
    assert later == []


@pytest.mark.parametrize(
    ("birthday", "year", "day"),
    [
        ("L06+-08", 2025, "2025-08-01"),  # the leap sixth month
        ("L06+-08", 2026, "2026-07-21"),  # a year without one
        ("L12-30", 2025, "2026-02-16"),  # a twelfth month of 29 days
        ("02-29", 2026, "2026-02-28"),
        ("02-29", 2028, "2028-02-29"),
        ("1988-02-29", 2027, "2027-02-28"),
    ],
)
def test_days_that_a_year_lacks(birthday, year, day):
    today = date(year, 1, 1) if not day.startswith(str(year + 1)) else date(year + 1, 1, 1)

    assert birthdays(birthday=birthday, today=today)[f"C-9F3DWA/birthday/{year}"] == day


def test_the_day_of_the_year_makes_no_difference():
    values = {"birthday": "L06-08", "created": date(2026, 1, 1)}

    assert birthdays(today=date(2026, 1, 1), **values) == birthdays(
        today=date(2026, 12, 31), **values
    )
    assert derived(client(birthday="06-08")).stale_from == date(2027, 1, 1)


@pytest.mark.parametrize(
    "said",
    [{"greetings": False}, {"do_not_contact": True}, {"stage": "inactive"}],
)
def test_who_is_not_to_be_greeted(said):
    assert birthdays(birthday="06-08", **said) == {}
    assert birthdays(birthday="属龙") == {}


def test_a_greeting_settles_the_birthday_it_is_for():
    early = entry("11-20", "greet", id="aaa")
    values = {"birthday": "11-23", "today": date(2026, 11, 24)}

    assert "C-9F3DWA/birthday/2026" in birthdays(**values)
    assert "C-9F3DWA/birthday/2026" not in birthdays(early, **values)
    assert "C-9F3DWA/birthday/2027" in birthdays(early, **values)
    assert "C-9F3DWA/birthday/2026" in birthdays(entry("11-10", "greet"), **values)
    assert "C-9F3DWA/birthday/2026" in birthdays(entry("11-22", "greet", "cancelled"), **values)


def test_the_agent_of_the_client_and_how_old_they_are():
    found = derived(client(birthday="1988-06-08", agent="王敏"), neighbours())
    last = next(one for one in found.occurrences if one.key.endswith("birthday/2027"))

    assert last.agent == "A-WANG01"
    assert (last.reason, last.params["age"]) == ("birthday-age", 39)
    assert last.until == date(2027, 6, 8)


@given(
    st.one_of(
        st.dates(date(1900, 1, 1), date(1901, 1, 1)).map(
            lambda day: Birthday(day.month, day.day, day.year)
        ),
        st.builds(
            Birthday, st.integers(1, 12), st.integers(1, 30), st.none(), st.just(True),
            st.booleans(),
        ),
    ),
    st.integers(1901, 2095),
)  # fmt: skip
def test_every_year_is_counted_once_and_in_order(birthday, year):
    found = list(birthday_days(birthday, date(year, 1, 1), 5))

    assert all(year <= day.year < year + 5 for _, day in found)
    assert len({number for number, _ in found}) == len(found)
    assert found == sorted(found)
    gaps = [(b - a).days for (_, a), (_, b) in pairwise(found)]
    assert all(353 <= gap <= 385 for gap in gaps)


def test_of_a_lunar_birthday_with_its_year_both_counts_are_told():
    found = derived(client(birthday="农历1985年六月初八", created=date(2026, 1, 1)), neighbours())
    one = next(o for o in found.occurrences if o.key.endswith("birthday/2027"))

    assert (str(one.due), one.reason) == ("2027-07-11", "birthday-lunar-age")
    assert (one.params["age"], one.params["nominal"]) == (42, 43)


def test_nobody_has_a_birthday_before_their_birth():
    assert birthdays(birthday="L2027-06-08") == {"C-9F3DWA/birthday/2027": "2027-07-11"}
