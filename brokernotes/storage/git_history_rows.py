"""What is kept of git's history, row by row, and how its values are written into SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.revisions import Changes, Plain, Typed


class Step(NamedTuple):
    """What one commit did to one note.

    Attributes:
        n: of the note.
        c: of the commit.
        blob: the file it left; None: it left none.
        path: of the note after it, before it where it was deleted.
        id: of the note.
        changes: what it did.
    """

    n: int
    c: int
    blob: str | None
    path: str
    id: str | None
    changes: Changes


class KnownCommit(NamedTuple):
    """A commit as it is kept."""

    c: int
    id: str
    author: str
    email: str
    authored: datetime
    committed: datetime
    subject: str
    operation: str | None
    is_start: bool
    is_merge: bool


def storable(value: object) -> object:
    """A value as SQLite can hold it: no half characters, no number of more than 64 bits."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return max(min(value, 2**62), -(2**62)) if isinstance(value, int) else value


def _mark(value: Plain) -> Plain:
    return {"typed": str(value)} if isinstance(value, Typed) else value


def _unmark(value: Plain) -> Plain:
    return Typed(value["typed"]) if isinstance(value, dict) and "typed" in value else value


def decoded(data: str) -> Changes:
    """What a step did, as it is kept."""
    found = json.loads(data)
    return Changes(
        [(key, _unmark(old), _unmark(new)) for key, old, new in found["f"]],
        [(id_, before, after) for id_, before, after in found["e"]],
    )


def marked(fields: Iterable[tuple[str, Plain, Plain]]) -> list[tuple[str, Plain, Plain]]:
    """Changes of fields as JSON can hold them."""
    return [(key, _mark(old), _mark(new)) for key, old, new in fields]
