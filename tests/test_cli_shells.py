"""What bash and zsh are told while a command is typed."""

import shlex
import shutil
import subprocess
import sys

import pytest

NOTES = """
    -- 房源/阳光花园 3室2厅-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    ---
    -- 小区/阳光 花园.md --
    ---
    id: M-9F3DWA
    type: community
    ---
"""


@pytest.fixture
def ask(vault):
    drawn = vault(NOTES)
    drawn.run("index")

    def run(shell: str, **environ: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", "brokernotes"],
            env=drawn.environ(_BROKERNOTES_COMPLETE=f"{shell}_complete", **environ),
            cwd=drawn.root, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert done.stderr == ""
        return [line for line in done.stdout.splitlines() if line]

    run.drawn = drawn
    return run


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("brokernotes sho", ["plain,show"]),
        ("brokernotes list listings sta", ["open,status:"]),
        ("brokernotes list listings status:在", ["plain,在售", "plain,在租"]),
        ("LANG=C bn set L-7K2PQM grade=A", ["plain,A"]),
        ("bn set L-7K2PQM community=阳", ["plain,阳光\\ 花园"]),
        ("bn set L-7K2PQM 'community=阳", ["plain,community=阳光 花园"]),
        ("bn show L-7K2PQM", ["plain,L-7K2PQM"]),
        ("bn set nobody gra", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bash_is_told_what_follows_its_last_break(ask, line, answer):
    assert ask("bash", COMP_LINE=line, COMP_WORDBREAKS=" \t\n\"'><=;|&(:") == answer


def test_bash_that_breaks_nowhere_is_told_the_whole_word(ask):
    assert ask("bash", COMP_LINE="bn set L-7K2PQM grade=A", COMP_WORDBREAKS=" ") == [
        "plain,grade=A"
    ]


def test_a_space_behind_the_last_word_begins_a_new_one(ask):
    assert ask("bash", COMP_LINE="bn show L-7K2PQM --l", COMP_WORDBREAKS=" ")[0] == "plain,--log"
    assert "plain,client" in ask("bash", COMP_LINE="bn new ", COMP_WORDBREAKS=" ")


def test_zsh_is_told_which_words_are_not_over(ask):
    told = ask("zsh", COMP_WORDS="bn set L-7K2PQM gra", COMP_CWORD="3")

    assert told[:2] == ["open", "grade="]


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_script_for_bash_fills_in_the_answer(ask, tmp_path):
    drawn = ask.drawn
    program = tmp_path / "brokernotes"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m brokernotes "$@"\n')
    program.chmod(0o755)
    session = f"""
        eval "$(_BROKERNOTES_COMPLETE=bash_source {program})"
        compopt() {{ echo compopt "$@"; }}
        COMP_LINE='brokernotes list listings status:在售 gra' COMP_POINT=39
        _brokernotes_completion {program}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "-c", session], env=drawn.environ(LC_ALL="C.UTF-8"), cwd=drawn.root,
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip

    assert done.stdout.splitlines() == ["compopt -o nospace", "grade:"]
