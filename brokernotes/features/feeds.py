"""A calendar subscription's answers, from the values of a request to status, headers and bytes.

The token in the path is the only lock: a wrong one is answered like any path that is not
there, after the same work as a right one. What did not change is not sent again (ETag of the
bytes, Last-Modified), and what is sent goes packed where the reader takes it. No header names
the program, and no `Content-Disposition` makes a browser of a calendar program save a file.

Source: RFC 9110; what calendar programs of phones need, found.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import hmac
import re
from collections.abc import Mapping
from email.utils import formatdate, parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from brokernotes.light_dataclasses import dataclass

METHODS = ("GET", "HEAD")
MAX_AGE = 900  # seconds a reader may keep what it has without asking (ours)
RETRY = 120  # seconds after which to ask again when the calendar could not be made (ours)
ENDING = ".ics"
_SHORTEST = 32  # characters of what counts as a token
_TEXT = "text/plain; charset=utf-8"
_PACKED = "-gzip"  # a packed answer is another representation, with an ETag of its own
_SENTENCES: Mapping[int, str] = {
    400: "bad request\n",
    404: "not found\n",
    405: "only GET and HEAD\n",
    503: "not now, try again\n",
}


class FeedKey(NamedTuple):
    """Which calendar of whom.

    Attributes:
        agent: id; "": everybody's.
        calendar: one of the calendars, or `all`.
    """

    agent: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What is served under one address now.

    Attributes:
        data: the calendar's bytes.
        changed: when they last became others, in seconds since 1970.
    """

    data: bytes
    changed: int


class Answer(NamedTuple):
    """What is sent back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def find_feed(target: str, tokens: Mapping[FeedKey, str]) -> FeedKey | None:
    """The calendar a request's target names.

    Args:
        target: as it came, such as `/k2…q/showings.ics`.
        tokens: the secret of each calendar.

    Returns:
        None: no such address. Every token is compared, each in constant time, so that the time
        it takes tells nothing.
    """
    try:
        path = urlsplit(target).path
    except ValueError:  # brackets that are no address
        path = ""
    token, _, name = path.removeprefix("/").partition("/")
    given = token.encode("utf-8", "replace")
    found = None
    for key, secret in tokens.items():
        is_same = hmac.compare_digest(given, secret.encode())
        if is_same and name == key.calendar + ENDING and len(secret) >= _SHORTEST:
            found = key
    return found


def answer(headers: Mapping[str, str], feed: Feed) -> Answer:
    """The answer to GET; to HEAD it is the same without the body.

    Args:
        headers: of the request, with names in lower case.
        feed: what the address serves.
    """
    tag = _tag(feed.data)
    packs = _accepts_gzip(headers.get("accept-encoding", ""))
    shared = (
        ("ETag", f'"{tag}{_PACKED}"' if packs else f'"{tag}"'),
        ("Last-Modified", formatdate(feed.changed, usegmt=True)),
        ("Cache-Control", f"private, max-age={MAX_AGE}"),
        ("Vary", "Accept-Encoding"),
    )
    if _is_known(headers, tag, feed.changed):
        return Answer(304, shared, b"")
    body = _packed(feed.data) if packs else feed.data
    encoding = (("Content-Encoding", "gzip"),) if packs else ()
    kind = ("Content-Type", "text/calendar; charset=utf-8")
    return Answer(200, (kind, *encoding, *shared, *_safe(len(body))), body)


def refusal(status: int) -> Answer:
    """The answer where there is no calendar to send: 404, 405, 503."""
    body = _SENTENCES.get(status, "no\n").encode()
    more: tuple[tuple[str, str], ...] = ()
    if status == 405:
        more = (("Allow", ", ".join(METHODS)),)
    elif status == 503:
        more = (("Retry-After", str(RETRY)),)
    fixed = (("Content-Type", _TEXT), ("Cache-Control", "no-store"))
    return Answer(status, (*fixed, *more, *_safe(len(body))), body)


def _safe(length: int) -> tuple[tuple[str, str], ...]:
    """What every answer with a body bears: an address is a secret, also in a browser."""
    return (
        ("Content-Length", str(length)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    )


def _is_known(headers: Mapping[str, str], tag: str, changed: int) -> bool:
    """Whether the reader has these bytes already; an ETag that is sent settles it alone."""
    known = headers.get("if-none-match")
    if known is not None:
        tags = set(re.findall(r'"([^"]*)"', known))
        return known.strip() == "*" or bool(tags & {tag, tag + _PACKED})
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return changed <= int(parsedate_to_datetime(since).timestamp())
    except (TypeError, ValueError, OverflowError):  # no date: as if it were not there
        return False


def _accepts_gzip(accepted: str) -> bool:
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _, rest = part.partition(";")
        found = re.fullmatch(r"\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*", rest)
        weights[name.strip()] = float(found[1]) if found else float(not rest.strip())
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


@functools.lru_cache(maxsize=64)
def _tag(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@functools.lru_cache(maxsize=64)
def _packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)  # without the time: the same bytes pack to the same
