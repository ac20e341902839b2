"""A note as it once stood, from the bytes git keeps."""

from __future__ import annotations

from brokernotes.notes.note import default_type
from brokernotes.notes.version_reading import VersionReader
from brokernotes.notes.versions import Version


def read_version(reader: VersionReader, path: str, data: bytes | None) -> Version | None:
    """A note as it once stood; None: the file was no note.

    Args:
        reader: by the vault's rules of today.
        path: relative to the vault.
        data: its bytes; None: they were too many.
    """
    is_placed = default_type(path) is not None
    if data is None:
        return Version(path, None, {}, {}, "", is_blind=True) if is_placed else None
    text = decoded(data)
    if not is_placed and not ("---" in text[:8] and reader.reader.is_note(path, text)):
        return None
    return reader.read(path, text)


def decoded(data: bytes) -> str:
    """The text of bytes, whichever encoding an editor once wrote."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode(errors="replace")
