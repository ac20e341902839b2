"""Ratios of things timed in one run: machines differ, ratios hold.

Each pair is measured in turns, so that what slows the machine slows both; the median
of several turns counts.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Ratio:
    """One line of the result.

    Attributes:
        work: what was measured.
        against: what it is compared with.
        size: notes in the vault; 0 where that does not matter.
        seconds: of the work.
        base: seconds of what it is compared with.
        target: greatest ratio wished for; None: none was set.
    """

    work: str
    against: str
    size: int
    seconds: float
    base: float
    target: float | None

    @property
    def ratio(self) -> float:
        """How many times the base the work takes."""
        return self.seconds / self.base

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.target is None:
            return ""
        return "met" if self.ratio <= self.target else "missed"


@dataclass(frozen=True)
class Skipped:
    """A line that could not be measured here.

    Attributes:
        work: what was to be measured.
        reason: why it was not.
    """

    work: str
    reason: str


def processor_seconds() -> float:
    """Of this process and those it waited for: what hardly changes when others are at work."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


_clock: Callable[[], float] = time.perf_counter


def measure_processor_time() -> None:
    """Count processor time from now on, not the time that passes."""
    global _clock  # one run measures in one way
    _clock = processor_seconds


def timed(work: Callable[[], object], clock: Callable[[], float] | None = None) -> float:
    """Seconds of one call.

    Args:
        work: what is called.
        clock: None: the one that this run measures by.
    """
    clock = clock or _clock
    start = clock()
    work()
    return clock() - start


def paired(
    work: Callable[[], object],
    base: Callable[[], object],
    turns: int = 5,
    clock: Callable[[], float] | None = None,
) -> tuple[float, float]:
    """Median seconds of two things, measured in turns."""
    ours, theirs = [], []
    for _ in range(turns):
        theirs.append(timed(base, clock))
        ours.append(timed(work, clock))
    return median(ours), median(theirs)


def environment(home: Path) -> dict[str, str]:
    """An environment of its own, so that nothing of whoever measures plays a part."""
    settings = home / "gitconfig"
    settings.write_text(
        "[user]\n\tname = bench\n\temail = bench@example.invalid\n[gc]\n\tauto = 0\n"
    )
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "caches"),
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        "BROKERNOTES_NOW": "2026-11-21T09:00",
        "BROKERNOTES_LANG": "zh",
    }


def process(words: Sequence[str], environ: dict[str, str], codes: Sequence[int] = (0,)) -> None:
    """Run a program to its end; what it says is thrown away.

    Args:
        words: program and arguments.
        environ: all of its environment.
        codes: with which it may end.

    Raises:
        CalledProcessError: it failed.
    """
    done = subprocess.run(
        words, env=environ, check=False, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode not in codes:
        raise subprocess.CalledProcessError(done.returncode, words)


def brokernotes(*words: str) -> list[str]:
    """The command line of the program under measurement, by the installed script."""
    script = Path(sys.executable).with_name("brokernotes")
    return (
        [str(script), *words] if script.exists() else [sys.executable, "-m", "brokernotes", *words]
    )


def python_alone() -> list[str]:
    """What every Python program pays."""
    return [sys.executable, "-I", "-c", "pass"]


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder that goes when it is left."""
    return tempfile.TemporaryDirectory(prefix="brokernotes-bench-")
