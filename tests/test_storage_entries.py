from datetime import date

import pytest

from brokernotes.joint import open_vault
from brokernotes.storage.entries import find_entry_notes

DRAWING = """
    -- 客源/李女士.md --
    ---
    id: C-9F3DWA
    type: client
    ---

    ## 跟进记录

    - 2026-11-18 09:10 微信 问学区 ^3ack67k2p
    - [ ] 2026-11-22 08:00 带看 ^3afr4q81c
    -- 客源/王女士.md --
    ---
    id: C-000001
    type: client
    ---

    正文里提到 ^3zzzzzzzz 也不是记录。

    ## 跟进记录

    - 2026-11-18 09:10 微信 又问 ^3bbbbbbbb [更正:: 3ack67k2p]
    - [ ] 2026-11-22 09:00 带看 ^3dddddddd
    -- 客源/王女士 2.md --
    ---
    id: C-000001
    type: client
    ---

    ## 跟进记录

    - [ ] 2026-11-22 09:00 带看 ^3dddddddd
"""


@pytest.mark.parametrize(
    ("id_", "paths"),
    [
        ("3afr4q81c", ["客源/李女士.md"]),
        ("3AFR4Q81C", ["客源/李女士.md"]),
        ("3ack67k2p", ["客源/李女士.md"]),
        ("3dddddddd", ["客源/王女士 2.md", "客源/王女士.md"]),
        ("3zzzzzzzz", []),
    ],
)
def test_an_id_alone_leads_to_the_notes_that_hold_its_entry(vault, id_, paths):
    drawn = vault(DRAWING)
    opened = open_vault(str(drawn.root), drawn.environ())
    opened.refresh(date(2026, 11, 21))

    found = [row.path for row in find_entry_notes(opened, id_)]
    opened.index.close()

    assert found == paths
