"""Tables, colours and pages."""

import io
import os
import shutil
import signal
import stat
import sys

import pytest

from brokernotes.cli.console import Column, Console, terminal_size
from brokernotes.cli.pager import page, pager_command
from brokernotes.cli.width import cut, fit, pad, roomy, width
from brokernotes.language import language


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self):
        return True


def console(environ=None, *, columns=80, lines=24, monkeypatch=None, **more):
    made = Console(language("en"), environ or {}, Terminal(), Terminal(), **more)
    if monkeypatch:
        monkeypatch.setattr(Console, "width", property(lambda self: columns))
        monkeypatch.setattr(Console, "height", property(lambda self: lines))
    return made


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("阳光", 4),
        ("ｱ", 1),
        ("Ａ", 2),
        ("e\u0301", 1),  # a letter and its accent
        ("\u200bx\u2060", 1),
        ("한글", 4),
        ("\u1112\u1161\u11ab", 2),  # the same in its parts: one syllable
        ("😀", 2),
        ("👍🏽", 2),  # with a skin
        ("👨\u200d👩\u200d👧", 2),  # a family
        ("❤\ufe0f", 2),  # a heart, coloured
        ("❤", 1),
        ("🇨🇳", 2),
        ("①·…“”", 5),  # of either width somewhere; terminals of today draw them narrow
    ],
)
def test_text_is_as_wide_as_terminals_draw_it(text, columns):
    assert width(text) == columns


def test_no_picture_is_cut_apart():
    family = "👨\u200d👩\u200d👧"

    assert cut(f"ab{family}cd", 4) == "ab…"
    assert cut(f"ab{family}cd", 5) == f"ab{family}…"
    assert cut("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
    assert width(pad("阳光花园", 5)) == 5


@pytest.mark.parametrize("total", [20, 40, 80, 200])
def test_a_table_never_wraps(total):
    cells = [["Id", "Title", "Price", "Note"], ["L-7K2PQM", "阳光花园" * 5, "620", "好" * 40]]
    widths = fit(cells, [0, 16, 0, 6], total)

    assert sum(widths) + 2 * (sum(1 for size in widths if size) - 1) <= total


@pytest.mark.parametrize("heading", ["Grade", "Price", "Budget"])
def test_a_short_heading_is_never_cut(heading):
    cells = [["Id", "Title", heading, "Note"], ["L-7K2PQM", "阳光花园" * 5, "6", "好" * 40]]

    assert fit(cells, [0, 16, 0, 6], 42)[2] == len(heading)


def test_a_row_stays_on_its_line(monkeypatch):
    shown = console({"NO_COLOR": "1"}, columns=40, monkeypatch=monkeypatch)
    shown.rows([{"id": "a\nb\tc\u2028d"}], [Column("id", "Id")], "table")

    assert shown.out.getvalue().split("\n") == ["Id", r"a b c\u2028d", ""]


def test_a_wide_terminal_shows_more_columns(monkeypatch):
    row = {"id": "L-7K2PQM", "title": "阳光花园", "layout": "3室2厅", "school": "浦东实验"}
    columns = [
        Column("id", "Id"),
        Column("title", "Title", least=16),
        Column("layout", "Layout", is_extra=True),
        Column("school", "School", is_extra=True),
        Column("nothing", "Nothing", is_extra=True),
    ]

    def headings(size):
        shown = console({"NO_COLOR": "1"}, columns=size, monkeypatch=monkeypatch)
        shown.rows([row], columns, "table")
        return shown.out.getvalue().split("\n")[0].split()

    assert headings(24) == ["Id", "Title"]
    assert headings(27) == ["Id", "Title", "Layout"]
    assert headings(80) == ["Id", "Title", "Layout", "School"]


def test_columns_that_must_be_come_before_those_that_may():
    cells = [["a", "b", "c"], ["x" * 30, "y" * 10, "z" * 10]]

    assert roomy(cells, [False, True, False], 45) == [0, 2]
    assert roomy(cells, [False, True, False], 60) == [0, 1, 2]


@pytest.mark.parametrize(
    ("environ", "colour", "is_coloured"),
    [
        ({}, "auto", True),
        ({"NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": ""}, "auto", True),
        ({"TERM": "dumb"}, "auto", False),
        ({"CLICOLOR": "0"}, "auto", False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, "auto", True),
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
        ({"FORCE_COLOR": "1"}, "never", False),
    ],
)
def test_colour_is_as_the_option_the_environment_and_the_stream_say(environ, colour, is_coloured):
    made = console(environ, colour=colour)

    assert ("\x1b" in made.styled("x", "error")) == is_coloured


def test_a_file_is_coloured_only_by_force():
    for environ, is_coloured in (
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
    ):
        made = Console(language("en"), environ, io.StringIO(), io.StringIO())
        assert ("\x1b" in made.styled("x", "error")) == is_coloured


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({}, ["less", "-FIRX"]),
        ({"PAGER": "more"}, ["more"]),
        ({"PAGER": "more", "BROKERNOTES_PAGER": "less -R '+/a b'"}, ["less", "-R", "+/a b"]),
        ({"PAGER": "more", "BROKERNOTES_PAGER": ""}, []),
        ({"PAGER": "cat"}, []),
        ({"PAGER": "'"}, []),
        ({"TERM": "dumb"}, []),
    ],
)
def test_the_pager_is_the_one_that_was_asked_for(environ, words):
    assert pager_command(environ) == words


@pytest.fixture
def pager(tmp_path):
    """A program that writes what it is given into a file, or only its first line."""

    def made(body="shutil.copyfileobj(sys.stdin, open(sys.argv[1], 'w'))"):
        program = tmp_path / "pager"
        program.write_text(f"#!{sys.executable}\nimport shutil, sys\n{body}\n", encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return program, tmp_path / "paged"

    return made


def long_list(environ, monkeypatch, **more):
    made = console(
        {"PATH": os.environ["PATH"], "NO_COLOR": "1", **environ}, lines=10, monkeypatch=monkeypatch,
        **more,
    )  # fmt: skip
    made.rows([{"id": str(number)} for number in range(20)], [Column("id", "Id")], "table")
    return made


def test_what_is_longer_than_the_screen_is_paged(pager, monkeypatch):
    program, paged = pager()
    made = long_list({"PAGER": f"{program} {paged}"}, monkeypatch)

    assert made.out.getvalue() == ""
    assert paged.read_text("utf-8").split() == ["Id", *map(str, range(20))]


def test_what_fits_and_what_nobody_looks_at_is_not_paged(pager, monkeypatch):
    program, paged = pager()
    environ = {"PAGER": f"{program} {paged}"}
    assert len(long_list(environ, monkeypatch, pages=False).out.getvalue().split()) == 21
    made = console({**environ, "NO_COLOR": "1"}, lines=40, monkeypatch=monkeypatch)
    made.rows([{"id": "1"}], [Column("id", "Id")], "table")
    assert made.out.getvalue().split() == ["Id", "1"]
    piped = Console(language("en"), environ, io.StringIO(), io.StringIO())
    piped.rows([{"id": str(number)} for number in range(50)], [Column("id", "Id")], "table")

    assert len(piped.out.getvalue().split()) == 50
    assert not paged.exists()


def test_a_pager_that_is_not_there_or_left_early_is_no_error(pager, monkeypatch):
    assert len(long_list({"PAGER": "no-such-pager"}, monkeypatch).out.getvalue().split()) == 21
    program, _ = pager("sys.stdin.close()")
    before = signal.getsignal(signal.SIGINT)
    stream = Terminal()

    assert page("x\n" * 1_000_000, [str(program)], stream, {})
    assert signal.getsignal(signal.SIGINT) is before


def test_what_was_printed_before_an_error_is_shown(monkeypatch):
    made = console({"NO_COLOR": "1"}, monkeypatch=monkeypatch)

    def fail():
        with made.paged():
            made.print("first")
            raise ValueError("later")

    with pytest.raises(ValueError, match="later"):
        fail()
    assert made.out.getvalue() == "first\n"


def test_a_stream_knows_what_it_can_say():
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")

    assert Console(language("en"), {}, narrow, narrow).can_say("é")
    assert not Console(language("en"), {}, narrow, narrow).can_say("├")


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"COLUMNS": "100"},
        {"COLUMNS": "100", "LINES": "7"},
        {"COLUMNS": "0", "LINES": "-3"},
        {"COLUMNS": "wide", "LINES": ""},
    ],
    ids=str,
)
@pytest.mark.parametrize("told", [None, (132, 50), (0, 0)])
def test_the_terminals_size_is_what_shutil_says(monkeypatch, environ, told):
    def terminal(_):
        if told is None:
            raise OSError
        return os.terminal_size(told)

    monkeypatch.setattr(os, "get_terminal_size", terminal)
    for name in ("COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    assert terminal_size() == shutil.get_terminal_size((80, 24))


def test_a_meter_shows_once_it_takes_long_each_share_once_and_goes(monkeypatch):
    moment = iter([0.0, 0.5, 1.5, 1.6, 1.7])
    monkeypatch.setattr("time.monotonic", lambda: next(moment))
    made = console()
    tell = made.meter(8, "Reading")

    for share in (1, 2.5, 2.55, 4):
        tell(share)
    assert made.err.getvalue() == "\rReading 31%\rReading 50%"
    tell(8)

    assert made.err.getvalue().endswith("\r\x1b[K")


def test_what_is_quick_or_of_nothing_shows_no_meter():
    made = console()

    assert list(made.progress(iter("abc"), 3)) == ["a", "b", "c"]
    made.meter(0)(0)

    assert made.err.getvalue() == ""
