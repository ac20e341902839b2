"""`done` of a showing or a tour: feedback in each entry, the owner's side in the listing."""

import json

import pytest

DRAWING = """
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    ---

    ## 跟进记录

    - [ ] 2026-11-20 15:00 带看 [[阳光花园-7K2PQM]] ^3afr4q81c
    - [ ] 2026-11-20 16:00 带看 [[春江苑-H4T0ZB]] ^3afr4q81d
    - [-] 2026-11-20 17:00 带看 [[春江苑-H4T0ZB]] ^3afr4q81e
    - [ ] 2026-11-22 15:00 带看 [[春江苑-H4T0ZB]] ^3afr4q81f
    - [ ] 2026-11-20 18:00 面谈 ^3afr4q81g
    -- 房源/阳光花园-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园
    ---
    -- 房源/春江苑-H4T0ZB.md --
    ---
    id: L-H4T0ZB
    type: listing
    title: 春江苑
    ---
"""
CLIENT = "客源/李女士-9F3DWA.md"
SUN, RIVER = "房源/阳光花园-7K2PQM.md", "房源/春江苑-H4T0ZB.md"


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


def line(drawn, entry):
    return next(one for one in drawn.read(CLIENT).splitlines() if one.endswith(f"^{entry}"))


def test_feedback_has_options_of_its_own(drawn):
    options = ("--interest", "4", "--reaction", "考虑", "--objections", "价格、采光")
    more = ("--slip", "灯看0488", "--next", "+2d")
    done = drawn.run("done", "3afr4q81c", "太太满意", *options, *more)

    assert done.exit == 0, done.err
    assert line(drawn, "3afr4q81c") == (
        "- [x] 2026-11-20 15:00 带看 [[阳光花园-7K2PQM]] 太太满意 [意向:: 4] [反应:: 考虑] "
        "[顾虑:: 价格、采光] [确认书:: 灯看0488] [下次:: 2026-11-23] ^3afr4q81c"
    )


def test_the_owners_side_is_an_entry_of_the_listing_that_reached_them(drawn):
    done = drawn.run("done", "3afr4q81c", "--interest", "2", "--owner", "客户嫌暗", "--json")

    told = json.loads(done.out)
    assert [one["path"] for one in told["owner"]] == [SUN]
    entry = told["owner"][0]["entry"]
    assert drawn.read(SUN).endswith(f"- 2026-11-21 09:00 跟进 客户嫌暗 [业主:: 已联系] ^{entry}\n")
    assert "[x]" in line(drawn, "3afr4q81c")
    assert "客户嫌暗" not in drawn.read(CLIENT)


def test_a_tour_is_ticked_off_in_one_go(drawn):
    done = drawn.run("done", "3afr4q81c", "C-9F3DWA:3afr4q81d", "都不急", "--interest", "2",
                     "--next", "下周三", "--owner", "看过了", "--json")  # fmt: skip

    assert done.exit == 0, done.err
    assert json.loads(done.out)["entries"] == ["3afr4q81c", "3afr4q81d"]
    first, last = line(drawn, "3afr4q81c"), line(drawn, "3afr4q81d")
    assert "[意向:: 2]" in first
    assert "[意向:: 2]" in last
    assert "都不急" not in first
    assert "下次" not in first
    assert "都不急 [意向:: 2] [下次:: 2026-11-25]" in last
    assert "看过了" in drawn.read(SUN)
    assert "看过了" in drawn.read(RIVER)


def test_what_cannot_be_ticked_off_leaves_every_note_as_it_was(drawn):
    before = [drawn.read(path) for path in (CLIENT, SUN, RIVER)]

    for args, code in (
        (("3afr4q81c", "3afr4q81e"), 1),
        (("3afr4q81c", "3afr4q81f"), 1),
        (("3afr4q81g", "--owner", "x"), 1),
        (("3afr4q81c", "--interest", "9"), 2),
        (("3afr4q81c", "--reaction", "爱"), 2),
        (("3afr4q81c", "3afr4q81d", "--at", "昨天 15:30"), 2),
        (("3afr4q81c", "--interest", "3", "--set", "意向=4"), 2),
        (("3afr4q81c", "--owner", "x", "--dry-run"), 0),
    ):
        done = drawn.run("done", *args)
        assert done.exit == code, (args, done.err)
        assert [drawn.read(path) for path in (CLIENT, SUN, RIVER)] == before


def test_text_that_begins_like_no_entry_is_text(drawn):
    assert drawn.run("done", "3afr4q81c", "3", "个人来的").exit == 0
    assert "3 个人来的" in line(drawn, "3afr4q81c")


@pytest.mark.parametrize("command", ["done", "cancel"])
@pytest.mark.parametrize("typed", ["李女士", "C-9F3DWA"])
def test_of_a_note_alone_what_is_planned_in_it_is_named(drawn, command, typed):
    before = drawn.read(CLIENT)

    told = drawn.run(command, typed, "喜欢")

    assert told.exit == 4
    assert "C-9F3DWA:3afr4q81c  2026-11-20 15:00" in told.err
    assert "3afr4q81e" not in told.err  # called off
    assert drawn.read(CLIENT) == before


def test_what_is_neither_an_entry_nor_a_note_is_a_usage_error(drawn):
    assert drawn.run("done", "没这人").exit == 2


def test_feedback_on_a_showing_that_is_done_already_is_a_note_of_its_own(drawn):
    drawn.run("done", "3afr4q81c")
    before = drawn.read(CLIENT)

    done = drawn.run("done", "3afr4q81c", "嫌客厅小", "--interest", "2", "--objections", "户型")
    again = drawn.run("done", "3afr4q81c", "嫌客厅小", "--interest", "2", "--objections", "户型")

    assert (done.exit, done.err) == (0, "")
    entry = done.out.split("\t")[0]
    assert drawn.read(CLIENT).startswith(before)
    assert "备注" in line(drawn, entry)
    assert "嫌客厅小 [意向:: 2] [顾虑:: 户型]" in line(drawn, entry)
    assert (again.exit, again.out) == (0, "")
    assert drawn.read(CLIENT).count("嫌客厅小") == 1
