"""Watching a vault: events and time in, looks at it out, one after the other.

Everything that happens lands in one inbox, told by the system's threads, and is worked off
by the one thread that looks. What commands ask is answered between two looks.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable

from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple, dataclass
from brokernotes.storage.freshness import Seat
from brokernotes.storage.walking import folders
from brokernotes.storage.watch_observing import Observing, Sign, can_observe, remote_kind
from brokernotes.storage.watch_settling import Moment, Reason, Settling

HEARTBEAT = 2.0  # seconds; then it is made sure that the folder is still the one that is watched
BELATED = 2.0  # seconds an event may come after what it tells of


class Looked(NamedTuple):
    """What came of a look.

    Attributes:
        is_found: whether there is a vault to be watched.
        day_ends: `wall` at which the day looked at is over.
        young: whether files were too young to be sure of.
        has_news: whether files were not as the index knew them.
        failed: whether it is to be tried again soon.
        is_kept: whether the index stands where other commands find it.
    """

    is_found: bool
    day_ends: float
    young: bool = False
    has_news: bool = False
    failed: bool = False
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks, as functions that give seconds."""

    ticks: Callable[[], float]
    wall: Callable[[], float]

    def now(self) -> Moment:
        """What they show."""
        return Moment(self.ticks(), self.wall())


Look = Callable[[Reason], Looked]
Tell = Callable[..., None]  # a source string and what stands in its places


class Watcher:
    """Watches one vault until it is stopped.

    Args:
        root: the vault's folder, with links resolved.
        cache: folder of its caches, whose watcher's lock is held; None: there is none.
        clocks: what time it is.
        look: brings everything up to date.
        tell: says what a person should know of the watching itself.
        polls: look by time alone, whatever the system could tell.
    """

    def __init__(  # noqa: PLR0913
        self,
        root: str,
        cache: str | None,
        *,
        clocks: Clocks,
        look: Look,
        tell: Tell,
        polls: bool = False,
    ) -> None:
        self._root = root
        self._look = look
        self._tell = tell
        self._clocks = clocks
        self._seat = Seat(cache)
        self._inbox: queue.SimpleQueue[tuple[Sign, str] | None] = queue.SimpleQueue()
        self._observing = Observing(root, lambda sign, place: self._inbox.put((sign, place)))
        self._asked: list[str] = []
        self._folder: tuple[int, int] | None = None  # the one that is watched
        self._is_complete = False  # every folder is watched, as far as can be known
        self._is_known = False  # and that is certain
        self._is_sure = False  # and what commands ask is told after all that went before
        self._suspect_at: float | None = None
        self._is_lost = False
        self._is_kept = False
        self._settling = Settling(clocks.now(), polls=polls, day_ends=float("inf"))

    def stop(self) -> None:
        """Let `run` end; may be called from any thread, or by a signal."""
        self._inbox.put(None)

    def run(self) -> None:
        """Watch."""
        try:
            self._choose_way()
            while self._listen():
                self._turn()
        finally:
            self._seat.vouch(False)
            self._observing.stop()

    # -- what is told

    def _listen(self) -> bool:
        """Take in what happened, waiting for it if there is nothing to do; False: stop."""
        wait = self._settling.wait(self._clocks.now(), HEARTBEAT)
        try:
            told = self._inbox.get(timeout=wait) if wait else self._inbox.get_nowait()
            while True:
                if told is None:
                    return False
                self._take_in(*told)
                told = self._inbox.get_nowait()
        except queue.Empty:
            return True

    def _take_in(self, sign: Sign, place: str) -> None:
        if sign is Sign.ASK:
            self._asked.append(place)
            self._settling.hurry()
            return
        self._suspect_at = None
        if sign is not Sign.CHANGE:
            self._is_complete = self._is_sure = False
        if sign in (Sign.GONE, Sign.DOUBT):
            self._folder = None  # so that everything is watched anew
        self._settling.notice(self._clocks.ticks())

    # -- what is done

    def _turn(self) -> None:
        began = self._clocks.now()
        if not self._is_same_folder():
            self._settling.notice(began.ticks)
        if self._suspect_at is not None and began.ticks >= self._suspect_at:
            self._poll(N_("changes on this disk are not reported"))
        reason = self._settling.take(began)
        if reason is not None:
            self._look_for(reason, began)
        if not self._settling.is_pending:
            for asked in self._asked if self._is_sure and self._is_kept else ():
                self._seat.answer(asked)
            self._asked.clear()

    def _look_for(self, reason: Reason, began: Moment) -> None:
        if reason is Reason.WOKE:
            self._folder = None  # what the system told while the machine slept may be lost
        self._watch_all()
        self._seat.vouch(False)  # what is asked meanwhile is waited for in vain
        looked = self._look(reason)
        self._seat.vouch(self._is_sure)
        if looked.is_found and self._is_lost:
            self._tell(N_("the vault is back"))
        elif not looked.is_found and not self._is_lost:
            self._tell(N_("the vault is gone from {path}; waiting for it"), path=self._root)
        self._is_lost = not looked.is_found
        self._is_kept = looked.is_kept
        now = self._clocks.now()
        self._settling.looked(
            began, now, day_ends=looked.day_ends, young=looked.young, failed=looked.failed
        )
        if reason is Reason.RESCAN and looked.has_news and not self._settling.polls:
            self._suspect_at = now.ticks + BELATED

    # -- how it is told

    def _choose_way(self) -> None:
        if self._settling.polls:
            return
        kind = remote_kind(self._root)
        if kind is not None:
            self._poll(N_("{path} is on a network disk ({kind})"), path=self._root, kind=kind)
        elif not can_observe():
            self._poll(N_("this system reports no changes of files"))

    def _poll(self, why: str, **params: object) -> None:
        """Look by time alone from now on, and say why."""
        self._observing.stop()
        self._settling.polls = True
        self._suspect_at = None
        self._set_sure(False)
        self._tell(why, **params)
        self._tell(N_("so the files are looked at every second or so, as with --poll"))

    def _is_same_folder(self) -> bool:
        return self._settling.polls or self._folder == _identity(self._root)

    def _watch_all(self) -> None:
        """Make sure that the system tells of every folder, before the files are looked at."""
        if self._settling.polls:
            return
        if self._is_complete and self._is_same_folder():
            if not self._is_sure:
                self._set_sure(self._hears_questions())
            return
        for _ in range(2):
            folder = _identity(self._root)
            if folder is None:
                self._set_sure(False)
                return
            if self._folder != folder and not self._begin(folder):
                return
            covered = self._observing.covers(folders(self._root))
            if covered is not False:
                self._is_complete, self._is_known = True, bool(covered)
                self._set_sure(self._hears_questions())
                return
            self._folder = None  # a folder that came in this instant, or no room for it
        self._poll(N_("the system has no room for another watch (fs.inotify.max_user_watches)"))

    def _hears_questions(self) -> bool:
        """Whether a question is told of after everything that happened before it."""
        seat = self._seat.folder
        if not (self._is_known and seat and self._observing.tells_of_losses):
            return False
        return bool(self._observing.covers([seat]))

    def _begin(self, folder: tuple[int, int]) -> bool:
        self._observing.stop()
        self._seat.take()  # first, so that it is watched like every folder
        try:
            self._observing.start()
        except OSError as error:
            if _identity(self._root) is not None:
                reason = error.strerror or str(error)
                self._poll(N_("the system reports no changes: {reason}"), reason=reason)
            return False
        self._folder = folder
        return True

    def _set_sure(self, is_sure: bool) -> None:
        self._is_sure = is_sure
        self._seat.vouch(is_sure)


def _identity(folder: str) -> tuple[int, int] | None:
    """What tells a folder from another that took its name; None: it is not there."""
    try:
        found = os.stat(folder)
    except OSError:
        return None
    return found.st_dev, found.st_ino
