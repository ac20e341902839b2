"""A deal's fee shared among those who earned it: exact to the 分, every line explained.

Private (seed): the holder's share replaces all parts on the listing's side, the rest goes to the
client's side; a holder who closes himself takes all. Public (seed: whoever contributed has a
share): by the percentages the brokerage agreed on. There are none to fall back on, since no two
firms share alike (found): without a table nothing is shared.

The lines add up to the fee, and do not depend on the order in which anything was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from brokernotes.features.allotting import allot
from brokernotes.features.commission_terms import (
    Missing,
    Pot,
    Remark,
    Terms,
    Way,
    World,
    find_pot,
    find_way,
    outstanding,
    transaction_of,
)
from brokernotes.features.roles import Case, Role, first_showing
from brokernotes.light_dataclasses import NamedTuple, dataclass, field, replace
from brokernotes.model.roles import ROLE_KINDS, ROLES
from brokernotes.model.rules import Rules

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


class Total(NamedTuple):
    """What one colleague gets in all.

    Attributes:
        agent: id, or the name as typed.
        cents: in 分.
        parts: what for, in the order of the roles.
    """

    agent: str
    cents: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A fee, shared.

    Attributes:
        pot: what there was to share.
        way: private or public, and why.
        lines: they add up to `pot.own`.
        remarks: what a reader should know besides.
    """

    pot: Pot
    way: Way
    lines: tuple[Line, ...]
    remarks: tuple[Remark, ...] = ()

    def totals(self) -> list[Total]:
        """What each colleague gets, the most first; the firm's part is left out."""
        found: dict[str, Total] = {}
        for line in self.lines:
            if line.agent:
                before = found.get(line.agent, Total(line.agent, 0, ()))
                parts = dict.fromkeys((*before.parts, line.part))
                found[line.agent] = Total(line.agent, before.cents + line.cents, tuple(parts))
        return sorted(found.values(), key=lambda one: (-one.cents, one.agent))


def split_fee(
    case: Case,
    roles: Mapping[str, Role],
    rules: Rules,
    world: World,
    *,
    basis: str | None = None,
) -> Split | list[Missing]:
    """Share a deal's fee.

    Args:
        case: the deal, its listing and buyers.
        roles: as `derive_roles` gives them.
        rules: for the terms and the basis.
        world: areas, and what the listing said on which day.
        basis: `received` or `due`; None: as the rules say.

    Returns:
        The split; or everything that is missing for it, never a split of a part.
    """
    assert case.deal is not None
    deal = case.deal
    missing: list[Missing] = []
    if case.listing is None:
        missing.append(Missing("no-listing", {"note": deal.ref}))
    pot = find_pot(deal, basis or str(rules.other["commission"]["basis"]))
    if not isinstance(pot, Pot):
        missing += pot
    if "closing_agent" not in roles:
        missing.append(Missing("no-closing", {"note": deal.ref, "role": "closing_agent"}))
    transaction = transaction_of(case)
    if transaction is None:
        return [*missing, Missing("no-transaction", {"note": deal.ref})]
    terms = Terms.of(rules, transaction)
    way = find_way(case, roles, terms, world)
    if not isinstance(way, Way):
        return missing + way
    drawn = (_private if way.is_private else _public)(case, roles, terms, transaction)
    # Who is missed would have a share: that is said once.
    missing += [one for one in drawn.missing if one.code != "no-share" or not missing]
    missing += [_whose(case, one.role) for one in drawn.lines if one.role and not one.agent]
    if missing or not isinstance(pot, Pot):
        return missing
    lines = _with_platform(drawn.lines, terms)
    amounts = allot(pot.own, [line.share for line in lines])
    remarks = [*outstanding(deal, pot), *drawn.remarks, *_lapsed(case, roles, terms)]
    if any(line.role for line in drawn.lines):  # a holder who closes takes all, whatever was done
        remarks += _without_share(roles, terms, way)
    split = Split(
        pot=pot,
        way=way,
        lines=tuple(replace(line, cents=cents) for line, cents in zip(lines, amounts, strict=True)),
        remarks=tuple(remarks),
    )
    gone = [
        Remark("left", {"agent": one.agent, "day": world.left[one.agent].isoformat()})
        for one in split.totals()
        if one.agent in world.left
    ]
    return replace(split, remarks=(*split.remarks, *gone))


class _Drawn(NamedTuple):
    """Lines without amounts, and what is missing for them."""

    lines: list[Line]
    missing: list[Missing]
    remarks: list[Remark]


def _lapsed(case: Case, roles: Mapping[str, Role], terms: Terms) -> list[Remark]:
    """A showing too long ago to be worth the role, where nobody has it."""
    if "first_showing_agent" in roles or "first_showing_agent" not in terms.shares:
        return []
    told = first_showing(replace(case, first_showing_days=10**6))
    if told is None:
        return []
    days = (case.agreed_on - told.entry.day).days
    params = {"day": told.entry.day.isoformat(), "days": days, "limit": case.first_showing_days}
    return [Remark("lapsed", params)]


def _without_share(roles: Mapping[str, Role], terms: Terms, way: Way) -> list[Remark]:
    """Parts that somebody played and the table does not know."""
    without = [
        role
        for role in roles
        if role not in terms.shares and (not way.is_private or ROLE_KINDS[role].side == "client")
    ]
    return [Remark("without-share", {"roles": without})] if without and terms.shares else []


def _whose(case: Case, role: Role) -> Missing:
    """An entry earns a share, and nothing says whose entry it is."""
    params: dict[str, object] = {"note": _note_of(case, role.role), "role": role.role}
    params |= {"verb": role.verb, "entry": role.entry, "day": str(role.day)}
    return Missing("whose", params)


def _note_of(case: Case, role: str) -> str:
    record = case.listing if ROLE_KINDS[role].note_type == "listing" else case.deal
    return record.ref if record else ""


def _private(case: Case, roles: Mapping[str, Role], terms: Terms, transaction: str) -> _Drawn:
    """The holder's share, and the client's side."""
    listing = case.listing
    name = case.responsible(listing, case.closed_on) if listing else None
    closing = roles.get("closing_agent")
    if listing is None or name is None or closing is None:
        missing = [Missing("no-holder", {"note": listing.ref})] if listing and not name else []
        return _Drawn([], missing, [])
    holder = case.agent(name)
    if holder == closing.agent:
        line = Line(part=HOLDER, agent=holder, share=Fraction(1), why="holder-closes")
        return _Drawn([line], [], [])
    line = Line(part=HOLDER, agent=holder, share=terms.holder, why="holder")
    rest = 1 - terms.holder
    side = {kind.id: roles[kind.id] for kind in ROLES if kind.side == "client" and kind.id in roles}
    agents = {role.agent for role in side.values()}
    if not terms.shares and len(agents) == 1:  # nothing to agree on: it is all theirs
        only = Line(
            part="closing_agent", agent=closing.agent, share=rest, role=closing, why="only-one"
        )
        return _Drawn([line, only], [], [])
    shares = {role: terms.shares[role] for role in side if role in terms.shares}
    if not terms.shares:
        return _Drawn([], [Missing("no-table", {"transaction": transaction})], [])
    if not shares:
        return _Drawn([], [Missing("no-share", {"transaction": transaction})], [])
    lines = _scaled(side, shares, rest)
    wanted = [kind.id for kind in ROLES if kind.side == "client" and kind.id in terms.shares]
    absent = [role for role in wanted if role not in roles]
    if absent and terms.missing == "refuse":
        return _Drawn([], _absent(case, absent), [])
    return _Drawn([line, *lines], [], _normalised(absent))


def _public(case: Case, roles: Mapping[str, Role], terms: Terms, transaction: str) -> _Drawn:
    """Everybody who contributed, by the percentages agreed on."""
    if not terms.shares:
        return _Drawn([], [Missing("no-table", {"transaction": transaction})], [])
    shares = {role: terms.shares[role] for role in roles if role in terms.shares}
    absent = [kind.id for kind in ROLES if kind.id in terms.shares and kind.id not in roles]
    if absent and terms.missing == "refuse":
        return _Drawn([], _absent(case, absent), [])
    if not absent or terms.missing == "normalise":
        if not shares:
            return _Drawn([], [Missing("no-share", {"transaction": transaction})], [])
        return _Drawn(_scaled(roles, shares, Fraction(1)), [], _normalised(absent))
    keeper = roles.get("maintainer")
    if keeper is None:
        params = {"note": _note_of(case, "maintainer"), "role": "maintainer", "roles": absent}
        return _Drawn([], [Missing("no-maintainer", params)], [])
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
    return _Drawn(sorted(lines, key=lambda line: _ORDER[line.part]), [], [])


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
