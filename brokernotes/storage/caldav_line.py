"""One line to a calendar server: a request and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.language import N_
from brokernotes.light_dataclasses import dataclass
from brokernotes.storage.caldav_library import (
    client,
    no_logging,
    not_reached,
    require_library,
    transport_errors,
)

WRITES = frozenset({"PUT", "DELETE", "MKCALENDAR"})
MULTI = 207
_STOPPED = (401, 429, 502, 503, 504)


@dataclass(slots=True)
class Counted:
    """What a run asked the server."""

    requests: int = 0
    writes: int = 0


class CalendarLine:
    """A line to a server, as one user.

    Args:
        url: its address, or that of somebody's calendars there.
        user: name.
        password: of the user; asked for when the first request is made.

    Attributes:
        counted: what it was asked.

    Raises:
        RefusedError: the library is not installed.
    """

    def __init__(self, url: str, user: str, password: Callable[[], str]) -> None:
        self.url = url
        self.user = user
        self.counted = Counted()
        self._password = password
        self._client: Any = None
        self._status = 0
        require_library()

    def ask(
        self, method: str, href: str, body: str | bytes, headers: dict[str, str]
    ) -> tuple[int, Any, str, dict[str, str]]:
        """Send one request: its status, the XML of the answer, the reason, the headers.

        Raises:
            RefusedError: the password is wrong.
            SystemRefusedError: the server does not answer.
        """
        from caldav.lib.error import DAVError

        self.counted.requests += 1
        self.counted.writes += method in WRITES
        try:
            with no_logging():
                answer = self._session.request(urljoin(self.url, href), method, body, headers)
        except DAVError:
            status = self._status  # which the library does not tell apart
            if status in _STOPPED or status not in range(400, 500):
                raise self.unexpected(status) from None  # not what it says: it repeats much
            return status, None, "", {}
        except transport_errors() as error:
            raise not_reached(self.url, error) from None
        except SyntaxError:  # so the library calls XML that is none, or a bomb
            raise SystemRefusedError(
                N_("{url} answers with something that cannot be read"), url=self.url
            ) from None
        if answer.status in _STOPPED:
            raise self.unexpected(answer.status)
        given = {str(name).lower(): str(value) for name, value in answer.headers.items()}
        tree = answer.tree if answer.status == MULTI else None
        return answer.status, tree, str(answer.reason or "")[:80], given

    @property
    def _session(self) -> Any:
        if self._client is None:
            self._client = client(self.url, self.user, self._password())
            self._client.session.hooks["response"].append(self._note)
        return self._client

    def _note(self, answer: Any, **_: object) -> None:
        self._status = answer.status_code

    def unexpected(self, status: int) -> Exception:
        """What is raised for an answer that ends the run."""
        if status == 401:
            return RefusedError(
                N_("{url} does not know user {user} by this password"),
                hint=N_("Some servers want a password of its own for each program."),
                url=self.url,
                user=self.user,
            )
        return SystemRefusedError(
            N_("{url} answers {status}; nothing more was asked"), url=self.url, status=status
        )

    def close(self) -> None:
        """Let go of the line."""
        if self._client is not None:
            self._client.close()
