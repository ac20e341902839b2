"""The calendars of a running server: made anew when the vault says something else."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.features.calendar_items import ALL, CALENDARS
from brokernotes.features.feeds import Feed, FeedKey
from brokernotes.light_dataclasses import dataclass

if TYPE_CHECKING:
    from brokernotes.storage.feeds import FeedShelf
    from brokernotes.storage.vault import Vault

FEEDS = (*CALENDARS, ALL)
_MOST_COLLEAGUES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom calendars are served.

    Attributes:
        agent: id; "": everybody's.
        name: as people say it; None: everybody's.
        sees_own: whether they hold only what this agent may see (`--as`), for another hand.
    """

    agent: str = ""
    name: str | None = None
    sees_own: bool = False


def colleagues(vault: Vault, today: date) -> list[Reader]:
    """Everybody who works here and has a note with an id, each for their own calendars.

    Args:
        vault: refreshed.
        today: who has left by then gets none.
    """
    queries = vault.queries
    return [
        Reader(agent=row.id, name=row.title, sees_own=True)
        for row in queries.of_types(("agent",), _MOST_COLLEAGUES)
        if row.id is not None and not _has_left(queries.values(row).get("left"), today)
    ]


def _has_left(day: str | None, today: date) -> bool:
    return day is not None and day <= today.isoformat()


class FeedBook:
    """Gives the bytes of each calendar, as a command begun anew would write them.

    Each request looks at the vault: when nothing changed and the day is the same, the bytes
    come from memory. One request looks at a time; the others wait, and then find it done.

    Args:
        app: of the run.
        readers: for whom.
        shelf: what was served last.
        detail: `minimal`, `normal` or `full`.
        everyone: whether the readers are all colleagues, so that one who comes while it is
            served gets calendars, and one who leaves has none from that day.
    """

    def __init__(
        self,
        app: App,
        readers: Sequence[Reader],
        shelf: FeedShelf,
        detail: str,
        *,
        everyone: bool = False,
    ) -> None:
        self._app = app
        self._everyone = everyone
        self._root = app.vault.root
        self._readers = {reader.agent: reader for reader in readers}
        self._shelf = shelf
        self._detail = detail
        self._lock = threading.Lock()
        self._states: dict[str, object] = {}
        self._feeds: dict[FeedKey, Feed] = {}

    @property
    def keys(self) -> list[FeedKey]:
        """Every calendar that is served."""
        return [FeedKey(agent, name) for agent in self._readers for name in FEEDS]

    def feed(self, key: FeedKey) -> Feed | None:
        """What an address serves now; None: it is nobody's, or no longer anybody's.

        Raises:
            BrokernotesError: the vault cannot be read as it is.
        """
        with self._lock:
            reader = self._readers.get(key.agent) or self._newcomer(key.agent)
            if reader is None:
                return None
            app = self._app_for(reader)
            try:
                self._refresh(app, key.agent)
            finally:
                app.close()
            return self._feeds.get(key)

    def _newcomer(self, agent: str) -> Reader | None:
        """A colleague who was not there when it was looked last."""
        if not self._everyone:
            return None
        app = self._app_for(Reader())
        try:
            app.vault.refresh(app.today)
            self._look_who_is_here(app)
        finally:
            app.close()
        return self._readers.get(agent)

    def _look_who_is_here(self, app: App) -> None:
        self._readers = {one.agent: one for one in colleagues(app.vault, app.today)}

    def _app_for(self, reader: Reader) -> App:
        """A run of its own: the rules, the day and the index read anew, in this thread."""
        app = App(self._app.environ)
        app.vault_option = self._root
        app.language_option = self._app.language.code
        app.console = self._app.console
        app.no_input = True
        if reader.sees_own:
            app.as_option = reader.agent
        else:
            app.agent_option = reader.agent or None
        return app

    def _refresh(self, app: App, agent: str) -> None:
        vault = app.vault
        vault.refresh(app.today)
        index = vault.index
        state = (index.generation, index.meta("scan"), app.today, vault.rules_digest)
        if self._states.get(agent) == state:
            return
        if self._everyone:
            self._look_who_is_here(app)
            if agent not in self._readers:
                for name in FEEDS:
                    self._feeds.pop(FeedKey(agent, name), None)
                return
        # Set by hand: the run's own would tell of broken rules with every request.
        app.fresh = app.look_as() if app.as_option else vault
        for name, data in self._written(app, agent).items():
            since = self._shelf.keep(data, agent, name, self._detail)
            self._feeds[FeedKey(agent, name)] = Feed(data, since)
        self._states[agent] = state

    def _written(self, app: App, agent: str) -> Mapping[str, bytes]:
        from brokernotes.cli.ical_writing import CalendarWriter

        writer = CalendarWriter(app, CALENDARS, detail=self._detail, reveals=False)
        found = {}
        for name in FEEDS:
            last = self._shelf.last(agent, name, self._detail)
            found[name] = writer.calendar(name, last[0] if last else None)
        return found
