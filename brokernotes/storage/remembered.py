"""Small values that spare work, kept in a file beside the index.

Marshalled, since that needs no module and costs microseconds, and with a sum of the bytes, so
that what somebody else wrote there is not taken for ours.
"""

from __future__ import annotations

import contextlib
import marshal
import os
from typing import Any

from brokernotes.model.digests import blake2b

_SUM = 16  # bytes


def recall(cache: str | None, name: str, made_of: object) -> Any:
    """The value that was remembered under a name.

    Args:
        cache: folder of the vault's caches; None: nothing is remembered.
        name: of its file.
        made_of: what it was made of; of anything else it is not told.

    Returns:
        The value; None: it is not known.
    """
    if cache is None:
        return None
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        with open(os.path.join(cache, name), "rb") as file:
            kept = file.read()
        if kept[:_SUM] == _sum_of(kept[_SUM:]):
            known, value = marshal.loads(kept[_SUM:])
            return value if known == made_of else None
    return None


def remember(cache: str | None, name: str, made_of: Any, value: Any) -> None:
    """Keep a value that `recall` is to tell next time, if it can be kept.

    Args:
        cache: folder of the vault's caches; None: nothing is remembered.
        name: of its file.
        made_of: plain values that it was made of.
        value: plain as well.
    """
    if cache is None:
        return
    told = marshal.dumps((made_of, value))
    path = os.path.join(cache, name)
    aside = f"{path}.{os.getpid()}"
    with contextlib.suppress(OSError):
        with open(aside, "wb") as file:
            file.write(_sum_of(told) + told)
        os.replace(aside, path)


def _sum_of(told: bytes) -> bytes:
    return blake2b(told, digest_size=_SUM).digest()
