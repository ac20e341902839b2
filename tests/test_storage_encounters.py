"""Clients and homes together, from whichever note tells of it."""

from datetime import date

import pytest

from brokernotes.storage.encounters import Encounters
from brokernotes.storage.queries import Queries
from tests.indexed import TODAY, IndexedVault


@pytest.fixture
def town(tmp_path):
    vault = IndexedVault(tmp_path / "vault")
    vault.write_all()
    for path, id_, title in (
        ("客源/周先生-1BVQKE.md", "C-1BVQKE", "周先生"),
        ("房源/春江-H4T0ZB.md", "L-H4T0ZB", "春江"),
    ):
        vault.write(path, f"---\nid: {id_}\ntitle: {title}\n---\n")
    vault.refresh()
    yield vault
    vault.close()


def encounters(town):
    return Encounters(town.index.db, Queries(town.index.db, town.vault.rules.schema))


def test_showings_are_told_by_client_and_listing_from_whichever_side(town):
    town.write(
        "客源/吴先生-4D5E6F.md",
        """---
id: C-4D5E6F
title: 吴先生
---

## 跟进记录

- 2026-11-18 15:00 带看 [[春江-H4T0ZB]] [[阳光花园-9F3DWA]] ^3aaaaaaaa
- [x] 2026-11-19 复看 [[春江-H4T0ZB]] ^3bbbbbbbb
- [ ] 2026-11-22 带看 [[春江-H4T0ZB]] ^3cccccccc
- [-] 2026-11-17 带看 [[春江-H4T0ZB]] ^3dddddddd
- 2026-11-16 空看 [[春江-H4T0ZB]] ^3eeeeeeee
- 2026-11-15 带看 [[春江-H4T0ZB]] ^3ffffffff
- 2026-11-15 备注 记错了 [更正:: 3ffffffff] ^3ggggggggg
- 2026-11-14 带看 [[没有这套]] ^3hhhhhhhh
""",
    )
    town.write(
        "房源/梧桐里-K1M2N3.md",
        """---
id: L-K1M2N3
title: 梧桐里
---

## 跟进记录

- 2026-11-20 带看 [[吴先生-4D5E6F]] [[周先生-1BVQKE]] ^3jjjjjjjj
- 2026-11-21 带看 没写谁 ^3kkkkkkkk
""",
    )
    town.refresh()
    found = encounters(town).showings(None, TODAY)

    assert [(one.listing, one.client, one.day.day, one.minutes) for one in found] == [
        ("L-H4T0ZB", "C-4D5E6F", 18, 900),
        ("L-9F3DWA", "C-4D5E6F", 18, 900),
        ("L-H4T0ZB", "C-4D5E6F", 19, None),
        ("L-K1M2N3", "C-4D5E6F", 20, None),
        ("L-K1M2N3", "C-1BVQKE", 20, None),
        ("L-K1M2N3", None, 21, None),
    ]
    again = encounters(town)
    assert len(again.showings(date(2026, 11, 20), TODAY)) == 3


def test_what_was_said_of_a_home_is_told_whether_it_was_shown_or_not(town):
    town.write(
        "客源/吴先生-4D5E6F.md",
        """---
id: C-4D5E6F
title: 吴先生
---

## 跟进记录

- 2026-11-18 带看 [[春江-H4T0ZB]] [反应:: 放弃] [顾虑:: 采光, 价格] ^3aaaaaaaa
- 2026-11-19 微信 [[阳光花园-9F3DWA]] [反应:: 喜欢] ^3bbbbbbbb
- 2026-11-20 电话 [[春江-H4T0ZB]] 问价 ^3cccccccc
""",
    )
    town.refresh()
    found = encounters(town)

    assert [(one.listing, one.is_showing, one.reaction, one.objections) for one in found.all()] == [
        ("L-H4T0ZB", True, "reject", ("light", "price")),
        ("L-9F3DWA", False, "like", ()),
    ]
    assert len(found.showings(None, TODAY)) == 1
    queries = Queries(town.index.db, town.vault.rules.schema)
    (home,), (client,) = queries.by_id("L-9F3DWA"), queries.by_id("C-4D5E6F")
    assert [one.reaction for one in found.about(home)] == ["like"]
    assert found.about(client) == found.all()
