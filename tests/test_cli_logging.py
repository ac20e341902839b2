"""`log`, `plan`, `done` and `cancel` as a user meets them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from brokernotes.storage.journal import Journal
from brokernotes.storage.locking import cache_folder
from tests.transcripts import names

PROJECT = Path(__file__).parent.parent
DRAWING = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    -- 经纪人/王敏.md --
    ---
    id: A-000001
    type: agent
    title: 王敏
    email: wang@example.com
    ---
    -- 经纪人/周婕.md --
    ---
    id: A-000002
    type: agent
    title: 周婕
    ---
    -- 客源/李女士 浦东三房-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士 浦东三房
    agent: "[[王敏]]"
    ---

    ## 跟进记录

    - 2026-11-18 09:10 微信 问学区 ^3ack67k2p
    - [ ] 2026-11-21 08:00 带看 [[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]] 东门集合 ^3afr4q81c
      - 鞋套
    -- 房源/阳光花园 3室2厅-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    agent: "[[周婕]]"
    ---
    -- 房源/春江苑 2室-H4T0ZB.md --
    ---
    id: L-H4T0ZB
    type: listing
    title: 春江苑 2室
    ---
"""
CLIENT = "客源/李女士 浦东三房-9F3DWA.md"
LISTING = "房源/阳光花园 3室2厅-7K2PQM.md"
ID = re.compile(r" \^[0-9a-z]{9}$", re.MULTILINE)


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


@pytest.fixture
def in_git(vault):
    return vault(DRAWING + "    -- git --\n")


@pytest.mark.parametrize("name", [*names("log"), *names("plan"), *names("done"), *names("cancel")])
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


def added(drawn, before, path=CLIENT):
    """The lines that stand at the end of a note now, without their ids."""
    after = drawn.read(path)
    assert after.startswith(before)
    return ID.sub("", after.removeprefix(before))


def logged(drawn, *args, path=CLIENT, **settings):
    before = drawn.read(path)
    done = drawn.run("log", *args, **settings)
    assert done.exit == 0, done.err
    return added(drawn, before, path)


def test_log_prints_the_entry_and_the_path_and_keeps_all_bytes(drawn):
    before = drawn.read(CLIENT)

    done = drawn.run("log", "C-9F3DWA", "电话", "问", "学区")

    id_, path = done.out.removesuffix("\n").split("\t")
    assert path == CLIENT
    assert drawn.read(CLIENT) == f"{before}- 2026-11-21 09:00 电话 问 学区 ^{id_}\n"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["备注", "降价", "-5万"], "备注 降价 -5万"),
        (["备注", "-n", "--none", "-h"], "备注 -n --none -h"),
        (["备注", "-地铁", "--at", "2026-11-20"], "备注 -地铁"),
        (["备注", "--", "--at", "-x"], "备注 --at -x"),
        (["备注", "—5", "--no-commit", "-"], None),
    ],
)
def test_words_are_text_whatever_they_begin_with(drawn, words, line):
    text = logged(drawn, "C-9F3DWA", *words, stdin="读来的\n")

    if line is None:
        assert text == "- 2026-11-21 09:00 备注 —5 读来的\n"
    else:
        assert text.endswith(f" {line}\n")


def test_an_unknown_option_before_the_note_is_an_error(drawn):
    assert drawn.run("log", "-5", "C-9F3DWA", "备注").exit == 2


def test_a_dash_reads_the_text_and_the_lines_under_it(drawn):
    text = logged(
        drawn, "C-9F3DWA", "面谈", "-", stdin="要三房\n\n2026-11-01 电话 说过\r\n- 两卫\n"
    )

    assert text.splitlines()[0] == "- 2026-11-21 09:00 面谈 要三房"
    assert drawn.run("log", "C-9F3DWA", "备注", "完").exit == 0
    assert len(entries(drawn)) == 4


def entries(drawn, path=CLIENT):
    from brokernotes.model.rules import Rules
    from brokernotes.notes.note import NoteReader

    return NoteReader(Rules(), ("王敏", "周婕")).read(path, drawn.read(path)).record.entries


@pytest.mark.parametrize(
    ("at", "stamp"),
    [
        ("昨天 14:30", "2026-11-20 14:30"),
        ("2026-11-01", "2026-11-01"),
        ("8:30", "2026-11-21 08:30"),
        ("yesterday 3pm", "2026-11-20 15:00"),
    ],
)
def test_when_it_happened_may_be_said_as_people_do(drawn, at, stamp):
    assert logged(drawn, "C-9F3DWA", "call", "--at", at) == f"- {stamp} 电话\n"


def test_the_future_is_planned_and_not_logged(drawn):
    done = drawn.run("log", "C-9F3DWA", "电话", "--at", "明天")

    assert done.exit == 2
    assert "brokernotes plan" in done.err


def test_others_and_fields_stand_in_the_entry(drawn):
    text = logged(
        drawn, "C-9F3DWA", "带看", "嫌客厅小", "--with", "阳光花园 3室2厅", "--with", "L-H4T0ZB",
        "--set", "interest=3", "--set", "顾虑=户型、采光", "--next", "+3d",
    )  # fmt: skip

    assert text == (
        "- 2026-11-21 09:00 带看 [[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]] "
        "[[春江苑 2室-H4T0ZB|春江苑 2室]] 嫌客厅小 [意向:: 3] [顾虑:: 户型、采光] "
        "[下次:: 2026-11-24]\n"
    )


@pytest.mark.parametrize("word", ["无", "none"])
def test_a_promise_is_taken_back(drawn, word):
    assert logged(drawn, "C-9F3DWA", "电话", "--next", word).endswith("[下次:: 无]\n")


def test_an_english_vault_writes_english(vault):
    drawn = vault("-- clients/Li.md --\n---\nid: C-9F3DWA\ntype: client\n---\n", language="en")

    drawn.run("log", "Li", "电话", "asked", "--set", "结果=未接", "--next", "无")

    line = drawn.read("clients/Li.md").splitlines()[-1]
    assert drawn.read("clients/Li.md").count("## Log\n") == 1
    assert line.startswith("- 2026-11-21 09:00 Call asked [outcome:: no answer] [next:: none] ^")


def test_who_writes_is_named_only_beside_the_notes_own_agent(drawn):
    assert "@" not in logged(drawn, "C-9F3DWA", "备注")
    assert logged(drawn, "L-7K2PQM", "备注", path=LISTING).endswith(" 备注 @王敏\n")
    assert "@周婕" in logged(drawn, "--agent", "周婕", "C-9F3DWA", "备注")


def test_nobody_is_named_when_nobody_in_particular_asks(drawn):
    drawn.write("经纪人/王敏.md", drawn.read("经纪人/王敏.md").replace("wang@", "min@"))

    assert "@" not in logged(drawn, "L-7K2PQM", "备注", path=LISTING)


def test_text_that_looks_like_something_else_stays_text(drawn):
    logged(drawn, "C-9F3DWA", "备注", "@周婕 [意向:: 5] [[x]] ^abc 2026-01-01 电话")

    entry = entries(drawn)[-1]
    assert entry.text == "@周婕 [意向:: 5] [[x]] ^abc 2026-01-01 电话"
    assert (entry.agent, entry.links, dict(entry.fields)) == (None, (), {})


def test_a_call_nobody_answered_does_not_count_as_one_that_was(drawn):
    text = logged(drawn, "C-9F3DWA", "电话", "没人接，明天再打")

    assert text == "- 2026-11-21 09:00 电话 明天再打 [结果:: 未接]\n"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("C-9F3DWA", "打电画"), 2, "Did you mean 打电话?"),
        (("C-9F3DWA", "签"), 2, "签约 · 签委托 · 签独家"),
        (("C-9F3DWA",), 2, "VERB"),
        (("C-9F3DWA", "电话", "--set", "意向=9"), 2, "意向=9\n       ^"),
        (("C-9F3DWA", "电话", "--set", "intrest=3"), 2, "Did you mean interest?"),
        (("C-9F3DWA", "电话", "--next", "以后"), 2, "--next"),
        (("C-9F3DWA", "电话", "--next", "昨天"), 2, "before this one"),
        (("C-9F3DWA", "电话", "--next", "明天", "--set", "下次=后天"), 2, "twice"),
        (("C-9F3DWA", "备注", "--set", "更正=3zzzzzzzz"), 4, "3zzzzzzzz"),
        (("C-9F3DWA", "电话", "--with", "nobody"), 4, "no note is called nobody"),
        (("nobody", "电话"), 4, "no note is called nobody"),
    ],
)
def test_what_cannot_be_logged_says_so_and_writes_nothing(drawn, args, code, said):
    before = drawn.read(CLIENT)

    done = drawn.run("log", *args)

    assert done.exit == code
    assert said in done.err
    assert drawn.read(CLIENT) == before


def test_a_correction_names_an_entry_of_the_note(drawn):
    text = logged(drawn, "C-9F3DWA", "备注", "问的是学校", "--set", "更正=3ack67k2p")

    assert text.endswith("[更正:: 3ack67k2p]\n")


def test_a_colleague_who_reached_the_owner_today_is_pointed_out(drawn):
    drawn.run("log", "--agent", "周婕", "L-7K2PQM", "电话", "报价")

    mine = drawn.run("log", "L-7K2PQM", "电话")
    theirs = drawn.run("log", "--agent", "周婕", "L-7K2PQM", "备注")

    assert "周婕 reached the owner today already" in mine.err
    assert mine.exit == 0
    assert theirs.err == ""


def test_an_entry_is_kept_in_the_journal_until_a_commit_holds_it(in_git):
    folder = cache_folder(str(in_git.root.resolve()), in_git.environ())

    in_git.run("log", "C-9F3DWA", "电话", "--no-commit")
    kept = Journal(folder).entries()
    in_git.run("log", "L-7K2PQM", "备注")

    assert [(one.path, one.lines.split(" ")[3]) for one in kept] == [(CLIENT, "电话")]
    assert [one.id for one in Journal(folder).entries()] == [kept[0].id]


def test_a_log_is_committed_under_a_plain_subject(in_git):
    in_git.run("log", "C-9F3DWA", "议价", "底价600", "--set", "底价=600")

    assert in_git.git("log", "-1", "--format=%s") == "议价 李女士 浦东三房\n"
    assert in_git.git("status", "--porcelain") == ""


def test_log_as_json(in_git):
    shape = json.loads(in_git.run("log", "C-9F3DWA", "电话", "--json").out)

    assert set(shape) == {"id", "path", "changed", "operation", "commit", "entry"}
    assert shape["id"] == "C-9F3DWA"
    assert f"^{shape['entry']}\n" in in_git.read(CLIENT)


def test_a_block_that_is_never_closed_is_refused(drawn):
    drawn.write(CLIENT, drawn.read(CLIENT) + "\n```\n")

    done = drawn.run("log", "C-9F3DWA", "电话")

    assert done.exit == 1
    assert "never closed" in done.err


def test_a_log_that_other_text_follows_is_said(drawn):
    drawn.write(CLIENT, drawn.read(CLIENT) + "\n## 备忘\n\n别的\n")

    done = drawn.run("log", "C-9F3DWA", "电话", "中间")

    assert done.exit == 0
    assert "followed by other text" in done.err
    assert drawn.read(CLIENT).endswith("\n## 备忘\n\n别的\n")


def test_two_writers_at_once_lose_nothing(drawn):
    script = (
        "import sys\n"
        "from brokernotes.cli.main import main\n"
        "for number in range(4):\n"
        "    try:\n"
        "        main(['log', 'C-9F3DWA', '备注', sys.argv[1] + str(number)])\n"
        "    except SystemExit as done:\n"
        "        assert not done.code\n"
    )
    environ = drawn.environ(PYTHONPATH=str(PROJECT), BROKERNOTES_NOW="2026-11-21T09:00")
    running = [
        subprocess.Popen([sys.executable, "-c", script, who], cwd=drawn.root, env=environ,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for who in ("a", "b")
    ]  # fmt: skip
    for process in running:
        _, err = process.communicate()
        assert process.returncode == 0, err.decode()

    logged = [entry for entry in entries(drawn) if entry.verb == "note"]
    assert sorted(entry.text for entry in logged) == [
        f"{who}{number}" for who in "ab" for number in range(4)
    ]
    assert len({entry.id for entry in logged}) == 8


def test_the_command_line_works_in_the_c_locale(drawn):
    environ = drawn.environ(PYTHONPATH=str(PROJECT), LC_ALL="C", BROKERNOTES_NOW="2026-11-21T09:00")
    command = [sys.executable, "-m", "brokernotes", "--no-input"]
    arguments = ["log", "C-9F3DWA", "电话", "问学区"]

    done = subprocess.run([*command, *arguments], cwd=drawn.root, env=environ, capture_output=True)

    assert (done.returncode, done.stderr) == (0, b"")
    assert entries(drawn)[-1].text == "问学区"


# -- plan


def planned(drawn, *args):
    before = drawn.read(CLIENT)
    done = drawn.run("plan", "C-9F3DWA", *args)
    assert done.exit == 0, done.err
    return added(drawn, before)


def test_one_entry_a_note_each_when_the_one_before_is_over(drawn):
    text = planned(drawn, "带看", "L-7K2PQM", "春江苑 2室", "东门", "集合", "--at", "明天 15:00",
                   "--place", "东门")  # fmt: skip

    assert text == (
        "- [ ] 2026-11-22 15:00 带看 [[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]] 东门 集合 "
        "[地点:: 东门]\n"
        "- [ ] 2026-11-22 15:45 带看 [[春江苑 2室-H4T0ZB|春江苑 2室]] 东门 集合\n"
    )


def test_a_duration_moves_the_next_one(drawn):
    text = planned(
        drawn, "带看", "L-7K2PQM", "L-H4T0ZB", "--at", "明天 15:00", "--duration", "1小时"
    )

    assert [line.split(" ")[4] for line in text.splitlines()] == ["15:00", "16:00"]
    assert text.count("[时长:: 60]") == 2


def test_a_listing_may_be_said_by_its_estate_and_rooms(drawn):
    assert drawn.run("new", "小区", "阳光花园").exit == 0
    assert drawn.run("set", "L-7K2PQM", "community=阳光花园", "bedrooms=3").exit == 0

    text = planned(drawn, "带看", "阳光花园三房", "阳光三房", "--at", "明天 15:00")

    assert text == (
        "- [ ] 2026-11-22 15:00 带看 [[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]] 阳光三房\n"
    )


def test_what_only_resembles_a_name_is_text(drawn):
    text = planned(drawn, "带看", "L-7K", "阳光", "王敏", "--at", "明天")

    assert text == "- [ ] 2026-11-22 带看 L-7K 阳光 王敏\n"


def test_a_name_of_two_notes_is_not_guessed(drawn):
    drawn.write("房源/春江苑 2室-000002.md", "---\nid: L-000002\ntitle: 春江苑 2室\n---\n")

    done = drawn.run("plan", "C-9F3DWA", "带看", "春江苑 2室", "--at", "明天")

    assert done.exit == 4
    assert "L-000002" in done.err


@pytest.mark.parametrize(
    ("at", "said"), [("昨天", "brokernotes log"), ("8:59", "brokernotes log"), ("3点", "half of")]
)
def test_the_past_is_logged_and_not_planned(drawn, at, said):
    done = drawn.run("plan", "C-9F3DWA", "带看", "--at", at)

    assert done.exit == 2
    assert said in done.err


def test_a_plan_needs_its_time(drawn):
    assert drawn.run("plan", "C-9F3DWA", "带看").exit == 2


def test_several_planned_entries_are_one_commit(in_git):
    done = in_git.run(
        "plan", "C-9F3DWA", "带看", "L-7K2PQM", "L-H4T0ZB", "--at", "明天 15:00", "--json"
    )

    shape = json.loads(done.out)
    assert len(shape["entries"]) == 2
    assert shape["entry"] == shape["entries"][0]
    assert in_git.git("log", "--format=%s").splitlines() == ["计划：带看 李女士 浦东三房", "drawn"]


# -- done and cancel


@pytest.mark.parametrize(
    "entry",
    ["3afr4q81c", "C-9F3DWA:3afr4q81c", "C-9F3DWA#^3afr4q81c", "李女士 浦东三房^3AFR4Q81C",
     "C-9F3DWA:20261121T0800"],
)  # fmt: skip
def test_an_entry_is_ticked_off_and_nothing_else_changes(drawn, entry):
    before = drawn.read(CLIENT)

    done = drawn.run("done", entry, "很满意", "--set", "意向=4", "--next", "+2d")

    assert (done.exit, done.out) == (0, f"3afr4q81c\t{CLIENT}\n")
    assert drawn.read(CLIENT) == before.replace("- [ ]", "- [x]").replace(
        "东门集合 ^", "东门集合 很满意 [意向:: 4] [下次:: 2026-11-23] ^"
    )


def test_an_entry_is_called_off_with_its_reason(drawn):
    before = drawn.read(CLIENT)

    done = drawn.run("cancel", "3afr4q81c", "业主", "-5分钟前", "才说")

    assert done.exit == 0
    assert drawn.read(CLIENT) == before.replace("- [ ]", "- [-]").replace(
        "东门集合 ^", "东门集合 业主 -5分钟前 才说 ^"
    )


def test_in_english_what_is_added_is_set_apart(vault):
    drawn = vault(
        "-- clients/Li.md --\n---\nid: C-9F3DWA\n---\n\n## Log\n\n"
        "- [ ] 2026-11-21 08:00 Showing at the gate ^3afr4q81c\n",
        language="en",
    )

    drawn.run("cancel", "3afr4q81c", "the owner is away")

    assert "[-] 2026-11-21 08:00 Showing at the gate — the owner is away ^" in drawn.read(
        "clients/Li.md"
    )


def test_when_it_really_was_stands_under_the_entry(drawn):
    drawn.run("done", "3afr4q81c", "--at", "8:30")

    assert drawn.read(CLIENT).endswith("  - 鞋套\n  - 实际时间 2026-11-21 08:30\n")


def test_lines_from_standard_input_stand_under_the_entry(drawn):
    drawn.run("done", "3afr4q81c", "-", stdin="满意\n钥匙已还\n")

    assert entries(drawn)[-1].text == "东门集合 满意"
    assert entries(drawn)[-1].children == ("  - 鞋套", "  - 钥匙已还")


def test_a_colleague_who_ticks_it_off_is_named(drawn):
    drawn.run("done", "--agent", "周婕", "3afr4q81c", "代看")

    assert entries(drawn)[-1].agent == "周婕"
    assert entries(drawn)[-1].text == "东门集合 代看"


def test_an_entry_without_an_id_is_named_by_its_time(drawn):
    drawn.write(CLIENT, drawn.read(CLIENT) + "- [ ] 2026-11-21 08:50 电话 手写的\n")

    done = drawn.run("done", "C-9F3DWA:20261121T0850")

    assert done.out == f"20261121T0850\t{CLIENT}\n"
    assert drawn.read(CLIENT).endswith("- [x] 2026-11-21 08:50 电话 手写的\n")


@pytest.mark.parametrize("name", ["done", "cancel"])
def test_doing_it_twice_changes_nothing_and_says_so(in_git, name):
    in_git.run(name, "3afr4q81c")
    before = in_git.read(CLIENT)

    done = in_git.run(name, "3afr4q81c", "再来一次")

    assert (done.exit, done.out) == (0, "")
    assert "already" in done.err
    assert in_git.read(CLIENT) == before
    assert len(in_git.git("log", "--format=%s").splitlines()) == 2


def test_what_was_called_off_is_not_ticked_off_and_the_reverse(drawn):
    drawn.run("cancel", "3afr4q81c")
    assert drawn.run("done", "3afr4q81c").exit == 1

    assert drawn.run("cancel", "C-9F3DWA:3ack67k2p").exit == 1
    assert drawn.run("done", "C-9F3DWA:3ack67k2p").exit == 0


def test_of_two_entries_with_one_id_the_day_and_hour_say_which_is_meant(drawn):
    twice = drawn.read(CLIENT) + "- [ ] 2026-11-21 09:00 电话 ^3afr4q81c\n"
    drawn.write(CLIENT, twice)
    refused = drawn.run("cancel", "C-9F3DWA:3AFR4Q81C")

    assert refused.exit == 4
    assert "more than one entry" in refused.err
    assert "C-9F3DWA:20261121T0900" in refused.err
    assert drawn.read(CLIENT) == twice
    assert drawn.run("cancel", "C-9F3DWA:20261121T0900").exit == 0
    assert drawn.read(CLIENT) == twice.replace("[ ] 2026-11-21 09:00", "[-] 2026-11-21 09:00")


def test_an_entry_of_a_later_day_is_not_done_yet(drawn):
    drawn.write(CLIENT, drawn.read(CLIENT).replace("11-21 08:00", "11-23 08:00"))

    done = drawn.run("done", "3afr4q81c")

    assert done.exit == 1
    assert "2026-11-23 08:00" in done.err


@pytest.mark.parametrize(
    ("entry", "code"),
    [("3zzzzzzzz", 4), ("C-9F3DWA:3zzzzzzzz", 4), ("nobody:3afr4q81c", 4), ("a b", 2)],
)
def test_an_entry_that_is_not_there_is_not_found(drawn, entry, code):
    assert drawn.run("done", entry).exit == code


def test_the_planned_entries_are_offered_when_the_id_is_wrong(drawn):
    done = drawn.run("done", "C-9F3DWA:3zzzzzzzz")

    assert "C-9F3DWA:3afr4q81c  2026-11-21 08:00 带看 东门集合" in done.err


def test_an_id_in_two_notes_has_to_name_its_note(drawn):
    drawn.write(
        LISTING, drawn.read(LISTING) + "\n## 跟进记录\n\n- [ ] 2026-11-21 08:00 带看 ^3afr4q81c\n"
    )

    assert drawn.run("done", "3afr4q81c").exit == 4
    assert drawn.run("done", "L-7K2PQM:3afr4q81c").exit == 0


def test_done_and_cancel_are_committed_under_a_plain_subject(in_git):
    in_git.run("done", "3afr4q81c", "--json")

    assert in_git.git("log", "-1", "--format=%s") == "完成：带看 李女士 浦东三房\n"


@pytest.mark.parametrize("name", ["log", "plan", "done", "cancel"])
def test_a_conflict_in_the_note_leaves_it_alone(drawn, name):
    conflicted = drawn.read(CLIENT) + "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"
    drawn.write(CLIENT, conflicted)
    args = {
        "log": ("C-9F3DWA", "备注"),
        "plan": ("C-9F3DWA", "带看", "--at", "明天"),
    }.get(name, ("C-9F3DWA:3afr4q81c",))

    assert drawn.run(name, *args).exit == 5
    assert drawn.read(CLIENT) == conflicted


@pytest.mark.parametrize("name", ["log", "plan", "done", "cancel"])
def test_help_shows_two_examples(drawn, name):
    assert drawn.run(name, "--help").out.count(f"\n  brokernotes {name} ") == 2


@pytest.mark.parametrize("name", ["log", "plan", "done", "cancel"])
def test_a_dry_run_writes_nothing(in_git, name):
    args = {
        "log": ("C-9F3DWA", "备注"),
        "plan": ("C-9F3DWA", "带看", "--at", "明天"),
    }.get(name, ("3afr4q81c",))

    done = in_git.run(name, *args, "--dry-run")

    assert done.out.startswith(f"--- a/{CLIENT}\n")
    assert in_git.git("status", "--porcelain") == ""


def test_beside_edits_that_are_not_committed_only_the_own_change_is(vault):
    drawn = vault(
        """
        -- clients/li.md --
        ---
        id: C-7K2PQM
        type: client
        created: 2026-11-01
        stage: 在看
        ---

        ## 跟进记录

        - 2026-11-02 10:00 电话 第一次 ^3e2aaaaaa
        -- git --
        """
    )
    path = "clients/li.md"
    drawn.write(path, drawn.read(path) + "- 2026-11-03 手打的一行\n")

    logged = drawn.run("log", "C-7K2PQM", "电话", "第二次")
    changed = drawn.run("set", "C-7K2PQM", "stage=磋商")

    assert (logged.exit, logged.err, changed.exit, changed.err) == (0, "", 0, "")
    committed = drawn.git("show", f"HEAD:{path}")
    assert "手打的一行" not in committed
    assert "第二次" in committed
    assert "stage: 磋商" in committed
    assert drawn.read(path).index("手打的一行") < drawn.read(path).index("第二次")


def test_braces_that_somebody_said_are_no_template(vault):
    drawn = vault(
        """
        -- clients/li.md --
        ---
        id: C-7K2PQM
        type: client
        created: 2026-11-01
        ---

        ## 跟进记录

        - 2026-11-02 10:00 电话 {{title}}
        """
    )

    assert drawn.run("log", "C-7K2PQM", "电话", "要 {{两}} 房 <%x%> @谁 [a").exit == 0

    lines = drawn.problem_lines()
    found = [line.partition(" ")[0] for line in lines if "template-leftover" in line]
    assert found == ["clients/li.md:9:23:"]
