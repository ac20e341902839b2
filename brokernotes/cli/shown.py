"""How paths are shown: from the folder one is in."""

from __future__ import annotations

import os

from brokernotes.cli.app import App


def shown_path(app: App, path: str) -> str:
    """A note's path relative to the folder one is in."""
    whole = os.path.join(app.vault.root, path)  # noqa: PTH118
    try:
        return os.path.relpath(whole)
    except ValueError:  # another drive of Windows
        return whole
