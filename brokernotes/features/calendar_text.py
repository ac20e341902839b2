"""Text as a calendar file may hold it: cleaned, escaped, folded.

Kept apart from the events, because a file in which nothing changed is written
without loading icalendar.
"""

from __future__ import annotations

import re

FOLD_OCTETS = 75  # RFC 5545 3.1, without the line break

# Controls except tab and line feed, lone surrogates, and the marks that turn the direction of
# writing: with those a title can be made to read as another one.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# Readers that split with Unicode's idea of a line would break a property at these.
_LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Text without what a calendar file must not hold; every kind of line break becomes LF."""
    return _LINE_BREAK.sub("\n", _UNWANTED.sub("", text))


def one_line(text: str) -> str:
    """Clean text on a single line, for places that show only one."""
    return " ".join(clean_text(text).split("\n"))


def escape_text(text: str) -> str:
    r"""A TEXT value (RFC 5545 3.3.11).

    icalendar's own escaping writes a backslash before N as a line break, so `D:\Notes`
    would lose two characters; this one does not.
    """
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\r", "\\n").replace("\n", "\\n")


def render_line(line: str) -> bytes:
    """A content line as bytes: folded between characters, never inside one, ending with CRLF.

    Args:
        line: name, parameters and value, already escaped.
    """
    data = line.encode()
    if len(data) <= FOLD_OCTETS:
        return data + b"\r\n"
    pieces = []
    start, room = 0, FOLD_OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        pieces.append(data[start:end])
        start, room = end, FOLD_OCTETS - 1  # a continuation begins with a space
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
