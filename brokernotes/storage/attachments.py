"""The files that notes embed: found as Obsidian finds them, never outside the vault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brokernotes.errors import BrokernotesError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold
from brokernotes.storage.reading import checked_path, read_bytes
from brokernotes.storage.walking import scan

MOST_BYTES = 30_000_000  # of a photo: more comes from a camera, not from a phone


class Attachment(NamedTuple):
    """An embedded file: what the note calls it, and its bytes; None: it cannot be had."""

    target: str
    data: bytes | None


def read_attachments(root: str, note: str, targets: Sequence[str]) -> Iterator[Attachment]:
    """The files that a note embeds, in its order.

    A path counts from the note's folder, then from the vault; a bare name is found anywhere.

    Args:
        root: the vault's folder.
        note: the note's path, relative to it.
        targets: as the note names them.
    """
    if not targets:
        return
    others = {fold(path): path for path in scan(root).others}
    by_name = {}
    for folded in sorted(others, reverse=True):
        by_name[folded.rpartition("/")[2]] = others[folded]
    folder = note.rpartition("/")[0]
    for target in targets:
        wanted = fold(target.replace("\\", "/").removeprefix("./").lstrip("/"))
        beside = fold(f"{folder}/{wanted}") if folder else wanted
        path = others.get(beside) or others.get(wanted) or by_name.get(wanted.rpartition("/")[2])
        yield Attachment(target, _read(root, path) if path else None)


def _read(root: str, path: str) -> bytes | None:
    try:
        data, _, _ = read_bytes(checked_path(root, path), MOST_BYTES)
    except (OSError, BrokernotesError):
        return None
    return data
