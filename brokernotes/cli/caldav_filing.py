"""What phones did, on its way into the notes: many items, one draft, one commit."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from brokernotes.cli.app import App
from brokernotes.cli.caldav_session import Session, is_marked, made_id
from brokernotes.cli.dictation import lore_of
from brokernotes.cli.inbox_session import refuse_conflict
from brokernotes.cli.log_entries import author_of
from brokernotes.cli.note_edits import NoteEdits, NoteUnderWay
from brokernotes.errors import BrokernotesError, NotFoundError
from brokernotes.features.assignments import Assignment
from brokernotes.features.caldav_entries import Told, Writing, made_entry, write_down
from brokernotes.features.caldav_held import Held
from brokernotes.features.caldav_inbox import (
    InboxLine,
    is_still_to_do,
    line_of,
    to_do,
    with_lines,
)
from brokernotes.features.caldav_news import Key, News, key_parts
from brokernotes.features.caldav_reading import PhoneItem
from brokernotes.features.capturing import CERTAIN, Append
from brokernotes.features.capturing_verdict import capture
from brokernotes.features.inbox_lines import FILE_NAMES
from brokernotes.language import N_, language
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.notes.appending import Added, change_box
from brokernotes.notes.logbook import entry_ref, entry_refs
from brokernotes.storage.drafts import Draft
from brokernotes.storage.entries import find_entry_notes
from brokernotes.storage.reading import Source, read_text


class Filed(NamedTuple):
    """One thing that came from a phone.

    Attributes:
        does: `done`, `remark`, `moved`, `refused` (a move the notes do not follow), `new` or
            `inbox`.
        path: of the note, or of the inbox.
        id: of the note; None: it has none, or it is the inbox.
        entry: id of the entry; of a line of the inbox its tag.
        title: of the item.
        text: what was written, or the day it was moved to.
    """

    does: str
    path: str
    id: str | None
    entry: str
    title: str
    text: str


class PhoneFiling(NoteEdits):
    """What phones did, put into a draft.

    Args:
        app: of the run; the vault is locked.
        session: with what stands on the server.
    """

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self.filed: list[Filed] = []
        self.undone: list[str] = []
        self._lines: list[InboxLine] = []
        self._read: list[Held] = []
        self._language = language(app.vault.rules.language)
        self._now = app.now.replace(second=0, microsecond=0)

    def file_all(self) -> Draft:
        """Everything that is new, each item by itself: one that cannot be filed stops no other."""
        for held in list(self.session.all_held()):
            item = self.session.item(held)
            if item is None:
                continue
            try:
                with self.all_or_nothing():
                    self._file(held, item)
            except BrokernotesError as error:
                title = item.summary
                self.session.trouble(held.calendar, title, error.message, **error.params)
        draft = self.finish()
        self._put_inbox(draft)
        return draft

    def remember(self) -> None:
        """What was filed is known from now on; the draft stands on the disk."""
        for held in self._read:
            self.session.set_held(replace(held, is_read=True))

    # -- one item

    def _file(self, held: Held, item: PhoneItem) -> None:
        news = self.session.news(held)
        if news is None:
            if not held.is_read:
                self._file_new(held, item)
                self._read.append(held)
            return
        if news.is_undone:
            self.undone.append(item.summary)
        if news.is_any:
            self._file_news(item, news)
        if not held.is_read:
            self._read.append(held)

    def _file_news(self, item: PhoneItem, news: News) -> None:
        parts = key_parts(news.key)
        try:
            edit = self._edit(parts.note)
        except NotFoundError:  # the note is gone, or two bear its id: it is not lost
            self._file_line(item)
            return
        told, plan_ref = self._told(edit, parts, news)
        writing = write_down(item, news, told)
        self._write(edit, writing, plan_ref)
        does = "done" if news.done_id else "moved" if news.move_id else "remark"
        if does == "moved" and news.is_refused:
            does = "refused"
        shown = news.moved_to.replace("T", " ") if news.move_id else " / ".join(news.remark)
        entry = writing.entries[-1].id if writing.entries else plan_ref
        self.filed.append(Filed(does, edit.row.path, edit.row.id, entry or "", item.summary, shown))

    def _told(self, edit: NoteUnderWay, parts: Key, news: News) -> tuple[Told, str]:
        entries = self.app.vault.reader.read(edit.row.path, edit.text).record.entries
        index = entry_ref(entries, parts.occurrence)
        entry = entries[index] if index is not None else None
        ref = entry_refs(entries)[index] if index is not None else ""
        wanted = self.session.notes.wanted.get(news.key)
        is_plan = parts.kind == "planned"
        told = replace(
            self._told_of(edit),
            plan=entry if is_plan else None,
            entry=entry,
            day=wanted.when if wanted is not None else "",
        )
        return told, ref if is_plan else ""

    def _told_of(self, edit: NoteUnderWay) -> Told:
        return Told(
            note_type=edit.row.type,
            now=self._now,
            language=self._language,
            book=self._book,
            length=self.app.vault.rules.duration,
        )

    def _write(self, edit: NoteUnderWay, writing: Writing, plan_ref: str) -> None:
        if writing.mark and plan_ref:
            said = writing.said
            if said and self._language.code == "en":
                said = f"— {said}"
            author = author_of(self.app, edit.opened) if writing.mark == "x" else None
            added = Added(said, writing.fields, writing.said_under, author)
            edit.make(
                lambda text: change_box(text, plan_ref, writing.mark, book=self._book, added=added)
            )
        for entry in writing.entries:
            self._write_entry(edit, entry)
        if writing.sets:
            self._change(edit, [_assign(key, value) for key, value in writing.sets])

    # -- what a phone made

    def _file_new(self, held: Held, item: PhoneItem) -> None:
        """An item that a phone made: filed where whom it is about is certain, else a line."""
        line = line_of(item)
        if (
            item.is_cancelled
            or is_marked(item) == line.tag
            or any(line.tag in one.text for one in self._inboxes)
        ):
            return
        id_ = made_id(item.uid)
        is_known = bool(find_entry_notes(self.app.vault, id_))
        verdict = capture(line.text, self.app.today, self._lore)
        actions = verdict.actions
        if (
            verdict.kind != CERTAIN
            or is_known
            or item.repeats
            or len(actions) != 1
            or not isinstance(actions[0], Append)
            or actions[0].sets
        ):
            if not is_known or is_marked(item):
                self._file_line(item)
            return
        edit = self._edit(actions[0].ref)
        told = self._told_of(edit)
        entry = made_entry(actions[0].entry, item, line, id_, told)
        self._write_entry(edit, entry)
        self.filed.append(Filed("new", edit.row.path, edit.row.id, id_, item.summary, entry.text))

    def _file_line(self, item: PhoneItem) -> None:
        line = line_of(item)
        is_filed = any(line.tag in one.text for one in self._inboxes)
        if is_filed or line.tag in [one.tag for one in self._lines]:
            return
        for inbox in self._inboxes:
            refuse_conflict(inbox)
        if is_still_to_do(item, self._now):
            line = to_do(line, self._language.text(N_("to be done: ")))
        self._lines.append(line)
        self.filed.append(Filed("inbox", self._inbox_path, None, line.tag, item.summary, line.text))

    @functools.cached_property
    def _lore(self):  # type: ignore[no-untyped-def]
        return lore_of(self.app, self.app.today)

    @functools.cached_property
    def _inboxes(self) -> list[Source]:
        """The inbox files there are."""
        found = []
        for name in dict.fromkeys((FILE_NAMES[self._language.code], *FILE_NAMES.values())):
            try:
                found.append(read_text(self.app.vault.root, name))
            except NotFoundError:
                continue
        return found

    @property
    def _inbox_path(self) -> str:
        return self._inboxes[0].path if self._inboxes else FILE_NAMES[self._language.code]

    def _put_inbox(self, draft: Draft) -> None:
        if not self._lines:
            return
        source_words = self._language.text(N_("from the phone's calendar"))
        lines: Sequence[InboxLine] = tuple(self._lines)

        def again(text: str) -> str:
            return with_lines(text, lines, source_words)

        if self._inboxes:
            source = self._inboxes[0]
            draft.change(source, again(source.text), again)
        else:
            draft.create(self._inbox_path, again(""))


def _assign(key: str, value: str) -> Assignment:
    return Assignment(f"{key}={value}", key, "=", value, len(key) + 1)
