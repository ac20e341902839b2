"""What no text of a proposal may tell of a home, wherever it was typed and however it is spelled.

The values of the confidential fields, of the listing and of its owner's own note, are looked for
as people type them: with wide digits, a number digit by digit in Chinese, a phone with blanks, a
surname with another title. Whoever speaks of a reserve price at all is stopped as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from brokernotes.features.blotting import door_patterns, secret_words, spoken_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.schema import Kind, Schema
from brokernotes.notes.note import Note

Values = Mapping[str, Any]

_MENTIONS = re.compile(
    r"底价|心理价|(?:reserve|bottom|rock[- ]bottom) price|price in mind", re.IGNORECASE
)
_TITLES = "先生|女士|太太|小姐|阿姨|叔叔|老师|师傅|老板|老太|老先生|爷叔|大哥|大姐"
_NAMED = re.compile(rf"([\u4e00-\u9fff])(?:[\u4e00-\u9fff]{{1,2}}|(?:{_TITLES}))$")
_SPOKEN_DIGITS = re.compile(r"[零〇一二三四五六七八九幺]{2,}")
_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_FEWEST = 7  # digits of a phone
_SHORT = 100  # below this a number may be anything, unless 万 stands behind it


class Secrets(NamedTuple):
    """Patterns of what is confidential of one home.

    Attributes:
        words: that must stand nowhere.
        doors: where it is: likewise, but what a client asks for (一楼) tells no door.
    """

    words: tuple[re.Pattern[str], ...] = ()
    doors: tuple[re.Pattern[str], ...] = ()

    def are_told(self, text: str, *, is_demand: bool = False) -> bool:
        """Whether a text tells one of them.

        Args:
            text: as somebody typed it.
            is_demand: whether it is what a client asks for.
        """
        patterns = self.words if is_demand else (*self.words, *self.doors)
        return any(one.search(said) for said in _spellings(text) for one in patterns)


def _spellings(text: str) -> list[str]:
    """A text with plain letters and digits, and with its Chinese digits as such."""
    plain = unicodedata.normalize("NFKC", text)
    spoken = _SPOKEN_DIGITS.sub(lambda found: found[0].translate(_DIGITS), plain)
    return [plain] if spoken == plain else [plain, spoken]


def secrets_of(
    note: Note, values: Values, owners: Sequence[Values], schema: Schema, *, is_private: bool
) -> Secrets:
    """What no text may tell of a listing; the floor of a public one it may.

    Args:
        note: of the listing.
        values: of it.
        owners: values of its owners' own notes.
        schema: of the vault.
        is_private: whether colleagues see only a part of it.
    """
    told = frozenset() if is_private else frozenset({"floor"})
    kept = {one.key for one in schema.fields("listing").values() if one.confidential} | {"key_no"}
    public = {str(values.get(key)) for key in ("price", "rent")}  # an owner may want what is asked
    words = {
        *secret_words(note, frozenset(kept - told), schema),
        *(word for owner in owners for word in _of_person(owner, schema)),
    } - public
    doors = door_patterns({key: one for key, one in values.items() if key not in told})
    found = [
        spoken_pattern(words), _MENTIONS, *_phones(words), *_titles(words),
        *_amounts(values, schema, public),
    ]  # fmt: skip
    return Secrets(tuple(one for one in found if one is not None), tuple(doors))


def _of_person(owner: Values, schema: Schema) -> Iterator[str]:
    """Names and numbers of whoever owns it, as their own note has them."""
    for field in schema.fields("client").values():
        value = owner.get(field.key)
        if not value or not (field.confidential or field.key == "salutation"):
            continue
        for one in value if isinstance(value, list) else [value]:
            if len(str(one)) > 1:
                yield str(one)


def _phones(words: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """A phone with something between its digits."""
    for word in words:
        digits = "".join(filter(str.isdigit, word))
        if len(digits) >= _FEWEST and not re.search(r"[^\d\s+()-]", word):
            yield re.compile(r"[\s.·-]*".join(digits))


def _titles(words: Iterable[str]) -> Iterator[re.Pattern[str]]:
    """A surname with any title: whoever is 周先生 in the note is 周太太 in a text."""
    for word in words:
        named = _NAMED.match(word)
        if named:
            yield re.compile(f"{named[1]}(?:{_TITLES})")


def _amounts(values: Values, schema: Schema, public: set[str]) -> Iterator[re.Pattern[str]]:
    """A small sum of the owner's, with its unit."""
    for field in schema.fields("listing").values():
        value = values.get(field.key)
        if not field.confidential or field.kind is not Kind.NUMBER or str(value) in public:
            continue
        if isinstance(value, int | float) and 0 < value < _SHORT:
            yield re.compile(rf"(?<![\d.]){re.escape(f'{value:g}')}\s*(?:万|[wW](?![a-z]))")
