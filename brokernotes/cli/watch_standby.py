"""Has a process stand by that answers commands, for as long as a watcher runs."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping

from brokernotes.cli.standby_asking import OFF, SWITCH

AGAIN = 60.0  # seconds until one that ended is begun again
_PATIENCE = 2.0  # seconds for it to end


def can_stand_by() -> bool:
    """Whether this system has what it takes."""
    import socket

    return hasattr(os, "fork") and hasattr(socket, "SO_PEERCRED")


class StandbyKeeper:
    """Keeps one process standing by.

    Args:
        root: a vault that is watched.
        environ: of the watcher.
        ticks: a clock in seconds.
    """

    def __init__(self, root: str, environ: Mapping[str, str], ticks: Callable[[], float]) -> None:
        self._root = root
        self._environ = environ
        self._ticks = ticks
        self._process: subprocess.Popen[bytes] | None = None
        self._next = float("-inf") if can_stand_by() and environ.get(SWITCH) not in OFF else None

    def keep(self) -> None:
        """Begin it where it does not run; not again and again where it cannot."""
        if self._process is not None and self._process.poll() is None:
            return
        if self._next is None or self._ticks() < self._next:
            return
        self._next = self._ticks() + AGAIN
        self.close()
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, *_flags(), "-m", "brokernotes.cli.standby", self._root],
                env=dict(self._environ), cwd="/", start_new_session=True, stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip

    def close(self) -> None:
        """End it; it ends by itself when this process is gone."""
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return
        process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _flags() -> list[str]:
    """The flags of this Python, and that nothing is loaded from the working folder."""
    flags = sys.flags
    said = ["-P", "-B"] if flags.dont_write_bytecode else ["-P"]
    for letter, is_set in (
        ("-I", flags.isolated), ("-E", flags.ignore_environment), ("-s", flags.no_user_site),
        ("-O", flags.optimize == 1), ("-OO", flags.optimize == 2),
    ):  # fmt: skip
        if is_set:
            said.append(letter)
    return [*said, "-X", "utf8"] if flags.utf8_mode else said
