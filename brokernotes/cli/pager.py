"""A pager for what is longer than the screen; loaded when something is."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from typing import TextIO

DEFAULT = "less -FIRX"


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """The words of the pager: `BROKERNOTES_PAGER`, else `PAGER`, else less; empty: none.

    Set to nothing or to `cat`, it pages nothing.
    """
    command = environ.get("BROKERNOTES_PAGER", environ.get("PAGER", DEFAULT))
    if environ.get("TERM") == "dumb":
        return []
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError:  # a quotation mark that is never closed
        return []
    return [] if words == ["cat"] else words


def page(text: str, words: list[str], stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Show a text through a pager and wait until it is left, early or not.

    Args:
        text: what is shown.
        words: the pager and its arguments.
        stream: the terminal's, for its encoding.
        environ: the environment.

    Returns:
        Whether there is such a program.
    """
    encoding = stream.encoding or "utf-8"
    known = {"LESSCHARSET": "utf-8"} if encoding.lower().replace("-", "") == "utf8" else {}
    stream.flush()
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env={**known, **environ})
    except OSError:
        return False
    # Ctrl-C belongs to the pager, which takes it for the end of a search.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        pager.communicate(text.encode(encoding, "replace"))
    except BrokenPipeError:
        pager.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return True
