"""Names and ids: what a note's file may be called, and what identifies it.

A file name is what people say (`阳光花园 3室2厅`), made safe on every system a
vault is copied to; identity is a random id, because two offline colleagues must
never mint the same one. Nothing here touches the disk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from brokernotes.model.folding import fold

if TYPE_CHECKING:
    from brokernotes.errors import Problem

MAX_CHARACTERS = 80
MAX_BYTES = 180  # 60 Chinese characters: leaves sync programs room for their suffixes below 255

# Crockford's base32 has no I, L, O and U: nothing to mistake when read out on the phone.
ID_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_CHARACTERS = frozenset(ID_ALPHABET)
ID_LENGTH = 6
NOTE_LETTERS = "CLDMA"  # client, listing, deal, community (小区), agent
_ENTRY_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_ENTRY_TIME_LENGTH = 5
_ENTRY_RANDOM_LENGTH = 4
_ASCII_WORD = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-")

_WIDEST = 4  # bytes of a character in UTF-8

_SEPARATING = "/\\|:"  # stand between two words: 3室/2厅
_FORBIDDEN = frozenset('<>:"/\\|?*#^[]')  # Windows, then what breaks wikilinks
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # controls, bidi marks, lone surrogates
_PORTS = (port + digit for port in ("com", "lpt") for digit in "0123456789¹²³")
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))


class Randomness(Protocol):
    """Where random bits come from: `random.Random`, seeded in tests, else `SystemRandom`."""

    def getrandbits(self, k: int, /) -> int:
        """A random whole number below 2**k."""


class NameFault(StrEnum):
    """Why a name is not safe everywhere."""

    EMPTY = "empty"
    FORBIDDEN_CHARACTER = "forbidden-character"
    INVISIBLE_CHARACTER = "invisible-character"
    LEADING_DOT = "leading-dot"
    OUTER_SPACE = "outer-space"
    TRAILING_DOT = "trailing-dot"
    DEVICE_NAME = "device-name"
    NOT_NFC = "not-nfc"
    TOO_LONG = "too-long"


def name_problems(name: str) -> tuple[NameFault, ...]:
    """What makes a file name unsafe on some system; empty when nothing does.

    Args:
        name: one part of a path, without `.md`.
    """
    if not name:
        return (NameFault.EMPTY,)
    if _is_plainly_safe(name):
        return ()
    found = {
        NameFault.FORBIDDEN_CHARACTER: not _FORBIDDEN.isdisjoint(name),
        NameFault.INVISIBLE_CHARACTER: not name.isprintable()
        and any(unicodedata.category(character) in _INVISIBLE for character in name),
        NameFault.LEADING_DOT: name[0] == ".",
        NameFault.OUTER_SPACE: name[0].isspace() or name[-1].isspace(),
        NameFault.TRAILING_DOT: name[-1] == ".",
        NameFault.DEVICE_NAME: _is_device(name),
        NameFault.NOT_NFC: not unicodedata.is_normalized("NFC", name),
        NameFault.TOO_LONG: not _fits(name, MAX_CHARACTERS, MAX_BYTES),
    }
    return tuple(fault for fault, is_so in found.items() if is_so)


def safe_name(title: str, suffix: str = "") -> str:
    """A file name, without `.md`, that says `title` and is safe on every system.

    Args:
        title: what people call it.
        suffix: safe text that must follow uncut, such as `-7K2PQM`.

    Returns:
        At most 80 characters and 180 UTF-8 bytes, suffix and `.md` included.
        Empty when the title leaves nothing to say (`???`), then without the suffix too.
    """
    tail = suffix + ".md"
    text = unicodedata.normalize("NFC", "".join(map(_safe_character, title)))
    for mark in "-·":
        while mark * 2 in text:
            text = text.replace(mark * 2, mark)
    text = " ".join(text.split()).strip(" .·-")
    text = _cut(text, MAX_CHARACTERS - len(tail), MAX_BYTES - len(tail.encode())).rstrip(" .·-")
    if not text:
        return ""
    if _is_device(text + suffix):
        first, dot, rest = text.partition(".")
        text = f"{first.rstrip()}·{dot}{rest}"
    return text + suffix


def path_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """`unsafe-name` and `name-collision`, for the notes of a vault.

    Args:
        paths: of notes, relative to the vault, with `/`.
    """
    from brokernotes.errors import Position
    from brokernotes.model.problems import problem

    by_key: dict[str, list[str]] = {}
    for path in paths:
        name = path.rpartition("/")[2][:-3]
        by_key.setdefault(fold(name), []).append(path)
        if faults := name_problems(name):
            yield problem(
                "unsafe-name",
                Position(path, 1, 1),
                name=name,
                faults=[fault.value for fault in faults],
                safe=safe_name(name) or "note",
            )
    for same in by_key.values():
        if len(same) > 1:
            same.sort()
            for path in same:
                other = same[0] if path != same[0] else same[1]
                yield problem("name-collision", Position(path, 1, 1), other=other)


def mint_id(letter: str, random: Randomness, taken: Container[str] = ()) -> str:
    """A new note id such as `L-7K2PQM`.

    Args:
        letter: of the note's type, one of `CLDMA`.
        random: where the bits come from.
        taken: ids that are there already.
    """

    def mint() -> str:
        return f"{letter}-{_base32(random.getrandbits(5 * ID_LENGTH), ID_LENGTH)}"

    # Only digits would look like a date or a room at the end of a file name (`…-202608`).
    return _first(mint, lambda minted: not minted[2:].isdigit() and minted not in taken)


def mint_entry_id(moment: datetime, random: Randomness, taken: Container[str] = ()) -> str:
    """A new log entry id such as `3afq6m4x9`: its minute, then four random characters.

    Args:
        moment: when it is minted, with its zone. A clock outside 2020 to 2083
            (a dead battery) counts as the nearer end: the id must only be unique.
        random: where the bits come from.
        taken: ids of the note's entries.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without its zone")
    minutes = (moment - _ENTRY_EPOCH) // timedelta(minutes=1)
    minutes = max(0, min(minutes, 32**_ENTRY_TIME_LENGTH - 1))
    start = _base32(minutes, _ENTRY_TIME_LENGTH).lower()

    def mint() -> str:
        bits = random.getrandbits(5 * _ENTRY_RANDOM_LENGTH)
        return start + _base32(bits, _ENTRY_RANDOM_LENGTH).lower()

    return _first(mint, lambda minted: minted not in taken)


def is_note_id(text: str) -> bool:
    """Whether a text is a note id as minted: `L-7K2PQM`."""
    return (
        len(text) == 2 + ID_LENGTH
        and text[0] in NOTE_LETTERS
        and text[1] == "-"
        and (_is_base32(text[2:]))
    )


def is_entry_id(text: str) -> bool:
    """Whether a text may identify a log entry: ASCII letters, digits and `-`.

    Wider than what `mint_entry_id` makes: block ids of other programs stay.
    """
    return bool(text) and _ASCII_WORD.issuperset(text)


def is_minted_entry_id(text: str) -> bool:
    """Whether a text has exactly the form `mint_entry_id` makes."""
    length = _ENTRY_TIME_LENGTH + _ENTRY_RANDOM_LENGTH
    return len(text) == length and text == text.lower() and _is_base32(text.upper())


def trailing_id(filename: str) -> str | None:
    """The id's six characters at the end of a file name, `7K2PQM`; None when there are none.

    A hand-made name may end in six such characters by chance: ask whether the id exists.

    Args:
        filename: with or without folders and `.md`.
    """
    name = filename.removesuffix(".md")
    tail = name[-ID_LENGTH:]
    return tail if name[-ID_LENGTH - 1 : -ID_LENGTH] == "-" and _is_base32(tail) else None


def _safe_character(character: str) -> str:
    if character in _FORBIDDEN:
        return "-" if character in _SEPARATING else "·"
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _INVISIBLE else character


def _is_plainly_safe(name: str) -> bool:
    """Whether nothing is wrong with a name, for the many; False: it takes a closer look."""
    return (
        len(name) <= MAX_BYTES // _WIDEST
        and name.isprintable()  # no controls, and of all spaces only the plain one
        and _FORBIDDEN.isdisjoint(name)
        and name[0] not in " ."
        and name[-1] not in " ."
        and not _is_device(name)
        and unicodedata.is_normalized("NFC", name)
    )


def _fits(text: str, characters: int, size: int) -> bool:
    return len(text) <= characters and len(text.encode("utf-8", "surrogatepass")) <= size


def _cut(text: str, characters: int, size: int) -> str:
    if _fits(text, characters, size):
        return text
    kept = text.encode()[:size].decode(errors="ignore")[:characters]
    # Not between a letter and its accents, or an emoji and its variation.
    while kept and unicodedata.category(text[len(kept)])[0] == "M":
        kept = kept[:-1]
    return kept


def _is_device(name: str) -> bool:
    return name.partition(".")[0].rstrip().lower() in _DEVICES


def _base32(number: int, length: int) -> str:
    return "".join(ID_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _is_base32(text: str) -> bool:
    return bool(text) and _ID_CHARACTERS.issuperset(text)


def _first(mint: Callable[[], str], is_good: Callable[[str], bool]) -> str:
    while not is_good(minted := mint()):
        pass
    return minted
