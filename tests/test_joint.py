import json

import pytest

from tests.transcripts import names

YEAR = """
    -- 经纪人/王敏.md --
    ---
    id: A-7K2PQM
    type: agent
    name: 王敏
    ---
    -- 经纪人/李航.md --
    ---
    id: A-9F3DWA
    type: agent
    name: 李航
    left: 2026-10-01
    supervisor: "[[王敏]]"
    ---
    -- 客源/陆老先生-7KJDVY.md --
    ---
    id: C-7KJDVY
    type: client
    title: 陆老先生
    agent: "[[李航]]"
    created: 2026-11-20
    birthday: L06-08
    greetings: true
    ---
    -- 客源/苗女士-TBKXD3.md --
    ---
    id: C-TBKXD3
    type: client
    title: 苗女士
    agent: "[[王敏]]"
    created: 2026-11-20
    birthday: 1988-02-29
    greetings: true
    ---
    -- 客源/无主-8JNJW9.md --
    ---
    id: C-8JNJW9
    type: client
    title: 没有经纪人的
    created: 2026-11-20
    greetings: true
    ---
    -- 客源/不要-KQWPS5.md --
    ---
    id: C-KQWPS5
    type: client
    title: 不要祝福
    agent: "[[王敏]]"
    created: 2026-11-20
    greetings: true
    do_not_contact: true
    ---
    """


@pytest.mark.parametrize("name", names("year-"))
def test_the_year_as_written_down(name, transcript):
    transcript(name)


def festivals(drawn, *words, now="2026-11-21T09:00"):
    said = drawn.run("due", "--kind", "festival", "--json", *words, now=now)
    rows = json.loads(said.out)
    return {row["key"]: row["params"]["people"] for row in rows}


def test_one_item_for_each_agent_and_festival(vault):
    drawn = vault(YEAR)

    assert festivals(drawn, "--all", "--until", "2027-02-28") == {
        f"{who}/festival/{festival}-2027": people
        for festival in ("new_year", "spring_festival")
        for who, people in {
            "A-7K2PQM": ["C-7KJDVY", "C-TBKXD3"],
            "all": ["C-8JNJW9"],
        }.items()
    }
    assert festivals(drawn, "--agent", "王敏", now="2026-12-31T09:00") == {}
    assert "A-7K2PQM/festival/new_year-2027" in festivals(drawn, now="2027-01-01T09:00")
    assert festivals(drawn, now="2027-01-02T09:00") == {}


def test_the_brokerage_says_which_festivals_are_kept(vault):
    drawn = vault(
        YEAR + "-- brokernotes.yaml --\n    format: 1\n    language: zh\n"
        "    greetings: {festivals: [元宵, Double Ninth Festival]}\n"
    )

    assert {key.rpartition("/")[2] for key in festivals(drawn, "--until", "2027-12-31")} == {
        "lantern-2027", "double_ninth-2027",
    }  # fmt: skip


def test_greetings_are_a_calendar_of_their_own_that_stays_the_same(vault, golden):
    drawn = vault(YEAR)
    drawn.run("ical", "--agent", "王敏", lang="zh", now="2026-11-21T09:00")
    file = drawn.root / "calendar" / "greetings.ics"
    first = file.read_bytes()

    golden("calendar-greetings.ics", first)
    drawn.run("ical", "--agent", "王敏", lang="zh", now="2026-12-20T18:00")
    assert file.read_bytes() == first
    # In the next year a further year comes in, and what is over goes.
    drawn.run("ical", "--agent", "王敏", lang="zh", now="2027-01-02T09:00")
    later = file.read_bytes()
    assert b"SUMMARY:\xe7\x94\x9f\xe6\x97\xa5" in later
    assert b"DTSTART;VALUE=DATE:20280229" in later
    assert b"DTSTART;VALUE=DATE:20270101" not in later


def test_a_birthday_is_never_what_the_day_does_not_hold(vault):
    many = "".join(
        f"""
    -- 客源/c{n}.md --
    ---
    id: C-AAAA{n}
    type: client
    title: 客户{n}
    agent: "[[王敏]]"
    created: 2026-01-01
    birthday: 11-21
    ---
"""
        for n in (11, 22, 33)
    )
    drawn = vault(YEAR + "-- brokernotes.yaml --\n    format: 1\n    cadence: {daily: 1}\n" + many)

    said = drawn.run("due", "--agent", "王敏", "--json", now="2026-11-21T09:00")
    rows = json.loads(said.out)

    kinds = [[one["kind"] for one in row["reasons"]] for row in rows]
    assert sum("birthday" in one for one in kinds) == 3


@pytest.mark.parametrize("now", ["9999-12-31T23:59", "9999-12-20T09:00", "0001-01-01T00:00"])
def test_a_clock_at_the_ends_of_time_stops_nothing(vault, now):
    drawn = vault(YEAR, language="zh")
    asked = [("due", "--all"), ("due", "--json"), ("show", "C-7KJDVY"), ("list", "clients"),
             ("evening",), ("report", "showings")]  # fmt: skip
    asked += [("ical", "-o", "-")] if now > "1" else []
    assert [drawn.run(*words, now=now).exit for words in asked] == [0] * len(asked)
