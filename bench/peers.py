"""Against the programs people know: rg, git, khal, todoman, beancount; equal entries, one run.

rg and git are taken as they are installed. The others are installed into an
environment that lasts as long as the run, and only with `--peers`; whatever is
missing is skipped, and said.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.timing import Ratio, Skipped, brokernotes, environment, paired, process
from bench.vaults import TODAY

PACKAGES = ("khal==0.14.1", "todoman==4.7.0", "beancount==3.2.3")
FOUND = "纱厂"  # the name of an estate, which one note in ten holds
_METADATA = "\n".join(f'  key{number}: "一句话，第{number}条"' for number in range(10))


def installed(home: Path) -> Path | None:
    """An environment with the peers; None: it could not be made."""
    folder = home / "peers"
    try:
        process([sys.executable, "-m", "venv", str(folder)], environment(home))
        pip = str(folder / "bin" / "pip")
        subprocess.run(
            [pip, "install", "-q", "--disable-pip-version-check", *PACKAGES],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.CalledProcessError:
        return None
    return folder / "bin"


def measure(vault: Path, home: Path, size: int, programs: Path | None) -> Iterator[Ratio | Skipped]:
    """Measure the commands of a day beside their like, on one vault.

    Args:
        vault: with its index current.
        home: for what the peers need.
        size: notes, and entries of the peers.
        programs: where the peers are installed; None: they are not.
    """
    environ = environment(home)
    process(brokernotes("-C", str(vault), "index"), environ)
    yield from _finding(vault, environ, size)
    yield from _unchanged(vault, environ, size)
    if programs is None:
        for work in ("due", "check, cold"):
            yield Skipped(work, "khal, todoman and beancount are installed with --peers")
        return
    yield from _agenda(vault, home, size, programs)
    yield _ledger(vault, home, size, programs)


def _finding(vault: Path, environ: dict[str, str], size: int) -> Iterator[Ratio | Skipped]:
    from brokernotes.cli.main import COMMANDS

    program = shutil.which("rg")
    if program is None or "find" not in COMMANDS:
        yield Skipped("find", "there is no rg" if program is None else "there is no such command")
        return
    target = 1.5 if size <= 10_000 else 0.9
    ours, theirs = paired(
        lambda: process(brokernotes("-C", str(vault), "find", FOUND, "-n", "20"), environ),
        lambda: process([program, "-l", FOUND, str(vault)], environ),
        turns=7,
    )
    yield Ratio("find of two characters", "rg -l", size, ours, theirs, target)


def _unchanged(vault: Path, environ: dict[str, str], size: int) -> Iterator[Ratio]:
    git = ["git", "-C", str(vault)]
    process([*git, "init", "-q"], environ)
    process([*git, "add", "-A"], environ)
    process([*git, "commit", "-qm", "all"], environ)
    ours, theirs = paired(
        lambda: process(brokernotes("-C", str(vault), "index"), environ),
        lambda: process([*git, "status", "--porcelain"], environ),
        turns=7,
    )
    yield Ratio("index, nothing changed, whole command", "git status", size, ours, theirs, None)


def _agenda(vault: Path, home: Path, size: int, programs: Path) -> Iterator[Ratio]:
    """What is due, against what khal and todoman list of as many entries, warm."""
    environ = environment(home) | {"TZ": "Asia/Shanghai"}
    folder = home / "calendar"
    for kind in ("events", "todos"):
        (folder / kind).mkdir(parents=True)
    for number in range(size):
        day = f"{TODAY + timedelta(days=number % 365 - 180):%Y%m%d}"
        _write_entry(folder / "events", number, "VEVENT", f"DTSTART;VALUE=DATE:{day}")
        _write_entry(folder / "todos", number, "VTODO", f"DUE;VALUE=DATE:{day}")
    khal, todo = folder / "khal.conf", folder / "todo.py"
    khal.write_text(
        f"[calendars]\n[[it]]\npath = {folder / 'events'}\n[sqlite]\npath = {folder / 'khal.db'}\n"
        "[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n", "utf-8"
    )  # fmt: skip
    todo.write_text(
        f"path = {str(folder / 'todos')!r}\ncache_path = {str(folder / 'todo.db')!r}\n"
        "date_format = '%Y-%m-%d'\ntime_format = '%H:%M'\ndefault_list = 'todos'\n", "utf-8"
    )  # fmt: skip
    due = brokernotes("-C", str(vault), "due", "-n", "20", "--agent", _agent(vault))
    day = TODAY.isoformat()
    for name, words in (
        ("khal list", [str(programs / "khal"), "-c", str(khal), "list", day, "1d"]),
        ("todo list", [str(programs / "todo"), "-c", str(todo), "list", "--due", "24"]),
    ):
        process(words, environ)  # the first run reads everything
        ours, theirs = paired(
            lambda: process(due, environ),
            lambda words=words: process(words, environ),  # type: ignore[misc]
            turns=5,
        )
        yield Ratio("due", name, size, ours, theirs, 1 / 4)


def _agent(vault: Path) -> str:
    return sorted((vault / "经纪人").iterdir())[0].stem


def _write_entry(folder: Path, number: int, kind: str, when: str) -> None:
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//", f"BEGIN:{kind}",
        f"UID:{number}@bench", "DTSTAMP:20261101T000000Z", when,
        f"SUMMARY:跟进 李女士 {number}", f"END:{kind}", "END:VCALENDAR", "",
    )  # fmt: skip
    (folder / f"{number}.ics").write_text("\r\n".join(lines), "utf-8")


def _ledger(vault: Path, home: Path, size: int, programs: Path) -> Ratio:
    """Everything read and checked with nothing remembered, against as many transactions."""
    environ = environment(home)
    ledger = home / "ledger.bean"
    entries = [
        f'{TODAY - timedelta(days=number % 700)} * "李女士" "第{number}笔"\n{_METADATA}\n'
        f"  Assets:Bank  {number % 90 + 1}.00 CNY\n  Income:Fees\n"
        for number in range(size)
    ]
    opened = "2020-01-01 open Assets:Bank\n2020-01-01 open Income:Fees\n\n"
    ledger.write_text(opened + "\n".join(entries), "utf-8")

    def check() -> None:
        shutil.rmtree(home / "caches", ignore_errors=True)
        shutil.rmtree(vault / ".git" / "brokernotes", ignore_errors=True)
        process(brokernotes("-C", str(vault), "check"), environ, (0, 1))

    bean = [str(programs / "bean-check"), "--no-cache", str(ledger)]
    turns = 3 if size < 50_000 else 1
    ours, theirs = paired(check, lambda: process(bean, environ), turns=turns)
    return Ratio("check, cold, whole command", "bean-check --no-cache", size, ours, theirs, 0.7)
