"""Which commands have their vault looked at while they load (`storage.ahead`).

Those that only read. What is to be changed is looked at when nobody else may change it.
"""

from __future__ import annotations

import os

from brokernotes.cli.standby_asking import SOCKET, is_asked, standby_folder
from brokernotes.storage.roots import find_root


def look_ahead(args: list[str]) -> None:
    """Begin the look of a command that only reads.

    Args:
        args: its words.
    """
    environ = os.environ
    if not is_asked(args) or "_BROKERNOTES_COMPLETE" in environ:
        return
    folder = standby_folder(environ)
    if folder is not None and os.path.exists(os.path.join(folder, SOCKET)):  # noqa: PTH110, PTH118
        return  # a watcher may vouch for the index
    root = find_root(_named(args) or environ.get("BROKERNOTES_VAULT"))
    if root is not None:
        from brokernotes.storage.ahead import begin

        begin(root)


def _named(args: list[str]) -> str | None:
    """The vault that the words name, as far as they are plain."""
    for word, following in zip(args, (*args[1:], None), strict=True):
        if word in ("-C", "--vault"):
            return following
        if word.startswith("--vault="):
            return word.partition("=")[2]
    return None
