"""`check --publishable`: which listings may be shown outside, and what stands in the way."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.cli.check import is_within, vault_path
from brokernotes.cli.shown import shown_path
from brokernotes.cli.width import visible
from brokernotes.errors import NotFoundError, Problem, Severity
from brokernotes.features.contacts import clock
from brokernotes.features.publishable import Asked, is_published, obstacles, settings
from brokernotes.language import N_
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.occurrences import Neighbours
from brokernotes.model.records import Record
from brokernotes.model.values import mask_phones_in_text
from brokernotes.notes.note import severity_of
from brokernotes.storage.owner_mentions import owner_mentions

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Vault

Counted = tuple[Problem, Severity]
_INSPECTION = "survey"  # the verb of one


class Judged:
    """What came of looking at listings.

    Attributes:
        listings: those that were looked at, by path.
        found: what stands in the way, by path, then place.
    """

    def __init__(self) -> None:
        self.listings: list[NoteRow] = []
        self.found: list[Counted] = []

    @property
    def fit(self) -> list[NoteRow]:
        """The listings that may be published: no error stands in the way."""
        bad = {one.position.path for one, how in self.found if how == Severity.ERROR}
        return [row for row in self.listings if row.path not in bad]


def judge(app: App, asked: Sequence[str]) -> Judged:
    """Look at listings.

    Args:
        app: of the run.
        asked: paths, folders and REFs; none: every listing on the market or still advertised.

    Raises:
        NotFoundError: one names neither a path nor a listing.
    """
    vault = app.fresh
    named, folders = _meant(app, asked)
    told = owner_mentions(vault)
    judged = Judged()
    rows = {row.path: row for row in vault.queries.of_types(("listing",), sys.maxsize)}
    wanted = [path for path in rows if not asked or path in named or is_within(path, folders)]
    for path in app.console.progress(wanted, len(wanted)):
        row, note = rows[path], vault.open(path).note
        on_market = note.record.text("status") in ACTIVE_STATUSES
        if not (row.path in named or on_market or is_published(note)):
            continue
        judged.listings.append(row)
        for one in obstacles(note, _asked(vault, note.record, told.get(row.n, []), app.today)):
            severity = severity_of(one, vault.rules.checks)
            if severity != "off":
                judged.found.append((one, Severity(severity)))
    return judged


def _meant(app: App, asked: Sequence[str]) -> tuple[set[str], list[str]]:
    """Paths of the listings that were named, and of the folders."""
    named, folders = set(), []
    for one in asked:
        try:
            path = vault_path(app, one)
        except NotFoundError:
            path = app.vault.resolve(one, ("listing",)).path
        if path.endswith(".md"):
            named.add(app.vault.resolve(path, ("listing",)).path)
        else:
            folders.append(path)
    return named, folders


def _asked(vault: Vault, record: Record, told: Sequence[tuple[str, object]], today: date) -> Asked:
    needs_code, days = settings(vault.rules.other)
    neighbours = Neighbours(mentions=tuple(told))  # type: ignore[arg-type]
    agent = _linked(vault, record, "agent")
    estate = _linked(vault, record, "community")
    return Asked(
        today=today,
        needs_code=needs_code,
        confirmed_days=days,
        confirmed_on=_confirmed_on(vault, record, neighbours, today),
        has_firm=any(one.text("firm") for one in agent),
        has_district=any(one.text("district") for one in (record, *estate)),
    )


def _confirmed_on(vault: Vault, record: Record, neighbours: Neighbours, today: date) -> date | None:
    """Day of the last contact with the owner, in whichever note, or look at the home."""
    contacts = [clock(record, neighbours, vault.rules, today).last]
    for owner in _linked(vault, record, "owner"):
        owned = Neighbours(owned=(record.ref,))
        contacts.append(clock(owner, owned, vault.rules, today).last)
    days = [entry.day for entry in contacts if entry is not None]
    days += [e.day for e in record.entries if e.verb == _INSPECTION and e.is_happened]
    inspected = record.day("inspected_on")
    days += [inspected] if inspected else []
    return max((day for day in days if day <= today), default=None)


def _linked(vault: Vault, record: Record, key: str) -> list[Record]:
    """The notes a field leads to."""
    found = (vault.queries.resolve(target).n for target in record.texts(key))
    rows = [vault.queries.note(n) for n in found if n is not None]
    return [vault.open(row.path).note.record for row in rows]


def tell_judged(app: App, judged: Judged, form: str) -> None:
    """The listings that may be published, and how many may not.

    Args:
        app: of the run.
        judged: what was found.
        form: of the output; only people are told the listings that nothing is wrong with.
    """
    console, fit = app.console, judged.fit
    if form == "text" and fit:
        console.print(console.styled(app.text(N_("May be published:")), "bold"))
        for row in fit:
            title = mask_phones_in_text(visible(row.title))
            console.print(console.text(f"    {title}  {shown_path(app, row.path)}"))
    console.say(
        app.text(
            N_("{fit} of {count} listings may be published"),
            fit=len(fit),
            count=len(judged.listings),
        )
    )
