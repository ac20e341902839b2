"""A counter-offer in the listing's own log: whose it is."""

import json

import pytest

DRAWN = """
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    created: 2026-08-01
    ---

    ## 跟进记录

    - 2026-11-02 10:00 报价 [[阳光花园-7K2PQM]] [价:: 590] ^3aaaaaaaa
    -- 客源/吴先生-96XRYD.md --
    ---
    id: C-96XRYD
    type: client
    title: 吴先生
    created: 2026-08-01
    ---

    ## 跟进记录
⟨second⟩
    -- 房源/阳光花园-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园
    created: 2026-08-01
    status: 在售
    price: 620
    ---

    ## 跟进记录

    - 2026-11-04 10:00 还价⟨words⟩ [价:: 605] ^3bbbbbbbb
"""
SECOND = "\n    - 2026-11-03 10:00 报价 [[阳光花园-7K2PQM]] [价:: 580] ^3cccccccc\n"


@pytest.fixture
def drawn(vault):
    def draw(second="", words=""):
        return vault(DRAWN.replace("⟨second⟩", second).replace("⟨words⟩", words))

    return draw


def gaps(drawn):
    shown = json.loads(drawn.run("show", "L-7K2PQM", "--json").out)
    return {one["with"]: one["gap"] for one in shown["offers"]}


def test_the_owner_answers_the_one_buyer_who_has_bid(drawn):
    assert gaps(drawn()) == {"C-9F3DWA": 15}


def test_a_buyer_who_is_named_is_the_one(drawn):
    named = drawn(SECOND, " [[吴先生-96XRYD]]")
    assert gaps(named) == {"C-9F3DWA": 30, "C-96XRYD": 25}


def test_of_two_bidders_nobody_knows_and_that_is_said(drawn):
    two = drawn(SECOND)
    assert gaps(two) == {"C-9F3DWA": 30, "C-96XRYD": 40}
    assert "owner 605万 on 2026-11-04 names no buyer" in two.run("show", "L-7K2PQM", lang="en").out
    assert "没写对谁说的" in two.run("show", "L-7K2PQM", lang="zh").out


def test_who_bids_only_later_was_not_the_one(drawn):
    later = drawn(SECOND.replace("11-03", "11-05"))
    assert gaps(later) == {"C-9F3DWA": 15, "C-96XRYD": 40}


def test_a_deal_that_is_under_way_hears_of_it_too(drawn):
    one = drawn()
    (one.root / "成交").mkdir(exist_ok=True)
    (one.root / "成交/单-4T8RKN.md").write_text(
        '---\nid: D-4T8RKN\ntype: deal\nlisting: "[[阳光花园-7K2PQM]]"\n'
        'buyer: "[[李女士-9F3DWA]]"\nstage: 报价\n---\n',
        "utf-8",
    )
    assert json.loads(one.run("deal", "D-4T8RKN", "--json").out)["offers"]["gap"] == 15
    assert gaps(one) == {"C-9F3DWA": 15}


def test_log_says_that_several_may_be_meant(drawn):
    two = drawn(SECOND)
    assert "2 have bid" in two.run("--lang", "en", "log", "L-7K2PQM", "还价", "600").err
    assert (
        "have bid"
        not in two.run("--lang", "en", "log", "L-7K2PQM", "还价", "600", "--with", "C-96XRYD").err
    )
