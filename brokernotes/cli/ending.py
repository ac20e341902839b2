"""How commands that run until they are told to stop come to an orderly end."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType


class EndedError(BaseException):
    """The system, or the terminal that was closed, wants the process to end."""


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let the signals that mean an orderly end raise where the work stands."""

    def end(_: int, __: FrameType | None) -> None:
        raise EndedError

    before = {}
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # `nohup`
            before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
