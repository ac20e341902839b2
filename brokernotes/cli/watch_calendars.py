"""Calendars of a watched vault: written by `ical` in a process of its own, one after the other.

A brokerage's calendar takes seconds, in which a saved note would wait to be seen, and other
commands to be answered. So the watcher only says when one is out of date.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.cli.watch_news import News


def write_calendars(app: App, news: News, outputs: Sequence[str | None], detail: str) -> None:
    """Write calendars here and now.

    Args:
        app: of the look.
        news: where it is told.
        outputs: `FILE` or `DIR/` each; None: `calendar/` in the vault.
        detail: of the calendars.
    """
    if not outputs:
        return
    from brokernotes.cli.ical_writing import CalendarWriter
    from brokernotes.features.calendar_items import CALENDARS

    writer = CalendarWriter(app, CALENDARS, detail=detail, reveals=False)
    with writer.locked():
        for output in outputs:
            writer.write_files(output, dry_run=False)
    news.tell_calendars([outcome.shape() for outcome in writer.outcomes])


class _Job(NamedTuple):
    """One writing of all calendars."""

    state: object  # of the vault, which they shall tell
    environ: Mapping[str, str]
    commands: list[list[str]]


class CalendarKeeper:
    """Has calendars written whenever the vault says something else.

    Args:
        news: where it is told.
        outputs: `FILE` or `DIR/` each; None: `calendar/` in the vault.
        detail: of the calendars.
    """

    def __init__(self, news: News, outputs: Sequence[str | None], detail: str) -> None:
        self._news = news
        self._outputs = outputs
        self._detail = detail
        self._lock = threading.Lock()
        self._wanted: _Job | None = None
        self._state: object = None  # of the job last taken on
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self._closed = threading.Event()
        self._said = ""

    def keep(self, app: App, state: object) -> None:
        """Have the calendars written unless they tell this state, or soon will.

        Args:
            app: of the look, for whom and in which language they are written.
            state: of the vault.
        """
        if not self._outputs:
            return
        with self._lock:
            if state == self._state:
                return
            self._state = state
            commands = [self._command(app, output) for output in self._outputs]
            self._wanted = _Job(state, app.environ, commands)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End what is being written; a file is its old bytes or its new ones."""
        with self._lock:
            self._closed.set()
            process, thread = self._process, self._thread
            if process is not None:
                process.terminate()
        if thread is not None:
            thread.join()

    def _command(self, app: App, output: str | None) -> list[str]:
        words = [sys.executable, "-m", "brokernotes", "-C", app.vault.root]
        words += ["--lang", app.language.code, "--no-input"]
        if app.agent_option:
            words += [f"--agent={app.agent_option}"]
        words += ["ical", "--json", "--detail", self._detail]
        return [*words, f"--output={output}"] if output is not None else words

    def _work(self) -> None:
        while True:
            with self._lock:
                job, self._wanted = self._wanted, None
                if job is None or self._closed.is_set():
                    self._thread = None
                    return
            try:
                written = [self._write(job, words) for words in job.commands]
            except OSError as error:  # no process to be had, or nobody reads what is told
                self._complain(str(error))
                written = [False]
            if not all(written):
                with self._lock:
                    if self._state == job.state:
                        self._state = None  # so that the next look tries again

    def _write(self, job: _Job, words: list[str]) -> bool:
        """Write one calendar, and tell; whether it went well."""
        with self._lock:
            if self._closed.is_set():
                return True
            process = self._process = subprocess.Popen(
                words, env=dict(job.environ), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace",
            )  # fmt: skip
        out, complaint = process.communicate()
        with self._lock:
            self._process = None
            if self._closed.is_set():
                return True
        if process.returncode:
            self._complain(complaint)
            return False
        self._said = ""
        with contextlib.suppress(ValueError):
            self._news.tell_calendars(json.loads(out))
        return True

    def _complain(self, complaint: str) -> None:
        """Say why a calendar could not be written, once for as long as it is so."""
        said = complaint.strip().partition("\n")[0].removeprefix("brokernotes: ")
        if said != self._said:
            self._said = said
            with contextlib.suppress(OSError):
                self._news.talk(N_("the calendar is not written: {reason}"), reason=said)
