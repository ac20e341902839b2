"""Where a user's caches lie; light, because every command that asks the standby needs it."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def user_caches(environ: Mapping[str, str], platform: str) -> str | None:
    """The folder for all programs' caches of this user, absolute; None when nothing says it.

    Args:
        environ: the environment.
        platform: as in `sys.platform`.
    """
    named = environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):  # the XDG rules: a relative one is ignored
        return named
    if platform == "win32":
        local = environ.get("LOCALAPPDATA", "")
        return local if os.path.isabs(local) else None
    home = environ.get("HOME", "")
    if not os.path.isabs(home):
        return None
    parts = ("Library", "Caches") if platform == "darwin" else (".cache",)
    return os.path.join(home, *parts)
