"""The sections of a listing's note that tell of its owner.

Colleagues do not read them in a private listing; and when the home changes hands they stay in the
note, under a heading that says whose they were: nothing a person wrote is deleted (ours).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.masking import find_blocks

LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_HEADING = re.compile(r"( {0,3}#{1,6}[ \t]+)(.*?)([ \t#]*)(\r\n|\r|\n|\Z)")
_OF_OWNER = re.compile(r"业主|owner", re.IGNORECASE)
_FORMER = re.compile(r"前业主|former owner", re.IGNORECASE)


def is_about_owner(title: str) -> bool:
    """Whether a section of this heading tells of the owner, of today or of before."""
    return _OF_OWNER.search(title) is not None


def retire_owner_sections(text: str, heading: str) -> str:
    """A note whose sections about the owner say that they are about a former one.

    Args:
        text: the whole note.
        heading: `{title}` stands for what the section was called.

    Returns:
        The text; the same where no section says anything of the owner.
    """
    begin = read_block(text).body_offset
    body = text[begin:]
    lines: list[str] = LINES.findall(body)
    bare = [line.rstrip("\r\n") for line in lines]
    hidden = find_blocks(body, bare).hidden
    for at, line in enumerate(lines):
        found = _HEADING.fullmatch(line) if at not in hidden else None
        if found is None or not is_about_owner(found[2]) or _FORMER.search(found[2]):
            continue
        if _says_something(bare[at + 1 :]):
            title = heading.replace("{title}", found[2])
            lines[at] = f"{found[1]}{title}{found[3]}{found[4]}"
    return text[:begin] + "".join(lines)


def _says_something(lines: Sequence[str]) -> bool:
    """Whether anything stands before the next heading."""
    for line in lines:
        if _HEADING.fullmatch(line):
            return False
        if line.strip():
            return True
    return False
