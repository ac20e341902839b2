"""The library `caldav`, loaded when a server is asked, and kept from telling anybody."""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.language import N_

LIBRARY = "pip install 'brokernotes[caldav]'"
PATIENCE = 30  # seconds for one answer
LARGEST_ANSWER = 64 << 20  # bytes, unpacked: of a hundred items, with room for a picture in each
_PART = 1 << 16


def require_library() -> None:
    """Make sure that it is there.

    Raises:
        RefusedError: it is not installed.
    """
    try:
        import caldav  # noqa: F401
    except ImportError:
        raise RefusedError(
            N_("calendar servers need the library caldav, which is not installed"),
            hint=N_("`{command}` installs it."),
            command=LIBRARY,
        ) from None


def transport_errors() -> tuple[type[Exception], ...]:
    """What the library lets through when nobody answers."""
    import requests

    return (requests.exceptions.RequestException, OSError)


def not_reached(url: str, error: Exception) -> SystemRefusedError:
    """Why a server does not answer, without what the library says of it: that repeats much."""
    text = str(error).lower()
    if "certificate" in text or "ssl" in text:
        reason = N_("{url} shows no certificate that this computer trusts")
    elif "timed out" in text or "timeout" in type(error).__name__.lower():
        reason = N_("{url} does not answer in time")
    else:
        reason = N_("{url} cannot be reached")
    return SystemRefusedError(
        reason, hint=N_("What was sent so far stands; the next run carries on."), url=url
    )


def client(url: str, user: str, password: str) -> Any:
    """A client of the library for one user of a server."""
    import caldav

    library: Any = caldav
    with no_logging():
        made: Any = library.DAVClient(
            url=url,
            username=user,
            password=password,
            timeout=PATIENCE,
            headers={"User-Agent": "brokernotes"},
        )
    made.session.hooks["response"].append(functools.partial(_read, url))
    made.session.get_redirect_target = functools.partial(_target, made.session.get_redirect_target)
    # What is asked over an encrypted line is answered by no plain one, wherever a redirection or
    # an address in an answer leads; of plain ones only this computer's own server is asked.
    plain = made.session.adapters.pop("http://", None)
    if url.startswith("http:"):
        made.session.adapters.pop("https://", None)
        made.session.mount("{0.scheme}://{0.netloc}/".format(urlsplit(url)), plain)
    return made


def _read(url: str, answer: Any, **_: object) -> None:
    """Read an answer, as far as it may be long; the library would read all of it.

    Raises:
        SystemRefusedError: it is longer.
    """
    parts, length = [], 0
    for part in answer.iter_content(_PART):
        length += len(part)
        if length > LARGEST_ANSWER:
            answer.close()
            raise SystemRefusedError(
                N_("{url} answers with more than {megabytes} MB, which is not read"),
                url=url,
                megabytes=LARGEST_ANSWER >> 20,
            )
        parts.append(part)
    answer._content = b"".join(parts)


def _target(asked: Callable[[Any], str | None], answer: Any) -> str | None:
    """Where a redirection leads; None: to another server with what is told to this one."""
    target = asked(answer)
    if target is None or answer.request.method == "PROPFIND":
        return target
    here, there = urlsplit(answer.url), urlsplit(urljoin(answer.url, target))
    return target if here.netloc == there.netloc else None


@contextlib.contextmanager
def no_logging() -> Iterator[None]:
    """Keep the library's words to itself: they hold addresses, names and more."""
    loggers = [logging.getLogger(name) for name in ("caldav", "urllib3", "requests")]
    before = [one.disabled for one in loggers]
    for one in loggers:
        one.disabled = True
    try:
        yield
    finally:
        for one, was in zip(loggers, before, strict=True):
            one.disabled = was
