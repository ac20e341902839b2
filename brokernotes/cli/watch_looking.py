"""One look of a watcher: index and problems brought up to date, calendars asked for, news told."""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.errors import BrokernotesError
from brokernotes.inspection.problems import problems_of
from brokernotes.storage.roots import RULES_FILE
from brokernotes.storage.watch import Looked
from brokernotes.storage.watch_settling import Reason

if TYPE_CHECKING:
    from brokernotes.cli.watch_calendars import CalendarKeeper
    from brokernotes.cli.watch_news import News
    from brokernotes.cli.watch_standby import StandbyKeeper
    from brokernotes.storage.refresh import Refreshed

ROLLOVER = time(0, 5)  # seed: calendars are of the day they are read on


class Looking:
    """Looks at one vault again and again, each time as a command begun anew would.

    Args:
        app: of the run.
        news: where it is told.
        keeper: has the calendars written.
        standby: has commands answered.
    """

    def __init__(
        self, app: App, news: News, keeper: CalendarKeeper, standby: StandbyKeeper
    ) -> None:
        self._app = app
        self._root = app.vault.root
        self._news = news
        self._keeper = keeper
        self._standby = standby
        self._state: tuple[object, ...] | None = None
        self._said = ""

    def close(self) -> None:
        """Let go of the index, and of what is being written."""
        self._standby.close()
        self._keeper.close()
        self._app.close()

    def look_once(self) -> App:
        """Bring index and problems up to date, and raise what goes wrong."""
        self._refresh()
        return self._app

    def look(self, reason: Reason) -> Looked:
        """Bring everything up to date and tell what is new."""
        self._renew()
        try:
            found = self._refresh()
            self._keeper.keep(self._app, (self._state, self._app.agent))
        except BrokenPipeError:
            raise  # nobody reads what it says any more
        except (BrokernotesError, OSError) as error:
            is_found = os.path.isfile(os.path.join(self._root, RULES_FILE))  # noqa: PTH113, PTH118
            self._complain(error, is_found=is_found)
            return Looked(is_found, float("inf"), failed=True)
        self._said = ""
        self._standby.keep()  # now that the index is made, which it would make as well
        return Looked(
            True,
            day_ends(self._app),
            young=bool(self._app.vault.index.meta("racy")),
            has_news=bool(found.added or found.modified or found.removed),
            is_kept=self._app.vault.index.path is not None,
        )

    def _renew(self) -> None:
        """Begin a look with everything read anew: the rules, the day, who is asking."""
        if self._state is None:
            return
        before = self._app
        app = App(before.environ)
        app.vault_option = self._root
        app.agent_option = before.agent_option
        app.language_option = before.language_option
        app.no_input, app.debug = True, before.debug
        app.console = before.console
        index = vars(before.vault).get("index") if before.has_vault else None
        if index is not None and index.path is None and self._is_current():
            app.vault = before.vault  # an index in memory is not made anew for each look
        else:
            before.close()
        self._app = app

    def _is_current(self) -> bool:
        """Whether the rules are what they were."""
        from brokernotes.storage.reading import read_text

        try:
            source = read_text(self._root, RULES_FILE)
        except BrokernotesError:
            return False
        return source.text == self._app.vault.rules_source.text

    def _refresh(self) -> Refreshed:
        app = self._app
        vault = app.vault
        vault.trusts_watcher = False
        found = vault.refresh(app.today, app.console.progress)
        app.fresh = vault  # so that nothing refreshes it once more
        index = vault.index
        rules = vault.rules_digest
        state = (index.generation, index.meta("scan"), app.today, rules)
        if state == self._state:
            return found
        problems = problems_of(vault, app.today)
        before, self._state = self._state, state
        if before is None:
            self._news.begin(app, problems)
        else:
            self._news.tell(app, found, problems, has_new_rules=before[3] != rules)
        return found

    def _complain(self, error: BrokernotesError | OSError, *, is_found: bool) -> None:
        """Say what went wrong, once for as long as it does."""
        if not is_found:
            return  # the watcher says that
        said = self._app.explained(error)
        if said != self._said:
            self._said = said
            self._news.say(said)


def day_ends(app: App) -> float:
    """When the calendar rolls over next, in seconds since 1970."""
    zone = app.vault.rules.zone
    given = app.now.replace(tzinfo=zone)
    if app.environ.get("BROKERNOTES_NOW"):
        return float("inf")  # a clock that stands still
    rollover = datetime.combine(given.date(), ROLLOVER, zone)
    if rollover.timestamp() <= given.timestamp():
        rollover = datetime.combine(given.date() + timedelta(days=1), ROLLOVER, zone)
    return rollover.timestamp()
