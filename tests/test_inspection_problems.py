import json

import pytest

from brokernotes.inspection.problems import problems_of, vault_problems
from tests.inspected import TODAY, codes, opened


def test_a_deposit_is_watched_by_the_deal_that_names_its_listing(vault):
    drawn = vault("""
        -- listings/a.md --
        ---
        id: L-7K2PQM
        status: 定金
        ---
        -- deals/a.md --
        ---
        id: D-7K2PQM
        listing: "[[L-7K2PQM]]"
        stage: 取消
        ---
        """)
    assert "deposit-without-deal" in codes(drawn)

    drawn.write("deals/b.md", '---\nid: D-7K2PQN\nlisting: "[[listings/a]]"\n---\n')

    assert "deposit-without-deal" not in codes(drawn)


def test_the_note_that_git_saw_first_keeps_an_id(vault):
    drawn = vault("""
        -- clients/z.md --
        ---
        id: C-9F3DWA
        ---
        -- git --
        -- clients/a.md --
        ---
        id: C-9F3DWA
        ---
        """)

    found = [p for p, _ in problems_of(opened(drawn), TODAY) if p.code == "duplicate-id"]

    assert [(p.position.path, p.params["other"]) for p in found] == [
        ("clients/a.md", "clients/z.md")
    ]


def test_without_git_the_first_by_name_keeps_an_id(vault):
    drawn = vault("""
        -- clients/z.md --
        ---
        id: C-9F3DWA
        ---
        -- clients/a.md --
        ---
        id: C-9F3DWA
        ---
        """)

    found = [p for p, _ in problems_of(opened(drawn), TODAY) if p.code == "duplicate-id"]

    assert [p.position.path for p in found] == ["clients/z.md"]


def test_a_file_that_is_not_read_is_not_said_to_lack_anything(vault):
    drawn = vault("""
        -- clients/big.md (600000 times) --
        带看照片
        """)

    assert codes(drawn) == ["file-too-big"]


def test_nothing_is_worked_out_anew_while_nothing_changes(vault, monkeypatch):
    drawn = vault("""
        -- listings/a.md --
        ---
        id: L-7K2PQM
        community: "[[没有]]"
        ---
        """)
    first = vault_problems(opened(drawn), TODAY)
    monkeypatch.setattr(
        "brokernotes.inspection.problems.check_vault", lambda facts: pytest.fail("again")
    )

    assert vault_problems(opened(drawn), TODAY) == first


def test_a_journal_that_grew_is_looked_at(vault):
    drawn = vault("""
        -- clients/li.md --
        ---
        id: C-9F3DWA
        ---
        """)
    assert codes(drawn) == []

    drawn.draw("""
        -- journal clients/li.md 3afq6m4x9 --
        - 2026-08-20 14:30 到店 ^3afq6m4x9
        """)

    assert codes(drawn) == ["entry-missing"]


def test_an_entry_of_a_note_that_went_is_not_missed(vault):
    drawn = vault("""
        -- journal clients/li.md 3afq6m4x9 --
        - 2026-08-20 14:30 到店 ^3afq6m4x9
        """)

    assert codes(drawn) == []


def test_results_do_not_depend_on_the_process_that_worked_them_out(vault):
    drawn = vault("""
        -- listings/a.md --
        ---
        id: L-7K2PQM
        community: "[[没有]]"
        owner: ["[[甲]]", "[[乙]]"]
        ---
        """)
    once = json.loads(drawn.run("check", "--json").out)

    assert json.loads(drawn.run("check", "--json").out) == once
    assert [one["code"] for one in once] == ["dead-link"] * 3
