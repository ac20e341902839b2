"""What is remembered of calendar servers, so that little is asked and nothing sent twice.

It lies among the vault's caches, outside of what is shared, in a file that only its owner may
read. Losing it costs a longer look at the server and nothing else: each item there tells what we
wrote, and the notes tell what came from it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any

from brokernotes.errors import SystemRefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.storage.feeds import write_private

NAME = "caldav.json"
_SHAPE = 1


@dataclass(slots=True)
class Shelf:
    """What is remembered of one collection.

    Attributes:
        href: its address.
        name: as people see it there.
        token: to ask for changes with; "": ask for all.
        items: by address, values as JSON has them.
    """

    href: str = ""
    name: str = ""
    token: str = ""
    items: dict[str, dict[str, Any]] = field(default_factory=dict)


class CaldavState:
    """What is remembered of one account, for one agent.

    Args:
        cache: folder of the vault's caches; None: nothing is remembered.
        account: names the server, the user and the agent.

    Attributes:
        shelves: by calendar.
        home: where the user's calendars are; "": not known.
    """

    def __init__(self, cache: str | None, account: str) -> None:
        self._path = os.path.join(cache, NAME) if cache else None
        self._account = account
        told = self._accounts().get(account, {})
        self.home: str = told.get("home", "")
        self.shelves = {
            name: Shelf(one["href"], one["name"], one["token"], dict(one["items"]))
            for name, one in told.get("calendars", {}).items()
        }

    def _accounts(self) -> dict[str, Any]:
        """All accounts; none where the file is not there, is damaged or another version's."""
        if self._path is None:
            return {}
        try:
            with open(self._path, encoding="utf-8") as file:
                told = json.load(file)
            if told["shape"] != _SHAPE or not all(map(_is_sound, told["accounts"].values())):
                return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
        found: dict[str, Any] = told["accounts"]
        return found

    def keep(self) -> None:
        """Remember it.

        Raises:
            SystemRefusedError: it cannot be written.
        """
        if self._path is None:
            return
        calendars = {
            name: {"href": one.href, "name": one.name, "token": one.token, "items": one.items}
            for name, one in self.shelves.items()
        }
        own = {"home": self.home, "calendars": calendars}
        told = {"shape": _SHAPE, "accounts": self._accounts() | {self._account: own}}
        try:
            write_private(self._path, json.dumps(told, ensure_ascii=False).encode())
        except OSError as error:
            raise SystemRefusedError(
                N_("cannot write {path}: {reason}"),
                path=self._path,
                reason=error.strerror or str(error),
            ) from error


def _is_sound(account: Any) -> bool:
    """Whether an account has the shape that is written; somebody may have edited the file."""
    return isinstance(account["home"], str) and all(
        isinstance(one["href"], str)
        and isinstance(one["name"], str)
        and isinstance(one["token"], str)
        and isinstance(one["items"], Mapping)
        and all(isinstance(item, Mapping) for item in one["items"].values())
        for one in account["calendars"].values()
    )
