import sqlite3
from datetime import date, datetime

import pytest

from brokernotes.errors import Position, Problem
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.records import LogEntry, Record
from brokernotes.notes.links import LinkUse
from brokernotes.storage import occurrence_rows, rows, tables
from tests.indexed import IndexedVault


@pytest.fixture
def schema(tmp_path):
    town = IndexedVault(tmp_path / "vault")
    town.close()
    return town.vault.rules.schema


def record(**more):
    return Record(**{"path": "客源/a.md", "type": "client", "id": "C-7K2PQM", "values": {}, **more})


def test_values_stand_in_the_columns_of_their_keys(schema):
    keys = rows.column_keys(schema)["client"]
    values = {
        "name": "李", "phone": ("138", "139"), "pets": True, "budget_max": 650, "created":
        datetime(2026, 8, 20, 14, 30), "confirmed_on": date(2026, 8, 20), "unknown": "x",
    }  # fmt: skip

    assert rows.value_columns(7, record(values=values), keys) == {
        "n": 7, "name": "李", "phone": '["138","139"]', "pets": 1, "budget_max": 650,
        "created": "2026-08-20T14:30", "confirmed_on": "2026-08-20",
    }  # fmt: skip


@pytest.mark.parametrize("value", [10**30, -(10**30), 2**63, 10**400, float("inf"), "\ud83d"])
def test_no_value_is_too_strange_to_be_stored(value):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t(a, b)")
    db.execute("INSERT INTO t VALUES(?, ?)", rows.storable((1, rows.to_column(value))))
    assert db.execute("SELECT b IS NOT NULL FROM t").fetchone() == (1,)
    db.close()


def test_what_a_note_says_comes_back_as_json_speaks_of_it(schema):
    keys = rows.column_keys(schema)["client"]
    values = {"name": "李", "phone": ("138",), "pets": False, "budget_max": 650.0, "area_min": 88.5}
    columns = dict.fromkeys(keys) | rows.value_columns(1, record(values=values), keys)

    assert tables.values_of(columns, schema, "client") == {
        "name": "李", "phone": ["138"], "pets": False, "budget_max": 650, "area_min": 88.5,
    }  # fmt: skip


def test_links_of_one_target_are_one_row_with_all_places():
    links = [
        LinkUse("阳光-7K2PQM", 3, 5, "owner"),
        LinkUse("阳光-7K2PQM", 9, 1),
        LinkUse("阳光-7K2PQM", 12, 4),
        LinkUse("a.png", 13, 1, "", True),
    ]

    assert rows.link_rows(1, links) == [
        (1, "阳光-7k2pqm", "7k2pqm", "阳光-7K2PQM", "owner", 0, "[[3,5]]"),
        (1, "阳光-7k2pqm", "7k2pqm", "阳光-7K2PQM", "", 0, "[[9,1],[12,4]]"),
        (1, "a.png", None, "a.png", "", 1, "[[13,1]]"),
    ]


def test_a_mention_comes_back_as_an_entry():
    entry = LogEntry(
        day=date(2026, 8, 20), verb="showing", line=9, minutes=600, id="3afq6m4x9",
        links=("阳光-7K2PQM",), fields={"owner_outcome": "reached"}, text="可谈",
    )  # fmt: skip
    ((target, text),) = rows.mentions(record(entries=(entry,)))
    note, back = rows.mention(text)

    assert (target, note) == ("阳光-7K2PQM", "C-7K2PQM")
    assert (back.day, back.minutes, back.id, back.fields) == (
        entry.day, 600, "3afq6m4x9", {"owner_outcome": "reached"},
    )  # fmt: skip


def test_only_numbers_that_identify_somebody_are_phones():
    values = {"phone": ("13800138000", "138****8000", "110")}

    assert rows.phone_rows(1, record(values=values)) == [(1, "13800138000")]


def test_an_occurrence_comes_back_whole():
    found = Occurrence(
        key="C-7K2PQM/planned/x", kind="planned", note="C-7K2PQM", path="客源/a.md",
        due=date(2026, 8, 20), title="李", at=datetime(2026, 8, 20, 14, 30),
        since=datetime(2026, 8, 20, 15, 15), until=date(2026, 8, 27), person="C-7K2PQM",
        agent="A-WANG22", weight=2, value=620.0, grade="A", reason="planned",
        params={"verb": "showing", "n": 3}, entry="x", text="带看", links=("a", "b"),
        last_contact=date(2026, 8, 1), last_text="好", minutes=45, place="东门", cancelled=True,
        rule={"name": "n", "value": 1, "origin": "ours"},
    )  # fmt: skip

    assert occurrence_rows.occurrence(occurrence_rows.occurrence_row(1, found)[1:]) == found


def test_an_occurrence_of_nothing_special_comes_back_too():
    found = Occurrence(
        key="a/b/c", kind="followup", note="a", path="a.md", due=date(2026, 8, 20), undated=True,
        computed=True, dormant=True,
    )  # fmt: skip

    assert occurrence_rows.occurrence(occurrence_rows.occurrence_row(1, found)[1:]) == found


def test_problems_keep_their_place_and_params():
    problem = Problem(
        Position("a.md", 3, 4, 9), "unknown-key", {"key": "x", "on": date(2026, 1, 2)}
    )

    assert rows.problem_rows(2, [problem]) == [
        (2, "a.md", 3, 4, 9, "unknown-key", '{"key":"x","on":"2026-01-02"}')
    ]
