"""What one note says that changes what another derives to."""

from datetime import date

import pytest

from brokernotes.storage.neighbours import Colleague, Colleagues
from tests.indexed import CLIENT, LISTING, IndexedVault

CLIENT_PATH, LISTING_PATH = "客源/李女士-7K2PQM.md", "房源/阳光花园-9F3DWA.md"
OWNED = LISTING.replace("grade: B", 'grade: B\nowner: "[[李女士-7K2PQM]]"')
SELLER = CLIENT.replace("stage: 在看", "stage: 在看\nintents: 出售")


@pytest.fixture(params=[True, False], ids=["filled", "updated"])
def tell(tmp_path, request):
    """Write notes and index them: all at once, or on top of the usual three."""
    vault = IndexedVault(tmp_path / "vault")
    vault.write_all()
    if not request.param:
        vault.refresh()

    def told(notes=None, remove=()):
        for path, text in (notes or {}).items():
            vault.write(path, text)
        for path in remove:
            (vault.root / path).unlink()
        vault.refresh()
        assert vault.differences() == []
        return vault

    yield told
    vault.close()


def persons(vault):
    return {
        person for (person,) in vault.rows("SELECT person FROM occurrence WHERE key LIKE 'L-%'")
    }


def data(vault, start):
    return [row for (row,) in vault.rows("SELECT data FROM occurrence WHERE key LIKE ?", start)]


def test_an_owner_link_makes_the_client_the_listings_person(tell):
    assert persons(tell({LISTING_PATH: OWNED})) == {"C-7K2PQM"}


def test_an_owner_link_taken_away_makes_the_listing_its_own_person(tell):
    tell({LISTING_PATH: OWNED})

    assert persons(tell({LISTING_PATH: LISTING})) == {"L-9F3DWA"}


def test_a_client_who_only_sells_is_followed_up_by_the_listing_they_own(tell):
    vault = tell({CLIENT_PATH: SELLER, LISTING_PATH: OWNED})
    owning = {key.split("/")[1] for key in vault.due() if key.startswith("C-")}
    vault = tell({LISTING_PATH: LISTING})
    alone = {key.split("/")[1] for key in vault.due() if key.startswith("C-")}

    assert owning < alone


@pytest.mark.parametrize(
    ("before", "after"),
    [("stage: 在看", "stage: 无效"), ("stage: 在看", "stage: 在看\ndo_not_contact: true")],
)
def test_an_owner_whom_nobody_may_call_silences_the_listing(tell, before, after):
    assert any(key.startswith("L-") for key in tell({LISTING_PATH: OWNED}).due())

    vault = tell({CLIENT_PATH: CLIENT.replace(before, after)})

    assert not any(key.startswith("L-9F3DWA/revisit") for key in vault.due())


def test_the_owners_channel_is_the_listings(tell):
    tell({LISTING_PATH: OWNED})
    vault = tell({CLIENT_PATH: CLIENT.replace("stage: 在看", "stage: 在看\nchannel: 微信")})

    assert all('"channel":"wechat"' in row for row in data(vault, "L-%"))


def test_a_deal_counts_the_listings_rounds(tell):
    deal = """---
id: D-TY2CKJ
type: deal
stage: 定金
listing: "[[阳光花园-9F3DWA]]"
expected_signing: 2026-11-24
---
"""
    vault = tell({"成交/阳光-TY2CKJ.md": deal})
    assert "D-TY2CKJ/signing/expected_signing-1" in vault.due()
    vault = tell({LISTING_PATH: LISTING.replace("grade: B", "grade: B\nround: 3")})
    assert "D-TY2CKJ/signing/expected_signing-3" in vault.due()


def test_what_a_client_tells_of_a_listings_owner_moves_its_revisit(tell):
    entry = "- 2026-11-20 10:00 带看 [[阳光花园-9F3DWA]] 业主也在 [业主:: 已联系] ^3ack67k9z\n"
    before = tell().due()
    vault = tell({CLIENT_PATH: CLIENT + entry})
    moved = {key: due for key, due in vault.due().items() if key.startswith("L-")}

    assert not moved.items() & before.items()
    assert any("3ack67k9z" in key for key in moved)
    assert {k: d for k, d in tell({CLIENT_PATH: CLIENT}).due().items() if k in before} == before


def test_a_mention_that_its_own_note_corrects_says_nothing(tell):
    entry = "- 2026-11-20 10:00 带看 [[阳光花园-9F3DWA]] 业主也在 [业主:: 已联系] ^3ack67k9z\n"
    better = "- 2026-11-20 10:05 带看 [[阳光花园-9F3DWA]] [更正:: 3ACK67K9Z] ^3ack67k9w\n"

    vault = tell({CLIENT_PATH: CLIENT + entry + better})

    assert not any("3ack67k9" in key for key in vault.due() if key.startswith("L-"))


def test_an_alias_added_makes_the_links_of_others_resolve(tell):
    tell({LISTING_PATH: OWNED.replace("[[李女士-7K2PQM]]", "[[小李]]")})
    vault = tell({CLIENT_PATH: CLIENT.replace("stage:", "aliases:\n  - 小李\nstage:")})

    assert persons(vault) == {"C-7K2PQM"}


def test_an_alias_of_two_belongs_to_neither(tell):
    named = CLIENT.replace("stage:", "aliases:\n  - 小李\nstage:")
    tell({LISTING_PATH: OWNED.replace("[[李女士-7K2PQM]]", "[[小李]]"), CLIENT_PATH: named})
    vault = tell({"客源/另一位-1BVQKE.md": named.replace("7K2PQM", "1BVQKE")})
    assert persons(vault) == {"L-9F3DWA"}

    vault = tell(remove=["客源/另一位-1BVQKE.md"])
    assert persons(vault) == {"C-7K2PQM"}


def test_a_file_name_takes_a_link_from_an_alias(tell):
    named = CLIENT.replace("stage:", "aliases:\n  - 小李\nstage:")
    tell({LISTING_PATH: OWNED.replace("[[李女士-7K2PQM]]", "[[小李]]"), CLIENT_PATH: named})

    vault = tell({"客源/小李.md": CLIENT.replace("7K2PQM", "1BVQKE")})

    assert persons(vault) == {"C-1BVQKE"}


def test_a_link_by_id_survives_a_rename_and_not_a_removal(tell):
    vault = tell({LISTING_PATH: OWNED, "客源/改了名.md": CLIENT}, remove=[CLIENT_PATH])
    assert persons(vault) == {"C-7K2PQM"}

    assert persons(tell(remove=["客源/改了名.md"])) == {"L-9F3DWA"}


def test_a_note_whose_id_is_not_the_one_its_name_promises_is_known_by_the_real_one(tell):
    vault = tell({LISTING_PATH: OWNED, CLIENT_PATH: CLIENT.replace("7K2PQM", "1BVQKE")})

    assert persons(vault) == {"C-1BVQKE"}


def test_a_former_id_still_leads_to_the_owner(tell):
    text = CLIENT.replace("id: C-7K2PQM", "id: C-1BVQKE\nformer_ids:\n  - C-7K2PQM")

    vault = tell({LISTING_PATH: OWNED, "客源/改了名.md": text}, remove=[CLIENT_PATH])

    assert persons(vault) == {"C-1BVQKE"}


def person(path, **more):
    empty = {"id": None, "name": None, "aliases": (), "role": None, "store": None}
    return Colleague(path=path, **{**empty, "supervisor": None, "left": None, **more})


def test_colleagues_are_known_by_file_name_name_alias_and_id():
    known = Colleagues([person("a/王敏.md", id="A-WANG22", name="王小敏", aliases=("敏姐",))])

    assert known.names == ["敏姐", "王小敏", "王敏"]
    assert {known.id_of(name) for name in (*known.names, "别人-WANG22")} == {"A-WANG22"}
    assert known.id_of("李航") is None


def test_a_name_of_two_colleagues_means_neither():
    known = Colleagues(
        [
            person("a/王敏.md", id="A-WANG22", aliases=("小王",)),
            person("a/王磊.md", id="A-HANG33", aliases=("小王",)),
        ]
    )

    assert known.id_of("小王") is None


def test_any_change_of_a_colleague_changes_the_state():
    states = {
        Colleagues([person("a/王敏.md", **more)]).state
        for more in ({}, {"id": "A-WANG22"}, {"left": date(2026, 1, 1)}, {"store": "x"})
    }

    assert len(states) == 4
