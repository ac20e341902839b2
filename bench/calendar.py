"""A calendar of 1,000 items of which none changed against building them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.timing import Ratio, paired
from bench.vaults import TODAY

ITEMS = 1000


def measure(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """Measure rendering; the vault plays no part."""
    from brokernotes.features.calendar import CalendarItem, render_calendar

    items = [
        CalendarItem(
            key=f"C-{number:06d}/followup/start",
            start=TODAY + timedelta(days=number % 60),
            summary=f"跟进 客户{number}",
            description="A 级求购客户，每 2 天跟进，上次 2026-11-12 电话\n" * 3,
            categories=("跟进",),
        )
        for number in range(ITEMS)
    ]

    def render(today: date, previous: bytes | None) -> bytes:
        return render_calendar(
            items, name="跟进", today=today, zone=ZoneInfo("Asia/Shanghai"), language="zh",
            detail="normal", previous=previous,
        )  # fmt: skip

    first = render(TODAY, None)
    later = TODAY + timedelta(days=1)
    seconds, base = paired(lambda: render(later, first), lambda: render(TODAY, None), turns=3)
    yield Ratio(f"calendar of {ITEMS} unchanged items", "building them", 0, seconds, base, 1 / 20)
