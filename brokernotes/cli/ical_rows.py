"""What stands in the calendars, fetched from the index: the rows, and who reads them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date
from typing import Any

from brokernotes.cli.app import App
from brokernotes.errors import NotFoundError
from brokernotes.features.briefs import Brief
from brokernotes.features.calendar_days import Outlook, Placed, place
from brokernotes.features.calendar_view import Subject, View
from brokernotes.features.spreading import last_needed
from brokernotes.joint import festivals, people_of, with_parties
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from brokernotes.storage.vault import Vault

_TOLD = ("listing", "community")  # whose values stand in calendars


def calendar_rows(app: App, *, detail: str, reveals: bool) -> tuple[list[Placed], View]:
    """The rows of all calendars, and the eyes they are read with.

    Args:
        app: of the run.
        detail: `minimal`, `normal` or `full`.
        reveals: whether phones are shown.
    """
    vault = app.fresh
    queries, rules = vault.queries, vault.rules
    outlook = Outlook(today=app.today, agent=app.agent, rules=rules)
    found = queries.outlook(last_needed(outlook.last))
    found = with_parties(vault, found)
    found += festivals(vault, app.today, date(min(app.today.year + 1, date.max.year), 12, 30))
    outlook = replace(outlook, people=people_of(vault, found, app.today))
    placed = place(found, outlook)
    view = View(
        today=app.today,
        rules=rules,
        language=app.language,
        vault=vault.name,
        agent=app.agent,
        detail=detail,
        reveals=reveals,
        salutations=queries.salutations(),
        agents=queries.titles({row.item.agent for row in placed if row.item.agent}),
        briefs=_briefs(app, detail, placed),
        **_sharing(vault, detail),
        find_subject=functools.cache(functools.partial(_find_subject, vault, detail)),
        log_of=functools.cache(functools.partial(_log_of, vault)),
    )
    return placed, view


def _briefs(app: App, detail: str, placed: Sequence[Placed]) -> dict[str, Brief]:
    """What to say, where words of the notes are told."""
    if detail == "minimal":
        return {}
    from brokernotes.cli.briefing import on_days

    return on_days(app, ((row.item, row.day) for row in placed))


def _sharing(vault: Vault, detail: str) -> dict[str, Any]:
    """How the brokerage shares, where doors are told."""
    if detail != "full":
        return {}
    from brokernotes.sharing_map import SharingFacts

    facts = SharingFacts(vault)
    return {"house": facts.house, "over": facts.over}


def _log_of(vault: Vault, ref: str) -> Sequence[LogEntry]:
    """What stands in a note's log; its file is read."""
    rows = vault.queries.by_id(ref) or vault.queries.by_path(ref)
    try:
        return vault.open(rows[0].path).note.record.entries if rows else ()
    except NotFoundError:  # gone since the index looked
        return ()


def _find_subject(vault: Vault, detail: str, name: str) -> Subject | None:
    """The note of an id, a path or a link's target; values where calendars tell them."""
    queries = vault.queries
    if name.endswith(".md"):
        rows = queries.by_path(name)
        row = rows[0] if rows else None
    else:
        n = queries.resolve(name).n
        row = queries.note(n) if n is not None else None
    if row is None:
        return None
    told = ("listing", "community", "client") if detail == "full" else _TOLD
    values = queries.values(row) if row.type in told else {}
    return Subject(ref=row.ref, type=row.type, title=row.title, values=values)
