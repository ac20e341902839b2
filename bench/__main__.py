"""All benchmarks: `python -m bench [--sizes 1000,10000] [--only index] [--peers] [--cpu]`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bench import peers
from bench.timing import Ratio, Skipped, measure_processor_time, scratch
from bench.vaults import write_vault

OF_A_VAULT = ("index", "startup", "watch", "write", "calendar")
ALONE = ("frontmatter", "calendar", "matching", "history")


def measured(
    sizes: list[int], only: str | None, *, installs: bool = False
) -> Iterator[Ratio | Skipped]:
    """Every ratio, vault by vault.

    Args:
        sizes: notes in each.
        only: one benchmark; None: all.
        installs: whether the peers are installed for the run.
    """
    with scratch() as folder:
        home = Path(folder)
        for name in ALONE:
            if only in (None, name):
                yield from import_module(f"bench.{name}").measure(home, home, 0)
    with scratch() as shared:
        programs = peers.installed(Path(shared)) if installs and only in (None, "peers") else None
        yield from _of_vaults(sizes, only, programs)


def _of_vaults(
    sizes: list[int], only: str | None, programs: Path | None
) -> Iterator[Ratio | Skipped]:
    for size in sizes:
        with scratch() as folder:
            home = Path(folder)
            vault = home / "vault"
            vault.mkdir()
            write_vault(vault, size)
            for name in OF_A_VAULT:
                if only in (None, name):
                    yield from import_module(f"bench.{name}").measure(vault, home, size)
        if only in (None, "peers"):
            with scratch() as folder:
                home = Path(folder)
                vault = write_vault(home / "vault", size)
                yield from peers.measure(vault, home, size, programs)


def main() -> None:
    """Print a table in Markdown, so that it can stand in docs/performance.md."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", default="1000,10000", help="notes in the vaults")
    parser.add_argument(
        "--only", choices=sorted({*OF_A_VAULT, *ALONE, "peers"}), help="one of the benchmarks"
    )
    parser.add_argument(
        "--peers", action="store_true", help="install khal, todoman and beancount for the run"
    )
    parser.add_argument(
        "--cpu", action="store_true", help="compare processor time: for a machine with other work"
    )
    asked = parser.parse_args()
    if asked.cpu:
        measure_processor_time()
    print("| work | against | notes | ratio | target | |")
    print("|---|---|---|---|---|---|")
    sizes = [int(size) for size in asked.sizes.split(",")]
    for found in measured(sizes, asked.only, installs=asked.peers):
        if isinstance(found, Skipped):
            print(f"| {found.work} | {found.reason} | | | | skipped |", flush=True)
            continue
        size = f"{found.size:,}" if found.size else "–"
        target = "–" if found.target is None else f"≤ {found.target:.3g}×"
        print(
            f"| {found.work} | {found.against} | {size} | {found.ratio:.3g}× | {target} "
            f"| {found.verdict} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
