import pytest

from brokernotes.inspection.links import wanted_types
from brokernotes.model.fields import FIELDS
from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import Kind
from tests.inspected import codes

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


def test_every_link_field_that_says_so_is_checked_for_its_type():
    declared = {(row.note_type, row.key) for row in FIELDS if row.kind is Kind.LINK and row.link}

    assert set(wanted_types(builtin_schema())) == declared
