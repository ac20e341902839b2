"""A note as python-frontmatter has it, for scripts that know that library."""

from __future__ import annotations

from datetime import date
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from brokernotes.model.records import Value
from brokernotes.notes.frontmatter import split
from brokernotes.notes.note import Note


class NoteHandler(YAMLHandler):
    """Splits as this program does, and writes what it can read again."""

    def split(self, text: str) -> tuple[str, str]:
        """Front matter and body.

        Raises:
            ValueError: there is no front matter.
        """
        found = split(text)
        if found.kind != "block":
            raise ValueError("no front matter")
        return text[found.start : found.end], text[found.body :]

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """Metadata as a block: one key a line, in the order given, Chinese as it is."""
        return yaml.dump(
            metadata, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
        ).strip()


class _Dumper(yaml.SafeDumper):
    """Dates as the notes have them; lists as items of lines of their own."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the items of a list, as Obsidian does."""
        super().increase_indent(flow, False)


def post_of(note: Note) -> frontmatter.Post:
    """A note's front matter by key as spelled, and its body.

    Args:
        note: as read.

    Returns:
        Its `metadata` holds typed values where the field table knows the key and could read
        it, else the text that stands there; `content` is everything after the front matter.
    """
    keys = {spelled: key for key, spelled in note.spellings.items()}
    metadata: dict[str, Any] = {}
    for key, raw in note.block.values.items():
        known = note.record.values.get(keys.get(key, key))
        metadata[key] = raw if known is None else _plain(known)
    content = note.text[note.block.split.body :].strip()
    post = frontmatter.Post(content, NoteHandler())
    post.metadata.update(metadata)
    return post


def _plain(value: Value) -> object:
    """A value without tuples, which YAML would write with a tag."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    assert isinstance(value, str | int | float | date)
    return value
