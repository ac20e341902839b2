import json

import pytest

from tests.transcripts import names


@pytest.mark.parametrize("name", names("empty-followups"))
def test_transcripts_of_empty_followups_hold(transcript, name):
    transcript(name)


NOTE = """
    -- agents/Wang Min.md --
    ---
    id: A-7K2PQM
    type: agent
    name: Wang Min
    ---
    -- agents/Li Hang.md --
    ---
    id: A-9F3DWA
    type: agent
    name: Li Hang
    ---
    -- clients/Ms Li.md --
    ---
    id: C-7K2PQM
    type: client
    created: 2026-08-01
    agent: "[[Wang Min]]"
    ---

    ## Log

    """


def test_a_batch_typed_by_hand_stays_whose_it_was_when_ids_come_and_the_note_goes(vault):
    drawn = vault(NOTE, "en")
    drawn.git("init", "--quiet", "--initial-branch=main")

    def commit(day):
        drawn.git("add", "--all")
        moment = {f"GIT_{who}_DATE": f"{day}T12:00:00+0800" for who in ("AUTHOR", "COMMITTER")}
        drawn.git("commit", "--quiet", "-m", "x", environ=moment)

    commit("2026-08-01")
    lines = "".join(f"- 2026-11-{day:02d} Call about thing {day}\n" for day in range(3, 9))
    drawn.write("clients/Ms Li.md", drawn.read("clients/Ms Li.md").rstrip() + "\n\n" + lines)
    commit("2026-11-12")
    assert drawn.run("check", "--fix").exit == 0
    note = drawn.read("clients/Ms Li.md")
    assert "^" in note
    drawn.write("clients/Ms Li.md", note.replace("Wang Min", "Li Hang"))
    commit("2026-11-15")

    found = json.loads(drawn.run("report", "empty-followups", "--json").out)

    assert [(one["agent"], one["sign"]) for one in found] == [("A-7K2PQM", "late-batch")]
