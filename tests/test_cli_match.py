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
