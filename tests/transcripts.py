"""Sessions at the command line, written down and replayed.

A transcript draws a vault (`tests/drawing.py`), then, below `-- session --`, runs commands:

    $ brokernotes check clients      a command, in the vault's folder
    clients/li.md:1:1: …             what standard output said
    2> 1 error                       what standard error said
    => 1                             the exit code, unless it is 0

`NAME=value` before `brokernotes` sets a variable, `$ cat PATH` shows a file, `$ rm PATH`
removes one. Blank lines before a `$` part commands. The clock stands at 2026-11-21T09:00,
the language is English unless a command says otherwise, ids come from a seeded generator,
and the vault's folder is called VAULT. `pytest --update-golden` writes what was said.
"""

import random
import shlex
from pathlib import Path

import pytest

from tests.drawing import DrawnVault

FOLDER = Path(__file__).parent / "transcripts"
SEPARATOR = "-- session --\n"


def names(start: str) -> list[str]:
    """The transcripts whose names begin so, for `pytest.mark.parametrize`."""
    return sorted(path.name for path in FOLDER.glob(start + "*.txt"))


def replay(name: str, tmp_path: Path, *, update: bool) -> tuple[str, str]:
    """Run a transcript.

    Args:
        name: of its file.
        tmp_path: where the vault is drawn.
        update: write what was said into the file.

    Returns:
        The session as it went, and as it is written.
    """
    drawing, separator, written = (FOLDER / name).read_text("utf-8").partition(SEPARATOR)
    assert separator, f"{name} has no line {SEPARATOR}"
    drawn = DrawnVault(tmp_path)
    drawn.draw(drawing)
    seeded = random.Random(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(random.SystemRandom, "getrandbits", lambda _, k: seeded.getrandbits(k))
        commands = [line[2:] for line in written.split("\n") if line.startswith("$ ")]
        said = "\n".join(_said(command, drawn) for command in commands)
    if update:
        (FOLDER / name).write_text(drawing + separator + said, "utf-8")
    return said, written


def _said(command: str, drawn: DrawnVault) -> str:
    words = shlex.split(command)
    more = {}
    while "=" in words[0]:
        key, _, value = words.pop(0).partition("=")
        more[key] = value
    program, *args = words
    if program == "cat":
        out, err, code = drawn.read(args[0]), "", 0
    elif program == "rm":
        (drawn.root / args[0]).unlink()
        out, err, code = "", "", 0
    else:
        assert program in ("brokernotes", "bn"), f"no transcript runs {program}"
        result = drawn.run(*args, environ=more, lang=more.get("BROKERNOTES_LANG", "en"))
        out, err, code = result.out, result.err, result.exit
    lines = [f"$ {command}"]
    lines += out.split("\n")[:-1] if out.endswith("\n") else out.split("\n") if out else []
    lines += [f"2> {line}".rstrip() for line in err.split("\n")[:-1]]
    if code:
        lines.append(f"=> {code}")
    folders = (str(drawn.root.resolve()), str(drawn.root))
    text = "\n".join(lines) + "\n"
    for folder in folders:
        text = text.replace(folder, "VAULT")
    return text
