from datetime import date, datetime

from brokernotes.model.rules import Rules
from tests.calendar_rows import HOME, LI, TODAY, daily, day, occurrence, placed, showing

KEEP = Rules(overdue="keep")


def days(rows):
    return {key: row.day for key, row in rows.items()}


def test_what_is_due_in_the_future_stands_on_its_own_day() -> None:
    rows = placed([occurrence("promise", day(5)), occurrence("promise", day(300), note=HOME)])

    assert days(rows) == {f"{LI}/promise/3afq6m4x9": day(5), f"{HOME}/promise/3afq6m4x9": day(300)}
    assert not any(row.is_rolled for row in rows.values())


def test_what_is_overdue_stands_on_today() -> None:
    (row,) = placed([occurrence("promise", day(-3))]).values()

    assert row.day == TODAY
    assert row.is_rolled


def test_a_plan_of_yesterday_loses_its_hour_but_not_one_of_this_morning() -> None:
    rows = placed([showing(day(-1), name="a"), showing(TODAY, 7, name="b")])

    assert rows[f"{LI}/planned/a"].at is None
    assert rows[f"{LI}/planned/b"].at == datetime(2026, 11, 21, 7, 30)


def test_kept_overdue_reasons_keep_their_days_and_are_not_limited() -> None:
    rules = daily(1, overdue="keep")
    one = occurrence("followup", day(-9), note="C-1")
    two = occurrence("followup", day(-2), note="C-2")
    same_person = occurrence("lease_end", day(-4), note="C-1")

    rows = placed([one, two, same_person], rules=rules)

    assert days(rows) == {one.key: day(-9), two.key: day(-2), same_person.key: day(-4)}
    assert placed([one, same_person], rules=KEEP).keys() == {one.key, same_person.key}


def test_one_person_is_one_row_on_one_day_named_by_the_most_pressing() -> None:
    end = occurrence("entrustment_end", day(4), weight=0)
    promise = occurrence("promise", day(4), weight=1)

    rows = placed([promise, end])

    assert list(rows) == [end.key]
    assert rows[end.key].item.reasons == (end, promise)


def test_what_falls_due_today_is_not_mingled_with_what_is_late() -> None:
    end = occurrence("entrustment_end", TODAY, weight=0)
    promise = occurrence("promise", day(-4), weight=1)

    rows = placed([promise, end])

    assert rows[end.key].item.reasons == (end,)
    assert rows[promise.key].item.reasons == (promise,)
    assert rows[promise.key].is_rolled


def test_what_is_late_and_more_pressing_takes_today_s_along() -> None:
    end = occurrence("entrustment_end", day(-4), weight=0)
    promise = occurrence("promise", TODAY, weight=1)

    (row,) = placed([promise, end]).values()

    assert row.item.reasons == (end, promise)


def test_what_has_no_day_to_count_from_is_today_s_and_not_late() -> None:
    (row,) = placed([occurrence("followup", date(1970, 1, 1), undated=True)]).values()

    assert row.day == TODAY
    assert not row.is_rolled


def test_beyond_what_a_day_holds_one_row_speaks_for_the_rest() -> None:
    many = [occurrence("followup", TODAY, note=f"C-{n}") for n in range(5)]

    rows = placed(many, rules=daily(2))

    assert [row.key for row in rows["all/overflow/-"].hidden] == [one.key for one in many[2:]]
    assert len(rows) == 3
    assert "A-1/overflow/-" in placed(many, rules=daily(2), agent="A-1")


def test_days_to_come_hold_what_they_hold() -> None:
    many = [occurrence("followup", day(2), note=f"C-{n}") for n in range(5)]

    assert len(placed(many, rules=daily(2))) == 5


def test_computed_items_end_after_sixty_days_and_agreed_ones_never() -> None:
    rows = placed(
        [
            occurrence("followup", day(60), note="C-1"),
            occurrence("followup", day(61), note="C-2"),
            occurrence("lease_end", day(900), note="C-3"),
        ]
    )

    assert sorted(days(rows).values()) == [day(60), day(900)]


def test_an_agent_sees_own_items_and_nobody_s() -> None:
    found = [
        occurrence("promise", day(1), note="C-1", agent="A-1"),
        occurrence("promise", day(1), note="C-2", agent="A-2"),
        occurrence("promise", day(1), note="C-3"),
        showing(day(1), note="C-4", agent="A-2", cancelled=True),
    ]

    assert sorted(row.item.id for row in placed(found, agent="A-1").values()) == ["C-1", "C-3"]
    assert len(placed(found)) == 4


def test_a_promise_silences_the_cadence_and_so_does_do_not_contact() -> None:
    promise = occurrence("promise", day(9))
    cadence = occurrence("followup", day(1))
    other = occurrence("followup", day(1), note="C-2")

    rows = placed([promise, cadence, other], silenced=["C-2"])

    assert list(rows) == [promise.key]


def test_what_was_called_off_stays_until_its_day_is_over() -> None:
    rows = placed(
        [
            showing(TODAY, name="a", cancelled=True),
            showing(day(3), name="b", cancelled=True),
            showing(day(-1), name="c", cancelled=True),
        ]
    )

    assert sorted(rows) == [f"{LI}/planned/a", f"{LI}/planned/b"]
    assert all(row.is_cancelled and row.at for row in rows.values())


def test_feedback_of_a_showing_that_ends_tonight_is_today_s_at_any_hour() -> None:
    tonight = datetime(2026, 11, 21, 20, 30)

    assert placed([occurrence("feedback", TODAY, since=tonight)])


def test_a_time_in_a_year_that_cannot_be_told_in_utc_is_a_whole_day() -> None:
    (row,) = placed([showing(date(9999, 12, 31), 23, 59)]).values()

    assert row.at is None
    assert row.day == date.max
