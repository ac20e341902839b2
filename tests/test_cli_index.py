import json
import sqlite3
from pathlib import Path

import pytest

from brokernotes.storage import index as indexing

NOTES = """
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    stage: 在看
    created: 2026-10-01
    ---
    -- listings/garden.md --
    ---
    id: L-9F3DWA
    type: listing
    status: 在售
    ---
    """


@pytest.fixture
def town(vault):
    return vault(NOTES)


@pytest.fixture
def file(town):
    return Path(json.loads(town.run("index", "--json").out)["path"])


def test_index_says_what_changed(town):
    assert town.run("index").out.startswith("2 added, 0 modified, 0 removed\n2 notes\nkept in ")
    town.write("clients/li.md", "---\nid: C-7K2PQM\n---\n")
    assert town.run("index").out.startswith("0 added, 1 modified, 0 removed\n")


def test_index_as_json(town):
    told = json.loads(town.run("index", "--json").out)

    assert (told["added"], told["notes"]) == (2, {"client": 1, "listing": 1})


def test_rebuild_reads_every_note(town):
    town.run("index")

    assert town.run("index", "--rebuild").out.startswith("2 added")


def test_verify_finds_what_the_notes_do_not_say(town, file):
    assert town.run("index", "--verify").exit == 0
    db = sqlite3.connect(file)
    db.execute("UPDATE client SET stage = 'inactive'")
    db.commit()
    db.close()
    found = town.run("index", "--verify")

    assert found.exit == 1
    assert "differs from the notes: - client" in found.out
    assert json.loads(town.run("index", "--verify", "--json").out)["differences"]
    assert town.run("index", "--rebuild", "--verify").exit == 0


def test_a_damaged_index_is_thrown_away_and_made_anew(town, file):
    data = bytearray(file.read_bytes())
    db = sqlite3.connect(file)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'client'").fetchone()
    db.close()
    data[(page - 1) * 4096 : (page - 1) * 4096 + 100] = b"\xff" * 100
    file.write_bytes(data)
    found = town.run("list", "clients")

    assert (found.exit, found.out) == (74, "")
    assert "the index cannot be read" in found.err
    assert "run the command again" in found.err
    assert "C-7K2PQM" in town.run("list", "clients").out


def test_an_index_that_cannot_be_written_is_made_for_one_run(town, file, monkeypatch):
    monkeypatch.setattr(indexing, "BUSY_SECONDS", 0.01)
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    town.write("clients/wu.md", "---\nid: C-1BVQKE\n---\n")
    found = town.run("list", "clients")
    holder.close()

    assert found.exit == 0
    assert "C-1BVQKE" in found.out
    assert "the index cannot be kept and was made for this run only: database is locked" in (
        found.err
    )


def test_a_cache_that_cannot_be_made_keeps_the_index_in_memory(town):
    found = town.run("index", environ={"XDG_CACHE_HOME": "/dev/null/nowhere"})

    assert found.exit == 0
    assert found.out.endswith("kept in memory\n")
