import json

import pytest

from tests.transcripts import names

TWO = """
    -- agents/周婕.md --
    ---
    id: A-7K2PQM
    type: agent
    name: 周婕
    ---
    -- agents/李航.md --
    ---
    id: A-2B3C4D
    type: agent
    name: 李航
    ---
    -- clients/a.md --
    ---
    id: C-7K2PQM
    type: client
    agent: "[[周婕]]"
    created: 2026-08-01
    ---
    -- clients/b.md --
    ---
    id: C-2B3C4D
    type: client
    agent: A-7K2PQM
    created: 2026-08-01
    ---
    """


@pytest.mark.parametrize("name", names("handover"))
def test_transcripts_of_handover_hold(transcript, name):
    transcript(name)


def everything(drawn):
    return {path: path.read_bytes() for path in sorted(drawn.root.rglob("*.md"))}


CONFLICT = """\
    <<<<<<< HEAD
    a
    =======
    b
    >>>>>>> other
    """
UNREADABLE = "    \\xff\n"


@pytest.mark.parametrize(("body", "code"), [(CONFLICT, 5), (UNREADABLE, 1)])
def test_all_is_handed_over_or_nothing(vault, body, code):
    broken = "-- clients/c.md --\n    ---\n    agent: 周婕\n    created: 2026-08-01\n    ---\n"
    drawn = vault(TWO + broken + body)
    before = everything(drawn)

    result = drawn.run("handover", "周婕", "--to", "李航")

    assert result.exit == code
    assert "clients/c.md" in result.err
    assert everything(drawn) == before


def test_an_agent_named_by_id_is_replaced_too(vault):
    drawn = vault(TWO)

    assert drawn.run("handover", "周婕", "--to", "李航").exit == 0

    assert 'agent: "[[李航]]"' in drawn.read("clients/b.md")
    held = json.loads(drawn.run("handover", "李航", "--json").out)
    assert [one["id"] for one in held["clients"]] == ["C-7K2PQM", "C-2B3C4D"]


def test_whoever_left_already_keeps_the_day(vault):
    drawn = vault(TWO.replace("name: 周婕", "name: 周婕\n    left: 2026-11-01"))

    drawn.run("handover", "周婕", "--to", "李航")

    assert "left: 2026-11-01" in drawn.read("agents/周婕.md")


def test_what_she_planned_in_a_colleagues_note_is_told(vault):
    drawn = vault(
        TWO
        + """
    -- clients/d.md --
    ---
    id: C-9F3DWA
    type: client
    agent: "[[李航]]"
    created: 2026-08-01
    ---

    ## 跟进记录

    - [ ] 2026-12-03 10:00 带看 @周婕 一起去 ^3ew4n29hf
    - [ ] 2026-12-04 10:00 带看 他自己去 ^3ew4n29hg
    """
    )

    held = json.loads(drawn.run("handover", "周婕", "--json").out)
    assert [(one["id"], one["entry"]) for one in held["planned"]] == [("C-9F3DWA", "3ew4n29hf")]

    given = drawn.run("handover", "周婕", "--to", "李航")
    assert "C-9F3DWA" in given.err
    assert "周婕" in drawn.read("clients/d.md")


def test_it_is_one_commit_that_undoes_as_one(vault):
    drawn = vault(TWO + "-- git --\n")

    drawn.run("handover", "周婕", "--to", "李航")

    changed = drawn.git("-c", "core.quotepath=off", "show", "--format=%s", "--name-only", "HEAD")
    assert changed.split("\n")[2:-1] == ["agents/周婕.md", "clients/a.md", "clients/b.md"]
    assert drawn.git("status", "--porcelain", "--untracked-files=no") == ""
