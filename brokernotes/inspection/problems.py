"""Every problem of a vault: of its rules, of each note, and of the vault as a whole.

This is where the checks meet the index; command line and scripts share it.
What concerns the whole vault is worked out once for each state of the index.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from brokernotes.errors import Position, Problem, Severity
from brokernotes.features.checking import check_vault
from brokernotes.features.vault_checks import Door, Doubted, LostEntry, VaultFacts
from brokernotes.inspection.deals import deals_seen, disagreeing, high_deposits
from brokernotes.inspection.history import history_problems, lost_entries
from brokernotes.inspection.links import found_links, locator
from brokernotes.inspection.roles import contradicted_roles
from brokernotes.inspection.sharing import sharing_found
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.problems import problem
from brokernotes.notes.note import Note, severity_of
from brokernotes.storage import check_queries
from brokernotes.storage.rows import to_json
from brokernotes.storage.vault import Vault

_KEPT = "whole_vault_problems"  # in the index, beside the state of the vault they are true of
_UNREAD = frozenset(("file-too-big", "unreadable"))
_RANKS = {"error": 0, "warning": 1, "hint": 2}


def problems_of(
    vault: Vault, today: date, *, history: bool = False
) -> list[tuple[Problem, Severity]]:
    """Every problem, with what it counts as under the brokerage's rules; sorted by place.

    Args:
        vault: refreshed.
        today: for what depends on the day.
        history: whether git's history is looked at as well.

    Raises:
        RefusedError: history is asked for and there is none.
        GitRefusedError: git would not tell it.
    """
    found = [*vault.rules_problems, *vault.queries.problems(), *vault_problems(vault, today)]
    if history:
        found += history_problems(vault)
    unread = {one.position.path for one in found if one.code in _UNREAD}
    severities = _severities(found, vault.rules.checks)
    counted = [
        (one, severity)
        for one in found
        if (severity := severities[one.code]) is not None
        # Nothing is known of what stands in a file that was not read.
        and (one.position.path not in unread or one.code in _UNREAD)
    ]
    counted.sort(key=_place)
    return counted


def _severities(found: Iterable[Problem], checks: Mapping[str, str]) -> dict[str, Severity | None]:
    """What problems count as, by their codes; None: off."""
    severities: dict[str, Severity | None] = {}
    for one in found:
        if one.code not in severities:
            severity = severity_of(one, checks)
            severities[one.code] = Severity(severity) if severity != "off" else None
    return severities


def _place(counted: tuple[Problem, Severity]) -> tuple[object, ...]:
    one, severity = counted
    at = one.position
    return at.path, at.line, at.column, _RANKS[severity], one.code


def vault_problems(vault: Vault, today: date) -> list[Problem]:
    """What no single note shows; remembered until notes, files, journal or day change."""
    index = vault.index
    state = _state(vault, today)
    kept = index.meta(_KEPT)
    if kept is not None:
        was, rows = json.loads(kept)
        if was == state:
            return [_problem(row) for row in rows]
    found = check_vault(vault_facts(vault, today))
    found.sort(key=lambda one: str(dict(one.params)))  # what stands in one place has an order
    rows = [
        [at.path, at.line, at.column, at.end_column, one.code, dict(one.params)]
        for one in found
        for at in (one.position,)
    ]
    index.remember(_KEPT, to_json([state, rows]))
    return found


def _state(vault: Vault, today: date) -> list[object]:
    index = vault.index
    journal = os.path.join(vault.cache, "journal.jsonl") if vault.cache else ""  # noqa: PTH118
    try:
        stat = os.stat(journal)  # noqa: PTH116
        written = [stat.st_size, stat.st_mtime_ns]
    except OSError:
        written = []
    scan = index.meta("scan")
    return [index.generation, scan.hex() if isinstance(scan, bytes) else "", written, str(today)]


def _problem(row: list[Any]) -> Problem:
    *at, code, params = row
    return problem(code, Position(*at), **params)


def vault_facts(vault: Vault, today: date) -> VaultFacts:
    """What the checks of the whole vault work on.

    Args:
        vault: refreshed.
        today: in its zone.
    """
    db = vault.index.db

    @functools.cache
    def note_at(path: str) -> Note:
        return vault.open(path).note

    return VaultFacts(
        ids=_duplicate_ids(vault),
        phones=check_queries.shared_phones(db),
        doors=[Door(*row) for row in check_queries.doors(db)],
        same_names=check_queries.same_names(db),
        disagreements=disagreeing(vault, note_at),
        links=list(found_links(vault)),
        names=check_queries.file_names(db),
        lost=[
            LostEntry(entry.path, entry.id, _first_line(entry.lines))
            for entry in lost_entries(vault)
        ],
        doubted=_doubted(vault, today),
        roles=contradicted_roles(vault),
        sharing=sharing_found(vault),
        at=locator(note_at),
        deals=deals_seen(vault),
        deposits=list(high_deposits(vault, note_at)),
    )


def _doubted(vault: Vault, today: date) -> list[Doubted]:
    """Listings on the market whose signs contradict their grade.

    What owners of private listings have in mind is left out: check tells everybody.
    """
    from brokernotes.classes import Classes
    from brokernotes.features.prime import contradiction

    found = []
    for row, home, judged in Classes(vault, today, None, hides_private=True).judged():
        grade = home.get("grade")
        against = contradiction(grade, judged)
        if against is not None and home.get("status") in (None, *ACTIVE_STATUSES):
            found.append(Doubted(row.path, str(grade), *against))
    return sorted(found)


def _duplicate_ids(vault: Vault) -> list[tuple[str, list[str]]]:
    """Ids of several notes; the note git saw first stands first, new ones last."""
    found = check_queries.duplicate_ids(vault.index.db)
    if not found:
        return []
    from brokernotes.storage.ages import first_commits

    ages = first_commits(vault.repository, [path for _, paths in found for path in paths])
    never = float("inf")
    return [
        (id_, sorted(paths, key=lambda path: (ages.get(path, never), path))) for id_, paths in found
    ]


def _first_line(lines: str) -> str:
    first = lines.strip().partition("\n")[0]
    return first.removeprefix("- ").rpartition(" ^")[0] or first
