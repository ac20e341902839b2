"""What a phone did, in the words of the log."""

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from brokernotes.errors import RefusedError
from brokernotes.features.caldav_entries import Told, made_entry, write_down
from brokernotes.features.caldav_inbox import line_of
from brokernotes.features.caldav_news import Log, News, news_of, read_log
from brokernotes.features.caldav_reading import read_item
from brokernotes.language import language
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from brokernotes.model.rules import Rules
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.log_writing import parse_entry, render_entry
from tests.caldav_items import ZONE, described, on_server, wanted_item
from tests.caldav_rig import made

KEY = "C-9F3DWA/promise/3afq6m4x9"
NOW = datetime(2026, 11, 21, 15)
BOOK = LogBook(Rules().schema, "zh")
DONE = {"STATUS": "STATUS:COMPLETED", "COMPLETED": "COMPLETED:20261121T003000Z"}
PLAN = LogEntry(day=date(2026, 11, 21), minutes=600, verb="showing", line=1, id="3afr4q81c",
                box="planned", links=("home",), text="婆婆也来",
                fields={"place": "东门"})  # fmt: skip


def told(note_type="client", **more):
    return Told(
        **{"note_type": note_type, "now": NOW, "language": language("zh"), "book": BOOK} | more
    )


def written(news, known=None, **lines):
    item = read_item(on_server(wanted_item(), **(lines or DONE)), ZONE)
    return write_down(item, news, known or told())


def tick(kind="promise", occurrence="3afq6m4x9", remark=()):
    return News(key=f"C-9F3DWA/{kind}/{occurrence}", done_id="0abcdefgh", remark=remark)


@pytest.mark.parametrize(
    ("kind", "note_type", "verb"),
    [
        ("revisit", "listing", "revisit"), ("promise", "listing", "revisit"),
        ("followup", "client", "followup"), ("first_response", "client", "followup"),
        ("fee", "deal", "note"), ("feedback", "client", "note"), ("retention", "client", "note"),
    ],
)  # fmt: skip
def test_a_tick_is_a_contact_where_one_was_due_else_a_note(kind, note_type, verb):
    (entry,) = written(tick(kind), told(note_type)).entries

    assert (entry.verb, entry.day, entry.minutes, entry.id) == (
        verb, date(2026, 11, 21), 8 * 60 + 30, "0abcdefgh",
    )  # fmt: skip
    assert (verb == "note") == entry.text.startswith("手机上打勾")


def test_an_advertisement_taken_down_names_the_platform():
    (entry,) = written(tick("take_down", "贝壳-1"), told("listing")).entries

    assert (entry.verb, entry.text) == ("take_down", "贝壳")


def test_the_words_under_a_tick_are_the_entry_s_and_an_outcome_is_one():
    (plain,) = written(tick(remark=("再想想", "周末"))).entries
    (nobody,) = written(tick(remark=("没人接，明天再打",))).entries

    assert (plain.text, plain.children) == ("再想想", ("  - 周末",))
    assert nobody.fields == {"outcome": "no_answer"}
    assert (nobody.text, nobody.children) == ("", ("  - 没人接，明天再打",))


def test_a_clock_that_is_ahead_counts_as_now():
    (entry,) = written(
        tick(), STATUS="STATUS:COMPLETED", COMPLETED="COMPLETED:20301121T003000Z"
    ).entries

    assert (entry.day, entry.minutes) == (NOW.date(), 15 * 60)


def test_a_promise_kept_before_its_day_is_settled_and_one_kept_on_it_by_itself():
    early = written(tick(), told(day="2026-11-24"))
    field = written(tick(occurrence="2026-11-24"), told(day="2026-11-24"))
    late = written(tick(), told(day="2026-11-20"))

    assert early.entries[0].fields == {"next": "none"}
    assert (early.sets, field.sets) == ((), (("next_followup", ""),))
    assert late.entries[0].fields == {}


def test_words_alone_are_a_note_with_what_the_item_is_about():
    news = News(key="C-9F3DWA/planned/3afr4q81c", remark=("要看车位",), remark_id="0remark00")
    (entry,) = written(news, told(plan=PLAN, entry=PLAN), SUMMARY="SUMMARY:x").entries

    assert (entry.verb, entry.links, entry.text) == ("note", ("home",), "要看车位")


def test_a_plan_is_ticked_called_off_or_planned_anew():
    key = "C-9F3DWA/planned/3afr4q81c"
    known = told(plan=PLAN, entry=PLAN)
    done = written(News(key=key, done_id="0d", remark=("不错",)), known)
    ahead = told(plan=PLAN, now=datetime(2026, 11, 20, 12))
    early = written(News(key=key, done_id="0d"), ahead)
    moved = written(News(key=key, move_id="0m", moved_to="2026-11-24T16:00"), known)

    assert (done.mark, done.said_under, done.entries) == ("x", ("  - 不错",), ())
    assert (early.mark, early.entries[0].verb, early.entries[0].links) == (
        "-",
        "showing",
        ("home",),
    )
    (new,) = moved.entries
    assert (moved.mark, moved.said) == ("-", "改到 2026-11-24 16:00")
    assert (new.day, new.minutes, new.box, new.id) == (date(2026, 11, 24), 960, "planned", "0m")
    assert (new.links, new.text, new.fields) == (PLAN.links, PLAN.text, dict(PLAN.fields))


def test_a_moved_promise_says_from_when_and_the_field_goes_along():
    entry = News(key="C/promise/3afq6m4x9", move_id="0m", moved_to="2026-11-27")
    field = News(key="C/promise/2026-11-24", move_id="0m", moved_to="2026-11-27T15:00")
    one = written(entry, told(day="2026-11-24"))
    other = written(field, told(day="2026-11-24"))

    assert one.entries[0].text == "手机上改期，原定 2026-11-24"
    assert one.entries[0].fields == {"next": date(2026, 11, 27)}
    assert one.entries[0].minutes is None  # newer than whatever was promised that day
    assert other.entries[0].fields == {"next": datetime(2026, 11, 27, 15)}
    assert (one.sets, other.sets) == ((), (("next_followup", "2026-11-27"),))


def test_a_move_that_is_not_followed_is_told_with_both_days():
    news = News(key="D/signing/x", move_id="0m", moved_to="2026-11-27", is_refused=True)
    (entry,) = written(news, told("deal", day="2026-11-24")).entries

    assert entry.text == "手机上移到 2026-11-27，这里仍是 2026-11-24"
    assert entry.fields == {}


def test_what_a_phone_made_takes_place_and_length_along():
    event = made("VEVENT", "P", "SUMMARY:带看", "DTSTART:20261123T070000Z",
                 "DTEND:20261123T083000Z", "LOCATION:东门", "DESCRIPTION:带钥匙")  # fmt: skip
    item = read_item(event.encode(), ZONE)
    line = line_of(item)
    showing = LogEntry(day=NOW.date(), verb="showing", line=0, box="planned")
    note = LogEntry(day=NOW.date(), verb="note", line=0)
    plan = made_entry(showing, item, line, "0x", told())
    past = made_entry(note, item, line, "0x", told())

    assert plan.fields == {"place": "东门", "duration": 90}
    assert plan.children == ("  - 带钥匙",)
    assert (past.fields, past.children) == ({}, ("  - 带钥匙", "  - 东门"))


def test_what_nobody_ticked_has_not_happened_whatever_its_day():
    call = LogEntry(day=NOW.date(), verb="call", line=0)
    for status, box in (("NEEDS-ACTION", "planned"), ("COMPLETED", None)):
        item = read_item(made("VTODO", "P", "SUMMARY:x", f"STATUS:{status}").encode(), ZONE)
        assert made_entry(call, item, line_of(item), "0x", told()).box == box


words = st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=4)


@given(words, st.booleans())
@example(["\\"], False)
def test_whatever_was_written_is_known_again_once_it_stands_in_the_log(lines, is_done):
    """By its words alone: as if the ids had been lost, through the text of the note."""
    below = "\n".join(lines)
    shape = {"DESCRIPTION": described(wanted_item(), below=below)} | (DONE if is_done else {})
    item = read_item(on_server(wanted_item(), **shape), ZONE)
    found = news_of(item, KEY, wanted_item().base, {}, Log())
    try:
        entries = [render_entry(one, BOOK) for one in write_down(item, found, told()).entries]
    except RefusedError:
        return  # said of that item, and nothing is written
    read = [replace(parse_entry(text, BOOK), id=f"0{n:08}") for n, text in enumerate(entries)]

    assert news_of(item, KEY, wanted_item().base, {}, read_log(read)).remark == ()


PROMISE = LogEntry(day=date(2026, 11, 19), minutes=600, verb="call", line=1, id="3afq6m4x9",
                   fields={"next": date(2026, 11, 24)})  # fmt: skip


@pytest.mark.parametrize("at", ["19700101T000000Z", "20261101T000000Z"])
def test_a_clock_from_before_the_promise_is_a_wrong_one(at):
    """A call of 1970 would leave the follow-up standing for ever, though it is ticked."""
    lines = DONE | {"COMPLETED": f"COMPLETED:{at}"}
    (entry,) = written(tick(), told(entry=PROMISE), **lines).entries

    assert (entry.day, entry.minutes) == (date(2026, 11, 21), 9 * 60)  # when it was touched


def test_a_promise_without_a_time_of_the_same_day_is_kept_by_an_entry_without_one():
    """An entry without a time counts as the later of its day, so that it would go on standing."""
    moved = replace(PROMISE, day=date(2026, 11, 21), minutes=None)
    (entry,) = written(tick(), told(entry=moved, day="2026-11-24")).entries

    assert (entry.day, entry.minutes) == (date(2026, 11, 21), None)
    assert "next" in entry.fields


def test_a_move_is_told_of_the_day_on_which_it_was_made_whenever_it_comes():
    """So that two computers which take it in on different days write the same line."""
    move = News(key=KEY, move_id="0abcdefgh", moved_to="2026-11-27")
    data = {"DUE": "DUE;VALUE=DATE:20261127"}
    days = {
        written(move, told(now=now, entry=PROMISE), **data).entries[0].day
        for now in (NOW, datetime(2026, 11, 25, 9))
    }

    assert days == {date(2026, 11, 21)}
