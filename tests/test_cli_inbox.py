"""`inbox` from end to end: sessions, answers, runs that break off, and that nothing is lost."""

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brokernotes.cli.width import width
from brokernotes.storage import whole_writes
from tests.dictated_lines import drawing, table
from tests.drawing import DrawnVault
from tests.patience import SECONDS
from tests.transcripts import names

NOW = "2026-11-21T18:30"
ME = {"BROKERNOTES_AGENT": "李航"}
LINES = [line for line, _ in table("lines.txt")]


@pytest.mark.parametrize("name", names("inbox-"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


@pytest.fixture
def office(tmp_path):
    return drawn_office(tmp_path)


def drawn_office(folder):
    drawn = DrawnVault(folder)
    drawn.draw(drawing())
    return drawn


def file_all(office, **more):
    return office.run("inbox", "--yes", now=NOW, environ=ME, **more)


def snapshot(office):
    return {
        path.relative_to(office.root).as_posix(): path.read_bytes()
        for path in sorted(office.root.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def test_the_whole_table_is_filed_in_one_run_and_a_second_run_changes_nothing(office):
    office.write("收件箱.md", "".join(f"{line}\n" for line in LINES))
    wrong = [line for line in office.problem_lines(now=NOW) if "error[" in line]

    assert file_all(office).exit == 0
    before = snapshot(office)
    again = file_all(office)

    assert again.exit == 0
    assert snapshot(office) == before
    text = office.read("收件箱.md")
    for line in LINES:
        assert line in text
    assert [line for line in office.problem_lines(now=NOW) if "error[" in line] == wrong


def test_a_line_left_with_a_question_keeps_its_bytes_and_its_day(office):
    office.write("收件箱.md", "郭总 昨天带看映月湾两房  嫌旧 \r\n  楼道黑\r\n\r\n别的\r\n")
    stamp = 1_795_100_000  # 2026-11-20 in Shanghai
    os.utime(office.root / "收件箱.md", (stamp, stamp))

    file_all(office)

    assert office.read("收件箱.md") == (
        "郭总 昨天带看映月湾两房  嫌旧 \r\n  楼道黑\r\n"
        "  - [?] 2026-11-19 是哪一套？ 1 映月湾 2室2厅-BBBBB2 · 2 映月湾 2室2厅-BBBBB3 →\r\n"
        "\r\n别的\r\n  - [?] 2026-11-19 说的是谁、哪套房？ →\r\n"
    )
    file_all(office)
    assert office.read("收件箱.md").count("2026-11-19") == 2


def test_the_mark_at_the_beginning_of_a_file_stays_there(office):
    office.write("收件箱.md", "\ufeff郭总 今天 电话 没人接\r\n别的\r\n")

    file_all(office)

    assert office.read("收件箱.md").startswith("\ufeff别的\r\n")


@pytest.mark.parametrize("answer", [" 2", "2", " BBBBB3", " 映月湾 2室2厅-BBBBB3", " 九楼"])
def test_an_answer_behind_the_arrow_is_read(office, answer):
    line = "郭总 带看映月湾两房 嫌旧"
    office.write("收件箱.md", f"{line}\n")
    file_all(office)
    asked = office.read("收件箱.md")
    answer = " 映月湾两房九楼" if answer == " 九楼" else answer

    office.write("收件箱.md", asked.replace("→", f"→{answer}"))
    file_all(office)

    assert "2026-11-21 带看 [[映月湾 2室2厅-BBBBB3|映月湾 2室2厅]] 嫌旧" in office.read(
        "客源/郭总 厂房-N50001.md"
    )
    assert f"~~{line}~~" in office.read("收件箱.md")


@pytest.mark.parametrize(
    "say_yes",
    [
        lambda asked: asked.replace("[?]", "[x]"),
        lambda asked: asked.replace("→", "→ 是"),
        lambda asked: asked + "→ 好\n",
        lambda asked: asked + "  - -> yes\n",
    ],
    ids=["box", "behind", "below", "bullet"],
)
def test_a_proposal_is_filed_after_a_yes(office, say_yes):
    office.write("收件箱.md", "阳光花园 定金5万 李女士 下周五签约\n")
    file_all(office)
    asked = office.read("收件箱.md")
    assert "涉及钱款" in asked
    assert "定金" not in office.read("客源/李女士 浦东三房-N10001.md")

    office.write("收件箱.md", say_yes(asked))
    file_all(office)

    assert (
        "2026-11-21 定金 [[阳光花园 3室2厅-AAAAA1|阳光花园 3室2厅]] 5万 下周五签约"
        in office.read("客源/李女士 浦东三房-N10001.md")
    )
    assert "[?]" not in office.read("收件箱.md")
    listing = office.read("房源/阳光花园 3室2厅-AAAAA1.md")
    assert "status: 定金\n" in listing
    assert "状态 [状态:: 在售→定金]" in listing
    (deal,) = (office.root / "成交").glob("2026-11 *.md")
    assert "deposit_amount: 50000\nexpected" in deal.read_text("utf-8").replace(
        "deposit_date: 2026-11-21\n", ""
    )


def test_a_new_price_goes_into_log_and_field_together(office):
    office.write("收件箱.md", "阳光花园两房 降到425\n  - [x] 2026-11-21 归档吗？ →\n")

    file_all(office)

    note = office.read("房源/阳光花园 2室2厅-AAAAA3.md")
    assert "price: 425\n" in note
    assert "2026-11-21 调价 [价:: 425]" in note


def test_what_needs_no_filing_is_struck(office):
    office.write("收件箱.md", "今天好累\n→ 不用\n")

    file_all(office)

    assert office.read("收件箱.md") == "## 已归档\n\n- ~~今天好累~~（不用）\n"


def test_headings_dates_comments_and_what_is_done_by_hand_are_no_events(office):
    text = (
        "---\ntags: x\n---\n# 收件箱\n%% 一行一件事 %%\n> 引用\n\n## 2026-11-19\n"
        "郭总 电话 没人接\n11月18日 周三\n郭总 微信 没回\n- [x] 李女士 电话\n~~李女士 微信~~\n"
        "```\n李女士 短信\n```\n"
    )
    office.write("收件箱.md", text)

    file_all(office)

    note = office.read("客源/郭总 厂房-N50001.md")
    assert "- 2026-11-19 电话 [结果:: 未接]" in note
    assert "- 2026-11-18 微信 [结果:: 已发未回]" in note
    assert "2026-11-21" not in office.read("客源/李女士 浦东三房-N10001.md")


def test_a_line_added_behind_the_archive_is_filed_too(office):
    office.write(
        "收件箱.md", "郭总 电话 没人接\n  说了两遍\n今天~~好累\n  - [?] 2026-11-21 ？ → 不用\n"
    )
    file_all(office)
    before = office.read("收件箱.md")
    assert before.startswith("## 已归档\n")

    office.write("收件箱.md", f"{before}- 李女士 电话 问学区\n郭总 带看映月湾两房\n")
    file_all(office)

    assert office.read("收件箱.md").startswith(before)
    filed, left, asked = office.read("收件箱.md").removeprefix(before).splitlines()[::-1]
    assert filed.startswith("- ~~李女士 电话 问学区~~ → [[李女士 浦东三房-N10001#^")
    assert left.startswith("  - [?] 2026-11-21 是哪一套？")
    assert asked == "郭总 带看映月湾两房"


@pytest.mark.parametrize("survives", [0, 1, 2, 3])
def test_a_run_that_breaks_off_between_two_files_files_nothing_twice(office, monkeypatch, survives):
    """After any number of written files the next run ends where one whole run would."""
    lines = (
        "李女士 昨天 电话 问学区\n曹小姐 今天下午带看映月湾三房 意向3\n"
        "郭总 今天 电话 没人接\n郭总 今天 电话 没人接\n邓女士 明天带看取消 要加班\n"
        "新客 王女士 12000001111 求租 两房 6000\n"
    )
    office.write("收件箱.md", lines)
    written = []
    real = whole_writes.write_if_unchanged

    def break_off(root, path, before, after):
        if len(written) == survives:
            raise KeyboardInterrupt
        written.append(path)
        real(root, path, before, after)

    with monkeypatch.context() as patch:
        patch.setattr(whole_writes, "write_if_unchanged", break_off)
        assert file_all(office).exit == 130
    assert office.read("收件箱.md") == lines

    assert file_all(office).exit == 0

    clients = {path: text.decode() for path, text in snapshot(office).items() if "客源/" in path}
    log = "".join(clients.values())
    assert log.count("电话 问学区") == 1
    assert log.count("2026-11-21 电话 [结果:: 未接]") == 2
    assert log.count("[x] 2026-11-21 15:30 带看") == 1
    assert "2026-11-21 带看" not in log
    assert log.count("取消 要加班") == 1
    assert sum("称呼" in text or "salutation: 王女士" in text for text in clients.values()) == 1
    text = office.read("收件箱.md")
    assert "[?]" not in text
    assert text.count("~~") == 12


def test_an_inbox_that_cannot_be_read_is_said(office):
    (office.root / "收件箱.md").mkdir()

    result = file_all(office)

    assert result.exit == 74
    assert "收件箱.md" in result.err


def test_what_is_no_text_is_left_alone(office):
    (office.root / "收件箱.md").write_bytes(b"\xff\xfe\n")

    assert file_all(office).exit == 1
    assert (office.root / "收件箱.md").read_bytes() == b"\xff\xfe\n"


def test_an_inbox_that_changed_meanwhile_is_left_alone(office, monkeypatch):
    from brokernotes.cli import inbox_session

    office.write("收件箱.md", "李女士 昨天 电话 问学区\n")
    real = inbox_session.read_text
    reads = []

    def changing(root, path):
        reads.append(path)
        if len(reads) == 2:
            office.write("收件箱.md", "李女士 昨天 电话 问学区\n郭总 电话\n")
        return real(root, path)

    monkeypatch.setattr(inbox_session, "read_text", changing)
    result = file_all(office)

    assert result.exit == 5
    assert "问学区" not in office.read("客源/李女士 浦东三房-N10001.md")


def test_one_run_is_one_commit_of_its_own_change(office):
    office.git("init", "--quiet", "--initial-branch=main")
    office.write("收件箱.md", "旧的一行\n")
    office.git("add", "--all")
    office.git("commit", "--quiet", "-m", "drawn")
    office.write("收件箱.md", "旧的一行\n李女士 昨天 电话 问学区\n郭总 电话 没人接\n")
    note = office.read("客源/郭总 厂房-N50001.md")
    office.write("客源/郭总 厂房-N50001.md", note.replace("stage: 观望", "stage: 在看"))

    result = file_all(office)

    assert "not committed" not in result.err
    assert office.git("log", "--format=%s").splitlines() == ["收件箱：归档 2 条", "drawn"]
    committed = office.git("show", "HEAD:客源/郭总 厂房-N50001.md")
    assert "stage: 观望" in committed
    assert "电话 [结果:: 未接]" in committed
    inbox = office.git("show", "HEAD:收件箱.md")
    assert inbox.startswith("旧的一行\n")
    assert "~~郭总 电话 没人接~~" in inbox

    office.write("收件箱.md", "郭总 带看映月湾两房\n")
    office.git("commit", "--quiet", "--all", "-m", "by hand")
    file_all(office)
    assert office.git("log", "-1", "--format=%s").strip() == "收件箱：提问"


def test_without_a_terminal_nothing_is_filed(office):
    office.write("收件箱.md", "李女士 昨天 电话 问学区\n")
    before = snapshot(office)

    for args in ((), ("--json",), ("--no-input",), ("--yes", "--dry-run")):
        assert office.run("inbox", *args, now=NOW, environ=ME).exit == 0

    assert snapshot(office) == before


def test_what_was_filed_is_told_as_json(office):
    office.write("收件箱.md", "李女士 昨天 电话 问学区 12000009999\n今天好累\n")

    told = json.loads(office.run("inbox", "-y", "--json", now=NOW, environ=ME).out)

    assert told["changed"] is True
    first, second = told["lines"]
    assert first["kind"] == "certain"
    assert first["text"] == "李女士 昨天 电话 问学区 120****9999"
    (action,) = first["actions"]
    assert action["id"] == "C-N10001"
    assert action["log"]["verb"] == "call"
    assert f"^{action['entry']}" in office.read(action["path"])
    assert second["question_code"] == "who"


# -- with a person


def test_a_person_files_confirms_answers_and_puts_off(office, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.inbox.may_ask", lambda _: True)
    office.write(
        "收件箱.md",
        "李女士 昨天 电话 问学区\n阳光花园 定金5万 李女士 下周五签约\n王先生 今天电话 说再看看\n"
        "今天好累\n郭总 今天带看映月湾两房\n",
    )

    answers = "y\ny\n2\nno\n\n"
    result = office.run("inbox", now=NOW, environ=ME, lang="zh", stdin=answers)

    assert result.exit == 0
    assert "归档 4 条，1 条留在收件箱" in result.err
    log = office.read("客源/李女士 浦东三房-N10001.md")
    assert "电话 问学区" in log
    assert "定金" in log
    assert "2026-11-21 电话 说再看看" in office.read("客源/王先生 阳光两房-N20002.md")
    assert office.read("收件箱.md").startswith(
        "郭总 今天带看映月湾两房\n  - [?] 2026-11-21 是哪一套？"
    )


def test_answers_that_say_nothing_are_said_and_not_kept(office, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.inbox.may_ask", lambda _: True)
    office.write("收件箱.md", "郭总 今天带看映月湾两房\n今天好累\n")

    result = office.run("inbox", now=NOW, environ=ME, lang="zh", stdin="7\n好\n2\n不用\n")

    assert "“7”答不上这个问题" in result.err
    assert "“好”答不上这个问题" in result.err
    archive = office.read("收件箱.md")
    assert "~~郭总 今天带看映月湾两房~~（映月湾 2室2厅-BBBBB3） →" in archive
    assert "- ~~今天好累~~（不用）" in archive


@pytest.mark.parametrize(
    ("line", "answer", "filed"),
    [
        ("李女士 今天带看阳光花园三房 意向9", "意向4", "[意向:: 4]"),
        ("李女士 今天带看阳光花园三房 意向3 意向4", "意向3", "[意向:: 3]"),
        ("李女士 11月31日 电话 问学区", "11月20日", "2026-11-20 电话 问学区"),
        ("李女士 Nov 31 电话 问学区", "Nov 20", "2026-11-20 电话 问学区"),
    ],
)
def test_what_could_not_be_read_is_answered_with_what_should_stand_there(
    office, line, answer, filed
):
    office.write("收件箱.md", f"{line}\n")
    file_all(office)
    asked = office.read("收件箱.md")
    assert "请重写" in asked

    office.write("收件箱.md", asked.replace("→", f"→ {answer}"))
    file_all(office)

    assert filed in office.read("客源/李女士 浦东三房-N10001.md")
    assert f"~~{line}~~（{answer}）" in office.read("收件箱.md")


def test_one_by_one_and_an_interruption_keeps_what_was_decided(office, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.inbox.may_ask", lambda _: True)
    office.write("收件箱.md", "李女士 昨天 电话 问学区\n郭总 电话 没人接\n今天好累\n")

    result = office.run("inbox", now=NOW, environ=ME, stdin="1\ny\nn\n")

    assert result.exit == 130
    assert "问学区" in office.read("客源/李女士 浦东三房-N10001.md")
    assert office.read("客源/郭总 厂房-N50001.md").count("[结果:: 未接]") == 1


def test_a_scripted_session_at_a_terminal(office):
    office.write("收件箱.md", "李女士 昨天 电话 问学区\n王先生 今天电话 说再看看\n")
    environ = office.environ(
        BROKERNOTES_NOW=NOW, BROKERNOTES_LANG="zh", TERM="dumb", COLUMNS="80", LANG="C.UTF-8", **ME
    )
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "brokernotes", "inbox"],
        cwd=office.root, env=environ, stdin=theirs, stdout=theirs, stderr=theirs,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    for prompt, answer in (("[y/n/1 = 逐条]", "y"), ("王先生 阳光两房-N20002", "1")):
        said = read_until(ours, prompt, said)
        os.write(ours, f"{answer}\n".encode())
    said = read_until(ours, "归档 2 条", said)
    os.close(ours)

    assert done.wait(SECONDS) == 0
    assert said.decode().splitlines()[:4] == [
        "✓  李女士 昨天 电话 问学区",
        "   李女士 浦东三房 11-20 电话 问学区",
        "–  王先生 今天电话 说再看看",
        "   是哪一位？ 1 王先生 求租-N20001 · 2 王先生 阳光两房-N20002",
    ]
    assert "电话 说再看看" in office.read("客源/王先生 求租-N20001.md")


def test_a_person_sees_each_line_whole_and_a_very_long_one_cut(office):
    long = "李女士 今天电话 " + "说房子太贵了还要再看看" * 60
    office.write("收件箱.md", f"阳光花园 定金5万 李女士 下周五签约 13912345678\x1b[31m\n{long}\n")
    environ = office.environ(
        BROKERNOTES_NOW=NOW, BROKERNOTES_LANG="zh", TERM="dumb", COLUMNS="60", LANG="C.UTF-8", **ME
    )
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "brokernotes", "inbox", "--no-input"],
        cwd=office.root, env=environ, stdin=theirs, stdout=theirs, stderr=theirs,
    ):  # fmt: skip
        said = read_until(ours, "没有归档", b"").decode().splitlines()
    os.close(theirs)
    os.close(ours)

    assert said[:4] == [
        "?  阳光花园 定金5万 李女士 下周五签约 139****5678\\x1b[31m",
        "   李女士 浦东三房 11-21 定金 阳光花园 3室2厅 5万 下周五签约",
        "     139****5678\\x1b[31m ➔11-27",
        "   归档吗？（涉及钱款；阳光花园 3室2厅 的状态和成交也会改）",
    ]
    assert [line[:3] for line in said[4:]] == ["✓  ", *["   "] * 7, "没有归"]
    assert [line[-1] for line in said[4:12]].count("…") == 2
    assert max(map(width, said)) <= 60


def read_until(descriptor, text, said):
    """What the terminal shows, up to a text."""
    while text.encode() not in said:
        ready, _, _ = select.select([descriptor], [], [], SECONDS)
        assert ready, said.decode()
        said += os.read(descriptor, 4096)
    return said


# -- any inbox

PIECES = st.lists(
    st.one_of(
        st.sampled_from(LINES),
        st.sampled_from(
            ["", "## 已归档", "# 11月19日", "- [ ] ", "  - [?] 2026-11-21 是哪一套？ → 1", "→ 是",
             "  孩子", "```", "%%", "~~旧~~", "---", "\ufeff", "> 引用", "## Filed", "2026-11-18"]
        ),
        st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"),
                max_size=20),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=20)
@given(pieces=PIECES, newline=st.sampled_from(["\n", "\r\n"]), ended=st.booleans())
@example(pieces=[LINES[0], "0\n"], newline="\r\n", ended=False)
def test_nothing_is_lost_and_a_second_run_changes_nothing(pieces, newline, ended):
    text = newline.join(pieces) + (newline if ended else "")
    with tempfile.TemporaryDirectory() as folder:
        office = drawn_office(Path(folder))
        office.write("收件箱.md", text)

        first = file_all(office)
        after = snapshot(office)
        second = file_all(office)

        assert first.exit == second.exit
        assert snapshot(office) == after
        kept = office.read("收件箱.md")
        for piece in pieces:
            for line in piece.splitlines():
                words = line.strip().strip("-→ [").strip()
                if "[?] 2026" not in line and "→" not in line:
                    assert "".join(words.split()) in "".join(kept.split())


def test_a_copy_of_the_inbox_that_a_sync_program_made_is_filed_too(vault):
    drawn = vault(
        """
        -- 客源/李女士-9F3DWA.md --
        ---
        id: C-9F3DWA
        type: client
        title: 李女士
        created: 2026-10-01
        ---

        ## 跟进记录
        -- 收件箱.md --
        李女士 今天上午十点 电话 想看看
        -- 收件箱.sync-conflict-20261121-180000-ABCDEFG.md --
        李女士 今天上午十点 电话 想看看
        李女士 今天下午三点 微信 问学区
        """
    )
    drawn.run("inbox", "--yes", now="2026-11-21T18:00")
    log = drawn.read("客源/李女士-9F3DWA.md")

    assert log.count("10:00 电话 想看看") == 1
    assert log.count("15:00 微信 问学区") == 1


def test_a_client_made_by_one_line_is_meant_by_the_next(vault):
    drawn = vault(
        """
        -- 房源/春江苑 2室1厅-7K2PQM.md --
        ---
        id: L-7K2PQM
        type: listing
        title: 春江苑 2室1厅
        community: "[[春江苑]]"
        status: 在售
        price: 300
        gross_area: 70
        bedrooms: 2
        living_rooms: 1
        ---
        -- 小区/春江苑.md --
        ---
        id: M-2B3C4D
        type: community
        ---
        -- 收件箱.md --
        王女士 今天下午五点 带看春江苑两房
        新客 王女士 12000001234 求租 两房 6000
        """
    )
    result = drawn.run("inbox", "--yes", now="2026-11-21T19:00")
    (note,) = (drawn.root / "客源").glob("王女士*.md")

    assert result.exit == 0
    assert "- 2026-11-21 17:00 带看 [[春江苑 2室1厅-7K2PQM|春江苑 2室1厅]]" in note.read_text(
        "utf-8"
    )
    assert "[?]" not in drawn.read("收件箱.md")
    assert drawn.run("check", "--severity", "error").out == ""


def test_what_a_dictated_deposit_lacks_is_asked_and_answered_under_the_line(office):
    office.write("收件箱.md", "阳光花园 李女士 交了定金\n  - [x] 2026-11-21 归档吗？ →\n")
    file_all(office, lang="zh")
    asked = office.read("收件箱.md")
    assert "定金多少？" in asked
    assert not (office.root / "成交").exists() or not list((office.root / "成交").glob("2026-11*"))

    office.write("收件箱.md", asked.replace("→", "→ 是，10万，12月5日签约", 1))
    file_all(office, lang="zh")

    (deal,) = (office.root / "成交").glob("2026-11 *.md")
    text = deal.read_text("utf-8")
    assert "deposit_amount: 100000\n" in text
    assert "expected_signing: 2026-12-05\n" in text


def test_a_dictated_cancellation_says_why_and_what_became_of_the_deposit(office):
    office.write("收件箱.md", "阳光花园 定金5万 李女士 下周五签约\n  - [x] 2026-11-21 归档吗？ →\n")
    file_all(office)
    office.write("收件箱.md", "阳光花园三房 李女士 退定，定金退还，因为贷款没批\n")
    file_all(office)
    office.write("收件箱.md", office.read("收件箱.md").replace("[?]", "[x]"))

    file_all(office)

    (deal,) = (office.root / "成交").glob("2026-11 *.md")
    text = deal.read_text("utf-8")
    assert "stage: 取消\n" in text, office.read("收件箱.md")
    assert "deposit_settlement: 退还\n" in text
    assert "原因:: 贷款没批" in text


def test_two_dictated_deposits_on_one_home_make_one_deal(office):
    yes = "  - [x] 2026-11-21 归档吗？ →\n"
    lines = ("阳光花园 定金5万 李女士 下周五签约\n", "L-AAAAA1 定金6万 曹小姐 下周五签约\n")
    office.write("收件箱.md", "".join(line + yes for line in lines))

    file_all(office)

    deals = [path.read_text("utf-8") for path in (office.root / "成交").glob("2026-11 *.md")]
    assert len(deals) == 1, office.read("收件箱.md")
    assert "deposit_amount: 50000\n" in deals[0]
    assert "two-open-deals" not in str(office.problem_lines(now=NOW))

    office.write("收件箱.md", "".join(line + yes for line in (
        "L-AAAAA1 退定，定金退还，因为贷款没批\n", lines[1])))  # fmt: skip
    file_all(office)
    assert "deal-against-status" not in str(office.problem_lines(now=NOW))


TOUR = """
    -- 收件箱.md --
    {line}
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    salutation: 李女士
    intents:
      - 求购
    ---
    -- 房源/阳光花园 三房-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 三房
    community: 阳光花园
    bedrooms: 3
    status: {status}
    ---
    -- 房源/阳光花园 两房-7K2PQN.md --
    ---
    id: L-7K2PQN
    type: listing
    title: 阳光花园 两房
    community: 阳光花园
    bedrooms: 2
    status: 在售
    ---
    -- 房源/映月湾 两房-7K2PQP.md --
    ---
    id: L-7K2PQP
    type: listing
    title: 映月湾 两房
    community: 映月湾
    bedrooms: 2
    status: 在售
    ---
"""


def test_a_dictated_tour_has_time_for_the_way_between_two_estates(vault):
    line = "李女士 明天下午三点带看阳光花园三房、阳光花园两房、映月湾两房"
    drawn = vault(TOUR.format(line=line, status="在售"))
    done = drawn.run("inbox", "--dry-run", "--json")
    (told,) = json.loads(done.out)["lines"]

    assert [one["log"]["time"] for one in told["actions"]] == ["15:00", "15:45", "16:45"]


@pytest.mark.parametrize(("status", "kind"), [("在售", "certain"), ("定金", "proposed")])
def test_a_dictated_showing_of_a_reserved_home_is_asked_about(vault, status, kind):
    line = "李女士 明天下午三点带看阳光花园三房"
    drawn = vault(TOUR.format(line=line, status=status))
    (told,) = json.loads(drawn.run("inbox", "--dry-run", "--json").out)["lines"]

    assert told["kind"] == kind
    drawn.run("inbox", "--yes")
    left = drawn.read("收件箱.md")
    assert ("房子收了定金，或不在售不在租" in left) == (kind == "proposed")


def test_a_home_that_was_shown_before_it_was_reserved_is_filed(vault):
    line = "李女士 今天上午八点带看阳光花园三房 意向3"
    drawn = vault(TOUR.format(line=line, status="定金"))
    (told,) = json.loads(drawn.run("inbox", "--dry-run", "--json").out)["lines"]

    assert told["kind"] == "certain"
