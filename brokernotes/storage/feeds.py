"""The secret addresses of a vault's calendars, and what was served under each last.

Both lie among the vault's caches, outside of what is shared, in files that only their owner may
read. The tokens stand there as they are: an address must be told again when a new phone comes,
and the notes beside it, in plain text, are worth more than the calendar. What was served last is
kept so that a server begun anew serves the same bytes, and counts on where it stopped.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.storage.locking import vault_lock

NAME = "feeds.json"
FOLDER = "feeds"
_BYTES = 20  # 32 characters of base32: nobody guesses it, and an address fits into a line

Key = tuple[str, str]  # agent, calendar


class FeedTokens:
    """The tokens of a vault's calendars, by agent and calendar.

    Args:
        cache: folder of the vault's caches; None: they last for this run only.
    """

    def __init__(self, cache: str | None) -> None:
        self._cache = cache
        self._path = os.path.join(cache, NAME) if cache else None
        self._held: dict[str, Any] = {}
        self._stamp: tuple[int, ...] | None = None

    def all(self) -> dict[Key, str]:
        """Every token there is now; another process may have made new ones.

        Raises:
            RefusedError: the file is none of ours.
            SystemRefusedError: it cannot be read.
        """
        found = self._read().get("tokens", {})
        return {_key(name): token for name, token in found.items()}

    @property
    def base(self) -> str | None:
        """What the addresses began with when the calendars were served last."""
        return self._read().get("base")

    def ensure(self, keys: Iterable[Key], base: str | None = None) -> bool:
        """Make the tokens that are missing; whether there were any."""
        return self._make(keys, base, anew=False)

    def rotate(self, keys: Iterable[Key], base: str | None = None) -> None:
        """Make new tokens; what was subscribed by the old ones ends."""
        self._make(keys, base, anew=True)

    def _make(self, keys: Iterable[Key], base: str | None, *, anew: bool) -> bool:
        with vault_lock(self._cache):
            try:
                before = self._read()
            except RefusedError:
                if not anew:
                    raise
                before = {}
            tokens = dict(before.get("tokens", {}))
            made = False
            for key in keys:
                name = "/".join(key)
                if anew or name not in tokens:
                    tokens[name] = _new_token()
                    made = True
            after = {"base": base or before.get("base"), "tokens": tokens}
            if after != before:
                self._write(after)
        return made

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return self._held
        try:
            stamp = _stamp(self._path)
            if stamp != self._stamp:
                with open(self._path, encoding="utf-8") as file:
                    self._held, self._stamp = _checked(json.load(file)), stamp
        except FileNotFoundError:
            self._held, self._stamp = {}, None
        except OSError as error:
            raise _refused(self._path, error) from error
        except ValueError as error:
            raise RefusedError(
                N_("{path} is damaged, so nobody knows the calendars' addresses"),
                hint=N_("`brokernotes ical serve --rotate` makes new ones."),
                path=self._path,
            ) from error
        return self._held

    def _write(self, after: dict[str, Any]) -> None:
        if self._path is None:
            self._held = after
            return
        text = json.dumps(after, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        try:
            write_private(self._path, text.encode())
        except OSError as error:
            raise _refused(self._path, error) from error
        self._stamp = None


class FeedShelf:
    """What was served last under each address, and since when.

    Args:
        cache: folder of the vault's caches; None: nothing is kept beyond this run.
        clock: seconds since 1970.
    """

    def __init__(self, cache: str | None, clock: Callable[[], float]) -> None:
        self._folder = os.path.join(cache, FOLDER) if cache else None
        self._clock = clock
        self._held: dict[str, tuple[bytes, int]] = {}

    def last(self, *name: str) -> tuple[bytes, int] | None:
        """The bytes and since when; None: nothing was served yet."""
        known = self._held.get("/".join(name))
        if known is not None or self._folder is None:
            return known
        path = self._path(name)
        try:
            with open(path, "rb") as file:
                found = file.read(), int(os.stat(file.fileno()).st_mtime)
        except OSError:
            return None
        self._held["/".join(name)] = found
        return found

    def keep(self, data: bytes, *name: str) -> int:
        """Keep what is served from now on; since when, in whole seconds that always grow."""
        before = self.last(*name)
        if before is not None and before[0] == data:
            return before[1]
        since = max(int(self._clock()), before[1] + 1 if before else 0)
        self._held["/".join(name)] = data, since
        if self._folder is not None:
            path = self._path(name)
            # Without it the next server begins anew, which costs readers one download.
            with contextlib.suppress(OSError):
                os.makedirs(self._folder, mode=0o700, exist_ok=True)
                write_private(path, data)
                os.utime(path, (since, since))
        return since

    def _path(self, name: tuple[str, ...]) -> str:
        # An id is what a note says, and may be no name for a file.
        digest = hashlib.sha256("/".join(name).encode("utf-8", "replace")).hexdigest()[:20]
        return os.path.join(self._folder or "", f"{digest}.ics")


def _new_token() -> str:
    # Not by `token_bytes`: this is of the same source, and tests can seed it.
    number = secrets.SystemRandom().getrandbits(_BYTES * 8)
    return base64.b32encode(number.to_bytes(_BYTES, "big")).decode().lower()


def _key(name: str) -> Key:
    agent, _, calendar = name.rpartition("/")
    return agent, calendar


def _checked(held: object) -> dict[str, Any]:
    """What the file holds, if it is ours.

    Raises:
        ValueError: it is not.
    """
    tokens = held.get("tokens") if isinstance(held, dict) else None
    if not isinstance(held, dict) or not isinstance(tokens, Mapping):
        raise ValueError("no tokens")
    if not all(isinstance(one, str) and len(one) == _BYTES * 8 // 5 for one in tokens.values()):
        raise ValueError("not every token is one")
    return held


def _stamp(path: str) -> tuple[int, ...]:
    found = os.stat(path)
    return found.st_mtime_ns, found.st_size, found.st_ino


def write_private(path: str, data: bytes) -> None:
    """Put bytes in the place of a file; only its owner may read them, from the first moment."""
    aside = f"{path}.{os.getpid()}"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(aside)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(aside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(aside)
        raise


def _refused(path: str, error: OSError) -> SystemRefusedError:
    return SystemRefusedError(
        N_("cannot read {path}: {reason}"), path=path, reason=error.strerror or str(error)
    )
