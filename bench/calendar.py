"""Calendars: unchanged items against building them, and the ways to the phone on a vault."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bench.index import stat_all
from bench.timing import Ratio, brokernotes, environment, paired, process, python_alone
from bench.vaults import TODAY

if TYPE_CHECKING:
    from brokernotes.features.calendar import CalendarItem

ITEMS = 1000
ZONE = ZoneInfo("Asia/Shanghai")


def measure(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """Measure rendering, in which no vault plays a part (size 0), or the ways of one vault."""
    if size:
        yield from _whole_command(vault, home, size)
        yield _subscription(vault, home, size)
    else:
        yield from _rendering()


def _rendering() -> Iterator[Ratio]:
    items = _items(0)
    moved = [*_items(1)[:1], *items[1:]]
    first = _render(items, TODAY, None)
    later = TODAY + timedelta(days=1)
    what = "building them with icalendar"
    seconds, base = paired(
        lambda: _render(items, later, first), lambda: _with_icalendar(items), turns=9
    )
    yield Ratio(f"calendar of {ITEMS} unchanged items", what, 0, seconds, base, 1 / 20)
    seconds, base = paired(
        lambda: _render(moved, later, first), lambda: _with_icalendar(items), turns=9
    )
    yield Ratio(f"the same, one of {ITEMS} moved", what, 0, seconds, base, None)
    seconds, base = paired(
        lambda: _render(items, TODAY, None), lambda: _with_icalendar(items), turns=3
    )
    yield Ratio(f"calendar of {ITEMS} new items", what, 0, seconds, base, None)


def _items(days: int) -> list[CalendarItem]:
    """Follow-ups of two months, all so many days later."""
    from brokernotes.features.calendar import CalendarItem

    return [
        CalendarItem(
            key=f"C-{number:06d}/followup/start",
            start=TODAY + timedelta(days=number % 60 + days),
            summary=f"跟进 客户{number}",
            description="A 级求购客户，每 2 天跟进，上次 2026-11-12 电话\n" * 3,
            categories=("跟进",),
        )
        for number in range(ITEMS)
    ]


def _render(items: list[CalendarItem], today: date, previous: bytes | None) -> bytes:
    from brokernotes.features.calendar import render_calendar

    return render_calendar(
        items, name="跟进", today=today, zone=ZONE, language="zh", detail="normal",
        previous=previous,
    )  # fmt: skip


def _with_icalendar(items: list[CalendarItem]) -> bytes:
    """The same events by the library alone, as one would write them who keeps nothing."""
    import icalendar

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//bench//EN")
    calendar.add("version", "2.0")
    stamp = datetime(2026, 11, 21, tzinfo=UTC)
    for item in items:
        event = icalendar.Event()
        event.add("uid", item.key)
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("sequence", 0)
        event.add("summary", item.summary)
        event.add("dtstart", item.start)
        event.add("dtend", item.start + timedelta(days=1))
        event.add("categories", list(item.categories))
        event.add("description", item.description)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("x-microsoft-cdo-alldayevent", "TRUE")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _whole_command(vault: Path, home: Path, size: int) -> Iterator[Ratio]:
    """`ical` of everybody, when nothing changed since it wrote last."""
    environ = environment(home)
    folder = home / "calendars"
    words = brokernotes("-C", str(vault), "ical", "-o", f"{folder}/")
    process(words, environ)

    def anew() -> None:
        shutil.rmtree(folder)
        process(words, environ)

    seconds, base = paired(lambda: process(words, environ), anew, turns=3)
    yield Ratio("ical of all, nothing changed", "the same, written anew", size, seconds, base, None)
    seconds, base = paired(
        lambda: process(words, environ), lambda: process(python_alone(), environ), turns=3
    )
    yield Ratio("ical of all, nothing changed", "python -I -c pass", size, seconds, base, None)


def _subscription(vault: Path, home: Path, size: int) -> Ratio:
    """What a reader costs who asks again, and nothing changed."""
    from brokernotes.cli.app import App
    from brokernotes.cli.feed_book import FeedBook, Reader
    from brokernotes.features.feeds import FeedKey
    from brokernotes.storage.feeds import FeedShelf

    app = App(environment(home))
    app.vault_option = str(vault)
    book = FeedBook(app, [Reader()], FeedShelf(None, lambda: 0.0), "normal")
    key = FeedKey("", "all")
    book.feed(key)
    seconds, base = paired(lambda: book.feed(key), lambda: stat_all(vault), turns=9)
    app.close()
    what = "a subscription asked again, nothing changed"
    return Ratio(what, "scandir + stat", size, seconds, base, None)
