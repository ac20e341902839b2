"""A guard against work that does not end: no measure of speed, only of sanity.

What is read in linear time takes milliseconds; a pattern that backtracks would take
minutes. The limit lies so far above the first that a busy machine never meets it.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 15


@contextmanager
def patience() -> Iterator[None]:
    """Raise TimeoutError where the block takes minutes; where the system has no alarm, wait."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(*_: object) -> None:
        raise TimeoutError(f"not done after {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
