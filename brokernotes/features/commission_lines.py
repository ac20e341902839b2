"""The parts of a deal's fee: whose each is, and what share of the whole, by one of the two ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from brokernotes.features.commission_terms import Missing, Remark, Terms, Way
from brokernotes.features.roles import Case, Role
from brokernotes.light_dataclasses import NamedTuple, dataclass, field, replace
from brokernotes.model.roles import ROLE_KINDS, ROLES

HOLDER = "holder"  # of a private listing
HOUSE = "platform"  # what the firm keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of the fee.

    Attributes:
        part: a role, `holder`, or `platform`: what the firm keeps.
        agent: id of whose it is, or the name as typed; empty: the firm's.
        share: of what is left to this firm, 0 to 1.
        cents: in 分.
        role: who played it and why; None: `why` says it all.
        why: code of a sentence where it is not the role's own.
        params: its places.
    """

    part: str
    agent: str
    share: Fraction
    cents: int = 0
    role: Role | None = None
    why: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class Drawn(NamedTuple):
    """Lines without amounts, and what is missing for them."""

    lines: list[Line]
    missing: list[Missing]
    remarks: list[Remark]


def draw_lines(
    case: Case, roles: Mapping[str, Role], terms: Terms, way: Way, transaction: str
) -> Drawn:
    """Who has which part of the fee.

    Args:
        case: of the deal, with its listing.
        roles: as derived.
        terms: what the brokerage agreed on.
        way: private or public.
        transaction: `sale` or `lease`.

    Returns:
        Lines whose shares add up to 1, without amounts; or what is missing for them.
    """
    drawn = (_private if way.is_private else _public)(case, roles, terms, transaction)
    missing = [*drawn.missing]
    missing += [_whose(case, one.role) for one in drawn.lines if one.role and not one.agent]
    return Drawn(_with_platform(drawn.lines, terms), missing, drawn.remarks)


def _private(case: Case, roles: Mapping[str, Role], terms: Terms, transaction: str) -> Drawn:
    """The holder's share, and the client's side."""
    listing = case.listing
    name = case.responsible(listing, case.closed_on) if listing else None
    closing = roles.get("closing_agent")
    if listing is None or name is None or closing is None:
        missing = [Missing("no-holder", {"note": listing.ref})] if listing and not name else []
        return Drawn([], missing, [])
    holder = case.agent(name)
    if holder == closing.agent:
        line = Line(part=HOLDER, agent=holder, share=Fraction(1), why="holder-closes")
        return Drawn([line], [], [])
    line = Line(part=HOLDER, agent=holder, share=terms.holder, why="holder")
    rest = 1 - terms.holder
    side = {kind.id: roles[kind.id] for kind in ROLES if kind.side == "client" and kind.id in roles}
    agents = {role.agent for role in side.values()}
    if not terms.shares and len(agents) == 1:  # nothing to agree on: it is all theirs
        only = Line(
            part="closing_agent", agent=closing.agent, share=rest, role=closing, why="only-one"
        )
        return Drawn([line, only], [], [])
    shares = {role: terms.shares[role] for role in side if role in terms.shares}
    if not terms.shares:
        return Drawn([], [Missing("no-table", {"transaction": transaction})], [])
    if not shares:
        return Drawn([], [Missing("no-share", {"transaction": transaction})], [])
    lines = _scaled(side, shares, rest)
    wanted = [kind.id for kind in ROLES if kind.side == "client" and kind.id in terms.shares]
    absent = [role for role in wanted if role not in roles]
    if absent and terms.missing == "refuse":
        return Drawn([], _absent(case, absent), [])
    return Drawn([line, *lines], [], _normalised(absent))


def _public(case: Case, roles: Mapping[str, Role], terms: Terms, transaction: str) -> Drawn:
    """Everybody who contributed, by the percentages agreed on."""
    if not terms.shares:
        return Drawn([], [Missing("no-table", {"transaction": transaction})], [])
    shares = {role: terms.shares[role] for role in roles if role in terms.shares}
    absent = [kind.id for kind in ROLES if kind.id in terms.shares and kind.id not in roles]
    if absent and terms.missing == "refuse":
        return Drawn([], _absent(case, absent), [])
    if not absent or terms.missing == "normalise":
        if not shares:
            return Drawn([], [Missing("no-share", {"transaction": transaction})], [])
        return Drawn(_scaled(roles, shares, Fraction(1)), [], _normalised(absent))
    keeper = roles.get("maintainer")
    if keeper is None:
        params = {"note": _note_of(case, "maintainer"), "role": "maintainer", "roles": absent}
        return Drawn([], [Missing("no-maintainer", params)], [])
    lines = _scaled(roles, shares, Fraction(sum(shares.values()), 100)) if shares else []
    lines += [
        Line(
            part=role,
            agent=keeper.agent,
            share=terms.shares[role] / 100,
            why="falls-to-maintainer",
        )
        for role in absent
    ]
    return Drawn(sorted(lines, key=lambda line: _ORDER[line.part]), [], [])


_ORDER = {kind.id: place for place, kind in enumerate(ROLES)}


def _scaled(
    roles: Mapping[str, Role], shares: Mapping[str, Fraction], whole: Fraction
) -> list[Line]:
    """Lines in the order of the roles, whose shares add up to a whole."""
    total = sum(shares.values())
    return [
        Line(part=role, agent=roles[role].agent, share=whole * percent / total, role=roles[role])
        for role, percent in sorted(shares.items(), key=lambda one: _ORDER[one[0]])
    ]


def _absent(case: Case, absent: Iterable[str]) -> list[Missing]:
    return [
        Missing("no-role", {"note": _note_of(case, role), "role": role})
        for role in absent
        if role != "closing_agent"  # which is missed in any case
    ]


def _normalised(absent: Sequence[str]) -> list[Remark]:
    return [Remark("normalised", {"roles": list(absent)})] if absent else []


def _with_platform(lines: Sequence[Line], terms: Terms) -> list[Line]:
    """The firm's part before the others', which share what is left."""
    if not terms.platform:
        return [*lines]
    kept = terms.platform / 100
    first = Line(part=HOUSE, agent="", share=kept, why="platform")
    rest = 1 - kept
    return [first, *(replace(line, share=line.share * rest) for line in lines)]


def _whose(case: Case, role: Role) -> Missing:
    """An entry earns a share, and nothing says whose entry it is."""
    params: dict[str, object] = {"note": _note_of(case, role.role), "role": role.role}
    params |= {"verb": role.verb, "entry": role.entry, "day": str(role.day)}
    return Missing("whose", params)


def _note_of(case: Case, role: str) -> str:
    record = case.listing if ROLE_KINDS[role].note_type == "listing" else case.deal
    return record.ref if record else ""
