"""Entries of a log as `show` tells them, to people and to programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from brokernotes.cli.app import App
from brokernotes.model.records import LogEntry
from brokernotes.notes.log_values import render_log_value

MARKS = {"planned": "[ ]", "done": "[x]", "cancelled": "[-]", None: "   "}


class LogTelling:
    """Tells entries of one note.

    Args:
        app: of the run.
        masked: a text as it may be shown.
    """

    def __init__(self, app: App, masked: Callable[[str], str]) -> None:
        self.app = app
        self.schema = app.vault.rules.schema
        self._masked = masked

    def json(self, entry: LogEntry) -> dict[str, Any]:
        """One entry: `id`, `day`, `time`, `verb`, `box`, `text`, `links` and `fields`."""
        shape: dict[str, Any] = {"id": entry.id, "day": entry.day.isoformat()}
        if entry.minutes is not None:
            shape["time"] = clock(entry.minutes)
        shape |= {"verb": entry.verb, "box": entry.box}
        shape["text"] = self._masked(entry.said)
        if entry.links:
            queries = self.app.vault.queries
            shape["links"] = [queries.id_of(link) or link for link in entry.links]
        if entry.fields:
            shape["fields"] = {key: _plain(value) for key, value in entry.fields.items()}
        return shape

    def line(self, entry: LogEntry) -> str:
        """One entry in one line."""
        code = self.app.language.code
        verb = self.schema.verbs.get(entry.verb)
        parts = [entry.day.isoformat()]
        if entry.minutes is not None:
            parts.append(clock(entry.minutes))
        if entry.box is not None:
            parts.append(MARKS[entry.box])
        parts.append(verb.label(code) if verb else entry.verb)
        parts.extend(f"→ {self._masked(title)}" for title in self._link_titles(entry))
        parts.append(self._masked(entry.said))
        parts.extend(self._field_text(key, value) for key, value in entry.fields.items())
        return " ".join(part for part in parts if part)

    def _link_titles(self, entry: LogEntry) -> list[str]:
        """What the entry leads to, unless its text says so already."""
        queries = self.app.vault.queries
        ids = {link: queries.id_of(link) for link in entry.links}
        titles = queries.titles(id_ for id_ in ids.values() if id_)
        shown = [titles.get(id_ or "", link) for link, id_ in ids.items()]
        return [title for title in shown if title not in entry.text]

    def _field_text(self, key: str, value: object) -> str:
        code = self.app.language.code
        known = self.schema.log_keys.get(key)
        if known is None:
            return f"[{key}: {value}]"
        vocabulary = self.schema.vocabulary(known)
        if known.unit == "万元":
            value = render_log_value(known, value, self.app.vault.reader.log_book)
        items = value if isinstance(value, list | tuple) else [value]
        shown = ("→" if known.kind == "change" else "、").join(
            vocabulary.label(str(item), code) if vocabulary else str(_plain(item)) for item in items
        )
        return f"[{known.label(code)}: {shown}]"


def clock(minutes: int) -> str:
    """Minutes since midnight as people read them."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
