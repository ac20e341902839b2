"""`plan` and `log` know who was in touch with a person, whichever note says so."""

import json

from tests.test_storage_persons import NOW, TOWN


def said(drawn, *words, agent="王敏", lang="en"):
    done = drawn.run(*words, "--agent", agent, now=NOW, lang=lang)
    return done.exit, done.err


def test_log_says_that_a_colleague_was_there_today_and_not_who(vault):
    drawn = vault(TOWN)
    drawn.run("log", "L-H4T0ZB", "回访", "不降价", now=NOW)

    code, err = said(drawn, "log", "C-1BVQKE", "电话", "问好")
    assert (code, err) == (0, "a colleague was in touch with this person today already\n")
    assert said(drawn, "log", "C-1BVQKE", "备注", "x") == (0, "")
    assert said(drawn, "log", "L-9F3DWA", "电话", "x", agent="陈浩") == (0, "")
    assert said(drawn, "log", "C-7K2PQM", "电话", "x", agent="陈浩", lang="zh") == (
        0, "今天已经有同事联系过此人\n",
    )  # fmt: skip


def test_of_another_day_the_day_is_said(vault):
    drawn = vault(TOWN)
    drawn.run("log", "C-7K2PQM", "电话", "--at", "2026-11-20 10:00", now=NOW)

    assert said(drawn, "log", "C-1BVQKE", "电话", "--at", "2026-11-20 18:00")[1] == (
        "a colleague was in touch with this person on 2026-11-20 already\n"
    )


def test_plan_says_what_speaks_against_a_call_and_force_plans_it(vault):
    drawn = vault(TOWN)
    drawn.run("set", "C-7K2PQM", "do_not_contact_until=2026-12-01", now=NOW)
    before = drawn.read("客源/周先生-1BVQKE.md")
    words = ("plan", "C-1BVQKE", "电话", "--at", "2026-11-25 10:00")

    code, err = said(drawn, *words)
    assert code == 1
    assert "周先生 asked not to be contacted before 2026-12-01" in err
    assert drawn.read("客源/周先生-1BVQKE.md") == before
    assert said(drawn, *words, "--force")[0] == 0
    assert drawn.read("客源/周先生-1BVQKE.md") != before


def test_plan_says_when_it_is_late_what_suits_and_who_calls_besides(vault):
    drawn = vault(TOWN)
    drawn.run("set", "C-1BVQKE", "call_times=下午", now=NOW)
    drawn.run("plan", "C-7K2PQM", "电话", "--at", "2026-11-25 10:00", now=NOW)

    code, err = said(drawn, "plan", "C-1BVQKE", "微信", "--at", "2026-11-25 22:00")
    assert code == 0
    assert err.splitlines() == [
        "what suits 周先生: 下午",
        "nobody is disturbed from 21:00 to 08:30",
        "a colleague is to be in touch with 周先生 on 2026-11-25",
    ]
    assert "陈浩" not in err


def test_programs_are_told_the_codes(vault):
    drawn = vault(TOWN)
    drawn.run("set", "C-1BVQKE", "do_not_contact=true", now=NOW)
    done = drawn.run("plan", "L-H4T0ZB", "回访", "--at", "明天", "--force", "--json", now=NOW)

    assert [one["code"] for one in json.loads(done.out)["findings"]] == ["no-contact"]


def test_a_showing_is_planned_as_before(vault):
    drawn = vault(TOWN)
    drawn.run("set", "C-1BVQKE", "do_not_contact=true", now=NOW)

    assert said(drawn, "plan", "C-1BVQKE", "带看", "L-9F3DWA", "--at", "2026-11-25 15:00")[0] == 0
