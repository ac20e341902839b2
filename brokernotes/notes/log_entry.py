"""One line of a log and one entry, without what stands under it.

The tool's own lines go through one pattern and slices (`_read_strictly`), for
there are ten times as many entries as notes; whatever it does not fully
understand goes to the lenient reader. Wherever the first reads a line, the
second reads the same, which a fuzz test proves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.dates import parse_date
from brokernotes.model.records import LogEntry
from brokernotes.notes.block import Finding
from brokernotes.notes.log_body import BodyReader
from brokernotes.notes.log_head import BOX, BULLET, read_box, read_head
from brokernotes.notes.log_values import parse_log_value
from brokernotes.notes.log_vocabulary import AGENT_NAME, REMEMBERED, LogBook
from brokernotes.notes.masking import SPACES

_LINK = r"\[\[[^\[\]|#\\\x00]+(?:\|[^\[\]|\\\x00]+)?\]\](?: |$)"
_LINE = lazy_pattern(
    r"- (?:\[([ x-])\] )?+([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?: ((?:[01][0-9]|2[0-3]):[0-5][0-9]))?+ ([^ ]++)(?: |$)"
    rf"(?:@({AGENT_NAME.pattern}+)(?: |$))?+"
    rf"((?:{_LINK})*+)"
    r"([^\\@\[\]【［`^\x00]*+)"
    r"((?:\[[^\[\]:：\\`]++:: [^\[\]\\`]++\](?: |$))*+)"
    r"(?:\^([A-Za-z0-9-]++))?+\Z"
)
_NO_FIELDS: Mapping[str, object] = {}  # shared: nobody writes into a reading
_LEADING = frozenset("：:，,*" + SPACES)
_SPACES = frozenset(SPACES)
_BOXES = {" ": "planned", "x": "done", "-": "cancelled"}
_MAY_PROMISE = frozenset("📅⏳🛫")
_TASK_DATE = lazy_pattern(r"(📅|⏳|🛫|➕|✅|❌)\ufe0f? *([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
_TASK_PRIORITY = lazy_pattern("[🔺⏫🔼🔽⏬]\ufe0f?")
_TASK_FIELDS = ("due", "scheduled", "start")
_TASK_SIGNS = ("📅", "⏳", "🛫")


class _Minutes(dict[str, int]):
    """Minutes since midnight by `14:30`, worked out once."""

    def __missing__(self, time: str) -> int:
        minutes = self[time] = int(time[:2]) * 60 + int(time[3:])
        return minutes


_MINUTES = _Minutes()


class _Draft:
    """A `LogEntry` while it is being filled.

    The slots are the same, so that a filled one may become a `LogEntry` by its class alone;
    the constructor of a frozen class with so many fields takes longer than reading the line.
    """

    __slots__ = LogEntry.__slots__


def read_strictly(line: str, number: int, book: LogBook) -> LogEntry | None:
    """Read a line as the tool writes it; None: not such a line.

    Args:
        line: without its end.
        number: of the line, 1-based.
        book: of the brokerage.
    """
    found = _LINE.match(line)
    if found is None:
        return None
    mark, day, time, word, agent, linked, text, typed, id_ = found.groups()
    verb = book.strict_verbs.get(word)
    when = book.days.get(day) or _calendar_day(day, book)
    if verb is None or when is None or "%%" in line or "<!--" in line:
        return None
    if agent and book.agents and agent not in book.strict_agents:
        return None
    links = _targets(linked) if linked else ()
    if links and "" in links:
        return None
    fields = _NO_FIELDS
    if typed:
        fields = book.strict_fields.get(typed) or _read_fields(typed, book)
        if not fields:
            return None
    if text:
        first = text[0]
        if first in _LEADING and not agent and not links:
            return None
        if text[-1] == " ":
            text = text[:-1]
        elif typed or id_:
            return None
        if first in _SPACES or text[-1:] in _SPACES:
            text = text.strip(SPACES)
            first = text[:1]
        if ("(" in text or "（" in text) and (":" in text or "：" in text):
            return None
        if first in book.outcome_letters and "outcome" not in fields \
                and verb.contact and book.find_outcome(text):  # fmt: skip
            return None
    entry: Any = _Draft()
    entry.day = when
    entry.verb = verb.id
    entry.line = number
    entry.minutes = _MINUTES[time] if time else None
    entry.box = _BOXES[mark] if mark else None
    entry.id = id_.lower() if id_ else None
    entry.agent = agent
    entry.links = links
    entry.fields = fields
    entry.text = text
    entry.children = ()
    entry.column = 7 if mark else 3
    entry.duration = fields.get("duration") if typed else None
    entry.__class__ = LogEntry
    return entry  # type: ignore[no-any-return]


def _calendar_day(typed: str, book: LogBook) -> date | None:
    """A date as the tool writes it, remembered: a brokerage's logs share their days."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    if len(book.days) < REMEMBERED:
        book.days[typed] = day
    return day


def _targets(linked: str) -> tuple[str, ...]:
    """Targets of wikilinks that stand one after another."""
    pieces = linked.rstrip(" ")[2:-2].split("]] [[")
    return tuple([piece.partition("|")[0].strip().removesuffix(".md") for piece in pieces])


def _read_fields(typed: str, book: LogBook) -> Mapping[str, object]:
    """Fields as the tool writes them, remembered; empty: one of them is not such."""
    fields: dict[str, object] = {}
    for piece in typed.rstrip(" ")[1:-1].split("] ["):
        found = _read_field(piece, book)
        if found is None or found[0] in fields:
            return {}
        fields[found[0]] = found[1]
    if len(book.strict_fields) < REMEMBERED:
        book.strict_fields[typed] = fields
    return fields


def _read_field(piece: str, book: LogBook) -> tuple[str, object] | None:
    """One field without its brackets; None: not as the tool writes it."""
    word, _, text = piece.partition(":: ")
    key = book.strict_keys.get(word)
    bare = text.strip(SPACES)
    if key is None or not bare:
        return None
    value = book.values.get((key.id, bare))
    if value is not None:
        return key.id, value
    try:
        value, warning = parse_log_value(key, bare, book)
    except FieldError:
        return None
    if warning:
        return None
    if len(book.values) < REMEMBERED:
        book.values[key.id, bare] = value
    return key.id, value


def read_leniently(
    line: str, number: int, book: LogBook, findings: list[Finding]
) -> LogEntry | None:
    """Read a line as people type it; None: it is no entry."""
    head, found = read_head(line, number, book)
    if head is None:
        task = _read_task(line, number, book, findings)
        if task is None:
            findings.extend(found)
        return task
    if head.verb is None and not line[head.end :].strip(SPACES):
        return None
    findings.extend(found)
    is_contact = head.verb is not None and head.verb.contact
    reader = BodyReader(line, number, head.end, book, contact=head.verb if is_contact else None)
    body, found = reader.read()
    findings.extend(found)
    if head.verb is None:
        word = line[head.end :].strip(SPACES).split(" ")[0][:12]
        stop = head.end + max(len(word), 1)
        params = {"word": word, "likely": book.likely_verb(word)}
        findings.append(Finding("unknown-verb", number, head.end + 1, stop + 1, params))
    duration = head.duration
    if duration is None:
        duration = body.fields.get("duration")  # type: ignore[assignment]  # an int by its key
    return LogEntry(
        day=head.day,
        verb=head.verb.id if head.verb else "",
        line=number,
        minutes=head.minutes,
        box=head.box,
        id=body.id,
        agent=body.agent,
        links=tuple(body.links),
        fields=body.fields,
        text=body.text,
        column=head.column + 1,
        duration=duration,
    )


def _read_task(line: str, number: int, book: LogBook, findings: list[Finding]) -> LogEntry | None:
    """A line of the Tasks plugin: a box, a text, and the day behind `📅` or in `[due:: …]`."""
    box = read_box(line)
    if box is None or not (_MAY_PROMISE & set(line) or "::" in line):
        return None
    bullet = BULLET.match(line)
    boxed = BOX.match(line, bullet.end()) if bullet else None
    if boxed is None:
        return None
    start = boxed.end()
    while line[start : start + 1] and line[start] in SPACES:
        start += 1
    signs = {found[1]: found for found in reversed(list(_TASK_DATE.finditer(line, start)))}
    days: dict[str, date] = {}
    for sign, found in signs.items():
        day = _day(found[2])
        if day:
            days[sign] = day
    plain = _TASK_DATE.sub(lambda found: " " * len(found[0]), line)
    plain = _TASK_PRIORITY.sub(lambda found: " " * len(found[0]), plain)
    verb = book.find_verb_at(plain, start)
    at = verb[1] if verb else start
    body, found_there = BodyReader(plain, number, at, book, contact=None).read()
    for sign, name in zip(_TASK_SIGNS, _TASK_FIELDS, strict=True):
        typed = body.fields.pop(name, None)
        day = _day(str(typed)) if typed else None
        if day:
            days.setdefault(sign, day)
    first = next((days[sign] for sign in _TASK_SIGNS if sign in days), None)
    if first is None:
        return None
    findings.extend(found_there)
    return LogEntry(
        day=first,
        verb=verb[0].id if verb else "",
        line=number,
        box=box,
        id=body.id,
        agent=body.agent,
        links=tuple(body.links),
        fields=body.fields,
        text=" ".join(body.text.split()),
        column=next((signs[sign].start() + 1 for sign in _TASK_SIGNS if sign in signs), start + 1),
        duration=body.fields.get("duration"),  # type: ignore[arg-type]  # an int by its key
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text.strip("[]"))
    except FieldError:
        return None
