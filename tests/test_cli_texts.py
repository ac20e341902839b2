"""Help and usage errors in the reader's language, measured in columns."""

import re
import shlex

import click
import openpyxl
import pytest

from brokernotes.cli.main import COMMANDS, cli
from brokernotes.cli.report import REPORTS
from brokernotes.cli.width import width
from tests.drawing import DrawnVault

CHINESE = re.compile("[\u4e00-\u9fff]")
PATHS = [
    (),
    *((name,) for name in COMMANDS),
    ("ical", "check"),
    ("ical", "serve"),
    *(("report", name) for name in REPORTS),
]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo brokerage, with its calendar."""
    drawn = DrawnVault(tmp_path_factory.mktemp("demo"))
    drawn.run("init", ".", "--demo")
    drawn.run("ical")
    draw_sheets(drawn)
    return drawn


def draw_sheets(drawn):
    """What the examples of `import` name."""
    book = openpyxl.Workbook()
    for row in (["房源表"], ["小区", "栋室", "总价"], ["滨江新城", "3-2-501", "620万"]):
        book.active.append(row)
    book.save(drawn.root / "房源表.xlsx")
    drawn.write("clients.csv", "序号,客户姓名,电话,心理价位\n1,李女士,12000009999,600-650万\n")


@pytest.fixture
def here(tmp_path):
    """A folder without a vault."""
    return DrawnVault(tmp_path)


def help_of(drawn, path, lang):
    result = drawn.run(*path, "--help", lang=None, environ={"BROKERNOTES_LANG": lang})
    assert (result.exit, result.err) == (0, "")
    return result.out


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_in_chinese_leaves_no_sentence_in_english(here, path):
    told = help_of(here, path, "zh")

    assert told.startswith("用法: ")
    for line in told.split("例如:")[0].splitlines()[1:]:
        # Two English words side by side, unless they are names, code or placeholders.
        plain = re.sub(r"`[^`]*`|[\w.\[\]|…=/-]*[A-Z_|<>/=…-][\w.\[\]|…=/-]*", "", line)
        assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{2,}", plain), line


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_help_in_english_speaks_chinese_only_in_its_examples(here, path):
    told = help_of(here, path, "en")

    assert told.startswith("Usage: ")
    quoted = {"结果", "未接", "无", "妻子"}
    for words in CHINESE.findall(re.sub("|".join(quoted), "", told.split("Examples:")[0])):
        pytest.fail(words)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_line_of_help_is_wider_than_the_terminal(here, path, lang):
    told = help_of(here, path, lang)

    lines = re.split("例如:|Examples:", told)[0].splitlines()
    assert max(width(line) for line in lines) <= 80


def test_one_process_speaks_one_language_after_the_other(here):
    first = help_of(here, ("due",), "en")
    help_of(here, ("due",), "zh")

    assert help_of(here, ("due",), "en") == first


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_shows_two_examples(here, path):
    _, _, shown = help_of(here, path, "en").partition("Examples:\n")

    assert len(shown.splitlines()) == 2
    assert all(line.startswith("  brokernotes ") for line in shown.splitlines())


def examples():
    """The commands that help shows, without what only a shell understands."""
    for path in PATHS:
        command: click.Command = cli
        for name in path:
            command = command.get_command(click.Context(command), name)  # type: ignore[attr-defined]
        for example in command.epilog.split("`")[1::2]:
            words = shlex.split(example.partition(" > ")[0])[1:]
            if "*" not in example and words[0] != "init":
                yield words


@pytest.mark.parametrize("words", list(examples()), ids=" ".join)
def test_the_examples_of_help_work_on_the_demo(demo, words):
    more = (
        ["--dry-run"]
        if words[0] in ("new", "set", "rename", "log", "plan", "done", "cancel", "status")
        else ["--once"] * (words[0] == "watch")
        or ["--show"] * (words[:2] == ["ical", "serve"])  # else it would serve for ever
    )
    environ = {"EDITOR": "true", "SSH_CONNECTION": "10.0.0.1"}  # no window opens
    result = demo.run(*words, *more, "--no-input", environ=environ)

    # Findings of a check are an answer.
    assert result.exit == 0 or (words[0] in ("check", "doctor") and result.exit == 1), result.err
    assert result.out or result.err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("log",), "缺少参数 REF。"),
        (("due", "--formt"), "没有 `--formt` 这个选项；是不是 `--format`？"),
        (("due", "--nothing"), "没有 `--nothing` 这个选项"),
        (("set", "C-9F3DWA", "--dryrun"), "没有 `--dryrun` 这个选项；是不是 `--dry-run`？"),
        (("status", "L-1", "定金", "--with", "x"), "没有 `--with` 这个选项；是不是 `--buyer`？"),
        (
            ("status", "L-1", "定金", "--deposit", "x"),
            "没有 `--deposit` 这个选项；是不是 `--amount`？",
        ),
        (
            ("log", "C-9F3DWA", "电话", "说好", "--witth", "x"),
            "没有 `--witth` 这个选项；是不是 `--with`？",
        ),
        (("due", "-n"), "选项 '-n' 后面要有值。"),
        (("log", "C-9F3DWA", "电话", "--set"), "选项 '--set' 后面要有值。"),
        (("due", "-n", "0"), "'-n' 的值不对：0 不在 x>=1 的范围内。"),
        (("due", "-n", "x"), "'-n' 的值不对：'x' 不是有效的整数。"),
        (("--lang", "fr"), "'--lang' 的值不对：'fr' 不在可选的 'zh', 'en' 之内。"),
        (("index", "foo"), "多出了参数（foo）"),
        (("index", "--verify=1"), "选项 '--verify' 后面不能有值。"),
        (("duee",), "没有 duee 这个命令；是不是 due？"),
    ],
)
def test_a_wrong_command_line_is_told_in_chinese(here, args, said):
    result = here.run(*args, lang="zh")

    assert result.exit == 2
    assert result.err.splitlines()[0] == f"brokernotes: {said}"


@pytest.mark.parametrize(
    ("begun", "meant"), [("do", "done"), ("f", "find"), ("fm", "fmt"), ("doc", "doctor")]
)
def test_a_beginning_means_what_is_needed_daily(here, begun, meant):
    assert here.run(begun, "--help").out == here.run(meant, "--help").out.replace(
        f"brokernotes {meant} ", f"brokernotes {begun} ", 1
    )


def test_a_beginning_of_several_daily_commands_means_none(here):
    told = here.run("d", lang="en")

    assert told.exit == 2
    assert "d may be done, deal, due, doctor" in told.err
