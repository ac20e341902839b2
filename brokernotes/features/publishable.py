"""Whether a listing may be shown outside: consent, entrustment, freshness, and what its text says.

The obstacles are problems of the catalogue's room `publishing`, each with its law.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from brokernotes.errors import Position, Problem, Severity
from brokernotes.features.advertising import lint
from brokernotes.light_dataclasses import dataclass
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.problems import problem
from brokernotes.model.records import LogEntry, Record
from brokernotes.notes.log_sections import plain_title
from brokernotes.notes.masking import find_blocks, mask_spans
from brokernotes.notes.note import Note

Found = Iterator[Problem]

_SOLD = (("price", {"for_sale", "sale_or_lease"}), ("rent", {"for_lease", "sale_or_lease"}))
_FACTS = ("community", "gross_area")  # beside price or rent, the district and the firm
_DATES = {
    "publish_consent": "publish-consent",
    "inspected_on": "publish-inspection",
    "title_checked_on": "publish-title",
    "photos_on": "publish-photos",
}
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)$")
_SELLING = re.compile("卖点|亮点|推荐理由|selling points|highlights", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known beside the note.

    Attributes:
        today: in the vault's zone.
        needs_code: whether the city asks for a verification code.
        confirmed_days: how old a confirmation may be.
        confirmed_on: day of the last contact with the owner or look at the home; None: never.
        has_firm: whether the note of the listing's agent names a firm.
        has_district: whether the listing or its estate names one.
    """

    today: date
    needs_code: bool = False
    confirmed_days: int = 30
    confirmed_on: date | None = None
    has_firm: bool = False
    has_district: bool = False


def obstacles(note: Note, asked: Asked) -> list[Problem]:
    """Everything that stands in the way of publishing a listing, by place.

    Args:
        note: a listing.
        asked: what other notes, the rules and the clock say.
    """
    found = [*_status(note), *_own(note, asked.today), *_beside(note, asked), *claims(note)]
    return sorted(found, key=lambda one: (one.position.line, one.position.column))


def own_obstacles(note: Note, today: date) -> list[Problem]:
    """What a listing's own note shows to forbid publishing it.

    An entrustment that ended is left out: `entrustment-ended` tells of it.
    """
    found = [*_own(note, today), *claims(note)]
    forbids = (one for one in found if one.severity == Severity.ERROR)
    return [one for one in forbids if one.code != "publish-entrustment-ended"]


def is_published(note: Note) -> bool:
    """Whether the listing is still advertised somewhere."""
    return bool(still_published(note.record))


def still_published(record: Record) -> list[str]:
    """Where a listing is still advertised, as its note says: not taken down since."""
    down = [one for one in record.entries if one.verb == "take_down" and one.is_happened]
    return [place for place in record.texts("published") if not _is_down(place, down)]


def _is_down(published: str, down: list[LogEntry]) -> bool:
    place, _, day = published.rpartition(" ")
    return any((not one.said or place in one.said) and one.day.isoformat() >= day for one in down)


def _status(note: Note) -> Found:
    if note.record.text("status") not in ACTIVE_STATUSES:
        yield problem("publish-status", note.at("status"), value=note.typed("status") or "–")


def _own(note: Note, today: date) -> Found:
    record = note.record
    for key, code in _DATES.items():
        day = record.day(key)
        if day is None or day > today:
            yield problem(code, note.at(key))
    if record.text("entrustment") in (None, "none"):
        yield problem("publish-unentrusted", note.at("entrustment"))
    end = record.day("entrust_until")
    if end is not None and end < today:
        at = note.at("entrust_until")
        yield problem("publish-entrustment-ended", at, value=end.isoformat())
    burdens = record.texts("encumbrances")
    if "seizure" in burdens:
        raw = note.block.values.get(note.spelled("encumbrances"))
        item = burdens.index("seizure") if isinstance(raw, list) else None
        value = raw[item] if isinstance(raw, list) and item is not None else raw
        yield problem("publish-seized", note.at("encumbrances", item), value=value)


def _beside(note: Note, asked: Asked) -> Found:
    record = note.record
    if asked.needs_code and not record.text("verification_code"):
        yield problem("publish-code", note.at("verification_code"))
    last = asked.confirmed_on
    if last is None or asked.today - last > timedelta(days=asked.confirmed_days):
        shown = last.isoformat() if last else "–"
        at = note.at("status")
        yield problem("publish-unconfirmed", at, days=asked.confirmed_days, last=shown)
    status = record.text("status")
    needed = [*_FACTS, *(key for key, statuses in _SOLD if status in statuses)]
    for key in needed:
        if key not in record.values:
            yield problem("publish-fact", note.at(key), key=key)
    for key, is_known in (("district", asked.has_district), ("firm", asked.has_firm)):
        if not is_known:
            yield problem("publish-fact", note.at("agent" if key == "firm" else key), key=key)


# -- what the text says


def claims(note: Note) -> Found:
    """What the advertising law keeps out of the texts of a listing that are published."""
    parts = list(_texts(note))
    whole = "\n".join(text for text, _ in parts)
    for text, place in parts:
        for claim in lint(text, whole):
            yield problem(claim.code, place(claim.start, claim.end), text=claim.text)


Place = Callable[[int, int], Position]


def _texts(note: Note) -> Iterator[tuple[str, Place]]:
    """Title, selling points, and what stands under a heading that names them."""
    record = note.record
    title = record.values.get("title")
    if isinstance(title, str):
        yield title, _in_field(note, "title", None)
    raw = note.block.values.get(note.spelled("selling_points"))
    for index, point in enumerate(record.texts("selling_points")):
        item = index if isinstance(raw, list) and len(raw) > index else None
        yield point, _in_field(note, "selling_points", item)
    yield from _sections(note)


def _in_field(note: Note, key: str, item: int | None) -> Place:
    """Places in a value of the front matter."""

    def place(start: int, end: int) -> Position:
        return Position(note.path, *note.block.where(note.spelled(key), item, start, end - start))

    return place


def _sections(note: Note) -> Iterator[tuple[str, Place]]:
    first = note.block.body_line
    lines = _body_lines(note)
    hidden = find_blocks("\n".join(lines), lines).hidden
    level, start, kept = 0, 0, list[str]()
    for index, line in enumerate([*lines, "# "]):
        heading = None if index in hidden else _HEADING.match(line)
        if heading is None:
            if level:
                kept.append("" if index in hidden else mask_spans(line))
            continue
        depth = len(heading[1])
        if level and depth > level:
            kept.append("")
            continue
        if level:
            yield "\n".join(kept), _in_lines(note.path, first + start, kept)
        is_selling = bool(_SELLING.search(plain_title(heading[2])))
        level, start, kept = depth if is_selling else 0, index + 1, []


def _body_lines(note: Note) -> list[str]:
    body = note.text[note.block.body_offset :]
    return re.split(r"\r\n|\r|\n", body)


def _in_lines(path: str, first: int, lines: list[str]) -> Place:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def place(start: int, end: int) -> Position:
        row = max(index for index, at in enumerate(starts) if at <= start)
        column = start - starts[row] + 1
        return Position(path, first + row, column, column + end - start)

    return place


def settings(other: Mapping[str, Mapping[str, object]]) -> tuple[bool, int]:
    """Whether the city asks for a code, and how old a confirmation may be, by the rules."""
    said = other["publish"]
    days = said["confirmed_days"]
    return said["verification_code"] is True, days if isinstance(days, int) else 30
