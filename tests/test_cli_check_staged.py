"""`check --staged` looks at what the next commit will hold, and at nothing else."""

import json
import stat
import sys

import pytest

CLEAN = """
    -- clients/李女士.md --
    ---
    id: C-9F3DWA
    type: client
    created: 2026-08-01
    ---
    -- communities/阳光花园.md --
    ---
    id: M-2B6HVX
    type: community
    ---
    -- listings/garden.md --
    ---
    id: L-7K2PQM
    type: listing
    created: 2026-08-01
    grade: A
    community: "[[阳光花园]]"
    ---
    -- git --
    """
BAD = "---\nid: C-9F3DWA\ntype: client\ncreated: 2026-13-01\n---\n"


def codes(drawn, *args, **more):
    result = drawn.run("check", "--staged", "--json", *args, **more)
    assert result.exit in (0, 1), result.err
    return [(one["path"], one["code"]) for one in json.loads(result.out)]


def test_the_index_is_checked_and_not_the_file(vault):
    drawn = vault(CLEAN)
    good = drawn.read("clients/李女士.md")
    drawn.write("clients/李女士.md", BAD)
    assert codes(drawn) == []

    drawn.git("add", "clients/李女士.md")
    drawn.write("clients/李女士.md", good)

    assert codes(drawn) == [("clients/李女士.md", "date-impossible")]
    assert drawn.run("check").exit == 0
    result = drawn.run("check", "--staged")
    assert result.exit == 1
    assert "    created: 2026-13-01\n" in result.out  # the excerpt is of what is staged, too


def test_problems_of_notes_that_are_not_staged_are_not_told(vault):
    drawn = vault(CLEAN)
    drawn.write("clients/old.md", BAD)
    drawn.git("add", "--all")
    drawn.git("commit", "-qm", "old")
    drawn.write("clients/neu.md", "---\nid: C-9F3DWB\ntype: client\ncreated: 2026-08-01\n---\n")
    drawn.git("add", "--all")

    assert codes(drawn) == []


def test_a_removal_that_leaves_links_dead_is_told_where_they_stand(vault):
    drawn = vault(CLEAN)
    drawn.git("rm", "-q", "communities/阳光花园.md")

    assert codes(drawn) == [("listings/garden.md", "dead-link")]


def test_a_rename_is_followed(vault):
    drawn = vault(CLEAN)
    assert codes(drawn) == []
    drawn.git("mv", "communities/阳光花园.md", "communities/阳光新苑.md")

    assert codes(drawn) == [("listings/garden.md", "dead-link")]

    text = drawn.read("listings/garden.md")
    drawn.write("listings/garden.md", text.replace("阳光花园", "阳光新苑"))
    drawn.git("add", "--all")
    assert codes(drawn) == []


def test_an_id_that_is_there_already_is_told_against_the_rest(vault):
    drawn = vault(CLEAN)
    drawn.write("clients/neu.md", drawn.read("clients/李女士.md"))
    drawn.git("add", "--all")

    assert ("clients/neu.md", "duplicate-id") in codes(drawn)


def test_attachments_are_there_by_name(vault):
    drawn = vault(CLEAN)
    drawn.write("clients/李女士.md", drawn.read("clients/李女士.md") + "\n[[合同.pdf]]\n")
    drawn.write("合同.pdf", "%PDF")
    drawn.git("add", "clients")
    assert codes(drawn) == [("clients/李女士.md", "dead-link")]

    drawn.git("add", "--all")
    assert codes(drawn) == []


def test_a_vault_inside_a_repository_is_checked_with_its_own_paths(vault):
    drawn = vault()
    (drawn.root / "brokernotes.yaml").unlink()
    drawn.draw(
        """
        -- 店/brokernotes.yaml --
        format: 1
        -- 店/clients/李女士.md --
        ---
        id: C-9F3DWA
        created: 2026-13-01
        ---
        -- other/clients/x.md --
        no note of this vault
        """
    )
    drawn.git("init", "-q")
    drawn.git("add", "--all")

    assert codes(drawn, cwd="店") == [("clients/李女士.md", "date-impossible")]
    github = drawn.run("check", "--staged", "--format", "github", cwd="店").out
    assert github.startswith("::error file=店/clients/李女士.md,line=3,col=10,")


def test_paths_and_codes_limit_it(vault):
    drawn = vault(CLEAN)
    drawn.write("clients/李女士.md", BAD)
    drawn.git("add", "--all")

    assert codes(drawn, "listings") == []
    assert codes(drawn, "--only", "dead-link") == []
    assert codes(drawn, "clients") == [("clients/李女士.md", "date-impossible")]


def test_without_a_repository_it_is_refused(vault):
    result = vault().run("check", "--staged")

    assert result.exit == 1
    assert "nothing is staged: the vault lies in no git repository" in result.err


def test_with_fix_it_is_refused(vault):
    assert vault(CLEAN).run("check", "--staged", "--fix").exit == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a hook is a shell script")
@pytest.mark.parametrize(
    "how", [("-am", "x"), ("-m", "x", "clients/李女士.md")], ids=["all", "path"]
)
def test_as_a_hook_it_keeps_a_bad_note_from_being_committed(vault, how):
    drawn = vault(CLEAN)
    hook = drawn.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        f"#!/bin/sh\nexec {sys.executable} -m brokernotes check --staged --severity error\n"
    )
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    drawn.write("clients/李女士.md", BAD)

    with pytest.raises(Exception, match="returned non-zero") as failed:
        drawn.git("commit", "-q", *how)

    assert "date-impossible" in failed.value.stderr.decode() + failed.value.stdout.decode()
    assert drawn.git("log", "--format=%s") == "drawn\n"
    drawn.write("clients/李女士.md", BAD.replace("-13-", "-12-"))
    drawn.git("commit", "-q", *how)
    assert drawn.git("log", "--format=%s") == "x\ndrawn\n"
