"""Where the index meets what listings are classified by: signs, taxes, ages, service areas.

Everything here depends on the day, on who asks or on other notes; it is worked out when somebody
asks for it, from values the index has.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from brokernotes.features import classifying_axes as axes
from brokernotes.features import prime
from brokernotes.features.responsible import sees_owner
from brokernotes.model.query_tree import Condition, Or
from brokernotes.storage.queries import NoteRow
from brokernotes.storage.query import Ask
from brokernotes.storage.vault import Vault

Values = Mapping[str, Any]

_HOME = tuple(
    dict.fromkeys((*prime.LISTING_KEYS, *axes.LISTING_KEYS, "community", "agent", "sharing"))
)
_ESTATE = tuple(dict.fromkeys((*prime.ESTATE_KEYS, *axes.ESTATE_KEYS)))


class Classes:
    """What listings of a vault are classified by, for one viewer on one day.

    Args:
        vault: whose index is current.
        today: in its zone.
        viewer: id of the agent who asks; None: nobody in particular.
        hides_private: whether what owners of private listings have in mind is nobody's to know.
    """

    def __init__(
        self, vault: Vault, today: date, viewer: str | None, *, hides_private: bool = False
    ) -> None:
        self._queries = vault.queries
        self._today = today
        self._viewer = viewer
        self._hides = hides_private
        self._mode = str(vault.rules.other["sharing"]["mode"])
        self.basis = basis_of(vault.rules.other["prime"], today)

    def values(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The values of computed keys by a listing's path, as SQLite knows them."""
        wanted = list(keys)
        found: dict[str, dict[str, Any]] = {key: {} for key in wanted}
        for row, home in self._queries.listed(Ask(type="listing", keys=_HOME)):
            for key in wanted:
                value = self.value(key, home)
                if value is not None:
                    found[key][row.path] = value
        return found

    def judged(self) -> list[tuple[NoteRow, Values, prime.Judged]]:
        """The listings whose grade signs may contradict, with their values and signs."""
        where = Or(tuple(Condition("grade", "is", grade) for grade in prime.DOUBTFUL_GRADES))
        ask = Ask(type="listing", where=where, keys=(*_HOME, "grade"))
        return [(row, home, self.judge(home)) for row, home in self._queries.listed(ask)]

    def value(self, key: str, home: Values) -> Any:
        """One computed key of a listing; None: it is not set."""
        if key == "prime":
            return self.judge(home).kind
        if key == "tax":
            return None if prime.is_only_let(home) else axes.tax_class(home, self._today)
        if key == "age":
            return axes.age(home, self._estate(home)[1], self._today)
        if key == "residential":
            return axes.is_residential(home)
        name, estate = self._estate(home)
        return axes.is_in_area(home, estate, name, self._areas)

    def judge(self, home: Values) -> prime.Judged:
        """The signs of a listing.

        Args:
            home: its values; those of `_HOME` count.
        """
        return prime.judge(home, self._estate(home)[1], self.basis, sees_owner=self._sees(home))

    def _sees(self, home: Values) -> bool:
        if self._hides:
            return (home.get("sharing") or self._mode) != "private"
        holder = self._id_of(str(home["agent"])) if home.get("agent") else None
        return sees_owner(self._viewer, home, holder, self._supervisors, self._mode)

    def _estate(self, home: Values) -> tuple[str | None, Values | None]:
        """What a listing's community is called, and its values; None: it has no note."""
        target = home.get("community")
        return self._estate_of(str(target)) if target else (None, None)

    @functools.cache  # noqa: B019 (one lives as long as one question)
    def _estate_of(self, target: str) -> tuple[str | None, Values | None]:
        n = self._queries.resolve(target).n
        return self._estates.get(n, (target, None)) if n is not None else (target, None)

    @functools.cached_property
    def _estates(self) -> dict[int, tuple[str, Values]]:
        found = self._queries.listed(Ask(type="community", keys=_ESTATE))
        return {row.n: (row.title, values) for row, values in found}

    @functools.cache  # noqa: B019 (as above)
    def _id_of(self, target: str) -> str | None:
        return self._queries.id_of(target)

    @functools.cached_property
    def _agents(self) -> dict[str, Values]:
        found = self._queries.listed(Ask(type="agent", keys=("supervisor", "service_areas")))
        return {row.ref: values for row, values in found}

    @functools.cached_property
    def _supervisors(self) -> dict[str, str]:
        above = (
            (id_, self._id_of(str(values["supervisor"])))
            for id_, values in self._agents.items()
            if values.get("supervisor")
        )
        return {id_: boss for id_, boss in above if boss is not None}

    @functools.cached_property
    def _areas(self) -> tuple[str, ...]:
        return tuple(self._agents.get(self._viewer or "", {}).get("service_areas") or ())


def basis_of(rules: Mapping[str, object], today: date) -> prime.Basis:
    """What signs are judged by, as `prime` of the rules says.

    Args:
        rules: that section, defaults included.
        today: in the vault's zone.
    """
    signs = rules["signs"]
    return prime.Basis(
        today=today,
        signs=tuple(signs) if isinstance(signs, list | tuple) else (str(signs),),
        tolerance=float(str(rules["price_tolerance"])),
        stale_days=int(str(rules["stale_days"])),
    )
