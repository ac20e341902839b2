"""Reading front matter against python-frontmatter and libyaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.timing import Ratio, paired
from bench.vaults import notes


def measure(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """Measure 300 notes in memory; the vault plays no part."""
    import frontmatter

    from brokernotes.notes.frontmatter import read_block

    texts = [text for _, text in notes(300)]
    seconds, base = paired(
        lambda: [read_block(text) for text in texts],
        lambda: [frontmatter.loads(text) for text in texts],
    )
    yield Ratio("front matter of a note", "frontmatter.loads", 0, seconds, base, None)
