r"""Vaults drawn in tests as one text.

A line `-- path --` begins a file; what follows is its content, `\xNN` a byte.
`⟨text ×300⟩` is the text, that often.
A line break before the next header belongs to the content; a last line of a
single `\` takes the one before it away. Headers may say more:

    -- clients/old.md -> ../outside.md --   a symbolic link
    -- clients/x.md/ --                     a folder
    -- clients/big.md (300000 times) --     the content, that often
    -- clients/pipe.md (pipe) --            a named pipe
    -- git --                               everything above is committed, the rest not
    -- git 2026-11-01T10:00 李强 --          by whom and when; the content is the message
    -- rm clients/old.md --                 a file is removed
    -- touch 2026-11-01T10:00 clients/x.md --   when it was last written
    -- journal clients/li.md 3afq6m4x9 --   log lines the tool appended, since lost
"""

import io
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from brokernotes.cli.app import App
from brokernotes.cli.main import run

NOW = "2026-11-21T09:00"
_HEADER = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_REPEATED = re.compile(r"⟨(.+?) ×(\d+)⟩")
_BYTE = re.compile(rb"\\x([0-9A-Fa-f]{2})")


@dataclass(frozen=True)
class Result:
    """What one run of the command line said."""

    exit: int
    out: str
    err: str


class DrawnVault:
    """A vault on the disk, apart from everything of whoever runs the tests."""

    def __init__(self, folder: Path, language: str = "zh"):
        self.root = folder / "vault"
        self.root.mkdir(parents=True, exist_ok=True)
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)
        config = "[user]\n\tname = 王敏\n\temail = wang@example.com\n[gc]\n\tauto = 0\n"
        (self.home / "gitconfig").write_text(config, encoding="utf-8")
        self.language = language

    # -- drawing

    def draw(self, text: str) -> None:
        """Write every part of a drawing."""
        parts = _HEADER.split(textwrap.dedent(text).lstrip("\n"))
        assert not parts[0].strip(), f"text before the first header: {parts[0]!r}"
        for header, content in zip(parts[1::2], parts[2::2], strict=True):
            self._draw_part(header, content)
        rules = self.root / "brokernotes.yaml"
        if not rules.exists():
            rules.write_text(f"format: 1\nlanguage: {self.language}\n", encoding="utf-8")

    def _draw_part(self, header: str, content: str) -> None:
        if header == "git" or header.startswith("git "):
            self._draw_commit(*header.split(" ")[1:], message=content.strip() or "drawn")
            return
        if header.startswith("touch "):
            _, when, path = header.split(" ", 2)
            seconds = datetime.fromisoformat(f"{when}+08:00").timestamp()
            os.utime(self.root / path, (seconds, seconds))
            return
        if header.startswith("rm "):
            (self.root / header.removeprefix("rm ")).unlink()
            return
        if header.startswith("journal "):
            _, path, id_ = header.split(" ")
            self._draw_journal(path, id_, content)
            return
        name, arrow, target = header.partition(" -> ")
        repeated = re.fullmatch(r"(.+) \((\d+) times\)", name)
        name, times = (repeated[1], int(repeated[2])) if repeated else (name, 1)
        is_pipe = name.endswith(" (pipe)")
        place = os.path.join(os.fsencode(self.root), to_bytes(name.removesuffix(" (pipe)")))  # noqa: PTH118
        os.makedirs(os.path.dirname(place.rstrip(b"/")), exist_ok=True)  # noqa: PTH103, PTH120
        if arrow:
            os.symlink(target, place)  # noqa: PTH211
        elif name.endswith("/"):
            os.makedirs(place, exist_ok=True)  # noqa: PTH103
        elif is_pipe:
            os.mkfifo(place)
        else:
            Path(os.fsdecode(place)).write_bytes(to_bytes(content) * times)

    def _draw_commit(self, when: str = "", author: str = "王敏", *, message: str) -> None:
        dates = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE") if when else ()
        more = dict.fromkeys(dates, f"{when}:00+08:00") | {"GIT_AUTHOR_NAME": author}
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message, environ=more)

    def _draw_journal(self, path: str, id_: str, content: str) -> None:
        from brokernotes.storage.journal import Journal
        from brokernotes.storage.locking import cache_folder

        folder = cache_folder(os.path.realpath(self.root), self.environ())
        Journal(folder).add("drawn", [(path, id_, content)])

    # -- files

    def read(self, path: str) -> str:
        """The text of a file, line ends as they are."""
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        """Write a file; its time is certain to differ from an earlier one's."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())

    def git(self, *args: str, environ: Mapping[str, str] | None = None) -> str:
        """Run git in the vault."""
        env = self.environ(**(environ or {}))
        done = subprocess.run(
            ["git", *args], cwd=self.root, env=env, check=True, capture_output=True
        )
        return done.stdout.decode()

    # -- running

    def environ(self, **more: str) -> dict[str, str]:
        """The environment of every run: nothing of the machine's but its programs."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "caches"),
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            **more,
        }

    def run(
        self,
        *args: str,
        now: str = NOW,
        lang: str | None = "en",
        cwd: str = ".",
        environ: Mapping[str, str] | None = None,
        stdin: str = "",
    ) -> Result:
        """Run the command line in this process.

        Args:
            args: the command and its arguments.
            now: the clock; lang: `en`, `zh`, or None for what the vault says.
            cwd: relative to the vault.
            environ: more variables.
            stdin: what is typed.
        """
        more = {"BROKERNOTES_NOW": now, **(environ or {})}
        if lang:
            more["BROKERNOTES_LANG"] = lang
        out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
        err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
        typed = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
        before = sys.stdin, os.environ.get("LANGUAGE")
        sys.stdin = typed
        app = App(self.environ(**more))
        try:
            with chdir(self.root / cwd), redirect_stdout(out), redirect_stderr(err):
                code = run(app, list(args))
        finally:
            sys.stdin = before[0]
            os.environ.pop("LANGUAGE", None)
            if before[1] is not None:
                os.environ["LANGUAGE"] = before[1]
            if "vault" in app.__dict__ and "index" in app.vault.__dict__:
                app.vault.index.close()
        return Result(code, _written(out), _written(err))

    def problems(self, *options: str, now: str = NOW) -> list[dict[str, object]]:
        """Every problem, as JSON says it; `options` are those of `check`."""
        said = self.run("check", "--json", *options, now=now).out
        found: list[dict[str, object]] = json.loads(said)
        return found

    def problem_lines(self, *options: str, lang: str = "en", now: str = NOW) -> list[str]:
        """Every problem in one line: `path:line:column: severity[code] message`."""
        out = self.run("check", *options, now=now, lang=lang).out
        return [line for line in out.split("\n") if _IS_PROBLEM.match(line)]


_IS_PROBLEM = re.compile(r"\S.*:\d+:\d+: (?:error|warning|hint|错误|警告|提示)\[[a-z0-9-]+\] ")


def to_bytes(text: str) -> bytes:
    r"""A drawn text as bytes: `\xNN` is one; a last line of a single backslash ends without LF."""
    if text.endswith("\n\\\n"):
        text = text[:-3]
    text = _REPEATED.sub(lambda found: found[1] * int(found[2]), text)
    return _BYTE.sub(lambda found: bytes.fromhex(found[1].decode()), text.encode())


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
