"""All benchmarks: `python -m bench [--sizes 1000,10000] [--only index]`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bench.timing import Ratio, scratch
from bench.vaults import write_vault

OF_A_VAULT = ("index", "startup", "write")
ALONE = ("frontmatter", "calendar")


def measured(sizes: list[int], only: str | None) -> Iterator[Ratio]:
    """Every ratio, vault by vault."""
    with scratch() as folder:
        home = Path(folder)
        for name in ALONE:
            if only in (None, name):
                yield from import_module(f"bench.{name}").measure(home, home, 0)
    for size in sizes:
        with scratch() as folder:
            home = Path(folder)
            vault = home / "vault"
            vault.mkdir()
            write_vault(vault, size)
            for name in OF_A_VAULT:
                if only in (None, name):
                    yield from import_module(f"bench.{name}").measure(vault, home, size)


def main() -> None:
    """Print a table in Markdown, so that it can stand in docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="notes in the vaults")
    parser.add_argument("--only", choices=(*OF_A_VAULT, *ALONE), help="one of the benchmarks")
    asked = parser.parse_args()
    print("| work | against | notes | ratio | target | |")
    print("|---|---|---|---|---|---|")
    for found in measured([int(size) for size in asked.sizes.split(",")], asked.only):
        size = f"{found.size:,}" if found.size else "–"
        target = "–" if found.target is None else f"≤ {found.target:.3g}×"
        print(
            f"| {found.work} | {found.against} | {size} | {found.ratio:.3g}× | {target} "
            f"| {found.verdict} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
