"""Where a vault begins; light, because every command asks."""

from __future__ import annotations

import os

RULES_FILE = "brokernotes.yaml"


def find_root(asked: str | None) -> str | None:
    """The vault's folder; None: there is none.

    Args:
        asked: a folder that is named, which must be one; None or empty: the nearest from the
            folder one stands in upwards.
    """
    try:
        folder = os.path.abspath(os.path.expanduser(asked or ""))
    except OSError:  # the folder one stands in was deleted
        return None
    if asked:
        return folder if os.path.isfile(os.path.join(folder, RULES_FILE)) else None
    while True:
        if os.path.isfile(os.path.join(folder, RULES_FILE)):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent
