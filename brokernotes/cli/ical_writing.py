"""From the index to calendar files: fetched, made, written where they differ."""

from __future__ import annotations

import contextlib
import difflib
import functools
import os
from collections.abc import Iterator, Sequence

from brokernotes.cli.app import App
from brokernotes.cli.ical_rows import calendar_rows
from brokernotes.errors import RefusedError
from brokernotes.features.calendar import CalendarItem, is_own, render_calendar
from brokernotes.features.calendar_blocks import Known, read_blocks
from brokernotes.features.calendar_items import ALL, CALENDARS, calendar_items, calendar_title
from brokernotes.features.calendar_vdir import UID_START, is_ours, split_calendar
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import dataclass
from brokernotes.storage.calendars import (
    ENDING,
    CalendarFile,
    calendar_file,
    calendar_folder,
)
from brokernotes.storage.locking import vault_lock

DEFAULT_FOLDER = "calendar"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one calendar.

    Attributes:
        path: of the file or folder, as people read it.
        calendar: one of `CALENDARS`, or `all`.
        items: in it now.
        added: not there before.
        updated: made anew.
        removed: no longer there.
        changed: whether a byte was written or removed.
    """

    path: str
    calendar: str
    items: int
    added: int
    updated: int
    removed: int
    changed: bool

    def shape(self) -> dict[str, object]:
        """For programs."""
        return {name: getattr(self, name) for name in self.__slots__}

    def line(self, language: Language) -> str:
        """For people: `calendar/showings.ics: 12 items, 2 new, 1 changed, 1 gone`."""
        facts = language.plural(N_("{count} item"), N_("{count} items"), self.items)
        more = [] if self.changed else [language.text(N_("unchanged"))]
        for count, said in (
            (self.added, N_("{count} new")),
            (self.updated, N_("{count} changed")),
            (self.removed, N_("{count} gone")),
        ):
            if count:
                more.append(language.text(said, count=count))
        for fact in more:
            facts = language.text(N_("{facts}, {fact}"), facts=facts, fact=fact)
        return language.text(N_("{path}: {facts}"), path=self.path, facts=facts)


class CalendarWriter:
    """Makes the calendars of one run.

    Args:
        app: of the run.
        chosen: which of `CALENDARS`.
        detail: `minimal`, `normal` or `full`.
        reveals: whether phones are shown.

    Attributes:
        outcomes: what became of each file so far.
    """

    def __init__(self, app: App, chosen: Sequence[str], *, detail: str, reveals: bool) -> None:
        self.app = app
        self.vault = app.fresh
        self.chosen = tuple(name for name in CALENDARS if name in chosen)
        self.detail = detail
        self.reveals = reveals
        self.outcomes: list[Outcome] = []
        self._diff: list[str] = []

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Let one brokernotes at a time read and write calendars."""
        with vault_lock(self.vault.cache):
            yield

    def calendar(self, name: str, previous: bytes | None) -> bytes:
        """One of `CALENDARS`, or `ALL`, whichever were chosen.

        Args:
            name: which.
            previous: what was written last time.
        """
        items = [item for one in CALENDARS if name in (one, ALL) for item in self.items[one]]
        title = calendar_title(name, self.app.language, self._agent_name)
        return self._rendered(items, title, previous)

    def one_calendar(self, previous: bytes | None = None) -> bytes:
        """All chosen items as one calendar."""
        return self._rendered(self._together(), self._title(), previous)

    def write_files(self, output: str | None, *, dry_run: bool) -> None:
        """One calendar into a file, or each into its own in a folder.

        Args:
            output: `FILE` or `DIR/`; None: `calendar/` in the vault.
            dry_run: keep the diff and write nothing.
        """
        if output is not None and not _is_folder(output):
            file = calendar_file(os.path.expanduser(output))  # noqa: PTH111
            data = self.one_calendar(file.data)
            self._write(file, data, self._name(), dry_run=dry_run)
            return
        for name in self.chosen:
            file = self._file_of(name, output)
            self._write(file, self.calendar(name, file.data), name, dry_run=dry_run)

    def write_vdir(self, folder: str, *, dry_run: bool) -> None:
        """One file an item; files of items that are no more are removed if they are ours.

        Args:
            folder: is made if need be.
            dry_run: keep the diff and write nothing.
        """
        root = os.path.realpath(os.path.expanduser(folder))  # noqa: PTH111
        present = {file.rel: file for file in calendar_folder(root, UID_START)}
        before = b"".join(file.data or b"" for file in present.values())
        whole = self.one_calendar(before)
        wanted = {
            uid + ENDING: data
            for uid, data in split_calendar(
                whole, zone=self.vault.rules.zone, language=self.app.language.code
            ).items()
        }
        changed = False
        for rel, data in wanted.items():
            file = present.get(rel) or CalendarFile(root, rel)
            changed |= self._put(file, data, dry_run=dry_run)
        for rel, file in present.items():
            if rel in wanted or not is_ours(file.data or b"", rel.removesuffix(ENDING)):
                continue
            changed = True
            self._keep_diff(file, b"")
            if not dry_run:
                file.remove()
        old = {uid: known for uid, known in read_blocks(before).items() if uid + ENDING in present}
        self._note(root, self._name(), old, read_blocks(whole), changed=changed)

    def diff(self) -> str:
        """What would change, as a unified diff."""
        return "".join(self._diff)

    # -- what stands in them

    @functools.cached_property
    def items(self) -> dict[str, list[CalendarItem]]:
        """Every calendar's items, whichever were chosen."""
        rows, view = calendar_rows(self.app, detail=self.detail, reveals=self.reveals)
        return calendar_items(rows, view)

    @functools.cached_property
    def _agent_name(self) -> str | None:
        agent = self.app.agent
        return self.vault.queries.titles([agent]).get(agent, agent) if agent else None

    def _name(self) -> str:
        return self.chosen[0] if len(self.chosen) == 1 else ALL

    def _title(self) -> str:
        return calendar_title(self._name(), self.app.language, self._agent_name)

    def _together(self) -> list[CalendarItem]:
        return [item for name in self.chosen for item in self.items[name]]

    def _rendered(self, items: list[CalendarItem], title: str, previous: bytes | None) -> bytes:
        return render_calendar(
            items,
            name=title,
            today=self.app.today,
            zone=self.vault.rules.zone,
            language=self.app.language.code,
            detail=self.detail,
            previous=previous,
        )

    # -- where they go

    def _file_of(self, name: str, output: str | None) -> CalendarFile:
        if output is None:
            return CalendarFile(self.vault.root, f"{DEFAULT_FOLDER}/{name}{ENDING}")
        folder = os.path.expanduser(output)  # noqa: PTH111
        return calendar_file(os.path.join(folder, name + ENDING))  # noqa: PTH118

    def _write(self, file: CalendarFile, data: bytes, name: str, *, dry_run: bool) -> None:
        before = file.data
        changed = self._put(file, data, dry_run=dry_run)
        old = read_blocks(before) if changed and before else {}
        self._note(file.path, name, old, read_blocks(data), changed=changed)

    def _put(self, file: CalendarFile, data: bytes, *, dry_run: bool) -> bool:
        if data == file.data:
            return False
        if file.data is not None and not is_own(file.data):
            raise RefusedError(
                N_("{path} is not a calendar of brokernotes; it would be lost"),
                hint=N_("Nothing was written to it; give another name, or delete it first."),
                path=_shown(file.path),
            )
        self._keep_diff(file, data)
        return True if dry_run else file.write(data)

    def _note(
        self,
        path: str,
        name: str,
        old: dict[str, Known],
        new: dict[str, Known],
        *,
        changed: bool,
    ) -> None:
        added = len(new.keys() - old.keys()) if changed else 0
        updated = sum(old[uid].block != new[uid].block for uid in new.keys() & old.keys())
        removed = len(old.keys() - new.keys()) if changed else 0
        self.outcomes.append(
            Outcome(
                _shown(path), name, len(new), added, updated if changed else 0, removed, changed
            )
        )

    def _keep_diff(self, file: CalendarFile, data: bytes) -> None:
        old, new = ((each or b"").decode(errors="replace") for each in (file.data, data))
        shown = _shown(file.path)
        self._diff += difflib.unified_diff(
            old.replace("\r\n", "\n").splitlines(keepends=True),
            new.replace("\r\n", "\n").splitlines(keepends=True),
            f"a/{shown}" if file.data is not None else "/dev/null",
            f"b/{shown}" if data else "/dev/null",
        )


def _is_folder(output: str) -> bool:
    """Whether `-o` names a folder: by a slash at its end, or because there is one."""
    return output.endswith(("/", os.sep)) or os.path.isdir(os.path.expanduser(output))  # noqa: PTH111, PTH112


def _shown(path: str) -> str:
    """A path as seen from where one stands, if it lies below; with `/`."""
    here = os.path.realpath(os.getcwd())  # noqa: PTH109
    near = os.path.relpath(path, here) if path.startswith(here + os.sep) else path
    return near.replace(os.sep, "/")
