"""What shall stand on the server: tasks and events of the same rows as the calendar files."""

from datetime import datetime

import pytest

from brokernotes.cli.app import App
from brokernotes.cli.caldav_notes import NotesSide
from brokernotes.features.caldav_merging import merged_object, new_object
from brokernotes.features.caldav_reading import read_item
from brokernotes.features.calendar_lint import lint
from brokernotes.light_dataclasses import replace
from tests.caldav_items import NOW, ZONE, wanted_item
from tests.caldav_rig import NOTES

MORE = """
    -- clients/new.md --
    ---
    id: C-6E4DXA
    type: client
    title: 新客 嘉定
    stage: lead
    inquired_at: 2026-11-21 08:00
    created: 2026-11-21
    agent: "[[王敏]]"
    ---
    -- clients/late.md --
    ---
    id: C-5D3CWB
    type: client
    title: 老客户
    stage: active
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    ## 跟进记录
    - 2026-11-10 10:00 电话 [下次:: 2026-11-15 15:00] ^3afq6m4xd
    - [ ] 2026-11-19 10:00 面谈 忘了勾 ^3afq6m4xe
    """


@pytest.fixture
def side(vault):
    drawn = vault(NOTES + MORE)

    def at(now="2026-11-21T09:00", language="zh", detail="normal"):
        app = App(drawn.environ(BROKERNOTES_NOW=now, BROKERNOTES_LANG=language))
        app.vault_option, app.agent_option = str(drawn.root), "王敏"
        made.append(app)
        return NotesSide(app, detail)

    made = []
    yield at
    for app in made:
        app.close()


def item_of(own):
    return read_item(new_object(own, NOW, ZONE, "zh"), ZONE)


def test_follow_ups_are_tasks_the_rest_events_and_no_uid_is_shared(side):
    notes = side()
    kinds = {one.calendar: one.component for one in notes.wanted.values()}
    other = {"VEVENT": "VTODO", "VTODO": "VEVENT"}

    assert kinds == {"followups": "VTODO", "showings": "VEVENT"}
    for key, own in notes.wanted.items():
        assert notes.made_as(key, other[own.component]).uid != own.uid


def test_every_item_is_one_that_calendar_programs_take_and_is_read_as_meant(side):
    for detail in ("minimal", "normal", "full"):
        for own in side(detail=detail).wanted.values():
            data = new_object(own, NOW, ZONE, "zh")
            item = read_item(data, ZONE)
            assert not [one for one in lint(data) if str(one.severity) == "error"]
            assert (item.uid, item.key, item.summary) == (own.uid, own.key, own.title)
            assert item.base == own.base._replace(text=None)
            assert (item.when.isoformat()[:16] if item.when else "") == own.when
            assert item.description.rstrip("\n").endswith(own.marker)


def test_a_task_bears_its_own_day_and_is_the_same_on_another_one(side):
    key = "C-5D3CWB/promise/3afq6m4xd"
    today, later = side().wanted[key], side("2026-11-25T09:00").wanted[key]

    assert today.when == "2026-11-15T15:00"
    assert today.alarms == ()  # its time is over
    assert today.digest == later.digest
    assert item_of(today).when == datetime(2026, 11, 15, 15)


def test_an_event_that_is_late_stands_today(side):
    own = side().wanted["C-5D3CWB/planned/3afq6m4xe"]

    assert (own.when, own.is_rolled) == ("2026-11-21", True)


def test_how_pressing_it_is_and_when_it_rings_is_said_as_tasks_say_it(side):
    wanted = side().wanted
    revisit = next(one for key, one in wanted.items() if "/revisit/" in key)
    first = next(one for key, one in wanted.items() if "/first_response/" in key)

    assert "PRIORITY:1" in revisit.lines
    assert not [line for line in revisit.lines if line.startswith(("DTSTART", "DTEND", "TRANSP"))]
    assert "TRIGGER;RELATED=END:P0D" in first.alarms[0]


def test_less_is_told_where_less_is_asked_and_that_is_another_item(side):
    key = "C-9F3DWA/promise/3afq6m4x9"
    normal, minimal = side().wanted[key], side(detail="minimal").wanted[key]

    assert "问学区" in normal.text
    assert minimal.text == ""
    assert normal.digest != minimal.digest
    assert not [line for line in minimal.lines if line.startswith(("PRIORITY", "URL"))]


def test_the_line_to_write_below_is_in_the_reader_s_language(side):
    assert {one.marker for one in side(language="en").wanted.values()} == {
        "—— write below this line ——"
    }


def test_a_note_without_an_id_is_not_named_by_its_path():
    """Its file's name may be somebody's, or a number; the UID says which note it is."""
    named = replace(wanted_item(), key="clients/周大福 13912345678.md/followup/3afq6m4xa")
    data = new_object(named, NOW, ZONE, "zh")
    item = read_item(data, ZONE)

    assert "周大福".encode() not in data
    assert b"13912345678" not in data
    assert (item.uid, item.key, item.base.digest) == (named.uid, "", named.digest)
    old = replace(item, object=item.object.with_lines("X-BN-KEY", [f"X-BN-KEY:{named.key}"]))
    assert "周大福".encode() not in merged_object(
        old, named.base, named, NOW, ZONE, keeps_day=False
    )
