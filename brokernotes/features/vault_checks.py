"""What is wrong between notes: ids, phones, homes, links, and entries that were lost.

Every check is a function over facts somebody has fetched; `VAULT_CHECKS` lists them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from brokernotes.errors import Position, Problem
from brokernotes.features.lifecycle_checks import Disagreement
from brokernotes.features.sharing_checks import SharingFound, check_sharing
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple, dataclass, field
from brokernotes.model.folding import fold
from brokernotes.model.phones import mask_phone
from brokernotes.model.problems import problem
from brokernotes.model.source_text import narrow
from brokernotes.notes.links import link_fold

Found = Iterator[Problem]

# What sync programs, file managers and Obsidian call the copies they make.
_COPY = lazy_pattern(
    r" (?:[2-9]|1[0-9]?)$| ?[(（](?:[1-9]|.*conflicted copy.*|.*冲突副本.*)[)）]"
    r"|\bconflicted copy\b|\.sync-conflict-|(?:[ -]|的)?(?:冲突)?副本| copy(?: \d+)?$",
    re.IGNORECASE,
)
_UNIT_WORDS = ("号楼", "栋", "幢", "座", "楼", "号", "单元", "室")
_NEAR = 0.6  # how alike two names must be for one to be offered in place of the other


class Door(NamedTuple):
    """Which home a listing is."""

    path: str
    community: str
    building: str
    unit: str | None
    room: str


class FoundLink(NamedTuple):
    """A link that is not simply the name of one file of the right type.

    Attributes:
        path: of the note it stands in.
        target: as typed.
        key: of the field it stands in; empty: in the body.
        places: line and column of each.
        by: `name`, `id`, `alias`; empty: it leads nowhere.
        names: of the notes it may mean; one: it means that.
        type: of the note it leads to, where that is not `wanted`.
        wanted: types its field is meant for.
    """

    path: str
    target: str
    key: str
    places: Sequence[tuple[int, int]]
    by: str = ""
    names: tuple[str, ...] = ()
    type: str = ""
    wanted: tuple[str, ...] = ()


class FoundRole(NamedTuple):
    """A field that names somebody else for a role than an entry of the same note does.

    Attributes:
        path: of the note.
        key: of the field.
        value: whom it names.
        other: whom the entry names, or whose it is.
        day: of the entry, in ISO form.
    """

    path: str
    key: str
    value: str
    other: str
    day: str


class DealFacts(NamedTuple):
    """Who and what a deal is about, by numbers that stand for notes.

    Attributes:
        path: of its note.
        stage: id; empty: not said.
        listing: what it is about; None: no note.
        listing_name: as people call it.
        buyers: clients.
        sellers: clients.
        owners: clients that the listing names as owner.
        names: of the clients, for messages.
    """

    path: str
    stage: str
    listing: int | None
    listing_name: str
    buyers: frozenset[int]
    sellers: frozenset[int]
    owners: frozenset[int]
    names: Mapping[int, str]


class HighDeposit(NamedTuple):
    """A deposit that is high against what its listing asks.

    Attributes:
        path: of the deal's note.
        params: from `features.deposit_height.above_asking`.
    """

    path: str
    params: Mapping[str, object]


class LostEntry(NamedTuple):
    """An entry the tool wrote into a note that no longer has it."""

    path: str
    id: str
    text: str


class Doubted(NamedTuple):
    """A listing whose signs contradict the grade somebody gave it.

    Attributes:
        path: of its note.
        grade: as typed.
        way: `worse` or `better`: what it is than the grade says.
        signs: ids of those that say so.
    """

    path: str
    grade: str
    way: str
    signs: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFacts:
    """What the checks of the whole vault work on.

    Attributes:
        ids: ids of several notes, with their paths, the oldest first.
        phones: numbers of several clients, with their paths.
        doors: of listings.
        same_names: paths of files that have one name.
        disagreements: of listings and their deals.
        links: those that are not simply a file's name.
        names: every name a link may say.
        lost: entries the journal has and the notes lack.
        doubted: listings whose signs contradict their grade.
        roles: fields that contradict the log without a reason.
        sharing: whose each listing is, and who called its owner.
        deals: all that were not cancelled.
        deposits: those that are too high for what the listing asks.
        at: the place of a key's value in a note, given path, key and, for a list, the item's
            text or digits.
    """

    ids: Sequence[tuple[str, Sequence[str]]]
    phones: Sequence[tuple[str, Sequence[str]]]
    doors: Sequence[Door]
    same_names: Sequence[Sequence[str]]
    disagreements: Sequence[Disagreement]
    links: Sequence[FoundLink]
    names: Sequence[str]
    lost: Sequence[LostEntry]
    doubted: Sequence[Doubted] = ()
    roles: Sequence[FoundRole] = ()
    sharing: SharingFound = field(default_factory=SharingFound)
    at: Callable[[str, str, str | None], Position]
    deals: Sequence[DealFacts] = ()
    deposits: Sequence[HighDeposit] = ()


def check_ids(facts: VaultFacts) -> Found:
    """Find ids that stand in two notes: all but the oldest must change."""
    for id_, paths in facts.ids:
        keeper = _keeper(paths)
        for path in paths:
            if path != keeper:
                code = "copied-note" if is_copy(path) else "duplicate-id"
                yield problem(code, facts.at(path, "id", None), id=id_, other=keeper)


def _keeper(paths: Sequence[str]) -> str:
    """The note that keeps an id: the oldest that is not named like a copy."""
    return next((path for path in paths if not is_copy(path)), paths[0])


def is_copy(path: str) -> bool:
    """Whether a file is named as sync programs and file managers name copies."""
    return _COPY.search(path.rpartition("/")[2].removesuffix(".md")) is not None


def check_phones(facts: VaultFacts) -> Found:
    """Find one telephone number on two clients."""
    for digits, paths in facts.phones:
        for index, path in enumerate(paths):
            other = paths[0] if index else paths[1]
            at = facts.at(path, "phone", digits)
            yield problem("shared-phone", at, phone=mask_phone(digits), other=other)


def check_doors(facts: VaultFacts) -> Found:
    """Find one home with two notes."""
    homes: dict[tuple[str, ...], list[str]] = {}
    for door in facts.doors:
        parts = (_plain(door.building), _plain(door.unit or ""), _plain(door.room))
        homes.setdefault((link_fold(door.community), *parts), []).append(door.path)
    for paths in homes.values():
        if len(paths) > 1:
            for index, path in enumerate(paths):
                other = paths[0] if index else paths[1]
                yield problem("property-twice", facts.at(path, "room", None), other=other)


def _plain(part: str) -> str:
    part = fold(narrow(part)).strip()
    for word in _UNIT_WORDS:
        part = part.removesuffix(word)
    return part.lstrip("0 ") or part


def check_names(facts: VaultFacts) -> Found:
    """Find files that some systems, and every link, take for one."""
    for paths in facts.same_names:
        for index, path in enumerate(paths):
            other = paths[0] if index else paths[1]
            yield problem("name-collision", Position(path, 1, 1), other=other)


def check_deals(facts: VaultFacts) -> Found:
    """Find listings and deals that do not say the same."""
    for one in facts.disagreements:
        if not one.deal:
            yield problem(one.code, facts.at(one.listing, "status", None), key="status")
            continue
        at = facts.at(one.deal, "stage", None)
        other = one.other or one.listing
        params = {"listing_status": one.status} if not one.other else {}
        yield problem(one.code, at, other=other, **params)


def check_links(facts: VaultFacts) -> Found:
    """Find links that lead nowhere, to several notes, to the wrong ones, or by a detour."""
    by_fold = {link_fold(name): name for name in reversed(facts.names)}
    likely: dict[str, str | None] = {}
    for link in facts.links:
        target = link.target
        params: dict[str, object] = {"target": target, "key": link.key or None}
        if not link.names:
            code = "dead-link"
            if target not in likely:
                likely[target] = _likely_name(target, by_fold)
            params["likely"] = likely[target]
        elif len(link.names) > 1:
            code, params["candidates"] = "ambiguous-link", list(link.names)
        elif link.type:
            code = "link-type"
            params.update(type=link.type, wanted=list(link.wanted))
        else:
            code, params["name"] = f"link-by-{link.by}", link.names[0]
        for line, column in link.places:
            yield problem(code, Position(link.path, line, column), **params)


def _likely_name(target: str, by_fold: dict[str, str]) -> str | None:
    import difflib

    wanted = link_fold(target)
    if not wanted:
        return None
    # Comparing with every name takes long; most slips leave two letters in a row standing.
    pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)} or {wanted}
    candidates = [name for name in by_fold if any(pair in name for pair in pairs)]
    near = difflib.get_close_matches(wanted, candidates, n=1, cutoff=_NEAR)
    return by_fold[near[0]] if near else None


def check_sides(facts: VaultFacts) -> Found:
    """Find deals whose people or listing do not go together."""
    for deal in facts.deals:
        for both in sorted(deal.buyers & deal.sellers):
            yield problem("deal-one-side", facts.at(deal.path, "seller", None),
                          name=deal.names[both])  # fmt: skip
        # After 过户 the listing names the buyer; a completed deal may lie rounds back.
        if deal.stage != "completed" and deal.sellers and deal.owners and not (
            deal.sellers & deal.owners or deal.buyers & deal.owners
        ):  # fmt: skip
            at = facts.at(deal.path, "seller", None)
            yield problem("deal-seller", at, listing=deal.listing_name)


def check_deposits(facts: VaultFacts) -> Found:
    """Find deposits that are too high, where only the listing says what for."""
    for one in facts.deposits:
        at = facts.at(one.path, "deposit_amount", None)
        yield problem("deposit-above-asking", at, **one.params)


def check_lost(facts: VaultFacts) -> Found:
    """Find entries that were written and are gone."""
    for lost in facts.lost:
        yield problem("entry-missing", Position(lost.path, 1, 1), id=lost.id, text=lost.text)


def check_signs(facts: VaultFacts) -> Found:
    """Find grades that a listing's signs contradict; what nobody knows contradicts nothing."""
    for doubted in facts.doubted:
        code = "grade-too-good" if doubted.way == "worse" else "grade-too-bad"
        at = facts.at(doubted.path, "grade", None)
        yield problem(code, at, value=doubted.grade, signs=list(doubted.signs))


def check_roles(facts: VaultFacts) -> Found:
    """Find roles that are typed against the log, and nobody says why."""
    for role in facts.roles:
        params = {"key": role.key, "value": role.value, "other": role.other, "day": role.day}
        yield problem("roles-reason", facts.at(role.path, role.key, None), **params)


def check_shared(facts: VaultFacts) -> Found:
    """Find what goes against the rules of sharing."""
    yield from check_sharing(facts.sharing, facts.at)


VAULT_CHECKS: tuple[Callable[[VaultFacts], Iterable[Problem]], ...] = (
    check_ids,
    check_phones,
    check_doors,
    check_names,
    check_deals,
    check_links,
    check_sides,
    check_deposits,
    check_lost,
    check_signs,
    check_roles,
    check_shared,
)
