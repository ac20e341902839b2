"""What is staged in git, as a vault of its own: what the next commit will hold.

The notes and rules of git's index are laid out in a folder of the cache, and
only what changed since the last time is fetched. Other files, which notes may
link to, are there by name alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from brokernotes.errors import ChangedMeanwhileError, RefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.notes.rulebook import RULES_FILE
from brokernotes.storage.git import Place, Repository

_FOLDER = "staged"
_STATE = "staged.json"
_LINK, _SUBMODULE = "120000", "160000"


class Staged(NamedTuple):
    """What git is about to commit.

    Attributes:
        root: a folder with the vault as staged.
        changed: paths, relative to the vault, that the commit adds or changes.
        removed: paths that it takes away, the old ones of renames among them.
    """

    root: str
    changed: frozenset[str]
    removed: frozenset[str]


def lay_out_staged(root: str, repository: Repository, cache: str | None) -> Staged:
    """Lay out what is staged.

    Args:
        root: the vault's folder, for rules that are not in git.
        repository: which the vault lies in.
        cache: the vault's cache folder; None: there is none.

    Raises:
        RefusedError: the vault lies in no repository, or there is no place for a cache.
        ChangedMeanwhileError: a merge conflict is staged.
        GitRefusedError: git would not.
    """
    if repository.place is Place.NONE:
        raise RefusedError(
            N_("nothing is staged: the vault lies in no git repository"),
            hint=N_("`git init` in the vault's folder makes one."),
        )
    if cache is None:
        raise RefusedError(N_("there is no place to lay out what is staged"))
    folder = os.path.join(cache, _FOLDER)
    blobs = _staged_blobs(repository)
    _bring_up_to_date(folder, os.path.join(cache, _STATE), blobs, repository)
    if RULES_FILE not in blobs:
        with open(os.path.join(root, RULES_FILE), "rb") as file:
            _write(os.path.join(folder, RULES_FILE), file.read())
    return Staged(folder, *_changes(repository))


def _staged_blobs(repository: Repository) -> dict[str, str]:
    """By path in the vault, the blob git's index has."""
    prefix = repository.prefix
    scope = ("--", prefix) if prefix else ()
    out = repository.run("ls-files", "--stage", "-z", *scope).out
    blobs = {}
    for record in out.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        head, _, path = record.partition("\t")
        mode, blob, stage = head.split(" ")
        if stage != "0":
            raise ChangedMeanwhileError(
                N_("a merge conflict is not resolved in {path}"),
                hint=N_("Resolve it, then `git add` the note."),
                path=path,
            )
        if mode not in (_LINK, _SUBMODULE):
            blobs[path.removeprefix(prefix)] = blob
    return blobs


def _changes(repository: Repository) -> tuple[frozenset[str], frozenset[str]]:
    """Paths of the vault that the commit changes, and those it removes."""
    prefix = repository.prefix
    scope = ("--", prefix) if prefix else ()
    answer = repository.run(
        "diff", "--cached", "--name-status", "--no-renames", "--no-ext-diff", "-z", *scope
    )
    fields = answer.out.decode("utf-8", "surrogateescape").split("\0")[:-1]
    changed: set[str] = set()
    removed: set[str] = set()
    for status, path in zip(fields[::2], fields[1::2], strict=True):
        (removed if status == "D" else changed).add(path.removeprefix(prefix))
    return frozenset(changed), frozenset(removed)


def _bring_up_to_date(
    folder: str, state_file: str, blobs: Mapping[str, str], repository: Repository
) -> None:
    """Make a folder hold exactly these blobs."""
    was = _read_state(state_file) if os.path.isdir(folder) else {}
    os.makedirs(folder, exist_ok=True)
    if not was:
        _empty(folder)
    for path in was.keys() - blobs.keys():
        _remove(os.path.join(folder, path))
    new = [path for path, blob in blobs.items() if was.get(path) != blob]
    if os.path.exists(state_file):
        os.remove(state_file)  # whatever stops us half-way, the next run begins anew
    texts = [path for path in new if path.lower().endswith((".md", ".yaml"))]
    for path, data in zip(texts, _contents(repository, [blobs[p] for p in texts]), strict=True):
        _write(os.path.join(folder, path), data)
    for path in set(new) - set(texts):
        _write(os.path.join(folder, path), b"")
    with open(state_file, "w", encoding="utf-8", errors="surrogateescape") as file:
        json.dump(dict(blobs), file)


def _contents(repository: Repository, blobs: list[str]) -> list[bytes]:
    if not blobs:
        return []
    out = repository.run("cat-file", "--batch", stdin="\n".join(blobs).encode() + b"\n").out
    found, at = [], 0
    for _ in blobs:
        line_end = out.index(b"\n", at)
        size = int(out[at:line_end].rsplit(b" ", 1)[1])
        found.append(out[line_end + 1 : line_end + 1 + size])
        at = line_end + 2 + size
    return found


def _read_state(state_file: str) -> dict[str, str]:
    try:
        with open(state_file, encoding="utf-8", errors="surrogateescape") as file:
            kept: dict[str, str] = json.load(file)
            return kept
    except (OSError, ValueError):
        return {}


def _write(path: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if os.path.lexists(path):
        os.remove(path)  # its times must differ from those of what stood there
    with open(path, "wb") as file:
        file.write(data)


def _remove(path: str) -> None:
    if os.path.lexists(path):
        os.remove(path)


def _empty(folder: str) -> None:
    import shutil

    for name in os.listdir(folder):
        place = os.path.join(folder, name)
        if os.path.isdir(place) and not os.path.islink(place):
            shutil.rmtree(place)
        else:
            os.remove(place)
