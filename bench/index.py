"""The index: made anew, unchanged, one note changed; time and memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bench.timing import Ratio, brokernotes, environment, paired, process, timed
from bench.vaults import TODAY

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault

_MEMORY = """
import resource, sys
from datetime import date
from brokernotes.joint import open_vault
open_vault(sys.argv[1], {"XDG_CACHE_HOME": sys.argv[2]}).refresh(date(2026, 11, 21))
# What the kernel says of this process itself counts the one that started it as well.
(own,) = (line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(max(int(own), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
"""


def measure(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """Measure the index of one vault."""
    yield _made_anew(vault, home, size)
    yield from _whole_command(vault, home, size)
    yield from _kept_current(vault, home, size)


def _turns(size: int) -> int:
    """How often what takes seconds is repeated; what takes minutes is not."""
    return 3 if size < 50_000 else 1


def _made_anew(vault: Path, home: Path, size: int) -> Ratio:
    from brokernotes.joint import open_vault

    caches = home / "anew"
    environ = {**environment(home), "XDG_CACHE_HOME": str(caches)}

    def work() -> None:
        shutil.rmtree(caches, ignore_errors=True)
        opened = open_vault(str(vault), environ)
        opened.refresh(TODAY)
        opened.index.close()

    work()  # what is imported late is not the index's
    seconds, base = paired(work, lambda: read_all(vault), turns=_turns(size))
    return Ratio("full index, in process", "scandir + stat + read", size, seconds, base, 14)


def _whole_command(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    environ = environment(home)

    def work() -> None:
        shutil.rmtree(home / "caches", ignore_errors=True)
        process(brokernotes("-C", str(vault), "index"), environ)

    load = (
        "import frontmatter, sys, pathlib\n"
        "for p in pathlib.Path(sys.argv[1]).rglob('*.md'): frontmatter.loads(p.read_text('utf-8'))"
    )
    loading = [sys.executable, "-c", load, str(vault)]
    seconds, base = paired(work, lambda: process(loading, environ), turns=_turns(size))
    yield Ratio(
        "full index, whole command", "frontmatter.loads of the notes", size, seconds, base, 0.35
    )


def _kept_current(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    from brokernotes.joint import open_vault

    opened = open_vault(str(vault), {**environment(home), "XDG_CACHE_HOME": str(home / "kept")})
    opened.refresh(TODAY)
    opened.refresh(TODAY)  # files younger than the clock's tick are read twice
    unchanged, base = paired(lambda: opened.refresh(TODAY), lambda: stat_all(vault), turns=9)
    yield Ratio("nothing changed", "scandir + stat", size, unchanged, base, 1.15)
    yield _checked(opened, size)
    note = next((vault / "房源").iterdir())
    text = note.read_text("utf-8")

    def change() -> float:
        note.write_text(text + f"<!-- {os.urandom(4).hex()} -->\n", "utf-8")
        return timed(lambda: opened.refresh(TODAY))

    changed = sorted(change() for _ in range(9))[4]
    note.write_text(text, "utf-8")
    yield Ratio(
        "one note changed, more than unchanged", "5 ms", size, max(changed - unchanged, 0), 0.005, 1
    )
    opened.index.close()
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(vault), str(home / "memory")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    megabytes = int(done.stdout) / 1024
    allowed = 60 + max(size - 10_000, 0) * 240 / 90_000  # 300 at 100,000
    yield Ratio("memory of a full index", f"{allowed:.0f} MB", size, megabytes, allowed, 1)


def _checked(opened: Vault, size: int) -> Ratio:
    """Every problem of a vault in which nothing changed."""
    from brokernotes.inspection.problems import problems_of

    def check() -> None:
        opened.refresh(TODAY)
        problems_of(opened, TODAY)

    check()
    seconds, base = paired(check, lambda: opened.refresh(TODAY), turns=9)
    return Ratio("check, nothing changed", "the refresh alone", size, seconds, base, 1.5)


def read_all(vault: Path) -> None:
    """The floor of reading: look at every note and read it."""
    for path in stat_all(vault):
        descriptor = os.open(path, os.O_RDONLY)
        size = os.fstat(descriptor).st_size
        os.read(descriptor, size)
        os.close(descriptor)


def stat_all(vault: Path) -> list[str]:
    """The floor of looking: one scandir and one stat a note."""
    paths = []
    for folder in os.scandir(vault):
        if folder.is_dir() and not folder.name.startswith("."):
            for entry in os.scandir(folder.path):
                entry.stat(follow_symlinks=False)
                paths.append(entry.path)
    return paths
