"""What the notes have, beside a calendar server: the items, and what their logs know of phones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brokernotes.cli.app import App
from brokernotes.cli.ical_rows import calendar_rows
from brokernotes.errors import NotFoundError
from brokernotes.features.caldav_news import Log, key_parts, read_log, tags_under
from brokernotes.features.caldav_wanted import Wanted, wanted, wanted_items
from brokernotes.model.records import LogEntry


class NotesSide:
    """The notes as a run finds them.

    Args:
        app: of the run.
        detail: how much of the notes the items tell.

    Attributes:
        wanted: all that shall stand on the server, by key.
        by_uid: keys by UID.
        view: the eyes it is read with.
    """

    def __init__(self, app: App, detail: str) -> None:
        self.app = app
        self.vault = app.fresh
        self.detail = detail
        self._logs: dict[str, Log | None] = {}
        self._plans: dict[str, str] | None = None
        self._seen: tuple[object, ...] = ()
        self.read()

    def read(self) -> None:
        """Look at the notes, again where something in them changed."""
        self.vault.refresh(self.app.today)
        index = self.vault.index
        seen = (index.generation, index.meta("scan"))
        if seen == self._seen:
            return
        self._seen = seen
        self._logs.clear()
        self._plans = None
        rows, self.view = calendar_rows(self.app, detail=self.detail, reveals=False)
        self.rows = {row.item.key: row for row in reversed(rows)}
        self.wanted = wanted_items(rows, self.view)
        self.by_uid = {one.uid: key for key, one in self.wanted.items()}

    def made_as(self, key: str, component: str) -> Wanted:
        """One of the items as an event or a task."""
        return wanted(self.rows[key], self.view, component)

    def log(self, key: str) -> Log | None:
        """What the log of an item's note knows of phones; None: there is no such note."""
        ref = key_parts(key).note
        if ref not in self._logs:
            found = self._entries(ref)
            verbs = self.vault.reader.log_book.schema.verbs
            contacts = frozenset(id_ for id_, verb in verbs.items() if verb.contact)
            self._logs[ref] = read_log(found, contacts) if found is not None else None
        return self._logs[ref]

    def _entries(self, ref: str) -> Sequence[LogEntry] | None:
        if not ref:
            return None
        queries = self.vault.queries
        rows = queries.by_id(ref) or queries.by_path(ref)
        try:
            return self.vault.open(rows[0].path).note.record.entries if len(rows) == 1 else None
        except NotFoundError:
            return None

    @property
    def from_inbox(self) -> Mapping[str, str]:
        """The plans that were filed from lines of the inbox which came from a phone, by tag."""
        if self._plans is None:
            self._plans = {}
            for key in self.wanted:
                note, kind, occurrence = key_parts(key)
                if kind == "planned":
                    for tag in tags_under(self._entries(note), occurrence):
                        self._plans[tag] = key
        return self._plans
