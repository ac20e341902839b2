"""Which note a log entry stands in, when only its id is known."""

from __future__ import annotations

from brokernotes.errors import NotFoundError
from brokernotes.storage.queries import NoteRow
from brokernotes.storage.vault import Vault


def find_entry_notes(vault: Vault, id_: str) -> list[NoteRow]:
    """The notes that hold an entry of an id.

    Open entries stand in the index as occurrences; for others the notes' text is looked
    through, which takes a second for some ten thousand of them.

    Args:
        vault: refreshed.
        id_: as typed, without `^`.
    """
    wanted = id_.lower()
    sql = """
        SELECT DISTINCT path FROM occurrence JOIN note USING(n)
         WHERE json_extract(data, '$.entry') = ? ORDER BY path"""
    known = [path for (path,) in vault.index.db.execute(sql, (wanted,))]
    found = [path for path in known if _holds(vault, path, wanted)]
    if not found:
        found = [path for path in vault.queries.paths() if _holds(vault, path, wanted)]
    return [row for path in found for row in vault.queries.by_path(path)]


def _holds(vault: Vault, path: str, wanted: str) -> bool:
    try:
        text = vault.read(path).text
    except NotFoundError:  # gone since the index looked
        return False
    if "^" + wanted not in text.lower():
        return False
    entries = vault.reader.read(path, text).record.entries
    return any(entry.id == wanted for entry in entries)
