"""When a watcher looks at the vault again: bursts settled, days and sleep noticed.

Nothing here waits, reads a clock or touches a file: what happened and what time it is are
told, and the answer is whether to look now, and how long nothing is to be done.
"""

from __future__ import annotations

from enum import StrEnum

from brokernotes.light_dataclasses import NamedTuple

# An editor's save is several events within a few milliseconds: a backup renamed, a file
# written, one removed. Whoever never stops writing is looked at all the same.
QUIET = 0.1  # seconds without an event after which a burst has settled
CEILING = 0.5  # seconds a burst may go on before it is looked at anyway

RESCAN = 60.0  # seconds after which the files are looked at whatever was told
RETRY = 1.0  # seconds after a look that failed
LONGEST_RETRY = 15.0
YOUNG = 0.05  # seconds until files too young to be sure of are read again
JUMP = 5.0  # seconds the clock may gain on itself before the machine counts as having slept
POLL = 1.0  # seconds between two looks where nothing is told
_ROUNDING = 1e-6  # seconds that adding up seconds may lose
SHARE = 5.0  # a look that takes long is followed by a pause this many times as long


class Moment(NamedTuple):
    """What two clocks show, in seconds.

    Attributes:
        ticks: of a clock that only goes forward.
        wall: since 1970, by the clock people read, which may be set or may have slept.
    """

    ticks: float
    wall: float


class Reason(StrEnum):
    """Why the vault is looked at."""

    START = "start"
    CHANGE = "change"  # something was told, and it has settled
    YOUNG = "young"  # files that had only just been written
    DAY = "day"  # another day has begun
    WOKE = "woke"  # the clock jumped: the machine slept, or somebody set it
    RESCAN = "rescan"  # it is time to, whatever was told
    RETRY = "retry"  # the last look failed


class Settling:
    """Decides when to look.

    Args:
        now: the first moment.
        polls: whether nothing is told, so that every look is taken by time alone.
        day_ends: `wall` at which another day begins.
    """

    def __init__(self, now: Moment, *, polls: bool, day_ends: float) -> None:
        self.polls = polls
        self._day_ends = day_ends
        self._drift = now.wall - now.ticks
        self._first: float | None = None
        self._last = now.ticks
        self._is_hurried = False
        self._started = False
        self._regular_at = now.ticks
        self._young_at: float | None = None
        self._young_pause = YOUNG
        self._retry_at: float | None = None
        self._retry_pause = RETRY

    # -- what happens

    def notice(self, ticks: float) -> None:
        """Something changed in the vault."""
        if self._first is None:
            self._first = ticks
        self._last = max(self._last, ticks)
        self._young_pause = YOUNG

    def hurry(self) -> None:
        """Somebody waits: what is not settled yet is looked at now."""
        self._is_hurried = True

    @property
    def is_pending(self) -> bool:
        """Whether something was told, or failed, that has not been looked at since."""
        return self._first is not None or self._retry_at is not None or not self._started

    # -- what is to be done

    def take(self, now: Moment) -> Reason | None:
        """Why to look now, which settles what was told before; None: not yet."""
        reason = self._reason(now)
        if reason is not None:
            self._first = self._young_at = None
            self._is_hurried = False
            self._started = True
        self._drift = now.wall - now.ticks
        return reason

    def _reason(self, now: Moment) -> Reason | None:
        ticks = now.ticks + _ROUNDING
        if not self._started:
            return Reason.START
        if self._retry_at is not None:
            return Reason.RETRY if ticks >= self._retry_at else None
        if abs(now.wall - now.ticks - self._drift) > JUMP:
            return Reason.WOKE
        if now.wall + _ROUNDING >= self._day_ends:
            return Reason.DAY
        if self._first is not None and (self._is_hurried or ticks >= self._settled_at):
            return Reason.CHANGE
        if self._young_at is not None and ticks >= self._young_at:
            return Reason.YOUNG
        if ticks >= self._regular_at:
            return Reason.CHANGE if self._first is not None else Reason.RESCAN
        return None

    @property
    def _settled_at(self) -> float:
        first = self._last if self._first is None else self._first
        return min(self._last + QUIET, first + CEILING)

    def looked(
        self, began: Moment, now: Moment, *, day_ends: float, young: bool, failed: bool = False
    ) -> None:
        """A look has ended.

        Args:
            began: when it began.
            now: when it ended.
            day_ends: `wall` at which the day looked at is over.
            young: whether files were too young to be sure of.
            failed: whether the vault could not be read, or not everything be written.
        """
        took = now.ticks - began.ticks
        pause = max(POLL, SHARE * took) if self.polls else max(RESCAN, SHARE * took)
        self._regular_at = now.ticks + pause
        self._day_ends = max(day_ends, now.wall + POLL)
        self._retry_at = None
        if failed:
            self._retry_at = now.ticks + self._retry_pause
            self._retry_pause = min(self._retry_pause * 2, LONGEST_RETRY)
            return
        self._retry_pause = RETRY
        if young:
            self._young_at = now.ticks + self._young_pause
            self._young_pause = min(self._young_pause * 2, RESCAN)
        else:
            self._young_pause = YOUNG

    def wait(self, now: Moment, longest: float) -> float:
        """Seconds in which nothing is to be done unless something is told; 0: look now."""
        if self._reason(now) is not None:
            return 0.0
        if self._retry_at is not None:
            return min(longest, max(self._retry_at - now.ticks, 0.0))
        moments = [self._regular_at, now.ticks + self._day_ends - now.wall]
        if self._first is not None:
            moments.append(self._settled_at)
        if self._young_at is not None:
            moments.append(self._young_at)
        return min(longest, max(min(moments) - now.ticks, 0.0))
