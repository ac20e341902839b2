"""`done` of a festival: everybody whom an agent greets was greeted.

The tick is an entry in the agent's own log. It does not stand with the clients: nobody has said
that each of them was reached, and a hundred entries of one message would be what the report on
empty follow-ups is about. Whoever writes to one client alone logs 祝福 there, and is left out of
the list by that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.log_entries import append, author_of
from brokernotes.cli.writers import Flags, open_note, shown_path
from brokernotes.errors import NotFoundError, RefusedError, UsageError
from brokernotes.features.festivals import EVERYBODY
from brokernotes.features.outreach import GREETED, named_festivals
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.days import days_after
from brokernotes.model.festivals import FESTIVALS, Festival, festival_days
from brokernotes.model.occurrences import EARLY
from brokernotes.model.records import LogEntry
from brokernotes.notes.log_writing import child_lines

if TYPE_CHECKING:
    from brokernotes.features.log_making import Moment
    from brokernotes.storage.vault import Opened

_KEY = re.compile(r"(?P<agent>[^/]+)/festival/(?P<id>[a-z_]+)-[0-9]{4}")
_FORESEEN = 800  # days


class Greeted(NamedTuple):
    """A festival as it was named.

    Attributes:
        festival: which.
        agent: id of whose greetings, as the key of the item says; None: of whoever asks.
    """

    festival: Festival
    agent: str | None


def named_greeting(typed: str) -> Greeted | None:
    """The festival that a word names: 元旦, `new_year`, `A-7K2PQM/festival/new_year-2027`.

    Args:
        typed: where an ENTRY may stand.

    Returns:
        None where it names none.
    """
    key = _KEY.fullmatch(typed.strip())
    if key:
        known = FESTIVALS.get(key["id"])
        return Greeted(known, key["agent"]) if known else None
    said = typed.strip().casefold()
    for one in FESTIVALS.values():
        if said in {word.casefold() for word in (one.id, one.label, *one.words)}:
            return Greeted(one, None)
    return None


def tick_off_greetings(
    app: App, greeted: Greeted, said: tuple[str, str], moment: Moment, flags: Flags,
    fields: Mapping[str, object],
) -> None:  # fmt: skip
    """Write into an agent's log that everybody was greeted, unless it says so.

    Args:
        app: of the run; the vault is locked.
        greeted: the festival, and whose greetings.
        said: in one line, and the lines after it.
        moment: when it was.
        flags: of the command.
        fields: of the entry, by log key id.

    Raises:
        UsageError: it is not known whose greetings these are.
        RefusedError: nobody is greeted for it, or it is another day.
        NotFoundError: the agent has no note.
    """
    festival, language = greeted.festival, app.vault.rules.language
    name = app.text(festival.label)
    if festival.id not in app.vault.rules.festivals:
        raise RefusedError(
            N_("nobody is greeted for {festival} here"),
            hint=N_("`greetings.festivals` in brokernotes.yaml says for which."),
            festival=name,
        )
    opened = _note_of(app, greeted.agent)
    first, last = moment.day, days_after(moment.day, EARLY)
    day = next((day for day, _ in festival_days([festival.id], first, last)), None)
    if day is None:
        raise RefusedError(
            N_("{festival} is on {date}: people are greeted on that day, or up to {days} before"),
            hint=N_("Say with `--at` when it was."),
            festival=name,
            date=_next_day(festival, first),
            days=EARLY,
        )
    if _is_told(opened, festival, day):
        app.console.say(
            app.text(
                N_("{path} says already that people were greeted for {festival}; nothing changed"),
                path=shown_path(app, opened.path),
                festival=name,
            )
        )
        return
    from brokernotes.language import language as language_of

    word = language_of(language).text(festival.label)
    entry = LogEntry(
        day=moment.day,
        minutes=moment.minutes,
        verb=GREETED,
        line=0,
        agent=author_of(app, opened),
        fields=fields,
        text=f"{word} {said[0]}".rstrip(),
        children=child_lines(said[1]),
    )
    append(app, opened, [entry], flags, N_("{verb} {title}"))


def _note_of(app: App, agent: str | None) -> Opened:
    """The note of whoever greets."""
    if agent == EVERYBODY:
        raise RefusedError(
            N_("nobody is responsible for these clients, so nobody's log can say it"),
            hint=N_("Give each an `agent`, or `brokernotes log` each greeting."),
        )
    who = agent or app.agent
    if who is None:
        raise UsageError(
            N_("whose greetings? It is not known who you are"),
            hint=N_("Say it with `--agent`, or give the key that `due --json` tells."),
        )
    rows = [row for row in app.vault.queries.by_id(who) if row.type == "agent"]
    if not rows:
        raise NotFoundError(N_("there is no agent {ref}"), ref=who)
    return open_note(app, rows[0])


def _is_told(opened: Opened, festival: Festival, day: date) -> bool:
    first = days_after(day, -EARLY)
    return any(
        entry.verb == GREETED
        and entry.is_happened
        and first <= entry.day <= day
        and festival.id in named_festivals((entry.text, *entry.children))
        for entry in opened.note.record.entries
    )


def _next_day(festival: Festival, first: date) -> str:
    last = days_after(first, _FORESEEN)
    found = next((day for day, _ in festival_days([festival.id], first, last)), None)
    return found.isoformat() if found else "?"
