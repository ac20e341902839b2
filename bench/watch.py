"""A watcher: how soon a saved note is in the index, and what commands gain while one runs."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from statistics import median

from bench.timing import Ratio, brokernotes, environment, paired, process, python_alone

PATIENCE = 60.0  # seconds; what takes longer is broken, not slow
TURNS = 9
REST = 1.0  # seconds


def measure(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """Measure a watched vault, which is made a repository: only there commands ask the watcher."""
    environ = environment(home)
    process(["git", "init", "-q", str(vault)], environ)
    with watched(vault, environ) as seat:
        yield Ratio("a saved note is in the index", "1 s", size, _reflected(vault), 1.0, 1.0)
        _wait_for((Path(environ["XDG_CACHE_HOME"]) / "brokernotes" / "standby" / "socket").exists)
        _wait_for_rest(seat / "vouches")
        agent = sorted((vault / "经纪人").iterdir())[0].stem
        seconds, base = paired(
            lambda: process(brokernotes("-C", str(vault), "due", "--agent", agent), environ),
            lambda: process(python_alone(), environ),
            turns=TURNS,
            clock=time.perf_counter,  # half the work is another process's
        )
        yield Ratio(
            "due --agent, watched (time that passes)", "python -I -c pass", size, seconds, base, 2.0
        )


@contextmanager
def watched(vault: Path, environ: dict[str, str]) -> Iterator[Path]:
    """A vault with a watcher that vouches for its index; yields where it says so."""
    process(brokernotes("-C", str(vault), "index"), environ)
    watching = subprocess.Popen(
        brokernotes("-C", str(vault), "watch", "--no-ical"), env=environ,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        seat = vault / ".git" / "brokernotes" / "watch"
        _wait_for((seat / "vouches").exists)
        yield seat
    finally:
        watching.terminate()
        watching.wait()


def _reflected(vault: Path) -> float:
    """Median seconds from the save of a note until a reader of the index sees it."""
    note = next((vault / "房源").iterdir())
    text = note.read_text("utf-8")
    path = f"房源/{note.name}"
    number = count()
    with closing(_index(vault)) as db:

        def digest() -> object:
            return db.execute("SELECT digest FROM note WHERE path = ?", (path,)).fetchone()

        taken = []
        for _ in range(TURNS):
            before = digest()
            start = time.perf_counter()
            note.write_text(f"{text}<!-- {next(number)} -->\n", "utf-8")
            _wait_for(lambda before=before: digest() != before)  # type: ignore[misc]
            taken.append(time.perf_counter() - start)
        before = digest()
        note.write_text(text, "utf-8")
        _wait_for(lambda: digest() != before)
    return median(taken)


def _index(vault: Path) -> sqlite3.Connection:
    path = vault / ".git" / "brokernotes" / "index.sqlite"
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)


def _wait_for_rest(vouches: Path) -> None:
    """Return when a watcher has had nothing to look at for a while: it vouches only then."""
    since = time.monotonic()

    def rests() -> bool:
        nonlocal since
        if not vouches.exists():
            since = time.monotonic()
        return time.monotonic() - since > REST

    _wait_for(rests)


def _wait_for(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("it does not come")
        time.sleep(0.002)
