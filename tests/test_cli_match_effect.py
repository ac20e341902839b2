"""`set` of what a client looks for: what that does to the matches, what is no longer assumed."""

import json

import pytest

DRAWING = """
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    stage: 在看
    intents:
      - 求购
    budget_max: 600
    districts:
      - 浦东
    confirmed_on: 2026-11-01
    assumed:
      - 预算上限
      - districts
    ---
    -- 房源/阳光花园-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园
    status: 在售
    price: 590
    district: 浦东
    ---
    -- 房源/春江苑-H4T0ZB.md --
    ---
    id: L-H4T0ZB
    type: listing
    title: 春江苑
    status: 在售
    price: 700
    district: 浦东
    ---
"""
CLIENT = "客源/李女士-9F3DWA.md"


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


def effect(drawn, *args):
    done = drawn.run("set", "C-9F3DWA", *args, "--json")
    assert done.exit == 0, done.err
    found = json.loads(done.out).get("matches")
    return found and {name: [one["id"] for one in rows] for name, rows in found.items()}


def test_a_larger_budget_brings_homes_and_a_smaller_one_takes_them(drawn):
    assert effect(drawn, "budget_max=720") == {"came": ["L-H4T0ZB"], "went": [], "moved": []}
    assert effect(drawn, "budget_max=500") == {
        "came": [], "went": ["L-7K2PQM", "L-H4T0ZB"], "moved": []
    }  # fmt: skip


def test_a_score_that_changed_is_told_before_and_after(drawn):
    done = drawn.run("set", "C-9F3DWA", "budget_max=560")

    assert "~ 100 → " in done.out
    assert "L-7K2PQM\t阳光花园" in done.out
    assert "confirmed_on=today" in done.err


def test_only_a_changed_demand_is_matched(drawn):
    assert effect(drawn, "budget_max=600") is None
    assert effect(drawn, "channel=电话") is None
    assert effect(drawn, "confirmed_on=2026-11-20") is None
    drawn.run("set", "C-9F3DWA", "stage=无效")
    assert effect(drawn, "budget_max=720") is None


def test_a_dry_run_tells_it_and_writes_nothing(drawn):
    before = drawn.read(CLIENT)

    assert effect(drawn, "budget_max=720", "--dry-run") == {
        "came": ["L-H4T0ZB"], "went": [], "moved": []
    }  # fmt: skip
    assert drawn.read(CLIENT) == before


def test_a_key_that_is_set_is_no_longer_assumed_and_nothing_confirms_itself(drawn):
    drawn.run("set", "C-9F3DWA", "budget_max=720")

    text = drawn.read(CLIENT)
    assert "预算上限" not in text
    assert "- districts" in text
    assert "confirmed_on: 2026-11-01" in text
    done = drawn.run("set", "C-9F3DWA", "districts+=静安", "confirmed_on=2026-11-21")
    assert "confirmed_on=today" not in done.err
    assert "- districts" not in drawn.read(CLIENT)
    assert "confirmed_on: 2026-11-21" in drawn.read(CLIENT)


def test_who_sets_assumed_says_it_all(drawn):
    drawn.run("set", "C-9F3DWA", "budget_max=720", "assumed+=budget_max")

    assert "- budget_max" in drawn.read(CLIENT)


def test_show_and_match_say_what_is_not_confirmed(drawn):
    shape = json.loads(drawn.run("show", "C-9F3DWA", "--json").out)
    assert shape["unconfirmed"] == ["budget_max", "districts"]
    assert "Not confirmed yet" in drawn.run("show", "C-9F3DWA").out

    (row, *_) = json.loads(drawn.run("match", "C-9F3DWA", "--json").out)
    assert row["id"] == "L-7K2PQM"
    assert "assumed, ask the client: Budget up to" in row["questions"]


def price(drawn, *args):
    done = drawn.run("set", *args, "--json")
    assert done.exit == 0, done.err
    found = json.loads(done.out).get("matches")
    return found and {name: [one["id"] for one in rows] for name, rows in found.items()}


def test_a_lower_price_tells_whom_it_suits_now(drawn):
    assert price(drawn, "L-H4T0ZB", "price=610") == {
        "came": ["C-9F3DWA"], "went": [], "moved": []
    }  # fmt: skip
    assert price(drawn, "L-H4T0ZB", "price=590")["moved"] == ["C-9F3DWA"]
    assert price(drawn, "L-H4T0ZB", "price=900")["went"] == ["C-9F3DWA"]
    assert price(drawn, "L-H4T0ZB", "decoration=精装") is None


def test_a_price_of_what_is_not_on_offer_suits_nobody(drawn):
    path = "房源/春江苑-H4T0ZB.md"
    drawn.write(path, drawn.read(path).replace("status: 在售", "status: 暂缓"))

    assert price(drawn, "L-H4T0ZB", "price=500") is None


def test_of_a_price_nobody_is_asked_to_confirm_a_demand(drawn):
    done = drawn.run("set", "L-H4T0ZB", "price=500")

    assert "+ 100\tC-9F3DWA\t李女士" in done.out
    assert "confirmed_on" not in done.err
    assert "It suits the same clients." in drawn.run("set", "L-H4T0ZB", "price=499").err
