import json
import shutil
from pathlib import Path

import pytest

from tests.transcripts import names

DEMO = Path(__file__).parent.parent / "vault"


@pytest.mark.parametrize("name", names("fmt"))
def test_transcripts_of_fmt_hold(transcript, name):
    transcript(name)


def test_the_demo_is_as_obsidian_writes_it(vault):
    drawn = vault()
    shutil.copytree(DEMO, drawn.root, dirs_exist_ok=True)

    result = drawn.run("fmt", "--check")

    assert result.exit == 0, result.out


def test_what_set_writes_is_as_obsidian_writes_it(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        type: client
        created: 2026-08-01
        ---
        """)
    drawn.run("set", "C-9F3DWA", "districts+=浦东", "districts+=静安", "budget_max=650万",
              "phone=13800138000 (妻子)", "remark=他说: 要 10:30", "title=0301")  # fmt: skip

    assert drawn.run("fmt", "--check").exit == 0, drawn.read("clients/li.md")


def test_one_commit_holds_all_and_only_its_own_change(vault):
    drawn = vault("""
        -- clients/a.md --
        ---
        id: C-9F3DWA
        title: 'a'
        ---
        -- clients/b.md --
        ---
        id: C-9F3DWB
        title: 'b'
        ---
        -- git --
        """)
    drawn.write("clients/a.md", drawn.read("clients/a.md") + "\nnot committed\n")

    said = json.loads(drawn.run("fmt", "--json").out)

    assert said["changed"] == ["clients/a.md", "clients/b.md"]
    assert said["commit"]
    assert drawn.git("log", "--format=%s").count("\n") == 2
    assert drawn.git("diff", "--stat") != ""
    assert "not committed" not in drawn.git("show", "HEAD:clients/a.md")
    assert "title: a\n" in drawn.git("show", "HEAD:clients/a.md")
