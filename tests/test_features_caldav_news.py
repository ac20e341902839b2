"""What a phone did is known by the notes alone: each thing comes once, none is lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.caldav_news import (
    Log,
    bare,
    is_phone_id,
    key_parts,
    news_of,
    phone_id,
    read_log,
)
from brokernotes.features.caldav_reading import read_item
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from tests.caldav_items import ZONE, described, on_server, wanted_item

KEY = "C-9F3DWA/promise/3afq6m4x9"
OURS = wanted_item()
words = st.text("甲乙丙 ,。", min_size=1, max_size=6).filter(str.strip)


def entry(id_, text="", children=(), box=None):
    return LogEntry(
        day=date(2026, 11, 21), verb="note", line=1, id=id_, text=text, box=box,
        children=tuple(f"  - {one}" for one in children),
    )  # fmt: skip


def news(data, log=None, base=OURS.base, key=KEY, wanted=None):
    item = read_item(data, ZONE)
    known = {OURS.key: OURS} if wanted is None else wanted
    return news_of(item, key, base, known, log or Log())


@given(st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=5), st.data())
def test_lines_added_time_after_time_are_each_written_once_whatever_is_forgotten(steps, data):
    entries, below = [], []
    for added in steps:
        below += added
        item = on_server(OURS, DESCRIPTION=described(OURS, below="\n".join(below)))
        base = OURS.base if data.draw(st.booleans()) else OURS.base._replace(text=None)
        for _ in range(data.draw(st.integers(1, 2))):
            found = news(item, read_log(entries), base)
            if found.remark:
                first, *rest = found.remark
                entries.append(entry(found.remark_id, first, rest))

    told = [bare(line) for one in entries for line in (one.text, *(c[4:] for c in one.children))]
    assert set(told) == {bare(line) for line in below}
    assert len(told) <= len(below)


@given(st.lists(words, min_size=1, max_size=4, unique_by=bare))
def test_an_entry_that_somebody_reworded_is_known_by_its_id(lines):
    item = on_server(OURS, DESCRIPTION=described(OURS, below="\n".join(lines)))
    found = news(item)

    assert news(item, read_log([entry(found.remark_id, "ganz anders")])).remark == ()


def test_a_tick_is_news_until_an_entry_tells_of_it_and_no_more_when_it_is_taken_back():
    done = on_server(OURS, STATUS="STATUS:COMPLETED")
    found = news(done)
    told = read_log([entry(found.done_id)])

    assert is_phone_id(found.done_id)
    assert not news(done, told).is_any
    assert news(on_server(OURS), told).is_undone
    assert not news(on_server(OURS)).is_undone


def test_a_move_leads_to_the_promise_it_made_and_back_is_another_move():
    there = on_server(OURS, DUE="DUE;VALUE=DATE:20261127")
    found = news(there)
    after = f"C-9F3DWA/promise/{found.move_id}"
    told = read_log([entry(found.move_id)])
    settled = news(there, told, wanted={after: OURS})
    back = news(on_server(OURS), told, base=OURS.base._replace(when="2026-11-27"), key=after)

    assert (found.moved_to, found.is_refused, found.key) == ("2026-11-27", False, KEY)
    assert (settled.key, settled.is_settled, settled.move_id) == (after, True, "")
    assert back.move_id not in ("", found.move_id)


def test_what_only_the_notes_can_move_is_refused_and_what_they_moved_too():
    there = on_server(OURS, DUE="DUE;VALUE=DATE:20261127")
    moved = wanted_item(day=date(2026, 11, 26))

    assert news(there, key="D-Q1GYNF/signing/sign_on-1", wanted={}).is_refused
    assert news(there, wanted={KEY: moved}).is_refused
    assert not news(there, wanted={KEY: wanted_item(day=date(2026, 11, 27))}).is_any


def test_a_move_of_which_nothing_is_known_is_none():
    there = on_server(OURS, DUE="DUE;VALUE=DATE:20261127")

    assert not news(there, base=None).is_any


def test_what_is_done_has_no_day():
    there = on_server(OURS, DUE="DUE;VALUE=DATE:20261127", STATUS="STATUS:COMPLETED")
    found = news(there)

    assert found.done_id
    assert found.move_id == ""


def test_a_plan_ticked_in_the_notes_is_done_there_already():
    done = on_server(OURS, STATUS="STATUS:COMPLETED")
    log = read_log([entry("3afr4q81c", box="done")])

    assert not news(done, log, key="C-9F3DWA/planned/3afr4q81c").is_any
    assert news(done, key="C-9F3DWA/planned/3afr4q81c").done_id


@given(st.text(), st.text())
def test_ids_have_the_form_of_minted_ones_and_differ_as_their_makers_do(one, other):
    from brokernotes.notes.names import is_minted_entry_id

    assert is_minted_entry_id(phone_id(one, "done"))
    assert (phone_id(one, other) == phone_id(one + other)) is False
    assert phone_id(one, other) == phone_id(one, other)


def test_a_key_s_note_may_be_a_path():
    assert key_parts("客源/a/b.md/promise/x") == ("客源/a/b.md", "promise", "x")
    assert key_parts("x") == ("", "", "x")


@pytest.mark.parametrize(
    ("day", "kind", "is_wanted", "is_news"),
    [
        (21, "followup", False, False), (20, "followup", False, True),
        (21, "followup", True, True), (21, "fee", False, True),
    ],
)  # fmt: skip
def test_a_tick_tells_nothing_new_of_a_call_that_she_logged_herself(day, kind, is_wanted, is_news):
    key = f"C-9F3DWA/{kind}/3afq6m4xa"
    call = replace(entry("3ej5w97zz"), day=date(2026, 11, day), verb="call")
    log = read_log([call], frozenset({"call"}))
    item = on_server(OURS, STATUS="STATUS:COMPLETED", COMPLETED="COMPLETED:20261121T003000Z",
                     DESCRIPTION=described(OURS, below="嫌贵"))  # fmt: skip
    found = news(item, log, key=key, wanted={key: OURS} if is_wanted else {})

    assert bool(found.done_id) == is_news
    assert found.remark == ("嫌贵",)


def test_a_call_that_is_only_planned_is_none():
    call = replace(entry("3ej5w97zz", box="planned"), verb="call")

    assert read_log([call], frozenset({"call"})).contacts == frozenset()


@pytest.mark.parametrize(
    ("due", "moved_to"),
    [
        ("DUE:20261123T160000Z", ""), ("DUE;TZID=Asia/Shanghai:20261124T000000", ""),
        ("DUE:20261124T000000", ""), ("DUE:20261124T010000Z", "2026-11-24T09:00"),
        ("DUE:20261125T000000", "2026-11-25T00:00"),
    ],
)  # fmt: skip
def test_a_day_written_as_its_midnight_is_not_moved(due, moved_to):
    assert news(on_server(OURS, DUE=due)).moved_to == moved_to
