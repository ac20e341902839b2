"""One item's bytes in a calendar file, and how the next run reads them back.

The previous output is the only state: each block carries the digest of what it
was made from and a sum of its own bytes. A block whose sum is right is copied
as it stands; of one that another program touched only its SEQUENCE and its
stamp are believed, and it is made anew. No parser is needed, and none could
be fooled by what stands in a text: a line that really begins with `BEGIN` or
`END` is never part of one, as the lines of a folded text begin with a space.
"""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from brokernotes.light_dataclasses import NamedTuple

HIGHEST_SEQUENCE = 2**31 - 1  # RFC 5545 3.3.8

_BEGIN, _END = b"\r\nBEGIN:VEVENT\r\n", b"\r\nEND:VEVENT"
_HEAD = re.compile(
    rb"UID:(bn-[0-9a-f]{32})\r\n"
    rb"DTSTAMP:([0-9]{8}T[0-9]{6}Z)\r\n"
    rb"LAST-MODIFIED:\2\r\n"
    rb"SEQUENCE:(0|[1-9][0-9]{0,9})\r\n"
    rb"X-BN-DIGEST:([0-9a-f]{16})-([0-9a-f]{16})\r\n"
    rb"X-BN-SUM:([0-9a-f]{16})\r\n"
)
_FOLD = re.compile(rb"\n[ \t]")
_BEGIN_ANYHOW = re.compile(rb"^BEGIN:VEVENT[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NESTED_OR_END = re.compile(rb"^(?:BEGIN|END):", re.MULTILINE | re.IGNORECASE)
_KEPT = re.compile(
    rb"^(UID|DTSTAMP|SEQUENCE|X-BN-DIGEST)(?:;[^:\n]*)?:([!-~]*)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


class Known(NamedTuple):
    """What the previous file says of one item.

    Attributes:
        content: 16 hex digits, digest of all the item was made from.
        significant: 16 hex digits, digest of what a phone must not miss.
        stamp: its DTSTAMP, as written; empty: not believable.
        block: its bytes; None: another program touched them.
    """

    content: str
    significant: str
    sequence: int
    stamp: str
    block: bytes | None


def render_block(uid: str, *, stamp: str, sequence: int, digest: str, body: bytes) -> bytes:
    """A VEVENT: the lines that carry our state first, in a fixed order, then what it says.

    Args:
        uid: `bn-` and 32 hex digits.
        stamp: `20261120T160000Z`, for DTSTAMP and LAST-MODIFIED.
        sequence: 0 to 2**31 - 1.
        digest: `CONTENT-SIGNIFICANT`, 16 hex digits each.
        body: the other content lines, each ending with CRLF.
    """
    head = (
        f"UID:{uid}\r\nDTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\n"
        f"SEQUENCE:{sequence}\r\nX-BN-DIGEST:{digest}\r\n"
    ).encode()
    own_sum = _sum(head, body)
    return b"BEGIN:VEVENT\r\n%sX-BN-SUM:%s\r\n%sEND:VEVENT\r\n" % (head, own_sum, body)


def read_blocks(data: bytes) -> dict[str, Known]:
    """The items of a calendar file we wrote, by UID; whatever else it holds is passed over.

    Args:
        data: a whole file, possibly foreign, damaged or none at all.

    Returns:
        What is known by UID. Of two blocks with one UID (a merge kept both) the one with the
        higher SEQUENCE counts, since some phone may have seen it.
    """
    known: dict[str, Known] = {}
    intact = 0
    for chunk in data.split(_BEGIN)[1:]:
        inside, end, _ = chunk.partition(_END)
        head = _HEAD.match(inside)
        if not head or not end:
            continue
        body = inside[head.end() :] + b"\r\n"
        uid, stamp, sequence, content, significant, own_sum = head.groups()
        if _sum(inside[: head.end() - _SUM_LINE], body) != own_sum:
            continue
        intact += 1
        block = b"BEGIN:VEVENT\r\n" + inside + b"\r\nEND:VEVENT\r\n"
        _keep(
            known,
            uid,
            Known(content.decode(), significant.decode(), int(sequence), stamp.decode(), block),
        )
    if not intact or intact != data.count(b"BEGIN:VEVENT"):
        _salvage(data, known)
    return known


_SUM_LINE = len("X-BN-SUM:0123456789abcdef\r\n")


def _sum(head: bytes, body: bytes) -> bytes:
    return hashlib.sha256(head + body).hexdigest()[:16].encode()


def _keep(known: dict[str, Known], uid: bytes, found: Known) -> None:
    name = uid.decode()
    if name not in known or known[name].sequence < found.sequence:
        known[name] = found


def _salvage(data: bytes, known: dict[str, Known]) -> None:
    """Add what can still be believed of blocks that were reordered, refolded or cut."""
    text = _FOLD.sub(b"", data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))
    for chunk in _BEGIN_ANYHOW.split(text)[1:]:
        nested = _NESTED_OR_END.search(chunk)
        own = chunk[: nested.start()] if nested else chunk
        lines = {name.upper(): value for name, value in reversed(_KEPT.findall(own))}
        digest = re.fullmatch(rb"([0-9a-f]{16})-([0-9a-f]{16})", lines.get(b"X-BN-DIGEST", b""))
        uid = lines.get(b"UID", b"")
        if not digest or not re.fullmatch(rb"bn-[0-9a-f]{32}", uid):
            continue
        content, significant = digest[1].decode(), digest[2].decode()
        sequence = _sequence(lines.get(b"SEQUENCE", b""))
        _keep(
            known,
            uid,
            Known(content, significant, sequence, _stamp(lines.get(b"DTSTAMP", b"")), None),
        )


def _sequence(value: bytes) -> int:
    return min(int(value), HIGHEST_SEQUENCE) if re.fullmatch(rb"[0-9]{1,10}", value) else 0


def _stamp(value: bytes) -> str:
    if not re.fullmatch(rb"[0-9]{8}T[0-9]{6}Z", value):
        return ""
    try:
        datetime.strptime(value.decode(), "%Y%m%dT%H%M%SZ")  # noqa: DTZ007
    except ValueError:
        return ""
    return value.decode()
