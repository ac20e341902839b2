"""A log is only added to: what counts as adding, and who is told to have done otherwise."""

import textwrap

import pytest

from tests.drawing import DrawnVault

NOTE = """\
---
id: C-9F3DWA
type: client
created: 2026-08-01
---

## 跟进记录

{}
"""
LEGAL = [
    ("- 2026-08-18 09:10 电话 问学区 ^a1", "- 2026-08-18 09:10 电话 问学区 ^a1"),
    ("- 2026-08-18 09:10 电话 问学区", "- 2026-08-18 09:10 电话 问学区 ^a1"),
    ("- 2026-08-18 09:10 电话 问学区 ^a1", "* 2026/8/18 9：10 电话  问 学区 ^a1"),
    ("- 2026-08-18 09:10 电话 问学区 ^a1", "- 2026-08-18 09:10 电话 问学区 ^a1\n  - 还价 580 万"),
    ("- 2026-08-18 09:10 电话 x ^a1\n  - 一", "- 2026-08-18 09:10 电话 x ^a1\n  - 一\n  - 二"),
    ("- [ ] 2026-08-18 09:10 带看 东门 ^a1", "- [x] 2026-08-18 09:10 带看 东门 ^a1"),
    (
        "- [ ] 2026-08-18 09:10 带看 东门 ^a1",
        "- [x] 2026-08-18 09:10 带看 东门，喜欢 [意向:: 3] ^a1\n  - 陪同：李四",
    ),
    ("- [ ] 2026-08-18 09:10 带看 东门 ^a1", "- [-] 2026-08-18 09:10 带看 东门 [原因:: 病] ^a1"),
    ("- 2026-08-18 09:10 电话 问学区 ^a1", "- 2026-08-20 已移除 [原因:: 写错人] ^a1"),
]
ILLEGAL = [
    ("- 2026-08-18 09:10 电话 问学区 ^a1", "- 2026-08-19 09:10 电话 问学区 ^a1"),
    ("- 2026-08-18 09:10 电话 问学区 ^a1", "- 2026-08-18 09:10 微信 问学区 ^a1"),
    ("- 2026-08-18 09:10 电话 问学区 ^a1", "- 2026-08-18 09:10 电话 问学区和地铁 ^a1"),
    ("- 2026-08-18 09:10 电话 @王敏 x ^a1", "- 2026-08-18 09:10 电话 @李强 x ^a1"),
    ("- 2026-08-18 09:10 电话 x [意向:: 3] ^a1", "- 2026-08-18 09:10 电话 x [意向:: 5] ^a1"),
    ("- 2026-08-18 09:10 电话 x [意向:: 3] ^a1", "- 2026-08-18 09:10 电话 x ^a1"),
    ("- 2026-08-18 09:10 电话 x ^a1\n  - 还价", "- 2026-08-18 09:10 电话 x ^a1"),
    ("- [x] 2026-08-18 09:10 带看 东门 ^a1", "- [ ] 2026-08-18 09:10 带看 东门 ^a1"),
    ("- 2026-08-18 09:10 备注 甲说的", "- 2026-08-18 09:10 备注 乙说的"),
]


def drawn(tmp_path, *versions):
    """A vault whose note was committed once for each log."""
    vault = DrawnVault(tmp_path)
    for day, log in enumerate(versions, 1):
        vault.draw(
            f"-- 客源/li.md --\n{NOTE.format(log)}-- git 2026-08-{day + 20}T10:00 李{day} --\n"
        )
    return vault


def codes(vault):
    return [
        one["code"]
        for one in vault.problems("--history")
        if one["code"].startswith("entry-")
        and one["code"] not in ("entry-spelling", "entry-missing")
    ]


@pytest.mark.parametrize(("before", "after"), LEGAL)
def test_what_a_log_allows_is_no_problem(tmp_path, before, after):
    assert codes(drawn(tmp_path, before, after)) == []


@pytest.mark.parametrize(("before", "after"), ILLEGAL)
def test_what_alters_an_entry_is_one(tmp_path, before, after):
    assert codes(drawn(tmp_path, before, after)) == ["entry-altered"]


def test_it_says_who_and_in_which_commit(tmp_path):
    vault = drawn(
        tmp_path, "- 2026-08-18 电话 甲 ^a1\n- 2026-08-19 电话 乙 ^a2", "- 2026-08-19 电话 乙 ^a2"
    )
    commit = vault.git("rev-parse", "--short=10", "HEAD").strip()
    said = vault.run("check", "--history", "--only", "entry-removed")

    assert said.exit == 1
    assert (
        f"李2 removed a log entry on 2026-08-22 (commit {commit}): 2026-08-18 电话 甲" in said.out
    )


def test_what_was_put_right_again_is_no_problem(tmp_path):
    entry, other = "- 2026-08-18 电话 甲 ^a1", "- 2026-08-18 电话 乙 ^a1"

    assert codes(drawn(tmp_path / "altered", entry, other, entry)) == []
    assert codes(drawn(tmp_path / "removed", entry, "", entry)) == []


def test_an_entry_that_moved_to_another_note_is_not_lost(tmp_path):
    vault = drawn(tmp_path, "- 2026-08-18 电话 甲 ^3ack67k2p\n- 2026-08-18 电话 手写")
    vault.draw(
        "-- 客源/新.md --\n"
        + NOTE.format("- 2026-08-18 电话 甲 ^3ack67k2p\n- 2026-08-18 电话 手写").replace(
            "C-9F3DWA", "C-9F3DWB"
        )
        + "-- rm 客源/li.md --\n-- git 2026-08-25T10:00 --\n"
    )

    assert codes(vault) == []
    assert "note-deleted" not in {one["code"] for one in vault.problems("--history")}


def test_a_merge_that_drops_a_colleagues_line_removed_it(tmp_path):
    vault = drawn(tmp_path, "- 2026-08-18 电话 甲 ^a1")
    vault.git("checkout", "-qb", "other")
    vault.draw(
        "-- 客源/li.md --\n"
        + NOTE.format("- 2026-08-18 电话 甲 ^a1\n- 2026-08-19 电话 乙 ^a2")
        + "-- git 2026-08-25T10:00 --\n"
    )
    vault.git("checkout", "-q", "main")
    vault.draw("-- x.txt --\nx\n-- git 2026-08-26T10:00 --\n")
    vault.git("merge", "-q", "-s", "ours", "--no-edit", "other")

    assert codes(vault) == ["entry-removed"]


def test_a_rename_that_respells_links_alters_nothing(tmp_path):
    vault = DrawnVault(tmp_path)
    vault.draw(
        textwrap.dedent("""\
        -- 房源/阳光.md --
        ---
        id: L-7K2PQM
        type: listing
        ---
        -- 客源/li.md --
        ---
        id: C-9F3DWA
        type: client
        ---

        ## 跟进记录

        - 2026-08-18 09:10 带看 [[阳光]] 喜欢，比 [[阳光|那套]] 好 ^a1
        -- git 2026-08-20T10:00 --
        """)
    )
    said = vault.run("rename", "阳光", "春江苑 2室", "--commit")
    vault.git("add", "-A")
    vault.git("commit", "-qm", "all", "--allow-empty")

    assert said.exit == 0
    assert "[[阳光" not in vault.read("客源/li.md")
    assert codes(vault) == []


def test_history_is_only_looked_at_when_asked(tmp_path):
    vault = drawn(tmp_path, "- 2026-08-18 电话 甲 ^a1", "")

    assert vault.problems() == []
    assert not list(vault.root.glob(".git/brokernotes/history.sqlite"))


def test_without_git_it_is_refused(tmp_path):
    vault = DrawnVault(tmp_path)
    vault.draw("-- 客源/li.md --\n" + NOTE.format(""))

    assert vault.run("check", "--history").exit == 1
    assert "no git repository" in vault.run("check", "--history").err


def test_it_does_not_go_with_what_is_staged(tmp_path):
    assert drawn(tmp_path, "").run("check", "--history", "--staged").exit == 2
