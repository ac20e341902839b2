"""Waiting for what another thread or process does: for a condition, never for a time."""

import threading
import time
from collections.abc import Callable

SECONDS = 30  # far beyond what a busy machine needs; only what never comes takes so long
_STEP = 0.005


def until(is_so: Callable[[], object], what: str = "it") -> None:
    """Return as soon as a condition holds.

    Raises:
        TimeoutError: it never did.
    """
    never = threading.Event()
    deadline = time.monotonic() + SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come in {SECONDS} seconds")
        never.wait(_STEP)
