"""`match` as a user meets it."""

from __future__ import annotations

import json

import pytest

from brokernotes.cli.console import Console
from brokernotes.cli.width import width
from tests.transcripts import FOLDER, SEPARATOR, names

SECRETS = "reserve_price: 570\nexpected_price: 580\n"
DRAWING = (FOLDER / "match-zh.txt").read_text("utf-8").partition(SEPARATOR)[0]


@pytest.mark.parametrize("name", names("match-"))
def test_a_match_as_written_down(name, transcript):
    transcript(name)


@pytest.fixture
def drawn(vault):
    return vault(DRAWING, language="zh")


def matched(drawn, *words):
    done = drawn.run("match", *words, "--json")
    assert done.exit == 0, done.err
    return json.loads(done.out)


def test_both_directions_score_alike(drawn):
    homes = {one["id"]: one for one in matched(drawn, "C-9F3DWA", "--near", "--top", "9")}
    for ref, told in homes.items():
        (back,) = [one for one in matched(drawn, ref, "--near") if one["id"] == "C-9F3DWA"]
        assert (back["score"], back["verdict"], back["criteria"]) == (
            told["score"], told["verdict"], told["criteria"],
        )  # fmt: skip
    assert "L-7K2PQN" in homes


def test_a_listing_she_saw_and_rejected_stands_apart(drawn):
    told = {one["id"]: one.get("aside") for one in matched(drawn, "C-9F3DWA")}

    assert told["L-7K2PQM"] == "rejected"
    assert told["L-7K2PQN"] is None


def test_what_only_the_owner_may_know_changes_nothing(drawn):
    before = matched(drawn, "C-9F3DWA")
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    note = drawn.read(path)
    drawn.write(path, note.replace("price: 620\n", "price: 620\n" + SECRETS))

    assert matched(drawn, "C-9F3DWA") == before
    assert "570" not in drawn.run("match", "C-9F3DWA", "--json").out


def test_of_a_colleagues_private_listing_and_client_one_goes_through_the_colleague(drawn):
    drawn.write("经纪人/李航.md", "---\nid: A-7K2PQ4\ntype: agent\nname: 李航\n---\n")
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    private = 'type: listing\nsharing: 私盘\nagent: "[[王敏]]"\n'
    drawn.write(path, drawn.read(path).replace("type: listing\n", private))

    def through(viewer, ref):
        return matched(drawn, ref, "--agent", viewer)[0].get("through")

    assert through("李航", "C-9F3DWA") == "A-7K2PQ3"
    assert through("王敏", "C-9F3DWA") is None
    assert through("李航", "L-7K2PQN") == "A-7K2PQ3"
    assert "through" not in drawn.run("match", "C-9F3DWA", "--json").out


@pytest.fixture
def market(vault):
    """The same vault, committed some days ago."""
    drawn = vault("-- git --\n" + DRAWING, language="zh")
    drawn.git("add", "-A")
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-11-18T09:00:00+08:00")
    drawn.git("commit", "-qm", "before", environ=when)
    return drawn


def news(drawn, *words):
    done = drawn.run("match", "--all", "--since", "2026-11-20", "--json", *words)
    assert done.exit == 0, done.err
    return [
        (one["client_title"], one["title"], one["why"], one["seen"]) for one in json.loads(done.out)
    ]


def test_of_an_evening_only_what_is_new_is_told(market):
    assert news(market) == []
    assert "nothing new suits anybody" in market.run("match", "--all", "--since", "2026-11-20").err

    market.run("set", "L-7K2PQP", "price=470")
    assert news(market) == [("李女士", "春江苑 2室1厅", "price_cut", None)]


def test_what_was_seen_comes_up_again_where_it_became_cheaper(market):
    market.run("set", "L-7K2PQM", "decoration=精装")
    assert news(market) == []

    market.run("set", "L-7K2PQM", "price=560")
    assert news(market) == [("李女士", "阳光花园 3室2厅", "price_cut", "2026-11-10")]


def test_what_the_owner_has_in_mind_is_nobodys_news(market):
    market.run("set", "L-7K2PQP", "expected_price=460", "reserve_price=450")
    market.run("set", "L-7K2PQP", "expected_price=440", "reserve_price=430")

    assert news(market) == []


def test_a_colleague_is_told_of_her_own_clients(market):
    market.run("set", "L-7K2PQP", "price=470")
    market.run("set", "L-7K2PQN", "rent=8000")

    assert {one[0] for one in news(market)} == {"李女士", "郑先生"}
    assert {one[0] for one in news(market, "--agent", "王敏")} == {"李女士"}


def test_changes_say_whom_a_lower_price_suits(market):
    market.run("set", "L-7K2PQP", "price=470")
    told = json.loads(market.run("changes", "--since", "2026-11-20", "--json").out)

    (cut,) = [one for one in told if one["change"] == "price_cut"]
    assert [one["title"] for one in cut["suits"]] == ["李女士"]
    assert all(not one["suits"] for one in told if one is not cut)


@pytest.mark.parametrize(
    "words", [(), ("C-9F3DWA", "--all"), ("C-9F3DWA", "--since", "-3d"), ("--all", "--near")]
)
def test_what_does_not_go_together_is_said(drawn, words):
    assert drawn.run("match", *words).exit == 2


def test_a_table_for_programs_explains_and_says_beside_it_what_it_leaves_out(drawn):
    done = drawn.run("match", "C-9F3DWA", "--explain", "--top", "1", lang="en")

    assert "+ has elevator (10/10); " in done.out
    assert "? whether it has 临街, which is not acceptable (5/10)" in done.out
    assert done.err.splitlines() == [
        "1 more",
        "1 misses one hard criterion: --near shows it",
        "Set apart:",
        "  阳光花园 3室2厅  L-7K2PQM  rejected on 2026-11-10",
    ]
    assert "rejected on" not in drawn.run("match", "C-9F3DWA", "--format", "csv").err


def test_near_adds_to_what_fits_and_takes_no_place_from_it(drawn):
    told = matched(drawn, "C-9F3DWA", "--near", "--top", "1")

    assert [(one["id"], one["verdict"]) for one in told if "aside" not in one] == [
        ("L-7K2PQN", "near"), ("L-7K2PQR", "miss"),
    ]  # fmt: skip


def test_a_table_names_the_colleague_to_go_through(drawn):
    drawn.write("经纪人/李航.md", "---\nid: A-7K2PQ4\ntype: agent\nname: 李航\n---\n")

    assert "\t王敏\n" in drawn.run("match", "L-7K2PQN", "--agent", "李航").out
    assert "王敏" not in drawn.run("match", "L-7K2PQN", "--agent", "王敏").out


def test_the_floor_of_a_colleagues_private_listing_is_a_question(drawn):
    drawn.write("经纪人/李航.md", "---\nid: A-7K2PQ4\ntype: agent\nname: 李航\n---\n")
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    private = 'type: listing\nsharing: 私盘\nagent: "[[王敏]]"\nfloor_band: 高\n'
    drawn.write(path, drawn.read(path).replace("type: listing\n", private))
    drawn.run("set", "C-9F3DWA", "floor_pref=低", "must_have=低楼层")

    def floor(viewer):
        told = {one["id"]: one for one in matched(drawn, "C-9F3DWA", "--near", "--agent", viewer)}
        return [
            one["verdict"] for one in told["L-7K2PQN"]["criteria"]
            if one["key"] in ("floor", "must_have")
        ]  # fmt: skip

    assert floor("王敏") == ["miss", "miss"]
    assert floor("李航") == ["unknown", "unknown"]


DEAL = """\
---
id: D-7K2PQM
type: deal
listing: "[[阳光花园 3室1厅-7K2PQN]]"
buyer:
  - "[[李女士-9F3DWA]]"
stage: 定金
---
"""


def test_a_reserved_home_is_its_buyers_own_deal(drawn):
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    drawn.write(path, drawn.read(path).replace("status: 租售", "status: 定金"))
    reserved = {one["id"]: one.get("aside") for one in matched(drawn, "C-9F3DWA")}
    drawn.write("成交/阳光花园-7K2PQM.md", DEAL)
    own = {one["id"]: one.get("aside") for one in matched(drawn, "C-9F3DWA")}
    others = {one["id"]: one.get("aside") for one in matched(drawn, "L-7K2PQN")}

    assert (reserved["L-7K2PQN"], own["L-7K2PQN"]) == ("reserved", "deal")
    assert others == {"C-9F3DWA": "deal", "C-9F3DWB": "reserved"}
    proposed = drawn.run("propose", "C-9F3DWA", "L-7K2PQN", "--no-log", lang="en")
    assert "paid a deposit" not in proposed.out
    assert "has a deal of 阳光花园 3室1厅 under way" in proposed.err


def test_an_offer_reserves_nothing(drawn):
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    drawn.write(path, drawn.read(path).replace("status: 租售", "status: 定金"))
    drawn.write("成交/阳光花园-7K2PQM.md", DEAL.replace("定金", "报价"))
    told = {one["id"]: one.get("aside") for one in matched(drawn, "C-9F3DWA")}

    assert told["L-7K2PQN"] == "reserved"


def test_who_looks_for_nothing_and_what_is_not_on_offer_is_said(drawn):
    drawn.run("set", "C-9F3DWA", "stage=暂缓")
    assert "looks for nothing now" in drawn.run("match", "C-9F3DWA", lang="en").err
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    drawn.write(path, drawn.read(path).replace("status: 租售", "status: 我售"))
    assert "not on the market" in drawn.run("match", "L-7K2PQN", lang="en").err
    assert drawn.run("match", "L-7K2PQP", lang="en").err.count("not on the market") == 0


def test_a_home_nobody_gave_a_status_is_found_from_either_side(drawn):
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    drawn.write(path, drawn.read(path).replace("status: 租售\n", ""))
    (home,) = [one for one in matched(drawn, "C-9F3DWA") if one["id"] == "L-7K2PQN"]
    (client,) = [one for one in matched(drawn, "L-7K2PQN") if one["id"] == "C-9F3DWA"]

    assert home["score"] == client["score"]
    assert any("status" in one for one in json.loads(
        drawn.run("match", "C-9F3DWA", "--json", lang="en").out)[0]["questions"])  # fmt: skip


def test_without_the_entry_the_lesson_is_gone(drawn):
    path = "客源/李女士-9F3DWA.md"
    note = drawn.read(path)
    drawn.write(path, note.partition("- [x]")[0])
    before = matched(drawn, "C-9F3DWA", "--near")
    drawn.write(path, note)
    taught = matched(drawn, "C-9F3DWA", "--near")
    drawn.write(path, note.partition("- [x]")[0])

    assert matched(drawn, "C-9F3DWA", "--near") == before != taught
    assert any("rejected 1 time" in line for one in taught for line in one["shortcomings"])


def test_a_seized_home_stands_apart_and_is_proposed_by_who_insists(drawn):
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    drawn.write(path, drawn.read(path).replace("defects:", "encumbrances:\n  - 查封\ndefects:"))
    told = {one["id"]: one.get("aside") for one in matched(drawn, "C-9F3DWA")}
    refused = drawn.run("propose", "C-9F3DWA", "L-7K2PQN", "--no-log", "--no-input", lang="en")

    assert told["L-7K2PQN"] == "seized"
    assert refused.exit != 0
    assert "is seized: it cannot change hands" in refused.err


def test_of_an_evening_a_changed_demand_brings_what_did_not_suit_before(market):
    market.run("set", "C-9F3DWA", "budget_max=610")
    assert news(market) == []  # what suited before is nothing new

    market.run("set", "C-9F3DWA", "communities=", "districts=浦东", "bedrooms_min=1")
    assert news(market) == [("李女士", "春江苑 1室1厅", "demand", None)]
    assert "the demand changed" in market.run(
        "match", "--all", "--since", "2026-11-20", lang="en"
    ).out  # fmt: skip


def test_of_an_evening_a_new_client_is_told_all_that_suits(market):
    market.write(
        "客源/钱女士-9F3DWC.md",
        "---\nid: C-9F3DWC\ntype: client\ntitle: 钱女士\nintents: [求购]\nbudget_max: 400\n---\n",
    )
    assert news(market) == [("钱女士", "春江苑 1室1厅", "client", None)]
    market.run("set", "C-9F3DWC", "stage=无效")
    assert news(market) == []


def test_who_may_not_buy_is_said(drawn):
    assert "may not buy" not in drawn.run("match", "C-9F3DWA", lang="en").err
    drawn.run("set", "C-9F3DWA", "eligibility=无资格")
    assert "may not buy here for now" in drawn.run("match", "C-9F3DWA", lang="en").err
    drawn.run("set", "C-9F3DWB", "eligibility=无资格")  # he rents
    assert "may not buy" not in drawn.run("match", "C-9F3DWB", lang="en").err


def test_a_neighborhood_lies_where_its_estates_do(drawn):
    drawn.run("set", "C-9F3DWA", "communities=", "districts=浦东,徐汇", "neighborhoods=三林")
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    text = drawn.read(path).replace('community: "[[阳光花园]]"', "district: 徐汇区")
    drawn.write(path, text)
    told = {one["id"]: one for one in matched(drawn, "C-9F3DWA", "--near", "--top", "9")}

    places = {ref: one["criteria"][1]["verdict"] for ref, one in told.items()
              if one["criteria"][1]["key"] == "place"}  # fmt: skip
    assert places["L-7K2PQN"] == "fit"  # all of 徐汇, as no smaller place in it was named
    assert places["L-7K2PQM"] == "near"  # 浦东, but not 三林
    assert places["L-7K2PQP"] == "fit"


@pytest.fixture
def terminal(monkeypatch):
    """What is printed is printed as on a terminal, eighty columns wide."""
    monkeypatch.setattr(Console, "is_terminal", property(lambda self: True))
    monkeypatch.setenv("COLUMNS", "80")


def test_on_a_page_what_is_not_known_of_a_must_fits_only_perhaps(drawn, terminal):
    drawn.run("set", "C-9F3DWA", "budget_max=620", "must_have=电梯,地铁,医院", "deal_breakers=")
    page = drawn.run("match", "C-9F3DWA", lang="en").out

    assert "L-7K2PQN  may fit, ask first" in page
    assert "rejected on 2026-11-10" in page
    assert all(width(line) <= 80 for line in page.splitlines())
    drawn.run("set", "C-9F3DWA", "must_have=电梯,地铁")
    assert "L-7K2PQN  fits" in drawn.run("match", "C-9F3DWA", lang="en").out


def test_a_page_explains_every_criterion_with_its_points(drawn, terminal):
    page = drawn.run("match", "C-9F3DWA", "--explain", "--near", lang="en").out

    assert "+ has elevator (10/10)" in page
    assert "~ price 620 万元, 3.3% above 600 万元 (15.8/20)" in page
    assert "? whether it has 临街, which is not acceptable (5/10)" in page
    assert "- bedrooms 1, wanted ≥ 3 (0/15)" in page


def test_the_buyer_is_told_of_a_reserved_home_whatever_stage_she_is_in(drawn):
    path = "房源/阳光花园 3室1厅-7K2PQN.md"
    drawn.write(path, drawn.read(path).replace("status: 租售", "status: 定金"))
    drawn.write("成交/阳光花园-7K2PQM.md", DEAL)
    drawn.run("set", "C-9F3DWA", "stage=已定")

    told = {one["id"]: one["aside"] for one in matched(drawn, "L-7K2PQN")}
    assert told["C-9F3DWA"] == "deal"


def test_who_only_sells_looks_for_no_home(drawn):
    drawn.run("set", "C-9F3DWA", "intents=出售")
    done = drawn.run("match", "C-9F3DWA", lang="en")

    assert done.out == ""
    assert done.err.splitlines()[0] == "李女士 looks for no home"


def test_of_an_evening_a_colleagues_private_listing_is_shown_through_the_colleague(market):
    market.write("经纪人/李航.md", "---\nid: A-7K2PQ4\ntype: agent\nname: 李航\n---\n")
    path = "房源/春江苑 2室1厅-7K2PQP.md"
    private = 'type: listing\nsharing: 私盘\nagent: "[[李航]]"\n'
    market.write(path, market.read(path).replace("type: listing\n", private))
    market.run("set", "L-7K2PQP", "price=470")
    words = ("match", "--all", "--since", "2026-11-20")

    told = json.loads(market.run(*words, "--json", "--agent", "王敏").out)
    assert [one.get("through") for one in told] == ["A-7K2PQ4"]
    assert "\t李航\t" in market.run(*words, "--agent", "王敏").out
    assert "李航" not in market.run(*words).out


def test_of_whom_nothing_is_known_it_is_said_what_to_ask_and_no_home_is_recommended(market):
    market.write("客源/孙女士-9F3DWD.md", "---\nid: C-9F3DWD\ntype: client\ntitle: 孙女士\n---\n")
    assert news(market) == []
    words = ("match", "--all", "--since", "2026-11-20")
    assert "1 client of whom nothing is known: ask first" in market.run(*words, lang="en").err
    said = market.run("match", "C-9F3DWD", lang="en").err
    assert "ask: how much they can spend, where they look, how many rooms they need" in said
    assert "nothing is known" not in market.run("match", "C-9F3DWA", lang="en").err
