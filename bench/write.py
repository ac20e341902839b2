"""One log entry with its commit against git's own commit of one file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.timing import Ratio, brokernotes, environment, paired, process


def measure(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """Measure a writer on a vault that is made a repository for it."""
    environ = environment(home)
    git = ["git", "-C", str(vault)]
    process([*git, "init", "-q"], environ)
    process([*git, "add", "-A"], environ)
    process([*git, "commit", "-qm", "all"], environ)
    client = next((vault / "客源").iterdir())
    other = next((vault / "房源").iterdir())
    ref = "C-" + client.stem[-6:]
    number = count()

    def log() -> None:
        process(brokernotes("-C", str(vault), "log", ref, "备注", f"第{next(number)}条"), environ)

    def commit() -> None:
        with other.open("a", encoding="utf-8") as file:
            file.write(f"<!-- {next(number)} -->\n")
        process([*git, "commit", "-qm", "one", "--", str(other)], environ)

    log()
    seconds, base = paired(log, commit, turns=7)
    yield Ratio("log, with its commit", "git commit of one file", size, seconds, base, 2)
