"""`path` and `open` as a user meets them."""

import json

import pytest

from brokernotes.cli import places
from tests.transcripts import names

DRAWING = """
    -- 房源/阳光花园 3室2厅-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 聊了很久 ^3ack67k2p
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    ---
"""
OVER_SSH = {"SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22", "DISPLAY": ":0"}


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


@pytest.fixture
def launched(monkeypatch):
    seen = []

    def launch(address):
        seen.append(address)
        return 0

    monkeypatch.setattr(places.click, "launch", launch)
    return seen


@pytest.mark.parametrize("name", [*names("path"), *names("open")])
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


def test_a_path_leads_there_from_where_one_stands(drawn):
    assert drawn.run("path", "ygh", cwd="客源").out == "../房源/阳光花园 3室2厅-7K2PQM.md\n"


def test_many_paths_end_with_nul(drawn):
    done = drawn.run("path", "-0", "L-7K2PQM", "李女士")

    assert done.out == "房源/阳光花园 3室2厅-7K2PQM.md\0客源/李女士-9F3DWA.md\0"


def test_no_path_is_printed_unless_all_are_found(drawn):
    done = drawn.run("path", "L-7K2PQM", "nobody")

    assert (done.exit, done.out) == (4, "")


def test_open_hands_the_address_to_the_system(drawn, launched):
    done = drawn.run("open", "L-7K2PQM:3ack67k2p", environ={"DISPLAY": ":0"})

    assert (done.exit, done.out, done.err) == (0, "", "")
    assert launched == [
        "obsidian://open?vault=vault&file=%E6%88%BF%E6%BA%90%2F%E9%98%B3%E5%85%89%E8%8A%B1%E5%9B%AD"
        "%203%E5%AE%A42%E5%8E%85-7K2PQM%23%5E3ack67k2p"
    ]


@pytest.mark.parametrize("environ", [OVER_SSH, {}])
def test_open_prints_where_there_is_no_screen(drawn, launched, monkeypatch, environ):
    monkeypatch.setattr(places.sys, "platform", "linux")
    done = drawn.run("open", "C-9F3DWA", environ=environ)

    assert done.out.startswith("obsidian://open?vault=vault&file=%E5%AE%A2")
    assert launched == []


def test_open_tells_programs_what_it_did(drawn, launched):
    done = drawn.run("open", "C-9F3DWA", "--print", "--json", environ={"DISPLAY": ":0"})
    told = json.loads(done.out)

    assert (told["path"], told["opened"]) == ("客源/李女士-9F3DWA.md", False)
    assert launched == []


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_system_without_obsidian_says_so(drawn, monkeypatch, flags):
    monkeypatch.setattr(places.click, "launch", lambda _: 3)
    done = drawn.run("open", "C-9F3DWA", *flags, environ={"DISPLAY": ":0"})

    assert done.exit == 74
    assert "the system knows no program for obsidian://" in done.err
    assert done.out == ""


def test_an_entry_is_in_its_notes_file_on_a_line(drawn):
    note = "房源/阳光花园 3室2厅-7K2PQM.md"
    for ref in ("L-7K2PQM:3ack67k2p", "3ack67k2p", "阳光花园 3室2厅:3ack67k2p"):
        assert drawn.run("path", ref).out == f"{note}\n"
        (place,) = json.loads(drawn.run("path", ref, "--json").out)
        assert place == {"id": "L-7K2PQM", "path": note, "entry": "3ack67k2p", "line": 9}
    assert drawn.run("path", "L-7K2PQM:3ack00000").exit == 4
    (place,) = json.loads(drawn.run("path", "L-7K2PQM", "--json").out)
    assert place == {"id": "L-7K2PQM", "path": note}
