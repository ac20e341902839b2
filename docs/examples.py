"""The commands that pages show, run for real; what they print stands below them.

A fenced block of `console` whose commands are all `brokernotes`, `git`, `cd` and `cat` is live:
each command is run, and its output is what an 80-column terminal without colours shows.
Comments say more:

    <!-- session: empty -->              begin in an empty folder, not in the demo brokerage
    <!-- clock: 2026-11-23T09:00 -->     it is now
    <!-- write: 收件箱.md -->             the next fenced block is that file from here on
    <!-- append: 收件箱.md -->            the next fenced block is added to it

Ids are random in life and the same in every run here. `docs/generate.py` writes the output anew,
and a test holds it current.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from pseudo_terminal import on_terminal

MORNING = "2026-11-21T09:00"
COLUMNS = 80
_PART = re.compile(
    r"<!-- (?P<word>session|clock|write|append): (?P<value>.+?) -->\n"
    r"|(?<=\n)```(?P<kind>\w*)\n(?P<text>.*?)```\n",
    re.DOTALL,
)
_SEEDED = """
import random, sys
bits = random.Random(sys.argv.pop(1))
random.SystemRandom.getrandbits = lambda _, k: bits.getrandbits(k)
sys.argv[0] = "brokernotes"
from brokernotes.__main__ import main
main()
"""


def with_output(page: str, language: str) -> str:
    """A page with the output of its commands.

    Args:
        page: its text.
        language: of the messages.
    """
    with tempfile.TemporaryDirectory() as home:
        session = _Session(Path(home), language)
        if "<!-- session: empty -->" not in page:
            session.run(["init", "demo", "--demo"])
            session.folder /= "demo"
        return _PART.sub(session.read, page)


class _Session:
    """One terminal, in which a page's commands are typed one after the other."""

    def __init__(self, home: Path, language: str) -> None:
        self.home = self.folder = home
        self.clock = MORNING
        self.language = language
        self.commands = 0
        self.next_file: tuple[str, str] | None = None
        settings = "[user]\n\tname = Demo\n\temail = demo@example.invalid\n"
        (home / ".gitconfig").write_text(settings)

    def read(self, found: re.Match[str]) -> str:
        """One comment or block of the page, as it is to stand there."""
        word, value = found["word"], found["value"]
        if word == "clock":
            self.clock = value
        elif word in ("write", "append"):
            self.next_file = word, value
        elif self.next_file:
            how, path = self.next_file
            self.next_file = None
            with (self.folder / path).open(
                "w" if how == "write" else "a", encoding="utf-8"
            ) as file:
                file.write(found["text"])
        elif found["kind"] == "console" and _is_live(found["text"]):
            commands = re.findall(r"^\$ (.*)$", found["text"], re.MULTILINE)
            return f"```console\n{''.join(map(self._typed, commands))}```\n"
        return found[0]

    def _typed(self, command: str) -> str:
        program, *words = shlex.split(command)
        output = ""
        if program == "cd":
            self.folder /= words[0]
        elif program == "cat":
            output = (self.folder / words[0]).read_text("utf-8")
        elif program == "git":
            output = self._git(words)
        else:
            output = self.run(words)
        return f"$ {command}\n{output}"

    def _git(self, words: list[str]) -> str:
        return subprocess.run(
            ["git", *words], cwd=self.folder, env=self._environment(), check=True,
            capture_output=True, encoding="utf-8",
        ).stdout  # fmt: skip

    def run(self, words: list[str]) -> str:
        """What a command prints on a terminal, both streams together."""
        self.commands += 1
        said, _ = on_terminal(
            [sys.executable, "-c", _SEEDED, str(self.commands), *words],
            self.folder,
            self._environment(),
        )
        return "\n".join(line.rstrip() for line in said.split("\n"))

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
            "NO_COLOR": "1",
            "PAGER": "cat",
            "COLUMNS": str(COLUMNS),
            "BROKERNOTES_NOW": self.clock,
            "BROKERNOTES_LANG": self.language,
        }


def _is_live(block: str) -> bool:
    commands = re.findall(r"^\$ (\S+)", block, re.MULTILINE)
    return bool(commands) and set(commands) <= {"brokernotes", "bn", "git", "cd", "cat"}
