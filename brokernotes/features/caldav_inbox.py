"""What a phone said that belongs to no note for certain: a line of the inbox."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from brokernotes.features.caldav_merging import plain_description, remark_of
from brokernotes.features.caldav_news import phone_id
from brokernotes.features.caldav_reading import PhoneItem, written_when
from brokernotes.features.caldav_wanted import MARKERS
from brokernotes.features.calendar_text import clean_text
from brokernotes.features.inbox_lines import ARCHIVE
from brokernotes.light_dataclasses import NamedTuple

_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*$")
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} (?:[0-9]{2}:[0-9]{2} )?")
_SPACES = re.compile(r"\s+")


class InboxLine(NamedTuple):
    """A line for the inbox.

    Attributes:
        text: of it, without bullet.
        children: lines under it, without theirs.
        tag: by which it is known again; stands under it, last.
        place: where, one of the children; "": it does not say.
    """

    text: str
    children: tuple[str, ...]
    tag: str
    place: str = ""


def line_of(item: PhoneItem) -> InboxLine:
    """An item that a phone made, as one would have dictated it: when, then its title.

    Args:
        item: as it stands on the server.
    """
    when = written_when(item.when).replace("T", " ")
    shown = written_when(item.done_at).replace("T", " ") if item.is_done else ""
    said = plain_description(item.description)
    if any(marker in said for marker in MARKERS.values()):  # a copy of one of ours
        said = "\n".join(remark_of(said, None))
    children = [_plain(one) for one in said.split("\n")]
    place = _plain(item.object.text("LOCATION"))
    children += [place] if place else []
    words = tuple(one for one in children if one)
    title = _plain(item.summary)
    done = "done" if item.is_done else ""
    return InboxLine(
        f"{shown or when} {title}".strip(),
        words,
        phone_id(item.uid, "new", when, title, done, *words),
        place,
    )


def is_still_to_do(item: PhoneItem, now: datetime) -> bool:
    """Whether a phone made it to be done and nobody ticked it, though no day to come says so.

    Args:
        item: as it stands on the server.
        now: in the vault's zone, without offset.
    """
    if item.is_done:
        return False
    when = item.when
    if isinstance(when, datetime):
        return when <= now
    return when is None or when <= now.date()


def to_do(line: InboxLine, word: str) -> InboxLine:
    """A line whose thing is still to be done, so that it does not read as if it had happened.

    Args:
        line: of the item.
        word: that says so.
    """
    found = _DATED.match(line.text)
    at = found.end() if found else 0
    return line._replace(text=f"{line.text[:at]}{word}{line.text[at:]}")


def with_lines(text: str, lines: Sequence[InboxLine], source: str) -> str:
    """An inbox with more lines, before what is filed already.

    Args:
        text: of the file.
        lines: to be added; those whose tag stands there already are left out.
        source: what is said of where they are from.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    new = "".join(
        "".join(
            f"{one}{newline}"
            for one in (
                f"- {line.text}",
                *(f"  - {child}" for child in line.children),
                f"  - {source} {line.tag}",
            )
        )
        for line in lines
        if line.tag not in text
    )
    if not new:
        return text
    own = text.splitlines(keepends=True)
    at = next((i for i, line in enumerate(own) if _is_archive(line)), len(own))
    before, after = "".join(own[:at]), "".join(own[at:])
    if before and not before.endswith(("\n", "\r")):
        before += newline
    kept = before.rstrip("\r\n")
    gap = before[len(kept) :] if after else ""
    if after and kept:
        return f"{kept}{newline}{new}{gap.removeprefix(newline) or newline}{after}"
    return f"{before}{new}{newline if after else ''}{after}"


def _is_archive(line: str) -> bool:
    found = _HEADING.match(line.strip())
    return found is not None and found[1].strip() in ARCHIVE.values()


def _plain(text: str) -> str:
    return _SPACES.sub(" ", clean_text(text)).strip()
