"""`match` as a user meets it."""

from __future__ import annotations

import json

import pytest

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
