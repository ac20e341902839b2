"""Commands on a terminal of their own, as a person sees them."""

from __future__ import annotations

import os
import pty
import subprocess
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from termios import tcsetwinsize

ROWS = 50
_END = b"\0"


def on_terminal(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], columns: int = 80
) -> tuple[str, int]:
    """What a command prints on a terminal, both streams together, and its exit code.

    Args:
        command: the program and its words.
        folder: where it is run.
        environ: its whole environment.
        columns: the width of the terminal.
    """
    ours, theirs = pty.openpty()
    try:
        tcsetwinsize(theirs, (ROWS, columns))
        child = subprocess.Popen(
            command, cwd=folder, env=environ,
            stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
        )  # fmt: skip
        closing = threading.Thread(target=_close, args=(child, theirs))
        closing.start()
        said = _read(ours)
        closing.join()
    finally:
        os.close(theirs)
        os.close(ours)
    return said.decode().replace("\r\n", "\n"), child.returncode


def _close(child: subprocess.Popen[bytes], terminal: int) -> None:
    """Say on the terminal that a command has ended, behind all that it printed.

    A terminal that its last writer closed may be reported as closed while bytes are still on
    their way to the reader, so it stays open until they have arrived.
    """
    child.wait()
    os.write(terminal, _END)


def _read(terminal: int) -> bytes:
    said = b""
    while not said.endswith(_END):
        said += os.read(terminal, 1 << 16)
    return said.removesuffix(_END)
