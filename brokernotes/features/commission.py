"""A deal's fee shared among those who earned it: exact to the 分, every line explained.

Private (seed): the holder's share replaces all parts on the listing's side, the rest goes to the
client's side; a holder who closes himself takes all. Public (seed: whoever contributed has a
share): by the percentages the brokerage agreed on. There are none to fall back on, since no two
firms share alike (found): without a table nothing is shared.

The lines add up to the fee, and do not depend on the order in which anything was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from brokernotes.features.allotting import allot
from brokernotes.features.commission_lines import Line, draw_lines
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
from brokernotes.light_dataclasses import NamedTuple, dataclass, replace
from brokernotes.model.roles import ROLE_KINDS
from brokernotes.model.rules import Rules


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
    pot = find_pot(case.deal, basis or str(rules.other["commission"]["basis"]))
    missing = _missing_first(case, roles, pot)
    transaction = transaction_of(case)
    if transaction is None:
        return [*missing, Missing("no-transaction", {"note": case.deal.ref})]
    terms = Terms.of(rules, transaction)
    way = find_way(case, roles, terms, world)
    if not isinstance(way, Way):
        return missing + way
    drawn = draw_lines(case, roles, terms, way, transaction)
    # Who is missed would have a share: that is said once.
    missing += [one for one in drawn.missing if one.code != "no-share" or not missing]
    if missing or not isinstance(pot, Pot):
        return missing
    amounts = allot(pot.own, [line.share for line in drawn.lines])
    lines = [
        replace(line, cents=cents) for line, cents in zip(drawn.lines, amounts, strict=True)
    ]  # fmt: skip
    remarks = [*outstanding(case.deal, pot), *drawn.remarks, *_lapsed(case, roles, terms)]
    if any(line.role for line in lines):  # a holder who closes takes all, whatever was done
        remarks += _without_share(roles, terms, way)
    remarks += _written(_told(lines, roles, way), world)
    split = Split(pot=pot, way=way, lines=tuple(lines), remarks=tuple(remarks))
    return replace(split, remarks=(*split.remarks, *_gone(split, world)))


def _missing_first(
    case: Case, roles: Mapping[str, Role], pot: Pot | Sequence[Missing]
) -> list[Missing]:
    """What no split of this deal can do without, whichever way it is shared."""
    assert case.deal is not None
    missing: list[Missing] = []
    if case.listing is None:
        missing.append(Missing("no-listing", {"note": case.deal.ref}))
    if not isinstance(pot, Pot):
        missing += pot
    if "closing_agent" not in roles:
        missing.append(Missing("no-closing", {"note": case.deal.ref, "role": "closing_agent"}))
    return missing


# -- what a reader should know besides


def _told(lines: Iterable[Line], roles: Mapping[str, Role], way: Way) -> list[Role]:
    """The roles this split stands on: those with a part, and the showing whose day decides it."""
    found = [line.role for line in lines if line.role is not None]
    shown = roles.get("first_showing_agent")
    if shown is not None and way.is_by_showing and shown not in found:
        found.append(shown)
    return found


def _written(roles: Iterable[Role], world: World) -> Iterator[Remark]:
    """Roles earned by an entry that was written long after its day (补录), or changed since.

    What came with its whole note was imported, or kept in a pocket: that is told in one line.
    """
    with_note = []
    for role in roles:
        late, changed = world.written(role) if role.entry else (None, None)
        params: dict[str, object] = {"role": role.role, "agent": role.agent, "verb": role.verb}
        params |= {"day": str(role.day), "note": role.note, "entry": role.entry}
        if late is not None and late.came_with_note:
            with_note.append(role.role)
        elif late is not None:
            yield Remark("late-entry", params | {"days": late.days})
        if changed is not None:
            when = changed.when.date().isoformat()
            yield Remark("changed-entry", params | {"when": when, "author": changed.author})
    if with_note:
        yield Remark("late-note", {"roles": with_note})


def _gone(split: Split, world: World) -> list[Remark]:
    """Colleagues who have a part and have left."""
    return [
        Remark("left", {"agent": one.agent, "day": world.left[one.agent].isoformat()})
        for one in split.totals()
        if one.agent in world.left
    ]


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
