"""Reading git's history against git's own telling of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from bench.timing import Ratio, environment, paired, process
from bench.vaults import notes

COMMITS = 10_000
NOTES = 600
AT_ONCE = 10_000  # notes of one commit
MERGES = 0.05  # of the commits
_START = 1_700_000_000


def measure(_: Path, home: Path, __: int) -> Iterator[Ratio]:
    """Measure on a repository that is made for it."""
    from brokernotes.joint import open_vault

    environ = environment(home)
    vault = home / "history"
    vault.mkdir()
    write_history(vault, environ)
    git = ["git", "-C", str(vault)]
    cache = vault / ".git" / "brokernotes" / "history.sqlite"
    listing = next((vault / "房源").iterdir())
    ref = "L-" + listing.stem[-6:]

    def read() -> None:
        cache.unlink(missing_ok=True)
        with open_vault(str(vault), environ) as opened:
            opened.refresh(date(2026, 11, 21))
            opened.history.of(ref)

    def patches() -> None:
        process([*git, "log", "-p", "-U0", "-m"], environ)

    def raw() -> None:
        process([*git, "log", "--raw", "-m", "--full-history"], environ)

    read()
    seconds, base = paired(read, patches, turns=3)
    yield Ratio(
        "history of 10,000 commits, read anew", "git log -p -U0 -m", NOTES, seconds, base, 4
    )
    seconds, base = paired(read, raw, turns=3)
    yield Ratio("the same", "git log --raw -m", NOTES, seconds, base, None)

    with open_vault(str(vault), environ) as opened:
        opened.refresh(date(2026, 11, 21))
        opened.history.of(ref)
        number = 0

        def catch_up() -> None:
            nonlocal number
            number += 1
            with listing.open("a", encoding="utf-8") as file:
                file.write(f"- 2026-11-21 备注 第{number}条\n")
            process([*git, "commit", "-qam", "one"], environ)
            opened.history.of(ref)

        def last() -> None:
            nonlocal number
            number += 1
            with listing.open("a", encoding="utf-8") as file:
                file.write(f"- 2026-11-21 备注 第{number}条\n")
            process([*git, "commit", "-qam", "one"], environ)
            process([*git, "log", "-1", "-p"], environ)

        seconds, base = paired(catch_up, last, turns=7)
    yield Ratio("commit, then its history", "commit, then git log -1 -p", NOTES, seconds, base, 2)
    shutil.rmtree(vault)
    yield from _at_once(home, environ)


def _at_once(home: Path, environ: dict[str, str]) -> Iterator[Ratio]:
    """A vault that came into git in one commit, as an import or an older folder does."""
    from brokernotes.joint import open_vault

    vault = home / "at-once"
    vault.mkdir()
    texts = {"brokernotes.yaml": "format: 1\nlanguage: zh\n", **dict(notes(AT_ONCE))}
    _import(vault, _commit(1, [], texts), environ)
    cache = vault / ".git" / "brokernotes" / "history.sqlite"
    with open_vault(str(vault), environ) as opened:
        opened.refresh(date(2026, 11, 21))
        ref = opened.queries.paths()[-1]

    def read() -> None:
        cache.unlink(missing_ok=True)
        with open_vault(str(vault), environ) as opened:
            opened.history.of(ref)

    def patches() -> None:
        process(["git", "-C", str(vault), "log", "-p", "-U0", "-m"], environ)

    seconds, base = paired(read, patches, turns=3)
    yield Ratio(
        "history of one commit, read anew", "git log -p -U0 -m", AT_ONCE, seconds, base, None
    )
    shutil.rmtree(vault)


def write_history(folder: Path, environ: dict[str, str]) -> None:
    """Write a vault with a history into a folder: entries, prices, renames, merges."""
    _import(folder, b"".join(_stream()), environ)


def _import(folder: Path, stream: bytes, environ: dict[str, str]) -> None:
    git = ["git", "-C", str(folder)]
    process([*git, "init", "-q", "--initial-branch=main"], environ)
    subprocess.run(
        [*git, "fast-import", "--quiet", "--force"], input=stream, env=environ, check=True
    )
    process([*git, "reset", "-q", "--hard"], environ)
    process([*git, "repack", "-adq"], environ)


def _stream() -> Iterator[bytes]:
    random = Random(1)
    texts = {"brokernotes.yaml": "format: 1\nlanguage: zh\n", **dict(notes(NOTES))}
    paths = sorted(path for path in texts if path.endswith(".md"))
    number = 1
    yield _commit(number, [], texts)
    while number < COMMITS:
        before = number
        path = random.choice(paths)
        texts[path] = _changed(texts[path], number, random)
        number += 1
        yield _commit(number, [before], {path: texts[path]})
        if random.random() < MERGES:
            other = random.choice([one for one in paths if one != path])
            texts[other] = _changed(texts[other], number, random)
            yield _commit(number + 1, [before], {other: texts[other]})
            yield _commit(number + 2, [number, number + 1], {other: texts[other]})
            number += 2


def _changed(text: str, number: int, random: Random) -> str:
    if random.random() < 0.3 and "\nprice: " in text:
        start, _, rest = text.partition("\nprice: ")
        return f"{start}\nprice: {random.randint(200, 900)}\n{rest.partition(chr(10))[2]}"
    minute = f"{number // 60 % 24:02d}:{number % 60:02d}"
    entry = f"- 2026-11-20 {minute} 备注 第{number}条 ^3z{number:07d}\n"
    return text.rstrip("\n") + "\n" + entry


def _commit(number: int, parents: list[int], files: dict[str, str]) -> bytes:
    when = _START + number * 600
    message = f"{number}\n\nOperation: 3z{number:07d}\n".encode()
    lines = [b"commit refs/heads/main\nmark :%d\n" % number]
    lines.append(b"committer bench <bench@example.invalid> %d +0800\n" % when)
    lines.append(b"data %d\n%s\n" % (len(message), message))
    lines += [
        b"%s :%d\n" % (b"merge" if at else b"from", parent) for at, parent in enumerate(parents)
    ]
    for path, text in files.items():
        data = text.encode()
        name = os.fsencode(path)
        lines.append(b"M 100644 inline %s\ndata %d\n%s\n" % (name, len(data), data))
    return b"".join(lines)
