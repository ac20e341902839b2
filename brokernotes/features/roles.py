"""Who played which part in a transaction, read from the logs; a field of the note overrules.

Roles follow the log (seed: whoever contributed has a share), so nobody has to claim
them: the first 带看 makes the 首看人, 收钥匙 the 钥匙人, 实勘 the 实勘人, 签独家 the
独家人, 签委托 the 委托备件人, 签约 the 成交人. An entry is whose it names by `@`, else
whose its note was. Corrected and cancelled entries make nobody anything, and neither
does a round that is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from brokernotes.features.corrections import counting
from brokernotes.features.role_case import Case, Span, Told, has_happened, round_at
from brokernotes.light_dataclasses import dataclass, replace
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.roles import ROLES

__all__ = [
    "Case",
    "Role",
    "Span",
    "Told",
    "derive_roles",
    "first_showing",
    "pair_entries",
    "round_at",
]

# What is done once counts for whoever did it first, what is held for whoever has it now (ours).
_FIRST = {"surveyor": "survey", "document_agent": "entrust"}
_LAST = {"key_holder": "key_in", "exclusive_agent": "exclusive"}
_SHOWN = frozenset({"showing", "second_showing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Who plays a part, and what says so.

    Attributes:
        role: id of the part (`model.roles`).
        agent: id of the agent's note; the name as typed where no note answers to it; empty:
            an entry earns the part, and nothing says whose entry it is.
        why: code of the sentence that says why (`features.role_sentences`).
        day: of the entry, where there is one.
        note: id of the note the entry stands in, else its path.
        entry: the entry's id, else its date and time.
        verb: of the entry.
        over: what the logs say, where the field of the note names somebody else.
        reason: why the field overrules them, in the brokerage's words.
    """

    role: str
    agent: str
    why: str
    day: date | None = None
    note: str = ""
    entry: str = ""
    verb: str = ""
    over: Role | None = None
    reason: str = ""

    @property
    def is_unexplained(self) -> bool:
        """Whether a field contradicts the logs and nobody says why."""
        return self.over is not None and not self.reason


def derive_roles(case: Case) -> Mapping[str, Role]:
    """The roles of a listing, and of a deal where one is asked about.

    Args:
        case: the notes, and who is who.

    Returns:
        By role id, in the order of `model.roles`; roles nobody plays are left out.
    """
    found: dict[str, Role] = {}
    span = round_at(case.listing, case.agreed_on, case.today) if case.listing else Span(None, None)
    if case.listing:
        found.update(_listing_roles(case, case.listing, span))
    if case.deal:
        found.update(_client_roles(case, case.deal, span))
    elif shown := first_showing(case, span):  # of a client and a listing before there is a deal
        found["first_showing_agent"] = _earned(case, "first_showing_agent", shown)
    typed = _typed_roles(case, span)
    names = [kind.id for kind in ROLES if kind.id in found or kind.id in typed]
    return {name: _overruled(found.get(name), typed.get(name)) for name in names}


def _listing_roles(case: Case, listing: Record, span: Span) -> Iterator[tuple[str, Role]]:
    until = case.closed_on
    entries = sorted(
        (
            one
            for one in counting(listing.entries, case.today)
            if has_happened(one, until) and span.has(one)
        ),
        key=lambda one: one.moment,
    )
    yield from _entry_agent(case, listing, span)
    holder = case.responsible(listing, until)
    if holder:
        yield "maintainer", Role(role="maintainer", agent=case.agent(holder), why="responsible")
    for table, place in ((_FIRST, 0), (_LAST, -1)):
        for role, verb in table.items():
            done = [one for one in entries if one.verb == verb]
            if done:
                yield role, _earned(case, role, Told(done[place], listing))


def _entry_agent(case: Case, listing: Record, span: Span) -> Iterator[tuple[str, Role]]:
    """Who brought the listing in: in this round, or by making its note."""
    role = "entry_agent"
    if span.began:
        yield role, replace(_earned(case, role, Told(span.began, listing)), why="relisted")
        return
    created = listing.day("created")
    if case.added:
        yield role, Role(role=role, agent=case.added, why="added", day=created)
        return
    holder = case.responsible(listing, created or case.today)
    if holder:
        yield role, Role(role=role, agent=case.agent(holder), why="added-unknown", day=created)


def _client_roles(case: Case, deal: Record, span: Span) -> Iterator[tuple[str, Role]]:
    for client in case.clients:
        target = client.text("referred_by")
        referrer = case.agent_of(target) if target else None
        if referrer:  # a colleague; other clients are thanked in other ways
            role = Role(role="referrer", agent=referrer, why="referred", note=client.ref)
            yield "referrer", role
            break
    first = first_showing(case, span)
    if first:
        yield "first_showing_agent", _earned(case, "first_showing_agent", first)
    helper = _cooperator(case, first, span)
    if helper:
        yield "cooperator", helper
    told = [one for one in pair_entries(case) if one.entry.verb == "sign" and span.has(one.entry)]
    told.sort(key=lambda one: (one.record is deal, one.entry.moment))
    if told:
        yield "closing_agent", _earned(case, "closing_agent", told[-1])


def first_showing(case: Case, span: Span | None = None) -> Told | None:
    """The showing that is worth the role: the first one of the last so many days.

    Args:
        case: of a listing and its buyers.
        span: the listing's round; None: that of the deal, or of today.
    """
    if span is None:
        span = round_at(case.listing, case.agreed_on, case.today) if case.listing else _EVER
    shown = _shown(case, span, _SHOWN)
    return shown[0] if shown else None


_EVER = Span(None, None)


def _cooperator(case: Case, first: Told | None, span: Span) -> Role | None:
    """A colleague who came along to a showing (ours)."""
    leading = _earned(case, "first_showing_agent", first).agent if first else None
    for told in _shown(case, span, frozenset({"accompanied_showing"})):
        role = _earned(case, "cooperator", told)
        if role.agent and role.agent != leading:
            return role
    return None


def _shown(case: Case, span: Span, verbs: frozenset[str]) -> list[Told]:
    """Showings of the listing to its buyers that still count, the first one first."""
    agreed = case.agreed_on
    since = agreed - timedelta(days=min(case.first_showing_days, (agreed - date.min).days))
    return [
        told
        for told in pair_entries(case)
        if told.entry.verb in verbs and since <= told.entry.day <= agreed and span.has(told.entry)
    ]


def pair_entries(case: Case) -> list[Told]:
    """What happened between the listing and its buyers, by time: in whichever note it stands."""
    wanted = {one.ref for one in (case.listing, case.deal) if one}
    names = {one.name for one in (case.listing, case.deal) if one}
    found = [*_linking(case, case.clients, wanted, names)]
    clients = {one.ref for one in case.clients}
    if case.listing:
        called = {one.name for one in case.clients}
        found += _linking(case, (case.listing,), clients, called)
    if case.deal:
        found += [Told(one, case.deal) for one in _counted(case, case.deal)]
    return sorted(found, key=lambda told: told.entry.moment)


def _linking(
    case: Case, records: Iterable[Record], refs: set[str], names: set[str]
) -> Iterator[Told]:
    for record in records:
        for entry in _counted(case, record):
            if any((case.id_of(link) or link) in refs or link in names for link in entry.links):
                yield Told(entry, record)


def _counted(case: Case, record: Record) -> Iterator[LogEntry]:
    return (e for e in counting(record.entries, case.today) if has_happened(e, case.today))


def _earned(case: Case, role: str, told: Told) -> Role:
    """The role somebody has by an entry."""
    entry, record = told
    name = entry.agent or case.responsible(record, entry.day)
    return Role(
        role=role,
        agent=case.agent(name) if name else "",
        why="entry",
        day=entry.day,
        note=record.ref,
        entry=entry.id or entry.stamp,
        verb=entry.verb,
    )


def _typed_roles(case: Case, span: Span) -> dict[str, Role]:
    """What fields say; those of a listing only while its round lasts, for they speak of now."""
    typed: dict[str, Role] = {}
    for kind in ROLES:
        record = case.listing if kind.note_type == "listing" else case.deal
        name = record.text(kind.key) if record else None
        if record and name and not (record is case.listing and span.ended):
            typed[kind.id] = Role(
                role=kind.id,
                agent=case.agent(name),
                why="typed",
                note=record.ref,
                reason=record.text("roles_reason") or "",
            )
    return typed


def _overruled(earned: Role | None, typed: Role | None) -> Role:
    """A typed role, with what it overrules; where both name one person, the entry explains it."""
    if typed is None:
        assert earned is not None
        return earned
    if earned is None or not earned.agent:
        return typed
    if earned.agent == typed.agent:
        return earned
    # Only an entry is evidence; who is responsible for a note is a guess that a field replaces.
    return replace(typed, over=earned) if earned.entry else typed
