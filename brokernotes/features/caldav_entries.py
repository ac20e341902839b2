"""What a phone did, as entries of the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from brokernotes.features.caldav_inbox import InboxLine
from brokernotes.features.caldav_news import CONTACTS, Key, News, key_parts
from brokernotes.features.caldav_reading import PhoneItem, read_when
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import NamedTuple, dataclass, field, replace
from brokernotes.model.records import LogEntry
from brokernotes.notes.log_fields import is_balanced
from brokernotes.notes.log_values import NO_MOMENT
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.log_writing import child_lines

_LONGEST_TITLE = 60
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known where a phone's doings are written down.

    Attributes:
        note_type: of the note the item is about.
        now: in the vault's zone, without offset.
        language: of the vault.
        book: of the vault's log.
        plan: the planned entry the item stands for; None: it stands for none.
        entry: the entry the item is about, whose links are meant too; None: none.
        day: on which the notes have it, as `written_when` says it; "": none.
        length: minutes of a plan that does not say.
    """

    note_type: str
    now: datetime
    language: Language
    book: LogBook
    plan: LogEntry | None = None
    entry: LogEntry | None = None
    day: str = ""
    length: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What is to be written for one item.

    Attributes:
        entries: new ones, with their ids.
        mark: for the box of the plan, `x` or `-`; "": it stays.
        said: what is added to the plan.
        said_under: lines added under it.
        fields: added to the plan, by log key id.
        sets: keys and new values of the note; "" clears.
    """

    entries: tuple[LogEntry, ...] = ()
    mark: str = ""
    said: str = ""
    said_under: tuple[str, ...] = ()
    fields: Mapping[str, object] = field(default_factory=dict)
    sets: tuple[tuple[str, str], ...] = ()


def write_down(item: PhoneItem, news: News, told: Told) -> Writing:
    """The entries for what a phone did to an item.

    A tick is the contact that was due; of a plan it is that plan's. What was written is a remark
    of its own where nothing was ticked. A move of what the notes can move is the new promise or
    the new plan; any other is told, and the notes' day stands.

    Args:
        item: as it stands on the server.
        news: what is new about it.
        told: of the note.
    """
    parts = key_parts(news.key)
    if news.done_id:
        return _done(item, news, told, parts)
    entries: tuple[LogEntry, ...] = ()
    if news.remark:
        entries = (_entry(item, told, _Said(news.remark_id, "note", news.remark)),)
    if not news.move_id:
        return Writing(entries=entries)
    moved = _moved(item, news, told, parts)
    return Writing(
        entries=(*entries, *moved.entries),
        mark=moved.mark,
        said=moved.said,
        sets=moved.sets,
    )


def _done(item: PhoneItem, news: News, told: Told, parts: Key) -> Writing:
    lines = news.remark
    plan = told.plan
    if plan is not None and plan.is_open:
        if plan.day > told.now.date():  # it came sooner than planned
            said = _Said(news.done_id, plan.verb, lines, plan.links)
            return Writing(entries=(_entry(item, told, said),), mark="-")
        return Writing(
            mark="x",
            said_under=child_lines("\n".join(lines)),
            fields=_outcome(lines, plan.verb, told),
        )
    if parts.kind in CONTACTS:
        verb = "revisit" if told.note_type == "listing" else "followup"
    elif parts.kind == "take_down":
        verb, lines = "take_down", (parts.occurrence.rpartition("-")[0], *lines)
    else:
        text = told.language.text(N_("ticked off on the phone: {title}"), title=_title(item))
        verb, lines = "note", (text, *lines)
    entry = _entry(item, told, _Said(news.done_id, verb, lines))
    if parts.kind == "promise" and told.day[:10] > entry.day.isoformat():
        # Kept before its day: else it would stand until then.
        entry = replace(entry, fields={**entry.fields, "next": NO_MOMENT})
        asked = told.entry
        if asked and asked.minutes is None and asked.day == entry.day:
            entry = replace(entry, minutes=None)  # else the promise would count as the later
        return Writing(entries=(entry,), sets=(("next_followup", ""),) * _is_field(parts))
    return Writing(entries=(entry,))


class _Said(NamedTuple):
    """What an entry says."""

    id: str
    verb: str
    lines: tuple[str, ...]
    links: tuple[str, ...] = ()


def _entry(item: PhoneItem, told: Told, said: _Said) -> LogEntry:
    moment = _moment(item, told)
    about = told.entry or told.plan
    outcome = _outcome(said.lines, said.verb, told)
    # A line that begins with an outcome's word would be read as that; it stands under the entry.
    text, under = ("", said.lines) if outcome or not said.lines else (said.lines[0], said.lines[1:])
    return LogEntry(
        day=moment.date(),
        minutes=moment.hour * 60 + moment.minute,
        verb=said.verb,
        line=0,
        id=said.id,
        links=said.links or (about.links if about and said.verb == "note" else ()),
        fields=outcome,
        text=text,
        children=child_lines("\n".join(under)),
    )


def _moment(item: PhoneItem, told: Told) -> datetime:
    """When it was done on the phone, as far as that can be: phones have clocks of their own."""
    asked = told.entry if told.entry and not told.entry.box else None
    since = asked.day if asked else told.now.date() - _YEAR
    for one in (item.done_at if item.is_done else None, item.touched):
        if one is not None and one.date() >= since:
            return min(one, told.now)
    return told.now


def _outcome(lines: tuple[str, ...], verb_id: str, told: Told) -> dict[str, object]:
    """That nobody answered, say: else a tick would count as a contact that reached the person."""
    verb = told.book.schema.verbs.get(verb_id)
    found = told.book.find_outcome(lines[0]) if verb and verb.contact and lines else None
    return {"outcome": found[0]} if found else {}


def _is_field(parts: Key) -> bool:
    """Whether a promise is the note's field, and no entry's."""
    return parts.kind == "promise" and read_when(parts.occurrence) is not None


def _moved(item: PhoneItem, news: News, told: Told, parts: Key) -> Writing:
    when = read_when(news.moved_to)
    shown = news.moved_to.replace("T", " ")
    before = told.day.replace("T", " ")
    if news.is_refused or when is None:
        text = told.language.text(
            N_("moved to {day} on the phone; here it stays {before}"),
            day=shown,
            before=before or told.language.text(N_("as it is")),
        )
        return Writing(entries=(_of_the_day(item, told, news.move_id, text, {}),))
    if parts.kind == "planned" and told.plan is not None:
        return _planned_anew(item, news, told, when)
    text = told.language.text(N_("moved on the phone"))
    if before:
        text = told.language.text(N_("moved on the phone, was {before}"), before=before)
    entry = _of_the_day(item, told, news.move_id, text, {"next": when})
    sets = (("next_followup", news.moved_to[:10]),) * _is_field(parts)
    return Writing(entries=(entry,), sets=sets)


def _planned_anew(item: PhoneItem, news: News, told: Told, when: date | datetime) -> Writing:
    """The plan called off, and the same on its new day, as long as the phone has it."""
    plan = told.plan
    assert plan is not None
    length = plan.duration
    if item.minutes is not None and item.minutes != (length or told.length):
        length = item.minutes
    day, minutes = when, None
    if isinstance(when, datetime):
        day, minutes = when.date(), when.hour * 60 + when.minute
    entry = LogEntry(
        day=day,
        minutes=minutes,
        box="planned",
        verb=plan.verb,
        line=0,
        id=news.move_id,
        agent=plan.agent,
        links=plan.links,
        fields={key: value for key, value in plan.fields.items() if key != "duration"}
        | ({"duration": length} if length else {}),
        text=plan.text,
        children=plan.children,
    )
    said = told.language.text(N_("moved to {day}"), day=news.moved_to.replace("T", " "))
    return Writing(entries=(entry,), mark="-", said=said)


def _of_the_day(
    item: PhoneItem, told: Told, id_: str, text: str, fields: Mapping[str, object]
) -> LogEntry:
    """Of the day, without a time: then it is newer than whatever was promised that day.

    Of the day on which the phone did it: two computers that take it in write the same.
    """
    day = _moment(item, told).date()
    return LogEntry(day=day, verb="note", line=0, id=id_, fields=dict(fields), text=text)


def _title(item: PhoneItem) -> str:
    title = item.summary
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def made_entry(entry: LogEntry, item: PhoneItem, line: InboxLine, id_: str, told: Told) -> LogEntry:
    """An entry for what a phone made, with what the item says beside its title.

    What nobody ticked has not happened, whatever its day: it is planned.

    Args:
        entry: as its title reads.
        item: as it stands on the server.
        line: the item as a line.
        id_: of the entry.
        told: of the note.
    """
    verb = told.book.schema.verbs.get(entry.verb)
    if verb and verb.contact and not item.is_done and not entry.is_open:
        entry = replace(entry, box="planned")
    fields = dict(entry.fields)
    under = line.children
    if entry.is_open:
        place = line.place
        if place and "place" not in fields and is_balanced(place):
            fields["place"], under = place, tuple(one for one in under if one != place)
        if item.minutes is not None:
            fields.setdefault("duration", item.minutes)
    return replace(entry, id=id_, fields=fields, children=child_lines("\n".join(under)))
