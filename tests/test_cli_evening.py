import json

import pytest

from tests.test_cli_inbox import ME, drawn_office, snapshot
from tests.transcripts import names

NOW = "2026-11-21T18:30"


@pytest.mark.parametrize("name", names("evening-"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


@pytest.fixture
def office(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.evening.may_ask", lambda _: True)
    monkeypatch.setattr("brokernotes.cli.inbox.may_ask", lambda _: True)
    drawn = drawn_office(tmp_path)
    drawn.write("收件箱.md", "郭总 今天 电话 没人接\n")
    return drawn


def sit(office, typed, now=NOW):
    return office.run("evening", now=now, environ=ME, lang="zh", stdin=typed)


def test_the_whole_sitting_files_feedback_and_confirmations(office):
    result = sit(office, "y\n婆婆录像二十分钟\n意向3\nw\nc\n")

    assert result.exit == 0
    assert "[结果:: 未接]" in office.read("客源/郭总 厂房-N50001.md").splitlines()[-1]
    bride = office.read("客源/曹小姐 婚房-N40001.md")
    assert "- [x] 2026-11-21 15:30 带看" in bride
    assert "三代人一起来 婆婆录像二十分钟 [意向:: 3] ^3ej000001" in bride
    school = office.read("客源/邓女士 五角场学区-N40003.md")
    assert (
        "- 2026-11-21 18:30 微信 [[书香名邸 2室1厅-DDDDD1|书香名邸 2室1厅]] 确认 11-22 10:00"
        in school
    )
    home = office.read("房源/书香名邸 2室1厅-DDDDD1.md")
    assert "- 2026-11-21 18:30 电话 @李航 确认 11-22 10:00" in home

    again = json.loads(office.run("evening", "--json", now=NOW, environ=ME).out)
    assert again["inbox"] == []
    assert again["feedback"] == []
    assert [one["confirmed"] for one in again["confirmations"][0]["with"]] == [True, True]


def test_every_question_can_be_skipped(office):
    before = snapshot(office)

    result = sit(office, "n\n\n\n\n")

    assert result.exit == 0
    assert snapshot(office) == before


def test_an_interruption_keeps_what_was_done(office):
    result = sit(office, "y\n没看成 堵车\nw\n")

    assert result.exit == 130
    assert "- [-] 2026-11-21 15:30 带看" in office.read("客源/曹小姐 婚房-N40001.md")
    assert "确认 11-22 10:00" in office.read("客源/邓女士 五角场学区-N40003.md")


def test_an_answer_that_cannot_be_read_is_asked_again(office):
    result = sit(office, "n\n意向9\n意向2\n\n\n")

    assert "“意向9”读不懂" in result.err
    assert "[意向:: 2]" in office.read("客源/曹小姐 婚房-N40001.md")


def test_nothing_left_is_said(office):
    office.write("收件箱.md", "")

    result = sit(office, "", now="2026-12-20T20:00")

    assert result.exit == 0
    assert [line for line in result.err.splitlines() if line] == [
        "收件箱是空的", "都有反馈了", "没有要确认的"
    ]  # fmt: skip


def test_nothing_left_is_said_without_a_terminal_too(office, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.evening.may_ask", lambda _: False)
    office.write("收件箱.md", "")

    result = sit(office, "", now="2026-12-20T20:00")

    assert result.out.splitlines() == ["收件箱", "", "补反馈", "都有反馈了", "", "明天", "没有安排"]


def test_the_oldest_showing_is_asked_about_first(office):
    path = "客源/郭总 厂房-N50001.md"
    office.write(path, f"{office.read(path)}- 2026-11-21 09:00 带看 [[映月湾 2室2厅-BBBBB2]]\n")

    told = json.loads(office.run("evening", "--json", now=NOW, environ=ME).out)

    assert [one["title"] for one in told["feedback"]] == ["郭总 厂房", "曹小姐 婚房"]
