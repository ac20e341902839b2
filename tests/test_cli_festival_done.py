"""A festival is ticked off in the agent's own note."""

import json

import pytest

from tests.test_joint import YEAR, festivals

NEW_YEAR = "2027-01-01T09:00"
WANG = "经纪人/王敏.md"


def notes_of(drawn):
    return {
        path.relative_to(drawn.root).as_posix(): path.read_bytes()
        for path in drawn.root.rglob("*.md")
    }


def done(drawn, *words, now=NEW_YEAR, **more):
    return drawn.run("done", *words, now=now, **more)


@pytest.mark.parametrize(
    "name", ["元旦", "new_year", "New Year's Day", "A-7K2PQM/festival/new_year-2027"]
)
def test_it_is_ticked_off_in_the_agents_own_note(vault, name):
    drawn = vault(YEAR)
    before = notes_of(drawn)

    said = done(drawn, "--agent", "王敏", name, "群发了微信", lang="zh")

    assert said.exit == 0
    changed = {path for path, data in notes_of(drawn).items() if before.get(path) != data}
    assert changed == {WANG}
    assert "- 2027-01-01 09:00 祝福 元旦 群发了微信 ^" in (drawn.root / WANG).read_text("utf-8")
    left = festivals(drawn, "--agent", "王敏", now=NEW_YEAR)
    assert list(left) == ["all/festival/new_year-2027"]
    assert drawn.run("check", "--json", now=NEW_YEAR).out.count('"error"') == 0


@pytest.mark.parametrize("first", ["2026-12-29T20:00", "2026-12-30T20:00", NEW_YEAR])
def test_a_second_time_changes_nothing(vault, first):
    drawn = vault(YEAR)
    assert done(drawn, "--agent", "王敏", "元旦", now=first).exit == 0
    before = notes_of(drawn)

    said = done(drawn, "--agent", "王敏", "元旦")

    assert (said.exit, notes_of(drawn) == before) == (0, True)
    assert "nothing changed" in said.err


def test_of_another_festival_or_year_it_says_nothing(vault):
    drawn = vault(YEAR)
    done(drawn, "--agent", "王敏", "元旦")

    assert festivals(drawn, "--agent", "王敏", now="2027-02-06T09:00")  # 春节
    assert festivals(drawn, "--agent", "王敏", now="2028-01-01T09:00")


def test_whoever_was_greeted_alone_is_left_out(vault):
    drawn = vault(YEAR)
    drawn.run("log", "C-TBKXD3", "祝福", "语音拜年", now="2026-12-31T20:00")

    assert festivals(drawn, "--agent", "王敏", now=NEW_YEAR) == {
        "A-7K2PQM/festival/new_year-2027": ["C-7KJDVY"],
        "all/festival/new_year-2027": ["C-8JNJW9"],
    }
    drawn.run("log", "C-7KJDVY", "祝福", now=NEW_YEAR)
    assert festivals(drawn, now=NEW_YEAR) == {"all/festival/new_year-2027": ["C-8JNJW9"]}


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["--agent", "王敏", "中秋"], 1, "Mid-Autumn Festival is on 2027-09-15"),
        (["--agent", "王敏", "重阳节"], 1, "nobody is greeted for Double Ninth Festival here"),
        (["元旦"], 2, "whose greetings?"),
        (["all/festival/new_year-2027"], 1, "nobody is responsible for these clients"),
        (["A-999999/festival/new_year-2027"], 4, "there is no agent A-999999"),
        (["--agent", "王敏", "元旦", "--interest", "3"], 2, "of a festival only"),
        (["--agent", "王敏", "元旦", "--next", "+3d"], 2, "of a festival only"),
    ],
)
def test_what_it_cannot_tick_off_is_said(vault, words, code, why):
    drawn = vault(YEAR)
    before = notes_of(drawn)

    said = done(drawn, *words)

    assert (said.exit, notes_of(drawn) == before) == (code, True)
    assert why in said.err


def test_what_would_be_written_is_shown_and_told_to_programs(vault):
    drawn = vault(YEAR)
    before = notes_of(drawn)

    assert (
        "+- 2027-01-01 09:00 祝福 元旦" in done(drawn, "--agent", "王敏", "元旦", "--dry-run").out
    )
    assert notes_of(drawn) == before
    shape = json.loads(done(drawn, "--agent", "王敏", "元旦", "--json").out)
    assert (shape["id"], shape["path"], shape["changed"]) == ("A-7K2PQM", WANG, True)


def test_a_colleague_who_ticks_it_off_is_named(vault):
    drawn = vault(
        YEAR
        + """
    -- 经纪人/店长.md --
    ---
    id: A-0SS000
    type: agent
    name: 店长
    ---
    """
    )
    done(drawn, "--agent", "店长", "A-7K2PQM/festival/new_year-2027")

    assert "@店长" in (drawn.root / WANG).read_text("utf-8")
