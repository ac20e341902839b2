"""`report empty-followups`: follow-ups that look alike or say nothing, to talk about."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column, Row
from brokernotes.cli.history import reading_bar
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.report import period_options
from brokernotes.cli.texts import command
from brokernotes.cli.width import visible, wrap
from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.features.contacts import outcome_of
from brokernotes.features.corrections import counting
from brokernotes.features.empty_followups import (
    FOLLOWING,
    Limits,
    Sign,
    Touch,
    find_signs,
    limits_of,
)
from brokernotes.features.entry_courses import courses_of
from brokernotes.language import N_
from brokernotes.model.days import days_after
from brokernotes.model.records import Record
from brokernotes.model.revisions import EntryRevision, FieldRevision, Revision
from brokernotes.model.values import mask_phones_in_text
from brokernotes.notes.log_reading import entry_refs
from brokernotes.storage.neighbours import stored_colleagues

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault

SHOWN = 3  # examples of one row
TYPES = ("client", "listing")
SENTENCES = {
    "same-text": N_("the same words: “{text}”"),
    "unanswered": N_("missed calls within {unanswered_minutes} minutes"),
    "late-batch": N_("written at once for earlier days, within {batch_minutes} minutes"),
    "same-minute": N_("several people in the same minute"),
    "no-topic": N_("in a row with one person, about nothing"),
}


@command(
    "empty-followups",
    N_(
        "List follow-ups that may have been written for the record's sake, by agent, with "
        "the entries: the same words again and again, bursts of missed calls, many entries of "
        "earlier days written at once, several people in one minute, a row of contacts about "
        "nothing. It is a list to talk about and measures nobody: whoever was outdoors all day "
        "writes in the evening, and owners who are out are out.\n\n"
        "How many make a row stands in the rules under `empty_followups`; the last line says it. "
        "When an entry was written, git says; without git that part is left out."
    ),
    N_(
        "Examples: `brokernotes report 空跟进`, "
        "`brokernotes report empty-followups 李航 --since -90d`"
    ),
)
@click.argument("who", metavar="[AGENT]", required=False, shell_complete=offers("refs"))
@period_options
@listing_options
@common_options
@pass_app
def run(app: App, who: str | None, since: date | None, until: date | None, form: str) -> None:
    """List what looks like empty follow-ups."""
    vault = app.fresh
    limits = limits_of(vault.rules.other["empty_followups"])
    wanted = vault.resolve(who, ("agent",)).ref if who else None
    last = until or app.today
    first = since or days_after(last, -limits.days)
    written, reason = _written(app, vault, first)
    touches = [
        touch
        for touch in _touches(app, written)
        if first <= touch.entry.day <= last and wanted in (None, touch.agent)
    ]
    signs = find_signs(touches, limits)
    _show(app, signs, limits, form)
    if form == "table":
        _say_how(app, touches, limits, (first, last), reason)


def _touches(app: App, written: Mapping[str, Sequence[Revision]]) -> Iterator[Touch]:
    """Every follow-up that took place and still counts."""
    vault, today = app.vault, app.today
    schema = vault.rules.schema
    following = FOLLOWING & schema.verbs.keys()
    colleagues = stored_colleagues(vault.index.db)
    ids: dict[str, str] = {}
    paths = [row.path for row in vault.queries.of_types(TYPES, sys.maxsize)]
    for path in app.console.progress(paths, len(paths)):
        record = vault.open(path).note.record
        standing = {id(entry) for entry in counting(record.entries, today)}
        revisions = written.get(record.ref, ())
        made = {
            one.commit for one in revisions if isinstance(one, FieldRevision) and one.is_new_note
        }
        courses, _ = courses_of(record.entries, revisions)
        called = entry_refs(record.entries)
        for entry, ref, course in zip(record.entries, called, courses, strict=True):
            is_meant = entry.verb in following and entry.is_happened and entry.day <= today
            if not is_meant or id(entry) not in standing:
                continue
            name = entry.agent or _whose(record, revisions, entry.day) or ""
            if name and name not in ids:
                ids[name] = colleagues.id_of(name) or vault.queries.id_of(name) or name
            yield Touch(
                note=record.ref,
                agent=ids.get(name, ""),
                ref=f"{record.ref}:{ref}",
                entry=entry,
                outcome=outcome_of(entry, schema.assumed_outcomes, _outsider(record)),
                written=_first_had(course, made),
            )


def _whose(record: Record, revisions: Sequence[Revision], day: date) -> str | None:
    """Whose a note was on a day, as typed: before it was handed over it was somebody else's."""
    later = (
        one.old
        for one in revisions
        if isinstance(one, FieldRevision) and one.key == "agent" and one.when.date() > day
    )
    former = next(later, None)
    return former if isinstance(former, str) else record.text("agent")


def _outsider(record: Record) -> str | None:
    return "client" if record.type == "listing" else None


def _written(app: App, vault: Vault, first: date) -> tuple[dict[str, list[Revision]], str]:
    """What git tells of each note since a day; and why it could not be asked."""
    vault.history.progress = reading_bar(app)
    found: dict[str, list[Revision]] = {}
    try:
        for one in vault.history.since(first):
            found.setdefault(one.note or one.path, []).append(one)
    except (RefusedError, SystemRefusedError) as error:
        return {}, app.text(error.message, **error.params)
    return found, ""


def _first_had(course: Sequence[EntryRevision], made: set[str | None]) -> datetime | None:
    """When git first had an entry; None: not known, or it came with its whole note."""
    first = course[0] if course else None
    if first is None or first.before is not None or first.is_start or first.commit is None:
        return None
    return None if first.commit in made else first.committed.replace(tzinfo=None)


# -- telling


def _show(app: App, signs: list[Sign], limits: Limits, form: str) -> None:
    rows = [_row(app, sign, limits) for sign in signs]
    if form == "table" and app.console.is_terminal:
        with app.console.paged():
            _print_page(app, rows)
        return
    text = app.text
    columns = [
        Column("name", text(N_("Agent")), least=4),
        Column("what", text(N_("What")), least=16),
        Column("count", text(N_("Entries")), right=True),
        Column("of", text(N_("Of")), right=True),
        Column("first", text(N_("From"))),
        Column("last", text(N_("To"))),
        Column("entries", text(N_("Examples")), shown=_refs, least=20),
    ]
    if form in ("csv", "tsv"):
        keys = ("agent", "name", "sign", "what", "count", "of", "first", "last", "entries")
        columns = [Column(key, key) for key in keys]
    app.console.rows(rows, columns, form)


def _row(app: App, sign: Sign, limits: Limits) -> dict[str, Any]:
    names = app.vault.queries.titles([sign.agent])
    said = mask_phones_in_text(visible(sign.touches[0].entry.said))
    numbers = {
        "unanswered_minutes": limits.unanswered_minutes,
        "batch_minutes": limits.batch_minutes,
    }
    return {
        "agent": sign.agent,
        "name": names.get(sign.agent, sign.agent),
        "sign": sign.kind,
        "what": app.text(SENTENCES[sign.kind], text=said, **numbers),
        "count": len(sign.touches),
        "of": sign.of,
        "first": sign.first.isoformat(),
        "last": sign.last.isoformat(),
        "entries": [touch.ref for touch in sign.touches],
        "examples": [_example(app, touch) for touch in sign.touches[:SHOWN]],
    }


def _example(app: App, touch: Touch) -> dict[str, Any]:
    entry = touch.entry
    n = app.vault.queries.resolve(touch.note).n
    title = touch.note if n is None else app.vault.queries.note(n).title
    return {
        "entry": touch.ref,
        "title": mask_phones_in_text(title),
        "day": entry.day.isoformat(),
        "time": None
        if entry.minutes is None
        else f"{entry.minutes // 60:02d}:{entry.minutes % 60:02d}",
        "verb": entry.verb,
        "text": mask_phones_in_text(entry.said),
    }


def _print_page(app: App, rows: list[dict[str, Any]]) -> None:
    """One agent after the other, with what some of the entries say."""
    console, schema = app.console, app.vault.rules.schema
    name = None
    for row in rows:
        if row["name"] != name:
            if name is not None:
                console.print()
            name = row["name"]
            of = app.text(N_("{count} follow-ups in all"), count=row["of"])
            console.print(console.styled(console.text(f"{name}  {of}"), "bold"))
        _print_wrapped(app, f"  {row['count']}  {row['what']}", "     ")
        for one in row["examples"]:
            verb = schema.verbs[one["verb"]].label(app.language.code)
            when = " ".join(filter(None, (one["day"], one["time"])))
            said = "  ".join(
                filter(None, (f"{when} {verb}", one["title"], one["text"], one["entry"]))
            )
            _print_wrapped(app, f"     {said}", "       ")
        rest = row["count"] - len(row["examples"])
        if rest:
            console.print(app.text(N_("     … and {count} more"), count=rest))
    if not rows:
        console.print(app.text(N_("Nothing to talk about.")))


def _print_wrapped(app: App, text: str, hang: str) -> None:
    for line in wrap(visible(text), app.console.width, hang):
        app.console.print(app.console.text(line))


def _refs(row: Row) -> str:
    refs = row["entries"]
    told = " ".join(refs[:SHOWN])
    return f"{told} …" if len(refs) > SHOWN else told


def _say_how(
    app: App, touches: list[Touch], limits: Limits, days: tuple[date, date], reason: str
) -> None:
    """How it was counted."""
    told = app.text(
        N_(
            "Counted: {count} follow-ups from {first} to {last}. On the list: the same words "
            "{same_text} times or more; {unanswered} missed calls within {unanswered_minutes} "
            "minutes; {batch} entries of earlier days written within {batch_minutes} minutes; "
            "{same_minute} people in one minute; {no_topic} in a row about nothing. These "
            "numbers are ours; it is a list to talk about, and nobody is measured by it."
        ),
        count=len(touches),
        first=days[0].isoformat(),
        last=days[1].isoformat(),
        same_text=limits.same_text,
        unanswered=limits.unanswered,
        unanswered_minutes=limits.unanswered_minutes,
        batch=limits.batch,
        batch_minutes=limits.batch_minutes,
        same_minute=limits.same_minute,
        no_topic=limits.no_topic,
    )
    for line in wrap(told, app.console.width) if app.console.is_terminal else (told,):
        app.console.say(line)
    if reason:
        app.console.say(
            app.text(N_("When entries were written is not known: {reason}"), reason=reason)
        )
