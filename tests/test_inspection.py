import json
from datetime import date

import pytest

from brokernotes.inspection import problems_of, vault_problems, wanted_types
from brokernotes.joint import open_vault
from brokernotes.model.fields import FIELDS
from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import Kind

TODAY = date(2026, 11, 21)
COMMUNITY = """
-- communities/阳光花园.md --
---
id: M-2B6HVX
aliases: [阳光]
---
-- communities/阳光新城-4T8RKN.md --
---
id: M-4T8RKN
aliases: [新城, 共有]
---
-- communities/春江苑.md --
---
id: M-9F3DWA
aliases: [共有]
---
"""


def opened(drawn):
    vault = open_vault(str(drawn.root), drawn.environ())
    vault.refresh(TODAY)
    return vault


def codes(drawn):
    vault = opened(drawn)
    found = [one.code for one, _ in problems_of(vault, TODAY)]
    vault.index.close()
    return found


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[[阳光花园]]", []),
        ("[[communities/阳光花园.md]]", []),
        ("[[阳光花园|那边]]", []),
        ("[[阳光]]", ["link-by-alias"]),
        ("[[老名字-4T8RKN]]", ["link-by-id"]),
        ("[[M-4T8RKN]]", ["link-by-id"]),
        ("[[共有]]", ["ambiguous-link"]),
        ("[[没有]]", ["dead-link"]),
        ("![[没有.jpg]]", []),
        ("`[[没有]]`", []),
    ],
)
def test_a_link_is_judged_by_how_it_is_found(vault, link, expected):
    drawn = vault(f"""{COMMUNITY}-- clients/li.md --
---
id: C-9F3DWB
---

见 {link}
""")

    assert codes(drawn) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [("阳光花园", []), ("li", ["link-type"]), ("老名-9F3DWB", ["link-type"])],
)
def test_a_field_leads_to_the_type_it_is_meant_for(vault, target, expected):
    drawn = vault(f"""{COMMUNITY}-- clients/li.md --
---
id: C-9F3DWB
---
-- listings/a.md --
---
id: L-7K2PQM
community: "[[{target}]]"
---
""")

    assert codes(drawn) == expected


def test_a_path_tells_two_files_of_one_name_apart(vault):
    drawn = vault("""
        -- clients/a/li.md --
        ---
        id: C-9F3DWA
        ---
        -- clients/b/li.md --
        ---
        id: C-9F3DWB
        ---
        -- clients/wang.md --
        ---
        id: C-9F3DWC
        ---

        [[clients/a/li]] [[li]]
        """)

    assert codes(drawn) == ["name-collision", "name-collision", "ambiguous-link"]


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
    monkeypatch.setattr("brokernotes.inspection.check_vault", lambda facts: pytest.fail("again"))

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


def test_every_link_field_that_says_so_is_checked_for_its_type():
    declared = {(row.note_type, row.key) for row in FIELDS if row.kind is Kind.LINK and row.link}

    assert set(wanted_types(builtin_schema())) == declared


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
