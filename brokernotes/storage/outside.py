"""Files that are written for people, wherever they say: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from brokernotes.storage.placing import refusals_explained


def write_outside(path: str, data: bytes) -> None:
    """Write a file; one that stands there is replaced.

    Args:
        path: of the system's; folders that lack are made.
        data: all of it.

    Raises:
        SystemRefusedError: the system would not; what stood there stands there still.
    """
    folder = os.path.dirname(os.path.abspath(path))
    with refusals_explained(path):
        Path(folder).mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".bn-", suffix=".tmp", dir=folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise


def _umask() -> int:
    """What the user keeps from others of new files; it can only be asked by setting it."""
    found = os.umask(0o077)
    os.umask(found)
    return found
