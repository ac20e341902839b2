"""What the vault keeps of imports: how a sheet's columns are read, and what it last said.

    imports/房源表.yaml      the columns, for a person to read and change
    imports/房源表.jsonl     one line a note: digests of what the sheet said of it

Both belong to the vault and are committed with the notes: a colleague who imports
the next version of the sheet goes on where the last one stopped. Without them an
import still recognises its notes, and asks a person where note and sheet differ.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from brokernotes.errors import RefusedError, UsageError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold
from brokernotes.notes.names import safe_name
from brokernotes.notes.yaml_text import render_scalar
from brokernotes.storage.reading import Source, read_text

FOLDER = "imports"
_MAX_SIZE = 64 * 1024 * 1024
_MAX_MAPPING = 256 * 1024


class SavedMapping(NamedTuple):
    """How the columns of one kind of sheet are read.

    Attributes:
        name: of its files, without folder and ending; empty: a file from elsewhere.
        kind: type of note.
        header: the headings, in order; empty: any.
        columns: target by heading.
    """

    name: str
    kind: str
    header: tuple[str, ...]
    columns: Mapping[str, str]


def find_mapping(root: str, kind: str, header: Sequence[str]) -> SavedMapping | None:
    """The mapping that was saved for a sheet with these headings; None: it is the first.

    Args:
        root: the vault's folder.
        kind: type of note.
        header: the headings.
    """
    try:
        names = sorted(os.listdir(os.path.join(root, FOLDER)))
    except OSError:
        return None
    for name in names:
        if not name.endswith(".yaml"):
            continue
        source = read_text(root, f"{FOLDER}/{name}", _MAX_MAPPING)
        try:
            saved = parse_mapping(source.text, name.removesuffix(".yaml"))
        except UsageError:
            continue  # somebody else's file
        if saved.kind == kind and saved.header == tuple(header):
            return saved
    return None


def read_mapping(path: str) -> SavedMapping:
    """A mapping from a file that was named on the command line.

    Raises:
        UsageError: there is no such file, or it is no mapping.
    """
    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read(_MAX_MAPPING)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            N_("--map takes COLUMN=KEY or a mapping file; {path} is neither"), path=path
        ) from error
    return parse_mapping(text, "", path)


def parse_mapping(text: str, name: str, path: str = "") -> SavedMapping:
    """A mapping as YAML.

    Raises:
        UsageError: it is none.
    """
    import yaml

    try:
        found: Any = yaml.safe_load(text)
        columns = {str(key): str(value or "") for key, value in found["columns"].items()}
        header = tuple(str(label) for label in found.get("header") or ())
        kind = str(found.get("kind") or "")
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise UsageError(
            N_("{path} is no mapping: it has no `columns:` with COLUMN: KEY lines"),
            path=path or f"{FOLDER}/{name}.yaml",
        ) from error
    return SavedMapping(name, kind, header, columns)


def render_mapping(mapping: SavedMapping, comment: str) -> str:
    """A mapping as YAML.

    Args:
        mapping: to be kept.
        comment: its first line, for whoever opens it.
    """
    lines = [f"# {comment}", f"kind: {mapping.kind}", "header:"]
    lines += [f"  - {_scalar(label)}" for label in mapping.header]
    lines.append("columns:")
    lines += [f"  {_scalar(label)}: {_scalar(target)}" for label, target in mapping.columns.items()]
    return "\n".join(lines) + "\n"


def new_name(root: str, stem: str, kind: str) -> str:
    """A free name for a mapping's files.

    Args:
        root: the vault's folder.
        stem: of the sheet's file.
        kind: type of note, for want of a better name.
    """
    base = safe_name(stem.strip(" 0123456789-_.")) or safe_name(stem) or kind
    try:
        taken = {fold(name) for name in os.listdir(os.path.join(root, FOLDER))}
    except OSError:
        taken = set()
    name, number = base, 2
    while {fold(f"{name}.yaml"), fold(f"{name}.jsonl")} & taken:
        name = f"{base}-{number}"
        number += 1
    return name


def memory_path(name: str) -> str:
    """Where the digests of a sheet are kept."""
    return f"{FOLDER}/{name}.jsonl"


def mapping_path(name: str) -> str:
    """Where the columns of a sheet are kept."""
    return f"{FOLDER}/{name}.yaml"


def read_kept(root: str, path: str) -> Source | None:
    """A file of the folder; None: it is not there.

    Raises:
        RefusedError: it is there and cannot be read.
    """
    if not os.path.exists(os.path.join(root, path)):
        return None
    source = read_text(root, path, _MAX_SIZE)
    if not source.is_exact:
        raise RefusedError(N_("{path} cannot be read; mend it or move it away"), path=path)
    return source


def parse_memory(text: str) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Digests by note, and notes by the print of a row; damaged lines are passed over."""
    base: dict[str, dict[str, Any]] = {}
    prints: dict[str, str] = {}
    for line in text.splitlines():
        try:
            found = json.loads(line)
            ref, said = str(found["note"]), found["said"]
            if isinstance(said, dict):
                base[ref] = said
            prints.update((str(one), ref) for one in found.get("rows", ()))
        except (ValueError, KeyError, TypeError):
            continue  # a merge conflict's marker, or half a line
    return base, prints


def render_memory(base: Mapping[str, Mapping[str, Any]], prints: Mapping[str, str]) -> str:
    """One line a note, by note, so that git shows what changed."""
    rows: dict[str, list[str]] = {}
    for one, ref in prints.items():
        rows.setdefault(ref, []).append(one)
    lines = []
    for ref in sorted({*base, *rows}):
        shape: dict[str, object] = {"note": ref, "said": base.get(ref, {})}
        if ref in rows:
            shape["rows"] = sorted(rows[ref])
        lines.append(json.dumps(shape, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    return "".join(f"{line}\n" for line in lines)


def _scalar(text: str) -> str:
    return render_scalar(text, quote=not text)
