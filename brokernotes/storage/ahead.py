"""A look at the files that another process takes while this one still loads.

At 10,000 notes a look takes as long as loading what a short command needs, so where there is a
second core they are done side by side. What was seen ahead may say one thing only: that the
index holds all of it. Anything else is looked at again, since the index may have been brought up
to date by somebody in between, and would then seem to hold what is not there.

The look begins after the command did, so it sees whatever was saved before the command was given.
"""

from __future__ import annotations

import contextlib
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from brokernotes.storage.walking import Scan

WORTH = 120_000  # bytes of the folders of some 2,000 notes; fewer are looked at in no time

_AT_ONCE = 1 << 20  # bytes read in one call


class _Ahead:
    """The look under way: its vault, the process that takes it, and where that tells it."""

    root: str | None = None
    process = 0
    told = -1


def begin(root: str) -> None:
    """Let a copy of this process look at a vault, where that is worth it.

    Args:
        root: of the vault the first refresh will be of; a wrong guess costs only the copy's work.
    """
    if _Ahead.root is not None or not _can_fork() or not _is_worth_it(root):
        return
    try:
        told, telling = os.pipe()
    except OSError:
        return
    try:
        process = os.fork()
    except OSError:
        os.close(told)
        os.close(telling)
        return
    if process == 0:
        _look_and_leave(root, told, telling)
    os.close(telling)
    _Ahead.root, _Ahead.process, _Ahead.told = root, process, told


def seen(root: str) -> Scan | None:
    """What was seen ahead of a vault, once; None: nothing was, or something was out of order.

    Args:
        root: of the vault.
    """
    if _Ahead.root is None:
        return None
    asked, _Ahead.root = _Ahead.root, None
    is_of_it = os.path.realpath(asked) == os.path.realpath(root)
    pieces = []
    try:
        while is_of_it and (piece := os.read(_Ahead.told, _AT_ONCE)):
            pieces.append(piece)
    finally:
        os.close(_Ahead.told)  # what it tells after this ends it
        with contextlib.suppress(ChildProcessError):
            os.waitpid(_Ahead.process, 0)
    return _unpacked(b"".join(pieces))


def _can_fork() -> bool:
    """Whether there is a second core, and a system that forks well; nothing else may be at work."""
    if sys.platform == "darwin" or not hasattr(os, "sched_getaffinity"):
        return False
    return "threading" not in sys.modules and len(os.sched_getaffinity(0)) > 1


def _is_worth_it(root: str) -> bool:
    """Whether there are thousands of notes, as far as the sizes of the vault's folders tell."""
    try:
        with os.scandir(root) as entries:
            folders = [one for one in entries if one.name[0] != "." and one.is_dir()]
            return sum(folder.stat().st_size for folder in folders) >= WORTH
    except OSError:
        return False


def _look_and_leave(root: str, told: int, telling: int) -> None:
    """In the copy: look, tell, and end, whatever happens; nothing of it is ever printed."""
    try:
        # Whoever reads what the command prints waits for every copy of the stream.
        for number in (0, 1, 2, told):
            os.close(number)
        import marshal

        from brokernotes.storage.walking import scan

        found = scan(root)
        if not found.problems and not found.leftovers:
            folders = {prefix: tuple(listed) for prefix, listed in found.folders.items()}
            left = memoryview(marshal.dumps((folders, found.others)))
            while left:
                left = left[os.write(telling, left) :]
    finally:
        os._exit(0)


def _unpacked(told: bytes) -> Scan | None:
    if not told:
        return None
    import marshal

    from brokernotes.storage.stamps import Listed
    from brokernotes.storage.walking import Scan

    try:
        folders, others = marshal.loads(told)
    except (EOFError, ValueError, TypeError):
        return None  # it was ended while it told
    return Scan({prefix: Listed(*listed) for prefix, listed in folders.items()}, others)
