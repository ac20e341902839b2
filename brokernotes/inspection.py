"""Every problem of a vault: of its rules, of each note, and of the vault as a whole.

This is where the checks meet the index; command line and scripts share it.
What concerns the whole vault is worked out once for each state of the index.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.errors import FieldError, NotFoundError, Position, Problem, Severity
from brokernotes.features.checking import check_vault
from brokernotes.features.lifecycle_checks import (
    DealFact,
    Disagreement,
    ListingFact,
    disagreements,
)
from brokernotes.features.lifecycle_scene import OPEN_STAGES, has_happened
from brokernotes.features.vault_checks import (
    DealFacts,
    Door,
    Doubted,
    FoundLink,
    FoundRole,
    LostEntry,
    VaultFacts,
)
from brokernotes.model.enums import ACTIVE_STATUSES
from brokernotes.model.folding import fold_text
from brokernotes.model.phones import parse_phone
from brokernotes.model.problems import problem
from brokernotes.model.roles import ROLE_KINDS
from brokernotes.model.schema import Kind, Schema
from brokernotes.notes.note import Note, severity_of
from brokernotes.sharing_inspection import sharing_found
from brokernotes.storage import check_queries
from brokernotes.storage.deal_queries import all_deals
from brokernotes.storage.journal import Journal, JournalEntry
from brokernotes.storage.neighbours import Colleagues, stored_colleagues
from brokernotes.storage.reading import read_text
from brokernotes.storage.resolver import BY_ID, BY_NAME
from brokernotes.storage.rows import problem_rows
from brokernotes.storage.vault import Vault

if TYPE_CHECKING:
    from brokernotes.model.records import LogEntry
    from brokernotes.model.revisions import EntryRevision

_KEPT = "vault_problems"  # in the index, beside the state of the vault they are true of
_KEPT_ROLES = "role_checks"
# Roles that a note's own log tells: the type of note, the key of the field, the entry's verb.
_TOLD_ROLES = (
    ("listing", "surveyor", "survey"),
    ("listing", "document_agent", "entrust"),
    ("listing", "key_holder", "key_in"),
    ("listing", "exclusive_agent", "exclusive"),
    ("deal", "closing_agent", "sign"),
)
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
    checks = vault.rules.checks
    counted = []
    for one in found:
        if one.position.path in unread and one.code not in _UNREAD:
            continue  # nothing is known of what stands in the file
        severity = severity_of(one, checks)
        if severity != "off":
            counted.append((one, Severity(severity)))
    counted.sort(key=_place)
    return counted


def _place(counted: tuple[Problem, Severity]) -> tuple[object, ...]:
    one, severity = counted
    at = one.position
    return at.path, at.line, at.column, _RANKS[severity], one.code, str(dict(one.params))


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
    rows = [list(row) for row in problem_rows(0, found)]
    index.remember(_KEPT, json.dumps([state, rows], ensure_ascii=False))
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


def _problem(row: list[object]) -> Problem:
    _, path, line, column, end_column, code, params = row
    position = Position(path, line, column, end_column)  # type: ignore[arg-type]
    return problem(str(code), position, **json.loads(str(params)))


def vault_facts(vault: Vault, today: date) -> VaultFacts:
    """What the checks of the whole vault work on.

    Args:
        vault: refreshed.
        today: in its zone.
    """
    db = vault.index.db
    return VaultFacts(
        ids=_duplicate_ids(vault),
        phones=check_queries.shared_phones(db),
        doors=[Door(*row) for row in check_queries.doors(db)],
        same_names=check_queries.same_names(db),
        disagreements=_disagreements(vault),
        links=list(_links(vault)),
        names=check_queries.file_names(db),
        lost=[
            LostEntry(entry.path, entry.id, _first_line(entry.lines))
            for entry in lost_entries(vault)
        ],
        doubted=_doubted(vault, today),
        roles=_contradicted_roles(vault),
        sharing=sharing_found(vault),
        at=_locator(vault),
        deals=_deals(vault),
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


def _disagreements(vault: Vault) -> list[Disagreement]:
    """Where listings and the deals that bind them do not say the same."""
    queries, db = vault.queries, vault.index.db
    listings = {
        n: ListingFact(path, status, occupant)
        for n, path, status, occupant in check_queries.listing_statuses(db)
    }
    concerned = {n for n, fact in listings.items() if fact.status == "deposit"}
    deals = []
    for deal in all_deals(db):
        is_open = deal.stage in OPEN_STAGES
        if deal.listing is None or not (is_open or (concerned and deal.stage is None)):
            continue
        n = queries.resolve(deal.listing).n
        if n is None or n not in listings:
            continue
        if is_open:
            concerned.add(n)
        deals.append(_deal_fact(vault, deal.path, listings[n].path))
    return list(disagreements([listings[n] for n in sorted(concerned)], deals))


def _deal_fact(vault: Vault, path: str, listing: str) -> DealFact:
    record = vault.open(path).note.record
    transaction = record.text("transaction")
    done = has_happened(record, "handover" if transaction == "lease" else "transfer")
    return DealFact(path, record.title, listing, record.text("stage"), transaction, done)


def _deals(vault: Vault) -> list[DealFacts]:
    """Deals with what their links lead to; one that leads nowhere is another check's."""
    queries, db = vault.queries, vault.index.db
    rows = check_queries.standing_deals(db)
    if not rows:
        return []

    @functools.cache
    def number(target: str) -> int | None:
        return queries.resolve(target).n

    def numbers(targets: Iterable[str]) -> frozenset[int]:
        return frozenset(n for n in map(number, targets) if n is not None)

    listings = [number(row.listing) if row.listing else None for row in rows]
    owners = check_queries.owners(db, tuple(n for n in listings if n is not None))
    found = []
    for row, listing in zip(rows, listings, strict=True):
        buyers, sellers = numbers(row.buyers), numbers(row.sellers)
        found.append(
            DealFacts(
                path=row.path,
                stage=row.stage,
                listing=listing,
                listing_name=queries.note(listing).title if listing is not None else "",
                buyers=buyers,
                sellers=sellers,
                owners=numbers(owners.get(listing, ()) if listing is not None else ()),
                names={n: queries.note(n).title for n in buyers & sellers},
            )
        )
    return found


def wanted_types(schema: Schema) -> dict[tuple[str, str], tuple[str, ...]]:
    """The types of note each link field is meant for, by note type and key."""
    return {
        (row.note_type, row.key): row.link
        for row in schema.all_fields()
        if row.kind is Kind.LINK and row.link
    }


def _links(vault: Vault) -> Iterator[FoundLink]:
    queries, db = vault.queries, vault.index.db
    wanted = wanted_types(vault.rules.schema)
    types = dict(db.execute("SELECT path, type FROM note").fetchall())
    for row in check_queries.links_of_wrong_type(db, wanted):
        meant = wanted[types[row.path], row.key]
        yield FoundLink(
            row.path, row.target, row.key, row.places, "name", (row.target,), row.type, meant
        )
    for row in check_queries.links_not_by_name(db):
        found = queries.resolve(row.target)
        if found.n is not None and found.rank == BY_NAME:
            continue  # a path tells two files of one name apart
        numbers = found.candidates if found.n is None else (found.n,)
        notes = check_queries.notes_by_number(db, numbers)
        names = _names([path for path, _ in notes.values()])
        by = "id" if found.rank == BY_ID else "alias"
        other, meant = "", wanted.get((types[row.path], row.key), ())
        if found.n is not None and meant and notes[found.n][1] not in meant:
            other = notes[found.n][1]
        yield FoundLink(row.path, row.target, row.key, row.places, by, names, other, meant)


def _names(paths: list[str]) -> tuple[str, ...]:
    """File names of notes; with the folder where two have one name."""
    names = [path.rpartition("/")[2].removesuffix(".md") for path in sorted(paths)]
    if len(set(names)) < len(names):
        names = [path.removesuffix(".md") for path in sorted(paths)]
    return tuple(names)


def lost_entries(vault: Vault) -> list[JournalEntry]:
    """Entries the tool wrote that their notes no longer have."""
    lost = []
    texts: dict[str, str | None] = {}
    for entry in Journal(vault.cache).entries():
        if entry.path not in texts:
            try:
                texts[entry.path] = read_text(vault.root, entry.path).text
            except NotFoundError:
                texts[entry.path] = None  # renamed or removed: its entries went along
        text = texts[entry.path]
        if text is not None and f"^{entry.id}" not in text:
            lost.append(entry)
    return lost


def _contradicted_roles(vault: Vault) -> list[FoundRole]:
    """Roles typed against the log of the same note; an unchanged note is not read again."""
    verbs, db = vault.rules.schema.verbs, vault.index.db
    wanted: dict[str, str] = {}
    for note_type, key, verb in _TOLD_ROLES:
        words = [fold_text(word) for word in verbs[verb].spellings()]
        wanted.update(check_queries.typed_roles(db, note_type, key, words))
    if not wanted:
        return []
    colleagues = stored_colleagues(db)
    kept = json.loads(vault.index.meta(_KEPT_ROLES) or "{}")
    known = kept.get("notes", {}) if kept.get("colleagues") == colleagues.state else {}
    notes = {
        path: known[path]
        if known.get(path, [""])[0] == digest
        else [digest, _roles_of(vault, path, colleagues)]
        for path, digest in sorted(wanted.items())
    }
    if notes != known:
        told = {"colleagues": colleagues.state, "notes": notes}
        vault.index.remember(_KEPT_ROLES, json.dumps(told, ensure_ascii=False))
    return [FoundRole(*row) for _, rows in notes.values() for row in rows]


def _roles_of(vault: Vault, path: str, colleagues: Colleagues) -> list[list[str]]:
    from brokernotes.features.roles import Case, derive_roles

    record = vault.open(path).note.record
    is_deal = record.type == "deal"
    case = Case(
        listing=None if is_deal else record,
        deal=record if is_deal else None,
        today=date.max,
        id_of=vault.queries.id_of,
        agent_of=colleagues.id_of,
    )
    titles = vault.queries.titles
    rows: list[list[str]] = []
    for role in derive_roles(case).values():
        if role.over is not None and role.is_unexplained:
            names = titles([role.agent, role.over.agent])
            value, other = (names.get(one.agent, one.agent) for one in (role, role.over))
            key = ROLE_KINDS[role.role].key
            rows.append([path, key, value, other, str(role.over.day)])
    return rows


def _first_line(lines: str) -> str:
    first = lines.strip().partition("\n")[0]
    return first.removeprefix("- ").rpartition(" ^")[0] or first


def _locator(vault: Vault) -> Callable[[str, str, str | None], Position]:
    """Finds places by reading notes again; only notes with problems are asked for."""

    @functools.cache
    def note_at(path: str) -> Note:
        return vault.open(path).note

    def at(path: str, key: str, item: str | None) -> Position:
        note = note_at(path)
        raw = note.block.values.get(note.spelled(key))
        if item is None or not isinstance(raw, list):
            return note.at(key)
        for index, text in enumerate(raw):
            if item in (text, _digits(text)):
                return note.at(key, index)
        return note.at(key)

    return at


def _digits(text: str) -> str | None:
    try:
        return parse_phone(text).number
    except FieldError:
        return None


def history_problems(vault: Vault) -> list[Problem]:
    """What git's history shows: entries that were removed or altered, by whom and when.

    Args:
        vault: refreshed.

    Raises:
        RefusedError: the vault lies in no git repository.
        GitRefusedError: git would not.
    """
    from brokernotes.features.history_checks import HistoryFacts, check_history

    history, queries = vault.history, vault.queries
    return check_history(
        HistoryFacts(
            losses=history.losses(),
            statuses=history.of_key("status"),
            log=lambda path: list(history.entries_now(path).values()),
            now=_Standing(vault).find,
            path=history.path_now,
            same_target=lambda one, other: queries.id_of(one) == queries.id_of(other) is not None,
        )
    )


class _Standing:
    """Finds entries of the past in the notes of today; they may have moved to another note."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._entries = functools.cache(vault.history.entries_now)

    def find(self, one: EntryRevision) -> LogEntry | None:
        """The entry as it stands, in its own note or elsewhere; None: nowhere."""
        from brokernotes.notes.versions import entry_key

        keys = [entry_key(one.old or "")] if one.entry is None else [f"^{one.entry}"]
        path = self._vault.history.path_now(one)
        paths = ([path] if path else []) if path and self._has(path, keys) else self._holding(one)
        found = (self._entries(path).get(key) for path in paths for key in keys)
        return next((entry for entry in found if entry is not None), None)

    def _has(self, path: str, keys: list[str]) -> bool:
        return any(key in self._entries(path) for key in keys)

    def _holding(self, one: EntryRevision) -> list[str]:
        """The notes that may hold it: by its id, else by its line."""
        first = (one.old or "").partition("\n")[0].strip().lstrip("-*+• ")
        wanted = f"^{one.entry}" if one.entry else first
        return [path for path, text in self._texts.items() if wanted in text]

    @functools.cached_property
    def _texts(self) -> dict[str, str]:
        texts = {}
        for path in self._vault.queries.paths():
            with contextlib.suppress(NotFoundError):
                texts[path] = read_text(self._vault.root, path).text
        return texts
