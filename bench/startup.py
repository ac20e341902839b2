"""Short commands against what every Python program pays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.timing import Ratio, brokernotes, environment, paired, process, python_alone


def measure(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """Measure the commands of a day on one vault whose index is current."""
    environ = environment(home)
    process(brokernotes("-C", str(vault), "index"), environ)
    agent = _agent(vault)
    for words, target in (
        (("--version",), 2.0),
        (("--help",), 5.5),
        (("-C", str(vault), "due", "--agent", agent), 4.5),
        (("-C", str(vault), "list", "listings", "-n", "20"), 8.0),
    ):
        seconds, base = paired(
            lambda words=words: process(brokernotes(*words), environ),  # type: ignore[misc]
            lambda: process(python_alone(), environ),
            turns=9,
        )
        shown = " ".join(word for word in words if word not in ("-C", str(vault), agent))
        yield Ratio(shown, "python -I -c pass", size, seconds, base, target)


def _agent(vault: Path) -> str:
    """A colleague whose day is asked for."""
    return sorted((vault / "经纪人").iterdir())[0].stem
