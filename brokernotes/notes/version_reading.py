"""Reading many versions of one note: what two versions have in common is read once.

From one version to the next most notes change by one line. Where a note is written as
the tool writes it (one log heading, last in the note, one line an entry), its front
matter and body are read once for each text they have, and each line of the log once.
Everything else goes to the whole reader, and both say the same, which a fuzz test proves.
"""

from __future__ import annotations

from brokernotes.notes.log_entry import read_strictly
from brokernotes.notes.note import NoteReader
from brokernotes.notes.versions import Logged, Version, logged_of, version_of, with_entries

_HEADINGS = ("\n## 跟进记录\n", "\n## Log\n")
_MOST_HEADS, _MOST_LINES = 3_000, 50_000


class VersionReader:
    """Reads versions of notes, and remembers what they have in common.

    Args:
        reader: of notes, by the vault's rules.
    """

    def __init__(self, reader: NoteReader) -> None:
        self.reader = reader
        self._heads: dict[tuple[str, str], Version | None] = {}
        self._lines: dict[str, Logged | None] = {}
        self._logged: dict[str, Logged] = {}

    def read(self, path: str, text: str) -> Version:
        """A version of a note.

        Args:
            path: relative to the vault, with `/`.
            text: the whole file.
        """
        found = self._quickly(path, text)
        if found is not None:
            return found
        if len(self._logged) > _MOST_LINES:
            self._logged.clear()
        return version_of(self.reader.read(path, text), self._logged)

    def _quickly(self, path: str, text: str) -> Version | None:
        heading = next((one for one in _HEADINGS if one in text), None)
        if heading is None or "\r" in text:
            return None
        head, _, log = text.partition(heading)
        logged = []
        for line in log.split("\n"):
            if line:
                one = self._line(line)
                if one is None:
                    return None
                logged.append(one)
        version = self._head(path, head + "\n")
        return None if version is None else with_entries(version, logged)

    def _line(self, line: str) -> Logged | None:
        """One line of a log that certainly is one entry; None: it may be something else."""
        if line in self._lines:
            return self._lines[line]
        if len(self._lines) > _MOST_LINES:
            self._lines.clear()
        entry = read_strictly(line, 1, self.reader.log_book)
        found = None if entry is None else logged_of(entry, line.rstrip())
        self._lines[line] = found
        return found

    def _head(self, path: str, text: str) -> Version | None:
        """Front matter and body without the log; None: the whole must be read."""
        known = (path, text)
        if known in self._heads:
            return self._heads[known]
        if len(self._heads) > _MOST_HEADS:
            self._heads.clear()
        note = self.reader.read(path, text)
        is_whole = note.block.split.kind == "block" and note.log.unclosed is None
        is_odd = not is_whole or bool(note.log.sections) or note.log.hidden_heading is not None
        found = self._heads[known] = None if is_odd else version_of(note)
        return found
