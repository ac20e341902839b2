"""A private listing that nobody looks after: a proposal to its holder and manager."""

import json

VAULT = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    -- 经纪人/王敏.md --
    ---
    id: A-WANG01
    type: agent
    name: 王敏
    ---
    -- 经纪人/李航.md --
    ---
    id: A-9F3DWA
    type: agent
    name: 李航
    supervisor: "[[王敏]]"
    ---
    -- 房源/甲.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 甲
    transaction: 出售
    status: 在售
    grade: B
    sharing: 私盘
    agent: "[[李航]]"
    created: 2026-10-01
    ---

    ## 跟进记录

    - 2026-10-20 10:00 电话 业主说再等等 ^3a0000001
    """


def due(drawn, day: str, *words: str) -> list[tuple[str, str, str]]:
    said = drawn.run("due", "--kind", "neglected", "--json", *words, now=f"{day}T09:00").out
    return [(one["agent"], one["due"], one["key"]) for one in json.loads(said)]


def test_it_is_proposed_to_holder_and_supervisor_when_two_cadences_overdue(vault):
    drawn = vault(VAULT)

    assert due(drawn, "2026-11-09", "--all") == []
    assert due(drawn, "2026-11-10", "--all") == [
        ("A-9F3DWA", "2026-11-10", "L-7K2PQM/neglected/3a0000001"),
        ("A-WANG01", "2026-11-10", "L-7K2PQM/neglected/3a0000001-A-WANG01"),
    ]
    assert [one[0] for one in due(drawn, "2026-11-10", "--agent", "王敏")] == ["A-WANG01"]


def test_it_is_told_in_both_languages_and_with_its_rule(vault):
    drawn = vault(VAULT)
    words = ("due", "--kind", "neglected", "--all", "--json", "--explain")
    zh = drawn.run(*words, now="2026-11-21T09:00", lang="zh").out
    en = drawn.run(*words, now="2026-11-21T09:00", lang="en").out

    assert "私盘，早该联系业主了（每 7 天一次）：建议转公盘，或请同事一起跟" in zh
    assert "rule sharing.neglected = 2" in en


def test_a_public_listing_is_never_proposed(vault):
    drawn = vault(VAULT.replace("sharing: 私盘", "sharing: 公盘"))

    assert due(drawn, "2027-01-01", "--all") == []


def test_a_promise_comes_first_and_is_late_first(vault):
    drawn = vault(VAULT.replace("再等等", "再等等 [下次:: 2026-12-01]"))

    assert due(drawn, "2026-12-14", "--all") == []
    assert [one[1] for one in due(drawn, "2026-12-15", "--all")] == ["2026-12-15"] * 2


def test_how_long_is_the_brokerage_s_to_say(vault):
    rules = "language: zh\n    sharing: {mode: private, neglected: 1}"
    drawn = vault(VAULT.replace("language: zh", rules).replace("    sharing: 私盘\n", ""))

    assert [one[1] for one in due(drawn, "2026-11-21", "--all")] == ["2026-11-03"] * 2


def test_the_calendar_has_it_only_once_it_is_due(vault):
    drawn = vault(VAULT)
    early = drawn.run("ical", "-o", "-", "--agent", "李航", now="2026-11-09T09:00").out
    late = drawn.run("ical", "-o", "-", "--agent", "李航", now="2026-11-10T09:00").out

    assert "neglected" not in early
    assert "propose to share" in late.replace("\r\n ", "")
