import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.features.calendar import Alarm, render_calendar, uid
from brokernotes.features.calendar_blocks import read_blocks
from brokernotes.features.calendar_items import CALENDARS, calendar_of, calendar_title
from brokernotes.features.calendar_lint import lint
from brokernotes.language import language
from brokernotes.model.occurrences import GREETINGS, KINDS
from brokernotes.model.rules import Rules
from tests.calendar_rows import (
    HOME,
    LI,
    TODAY,
    daily,
    day,
    items,
    occurrence,
    only_item,
    showing,
)
from tests.examples import many

SHANGHAI = ZoneInfo("Asia/Shanghai")


def rendered(occurrences, today=TODAY, previous=None, rules=None, **more):
    rules = rules or Rules()
    found = items(occurrences, today=today, rules=rules, **more)
    return render_calendar(
        [item for name in CALENDARS for item in found[name]],
        name="test",
        today=today,
        zone=rules.zone,
        language="en",
        detail="normal",
        previous=previous,
    )


# -- which calendar


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("planned", "showings"),
        ("signing", "showings"),
        ("entrustment_end", "showings"),
        ("lease_end", "showings"),
        ("promise", "followups"),
        ("feedback", "followups"),
        ("first_response", "followups"),
        ("followup", "followups"),
        ("revisit", "followups"),
        ("overflow", "followups"),
        ("birthday", "greetings"),
        ("festival", "greetings"),
    ],
)
def test_every_kind_has_its_calendar(kind, name) -> None:
    assert calendar_of(kind) == name


def test_all_three_calendars_are_there_without_items() -> None:
    assert items([]) == {"showings": [], "followups": [], "greetings": []}


def test_a_merged_row_stands_in_the_calendar_of_its_naming_reason() -> None:
    found = items(
        [occurrence("promise", day(4), weight=1), occurrence("lease_end", day(4), weight=0)]
    )

    assert [item.key for item in found["showings"]] == [f"{LI}/lease_end/3afq6m4x9"]
    assert not found["followups"]


def test_a_calendar_is_called_after_what_it_holds_and_whose_it_is() -> None:
    assert calendar_title("showings", language("en")) == "Showings and deadlines"
    assert calendar_title("all", language("en"), "王敏") == "Brokerage (王敏)"


# -- the item


def test_a_showing_has_all_that_is_needed_on_the_way() -> None:
    item = only_item(
        showing(day(1), text="婆婆也来", last_contact=day(-1), last_text="约好东门，13800138000")
    )

    assert item.key == f"{LI}/planned/3afq6m4x9"
    assert item.start == datetime(2026, 11, 22, 14, 30, tzinfo=SHANGHAI)
    assert item.end == datetime(2026, 11, 22, 15, 15, tzinfo=SHANGHAI)
    assert item.summary == "Showing 14:30 李女士 → 阳光花园 3室2厅"
    assert item.location == "阳光花园"
    assert item.geo == (31.25, 121.57)
    assert item.categories == ("Showing",)
    assert item.alarms == (Alarm(minutes_before=60),)
    assert item.url == (
        "obsidian://open?vault=demo&file=%E5%AE%A2%E6%BA%90%2FC-9F3DWA%23%5E3afq6m4x9"
    )
    assert item.description == "\n".join(
        (
            "婆婆也来",
            "last contact 2026-11-20: 约好东门，138****8000",
            "",
            "阳光花园 3室2厅, 620 万元, 118.5 ㎡",
            "☐ key: store",
            "☐ agreed with the owner",
            "☐ 提前两小时打 138****8000",
            "☐ confirmed with the client",
            "Bring:",
            "☐ shoe covers",
            "☐ listing sheets",
            "☐ business cards",
            "☐ showing slip to sign",
            "☐ the client's ID",
            "",
            item.url,
        )
    )


def test_a_plan_without_a_length_takes_what_the_rules_say() -> None:
    item = only_item(showing(day(1), minutes=None), rules=Rules(duration=30))

    assert item.end - item.start == timedelta(minutes=30)


def test_a_plan_ends_after_it_starts_on_the_night_of_a_clock_change() -> None:
    new_york = Rules(timezone="America/New_York")
    forward = only_item(showing(date(2027, 3, 14), 2, 30), rules=new_york)
    back = only_item(showing(date(2026, 11, 1), 1, 30), rules=new_york, today=date(2026, 10, 1))

    for item in (forward, back):
        assert item.end.timestamp() - item.start.timestamp() == 45 * 60


def test_a_plan_without_a_time_is_a_whole_day() -> None:
    item = only_item(occurrence("planned", day(2), params={"verb": "survey"}))

    assert item.start == day(2)
    assert item.end is None
    assert item.summary == "Survey 李女士"


def test_a_promised_call_at_a_time_has_no_length() -> None:
    item = only_item(occurrence("promise", day(1), at=datetime(2026, 11, 22, 15)))

    assert item.start == datetime(2026, 11, 22, 15, tzinfo=SHANGHAI)
    assert item.end is None
    assert item.summary == "Promised 15:00 李女士"


def test_the_place_that_was_agreed_on_comes_before_the_estate() -> None:
    item = only_item(showing(day(1), place="东门岗亭 13800138000"))

    assert item.location == "东门岗亭 138****8000"
    assert item.geo is None


def test_what_was_called_off_says_so_and_asks_for_nothing() -> None:
    item = only_item(showing(day(1), cancelled=True, reason="cancelled-at", text="下雨"))

    assert item.cancelled
    assert item.summary == "Showing 14:30 李女士 → 阳光花园 3室2厅 (called off)"
    assert item.description.splitlines()[:2] == [
        "showing of 2026-11-22 at 14:30 called off (阳光花园 3室2厅)",
        "下雨",
    ]
    assert "☐" not in item.description


def test_an_overdue_item_names_its_true_date_and_no_distance() -> None:
    for detail in ("minimal", "normal", "full"):
        item = only_item(
            occurrence("promise", day(-3), text="问首付"),
            occurrence("lease_end", day(-8), weight=10),
            detail=detail,
        )

        assert item.start == TODAY
        assert item.description.count("2026-11-18") == 1
        assert "ago" not in item.description
    assert item.description.count("2026-11-13") == 1


def test_an_overdue_item_whose_sentence_has_another_date_says_its_own_too() -> None:
    late = {"reason": "followup-own", "params": {"days": 7, "last": "2026-11-10", "verb": "call"}}
    item = only_item(
        occurrence("followup", day(-4), computed=True, **late),
        occurrence("revisit", day(-5), computed=True, weight=20, note=HOME, person=LI, **late),
    )

    assert item.description.splitlines()[1] == "originally for 2026-11-17"
    assert item.description.splitlines()[3] == "originally for 2026-11-16"


def test_an_overdue_plan_names_its_true_time() -> None:
    assert "originally for 2026-11-20 14:30" in only_item(showing(day(-1))).description


def test_a_notice_says_when_what_it_announces_is() -> None:
    item = only_item(
        occurrence("entrustment_end", day(3), note=HOME, params={"date": "2026-12-08"})
    )

    assert item.summary == "Entrustment ends 2026-12-08 阳光花园 3室2厅"
    assert item.start == day(3)


def test_the_rest_of_a_day_is_listed_in_one_item() -> None:
    many = [occurrence("followup", TODAY, note=f"C-{n}") for n in range(3)]
    found = items(many, rules=daily(1))["followups"]
    (rest,) = [item for item in found if item.key == "all/overflow/-"]

    assert rest.summary == "2 more"
    assert rest.description == "· Follow up C-1\n· Follow up C-2"
    assert rest.start == TODAY


def test_the_grade_is_a_category() -> None:
    assert only_item(occurrence("followup", day(1), grade="A")).categories == (
        "Follow up",
        "Grade A",
    )


def test_a_calendar_for_all_says_whose_each_item_is() -> None:
    found = occurrence("promise", day(1), agent="A-1")

    assert "Agent: 王敏" in only_item(found, agents={"A-1": "王敏"}).description
    mine = only_item(found, agents={"A-1": "王敏"}, agent="A-1")
    assert "Agent" not in mine.description


def test_titles_stay_under_sixty_characters() -> None:
    long = occurrence("promise", day(1), note="C-1", title="楼" * 80)
    cancelled = showing(day(1), note="C-1", title="楼" * 80, links=(), cancelled=True)

    assert len(only_item(long).summary) == 59
    assert only_item(long).summary.endswith("…")
    assert len(only_item(cancelled).summary) == 59
    assert only_item(cancelled).summary.endswith("… (called off)")


def test_an_entry_without_an_id_is_nothing_to_jump_to() -> None:
    item = only_item(occurrence("promise", day(1), name="20261118T1500"))

    assert item.url == "obsidian://open?vault=demo&file=%E5%AE%A2%E6%BA%90%2FC-9F3DWA"


def test_a_plan_in_a_listing_s_log_is_told_the_same_way() -> None:
    item = only_item(showing(day(1), note=HOME, links=("李女士", "没有这个人")))

    assert item.summary == "Showing 14:30 李女士 → 阳光花园 3室2厅"
    assert item.location == "阳光花园"


def test_only_showings_borrow_the_estate_s_place_and_the_checklist() -> None:
    item = only_item(showing(day(1), params={"verb": "meeting"}))

    assert item.location == ""
    assert "☐" not in item.description


# -- how much is told


def test_minimal_tells_what_and_whom_alone() -> None:
    item = only_item(
        showing(day(1), text="婆婆也来", place="东门", last_text="x", grade="A"), detail="minimal"
    )

    assert item.summary == "Showing 14:30 李女士"
    assert (item.description, item.location, item.url, item.geo) == ("", "", "", None)
    assert item.categories == ("Showing",)


def test_full_tells_the_door_and_the_key_s_number() -> None:
    item = only_item(showing(day(1)), detail="full")

    assert item.location == "阳光花园 7-2-1102"
    assert "阳光花园 3室2厅, 7-2-1102, 620 万元" in item.description
    assert "key: store K-118" in item.description
    assert "138****8000" in item.description


def test_the_door_of_a_private_listing_is_its_holder_s_alone() -> None:
    private = Rules(other={"sharing": {"mode": "private"}})

    def told(agent):
        item = only_item(showing(day(1)), detail="full", agent=agent, rules=private)
        return "1102" in item.location, "1102" in item.description, "K-118" in item.description

    assert told("A-PXZHK1") == (True, True, True)
    assert told("A-OTHER1") == (False, False, False)
    assert told(None) == (False, False, False)


def test_phones_are_shown_when_asked() -> None:
    item = only_item(showing(day(1), text="打 13800138000"), reveals=True)

    assert "打 13800138000" in item.description
    assert "138****" not in item.description


@given(
    st.text(max_size=20),
    st.sampled_from(["title", "text", "last_text", "place"]),
    st.sampled_from(["13800138000", "138 0013 8000", "021-58881234", "+86 138-0013-8000"]),
    st.sampled_from(["minimal", "normal", "full"]),
)
@settings(max_examples=60, deadline=None)
def test_no_phone_ever_stands_in_an_item(words, where, phone, detail) -> None:
    text = f"{words} {phone} {words}"
    more: dict[str, Any] = {"note": "C-1", "title": "某人", "last_contact": day(-2), where: text}
    item = only_item(showing(day(1), **more), detail=detail)
    shown = "\n".join((item.summary, item.description.replace(item.url, ""), item.location))

    assert "8001380" not in re.sub(r"[^0-9]", "", shown.replace("138****8000", ""))
    assert "58881234" not in re.sub(r"[^0-9]", "", shown)


# -- the same bytes


PEOPLE = ["C-1", "C-2", LI]


@st.composite
def agendas(draw):
    """Open occurrences of a few people around today."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from([*KINDS, "cancelled"]))
        when = day(draw(st.integers(-4, 5)))
        note = draw(st.sampled_from(PEOPLE))
        more: dict[str, Any] = {
            "note": note,
            "name": f"n{number}",
            "weight": draw(st.integers(0, 3)),
        }
        if kind in ("planned", "cancelled"):
            found.append(showing(when, **more, cancelled=kind == "cancelled"))
        else:
            undated = kind in ("followup", "revisit") and draw(st.booleans())
            if kind in GREETINGS:  # no greeting outlives its day
                more["until"] = when
            found.append(occurrence(kind, when, **more, undated=undated))
    return found


@given(agendas(), st.sampled_from(["roll", "keep"]), st.integers(1, 3))
@settings(max_examples=many(150), deadline=None)
def test_on_another_day_what_did_not_move_is_byte_identical(agenda, overdue, most) -> None:
    rules = daily(most, overdue=overdue)
    before = rendered(agenda, rules=rules)
    after = rendered(agenda, day(1), before, rules)
    old, new = read_blocks(before), read_blocks(after)

    def start(block):
        return re.findall(rb"DTSTART[^:]*:(\S+)", block)[0]

    for identity in old.keys() & new.keys():
        if start(old[identity].block) == start(new[identity].block):
            assert old[identity].block == new[identity].block
    assert not lint(before)
    assert not lint(after)


@given(agendas(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_occurrences_does_not_matter(agenda, random) -> None:
    shuffled = list(agenda)
    random.shuffle(shuffled)

    assert rendered(shuffled) == rendered(agenda)


@given(agendas())
@settings(max_examples=60, deadline=None)
def test_every_open_occurrence_of_a_person_is_told_of_once(agenda) -> None:
    rules = daily(1000)
    found = [item for named in items(agenda, rules=rules).values() for item in named]
    keys = [item.key for item in found]

    assert len(set(keys)) == len(keys)
    assert set(keys) <= {one.key for one in agenda}
    standing = {
        one.person for one in agenda if one.kind in ("promise", "planned") and not one.cancelled
    }
    deadlines = [one for one in agenda if one.kind in ("signing", "lease_end", "entrustment_end")]
    told = {key.split("/")[0] for key in keys}
    assert {one.note for one in deadlines} <= told
    assert standing <= told


def test_moving_a_showing_keeps_its_uid_and_raises_its_sequence() -> None:
    before = rendered([showing(day(2)), occurrence("promise", day(9), note="C-2")])
    after = rendered([showing(day(3)), occurrence("promise", day(9), note="C-2")], previous=before)
    key = uid(f"{LI}/planned/3afq6m4x9")
    other = uid("C-2/promise/3afq6m4x9")

    assert read_blocks(before)[key].sequence == 0
    assert read_blocks(after)[key].sequence == 1
    assert read_blocks(after)[other] == read_blocks(before)[other]


def test_calling_a_showing_off_keeps_its_uid() -> None:
    before = rendered([showing(day(2))])
    after = rendered([showing(day(2), cancelled=True)], previous=before)

    assert read_blocks(before).keys() == read_blocks(after).keys()
    assert b"STATUS:CANCELLED" in after
    assert b"SEQUENCE:1" in after
