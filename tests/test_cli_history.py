"""`history` and `changes` at the command line."""

import json

import pytest

from tests.transcripts import names

WITHOUT_GIT = """
    -- 客源/li.md --
    ---
    id: C-9F3DWA
    type: client
    stage: 在看
    ---
    """


@pytest.mark.parametrize("name", names("history-"))
def test_transcript(name, transcript):
    transcript(name)


@pytest.mark.parametrize("words", [("history", "li"), ("changes",)])
def test_without_git_it_says_so_and_how_to_begin(vault, words):
    said = vault(WITHOUT_GIT).run(*words)

    assert said.exit == 1
    assert "git init" in said.err
    assert said.out == ""


def test_what_is_new_and_not_committed_is_told(vault):
    drawn = vault(WITHOUT_GIT)
    drawn.git("init", "--quiet")
    rows = json.loads(drawn.run("history", "li", "--json").out)

    assert {row["commit"] for row in rows} == {None}
    assert [row["key"] for row in rows][-1] == "path"


def test_a_name_that_two_deleted_notes_had_is_asked_for(vault):
    drawn = vault(
        """
        -- 客源/a/x.md --
        ---
        id: C-9F3DWA
        ---
        -- 客源/b/x.md --
        ---
        id: C-9F3DWB
        ---
        -- git 2026-11-01T10:00 --
        -- rm 客源/a/x.md --
        -- rm 客源/b/x.md --
        -- git 2026-11-02T10:00 --
        """
    )
    said = drawn.run("history", "x")

    assert said.exit == 4
    assert "C-9F3DWA  客源/a/x.md" in said.err


def test_on_the_first_day_what_was_there_is_counted_and_what_changed_is_told(vault):
    drawn = vault(WITHOUT_GIT)
    drawn.git("init", "--quiet")
    first = drawn.run("changes", lang="en")
    assert first.out == ""
    assert "first look, nothing to compare with yet: " in first.err
    assert json.loads(drawn.run("changes", "--json").out)
