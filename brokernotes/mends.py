"""What `check --fix` does to a vault, and which problems it would mend.

This is where mending meets the index; nothing is written here.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from brokernotes.errors import NotFoundError, Problem
from brokernotes.model.problems import PROBLEMS
from brokernotes.storage.check_queries import note_digests, note_ids
from brokernotes.storage.vault import Opened, Vault

if TYPE_CHECKING:
    from brokernotes.features.mending import Mended, Tools
    from brokernotes.notes.names import Randomness

_KEPT = "mendable"  # in the index: by path, the state of the note and what can be mended

Counted = tuple[Problem, object]


def mended_codes(only: Collection[str], checks: object = None) -> frozenset[str]:
    """The codes that `check --fix` mends.

    Args:
        only: codes that were asked for by name; none: all that need no judgement.
        checks: severities of the brokerage by code; what is `off` is no problem.
    """
    off = {code for code, how in dict(checks or {}).items() if how == "off"}  # type: ignore[call-overload]
    wanted = {kind.code for kind in PROBLEMS.values() if kind.fixable}
    if only:
        wanted = {code for code in only if PROBLEMS[code].fixable or PROBLEMS[code].asked}
    return frozenset(wanted - off)


class Mender:
    """Mends notes of a vault, in memory.

    Args:
        vault: refreshed.
        moment: in the vault's zone, without offset.
        random: for new ids; None: the system's.
    """

    def __init__(self, vault: Vault, moment: datetime, random: Randomness | None = None) -> None:
        from random import SystemRandom

        self.vault = vault
        self.moment = moment
        self.random = random or SystemRandom()

    @functools.cached_property
    def tools(self) -> Tools:
        """Reader, rules, clock and chance."""
        from brokernotes.features.mending import Tools
        from brokernotes.inspection.history import lost_entries

        vault = self.vault
        return Tools(
            reader=vault.reader,
            rules=vault.rules,
            today=self.moment.date(),
            moment=self.moment.replace(tzinfo=vault.rules.zone),
            random=self.random,
            taken=note_ids(vault.index.db),
            lost={entry.id: entry.lines for entry in lost_entries(vault)},
        )

    def mend(
        self, found: Sequence[Problem], codes: Collection[str], only: Problem | None = None
    ) -> tuple[Opened, Mended]:
        """Mend one note.

        Args:
            found: every problem of the note; at least one.
            codes: what to mend.
            only: the one problem to mend; None: all.

        Raises:
            NotFoundError: it is gone.
        """
        from brokernotes.features.mending import BEYOND, Asked, mend_note

        path = found[0].position.path
        opened = self.vault.open(path)
        beyond = [one for one in (found if only is None else [only]) if one.code in BEYOND]
        place = only.position if only else None
        asked = Asked(codes, beyond, place)
        return opened, mend_note(path, opened.source.text, self.tools, asked)


def mendable(
    vault: Vault, found: Sequence[Counted], today: date, most: int | None = None
) -> set[int] | None:
    """Which problems `check --fix` would mend: their indexes.

    It is tried out, note by note, and remembered until a note or its problems change.

    Args:
        vault: refreshed.
        found: problems with their severities, sorted by path.
        today: in the vault's zone.
        most: notes that are tried out at the most; None: all.

    Returns:
        None where more notes would have to be tried out.
    """
    codes = mended_codes((), vault.rules.checks)
    by_path: dict[str, list[int]] = {}
    for index, (one, _) in enumerate(found):
        by_path.setdefault(one.position.path, []).append(index)
    wanted = {
        path: places
        for path, places in by_path.items()
        if any(found[index][0].code in codes for index in places)
    }
    if not wanted:
        return set()
    kept = json.loads(vault.index.meta(_KEPT) or "{}")
    digests = note_digests(vault.index.db)
    known: dict[str, list[object]] = {}
    result: set[int] = set()
    trial = _Trial(vault, today)
    states = {
        path: _state([found[index][0] for index in places], digests.get(path))
        for path, places in wanted.items()
    }
    new = sum(path not in kept or kept[path][0] != state for path, state in states.items())
    if most is not None and new > most:
        return None
    for path, places in wanted.items():
        mine = [found[index][0] for index in places]
        state = states[path]
        was = kept.get(path)
        if was is None or was[0] != state:
            was = [state, trial.mended(mine, codes)]
        known[path] = was
        result.update(places[at] for at in was[1])
    if known != kept:
        vault.index.remember(_KEPT, json.dumps(known, ensure_ascii=False))
    return result


def _state(found: Sequence[Problem], digest: str | None) -> str:
    from hashlib import blake2b

    told = [digest, *([*_place(one), one.code, str(dict(one.params))] for one in found)]
    return blake2b(json.dumps(told).encode(), digest_size=8).hexdigest()


def _place(found: Problem) -> list[object]:
    at = found.position
    return [at.line, at.column, at.end_column]


class _Trial:
    """Tries out what would be mended; ids are minted and thrown away."""

    def __init__(self, vault: Vault, today: date) -> None:
        from random import Random

        moment = datetime.combine(today, time(12))
        self.mender = Mender(vault, moment, Random(0))

    def mended(self, mine: Sequence[Problem], codes: Collection[str]) -> list[int]:
        """The indexes of a note's problems that would be mended."""
        try:
            opened, mended = self.mender.mend(mine, codes)
        except NotFoundError:
            return []
        if not opened.source.is_exact or opened.source.is_torn:
            return []
        all_of = Counter(one.code for one in mine)
        left = Counter(one.code for one in mended.left)
        gone = []
        for index, one in enumerate(mine):
            if one.code not in codes or left[one.code] >= all_of[one.code]:
                continue
            if not left[one.code] or self._is_mended_alone(mine, one):
                gone.append(index)
        return gone

    def _is_mended_alone(self, mine: Sequence[Problem], one: Problem) -> bool:
        _, mended = self.mender.mend(mine, {one.code}, one)
        return bool(mended.done)
