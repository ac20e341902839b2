"""`report late-entries`, from a real history."""

import json

VAULT = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    -- 房源/甲.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 甲
    ---

    ## 跟进记录

    - 2026-01-01 10:00 电话 业主 13800001111 早就想卖 ^3a0000001
    -- git --
    """


def test_it_lists_what_was_committed_more_than_a_day_after_its_time(vault):
    drawn = vault(VAULT)
    text = drawn.read("房源/甲.md")
    drawn.draw("-- 房源/甲.md --\n" + text + "- 2026-02-01 带看 喜欢 ^3a0000002\n")
    drawn.git("commit", "--quiet", "--all", "-m", "later")
    words = ("report", "late-entries", "--since", "2026-01-01")
    found = json.loads(drawn.run(*words, "--json").out)

    assert {(one["entry"], one["with_note"]) for one in found} == {
        ("3a0000001", True), ("3a0000002", False),
    }  # fmt: skip
    assert all(one["days"] > 30 and one["author"] == "王敏" for one in found)
    assert "13800001111" not in drawn.run(*words).out
    assert "13800001111" not in json.dumps(found)
    zh = drawn.run("report", "补录", "--since", "2026-01-01", lang="zh").out
    assert "带看" in zh
    assert "电话" in zh


def test_nothing_late_is_said(vault):
    drawn = vault("-- 房源/甲.md --\n---\ntype: listing\n---\n-- git --\n")
    said = drawn.run("report", "late-entries")

    assert (said.exit, said.err) == (0, "nothing was written late\n")


def test_without_git_there_is_no_history(vault):
    assert vault("").run("report", "late-entries").exit == 1
