"""Client notes that dictated lines make: recognised when they stand already, filled with words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.features.capturing import NewClient

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow


def find_made_client(app: App, action: NewClient, children: Sequence[str] = ()) -> NoteRow | None:
    """The client note that one dictated line made already.

    Args:
        app: of the run.
        action: what the line comes to.
        children: lines under it.
    """
    vault, values = app.vault, dict(action.values)
    wanted = [one for one in values.get("phone", "").split("、") if one]
    found = vault.queries.resolve(action.title)
    for n in (found.n, *found.candidates):
        if n is None:
            continue
        row = vault.queries.note(n)
        stored = vault.queries.values(row)
        if row.type != "client" or str(stored.get("created", ""))[:10] < action.day.isoformat():
            continue
        text = vault.open(row.path).note.text
        lines = (line for line in (action.rest, *children) if line)
        if stored.get("phone", []) == wanted and all(line in text for line in lines):
            return row
    return None


def with_demand(text: str, rest: str) -> str:
    """A client's note with words under its first heading, 需求."""
    if not rest:
        return text
    lines = text.splitlines(keepends=True)
    for index, line in enumerate(lines):
        if line.startswith("## "):
            return "".join((*lines[: index + 1], "\n", rest, "\n", *lines[index + 1 :]))
    return f"{text.rstrip()}\n\n{rest}\n"
