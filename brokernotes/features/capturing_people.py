"""Which client a dictated line means."""

from __future__ import annotations

from collections.abc import Callable

from brokernotes.features.capturing_lore import Lore, Person
from brokernotes.features.capturing_parts import Parts


def everybody(parts: Parts, lore: Lore) -> list[str]:
    """Refs of all who were named; of namesakes mine, if only one is."""
    refs: list[str] = []
    for group in parts.named:
        mine = [one for one in group if lore.me is not None and one.agent == lore.me]
        refs.extend(one.ref for one in (mine if len(mine) == 1 else group))
    return refs


def choose_people(parts: Parts, lore: Lore) -> tuple[Person, ...]:
    """Those whom a name leaves over, narrowed by what else the line says, then by whose they are.

    Args:
        parts: of the line.
        lore: of the vault.
    """
    people = parts.people
    described = {home.ref for wanted in parts.homes for home in wanted.homes}
    tests: tuple[Callable[[Person], bool], ...] = (
        lambda one: one.is_active,
        lambda one: bool(described & (seen_by(one, lore) | owned_by(one, lore))),
        lambda one: bool(parts.cancels) and any(e.is_open for e in lore.log_of(one.ref)),
        lambda one: lore.me is not None and one.agent == lore.me,
    )
    for fits in tests:
        if len(people) > 1:
            people = tuple(one for one in people if fits(one)) or people
    return people


def seen_by(person: Person, lore: Lore) -> frozenset[str]:
    """Refs of the listings in the person's log and plans."""
    return frozenset().union(*map(lore.linked, lore.log_of(person.ref)))


def owned_by(person: Person, lore: Lore) -> frozenset[str]:
    """Refs of the listings the person owns."""
    return frozenset(home.ref for home in lore.homes.values() if person.ref in home.owners)
