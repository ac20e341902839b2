"""The commands of the READMEs, run for real on the demo brokerage of one fixed morning.

A block of a README that begins with `$ brokernotes` shows what that command prints on
an 80-column terminal without colours. `docs/generate.py` writes the output anew, and a
test holds it current.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

MORNING = "2026-11-21T09:00"
COLUMNS = 80
_BLOCK = re.compile(r"(?<=\n)```console\n(\$ brokernotes [^\n]*)\n(.*?)```\n", re.DOTALL)
# The last four characters of an entry's id are random.
_RANDOM = re.compile(r"(?<=\^[0-9a-z]{5})[0-9a-z]{4}\b")


def with_output(readme: str, language: str) -> str:
    """A README with the output of its commands.

    Args:
        readme: its text.
        language: of the messages.
    """
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "demo"
        environ = _environment(home, language)
        _run(["init", str(folder), "--demo"], environ, Path(home))

        def shown(found: re.Match[str]) -> str:
            words = shlex.split(found[1])[2:]
            if words[0] == "init":
                return found[0]
            output = _RANDOM.sub("0000", _run(words, environ, folder))
            return f"```console\n{found[1]}\n{output}```\n"

        return _BLOCK.sub(shown, readme)


def _environment(home: str, language: str) -> dict[str, str]:
    settings = Path(home) / ".gitconfig"
    settings.write_text("[user]\n\tname = Demo\n\temail = demo@example.invalid\n")
    return {
        "PATH": os.environ["PATH"],
        "HOME": home,
        "XDG_CACHE_HOME": home,
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "NO_COLOR": "1",
        "COLUMNS": str(COLUMNS),
        "BROKERNOTES_NOW": MORNING,
        "BROKERNOTES_LANG": language,
    }


def _run(words: list[str], environ: dict[str, str], folder: Path) -> str:
    """What a command prints on a terminal, both streams together."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "brokernotes", *words],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        parts = []
        while part := _read(ours):
            parts.append(part)
    os.close(ours)
    lines = b"".join(parts).decode().replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody writes to the terminal any more
        return b""
