"""A dictated line that names a colleague: what it tells, that colleague did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from brokernotes.light_dataclasses import NamedTuple

# A Chinese name: one character of surname, one to three of given name; and how people in a
# shop call one another: 小周 老周 周姐 周哥, 敏姐, and the given name where it has two characters.
_CHINESE = re.compile("[一-鿿]{2,4}")


class Coworker(NamedTuple):
    """Somebody who works here.

    Attributes:
        id: of the agent's note.
        name: as entries say it behind `@`.
    """

    id: str
    name: str


def spoken_names(name: str) -> Iterator[str]:
    """What a colleague of a name is called.

    Args:
        name: as the agent's note has it, or another name it gives.
    """
    yield name
    if not _CHINESE.fullmatch(name):
        return
    surname, given = name[0], name[1:]
    yield from (f"小{surname}", f"老{surname}", f"{surname}姐", f"{surname}哥")
    yield from (f"{given[-1]}姐", f"{given[-1]}哥")
    if len(given) == 2:
        yield given


def coworker_words(people: Iterable[tuple[Coworker, Iterable[str]]]) -> dict[str, list[Coworker]]:
    """Everybody who may be meant by each word.

    Args:
        people: each with every name they have.
    """
    found: dict[str, list[Coworker]] = {}
    for one, names in people:
        for word in dict.fromkeys(word for name in names for word in spoken_names(name)):
            found.setdefault(word, []).append(one)
    return found
