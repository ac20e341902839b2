"""What a full-text search finds in a note: how well it fits, and the line to show.

Everything is compared in its folded form (`model.folding`), so width and case do not matter; a
Chinese word of two characters is as good as any. The better a place, the higher a note
stands: its name, then its other names and how it sounds, its fields, its log, the rest.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import NAMES_MARK, fold_text
from brokernotes.model.pinyin import is_typed_sound, sounds_like

_PART = lazy_pattern(r"""(-?)(?:"([^"]*)"?|“([^”]*)”?|(\S+))""")
_ENTRY = lazy_pattern(r"\s{0,3}[-*+] (?:\[.\] )?(\d{4}-\d\d-\d\d)")
_ENTRY_BYTES = lazy_pattern(rb"\s{0,3}[-*+] (?:\[[^\]\n]{1,4}\] )?([0-9]{4}-[0-9]{2}-[0-9]{2})")
_NAMES_MARK = NAMES_MARK.encode()
_LINE_END = lazy_pattern(r"\r\n|\r|\n")
_KEY = lazy_pattern(r"([^\s:：#-][^:：]*)[:：]")
_LEAST_DIGITS = 7
_DIGITS = lazy_pattern(r"\+?[\d\- ]+")
# What is one phone and not several numbers, although there are spaces in it.
_DIALLED = lazy_pattern(
    r"\+\d[\d\- ]*|1\d{2}[\- ]?\d{4}[\- ]?\d{4}|0\d{2,3}[\- ]\d{3,4}[\- ]?\d{4}"
)

EXACT, PHONE, BEGINS, NAMED, CALLED, SOUNDS, FIELD, LOG, BODY = 100, 95, 90, 80, 70, 60, 50, 40, 30
_NAMES = {
    EXACT: "title", PHONE: "phone", BEGINS: "title", NAMED: "title", CALLED: "alias",
    SOUNDS: "sound",
}  # fmt: skip
_PLACES = {FIELD: "field", LOG: "log", BODY: "body"}


class Sought(NamedTuple):
    """What is looked for.

    Attributes:
        words: all of them must stand in the note, folded.
        without: none of them may.
    """

    words: tuple[str, ...]
    without: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A note that has every word, as the index knows it: folded, UTF-8.

    Attributes:
        head: title, id and other names, the latter parted by `NAMES_MARK`, in a line each; then
            its values.
        body: what stands below them.
        phones: digits of the phones that identify its person, where a phone is looked for.
    """

    head: bytes
    body: bytes
    phones: frozenset[str] = frozenset()


class Rank(NamedTuple):
    """How well a note fits; the larger, the better.

    Attributes:
        score: of the word that fits worst, one of the module's constants.
        best: of the word that fits best.
        day: of the newest log entry with one of the words, as ISO text; "" without one.
    """

    score: int
    best: int
    day: str


class Excerpt(NamedTuple):
    """One line of a note's file with a word in it.

    Attributes:
        line: its number, from 1.
        column: of the first word in it, in code points from 1.
        text: the line as it stands.
        day: of the log entry that it is, as ISO text; "" for any other line.
        key: as typed, of the value it belongs to; "" outside the front matter.
    """

    line: int
    column: int
    text: str
    day: str
    key: str


def parse_sought(typed: Iterable[str]) -> Sought:
    """Words as typed: `"a phrase"` and one phone stay whole, `-word` is left out.

    Args:
        typed: the arguments.
    """
    text = " ".join(typed).replace("\u3000", " ").strip()
    number = digits_of(fold_text(text))
    if number and _DIALLED.fullmatch(text):
        return Sought((number,))
    words: list[str] = []
    without: list[str] = []
    for minus, *forms in _PART.findall(text):
        word = fold_text(next((form for form in forms if form), "")).strip()
        if word:
            (without if minus else words).append(word)
    return Sought(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(without)))


@functools.cache
def digits_of(word: str) -> str | None:
    """The digits of a word that may be a phone, without separators and +86; None: it is none."""
    if not _DIGITS.fullmatch(word):
        return None
    digits = re.sub(r"[^\d]", "", word.removeprefix("+86"))
    return digits if len(digits) >= _LEAST_DIGITS else None


def rank(candidate: Candidate, words: Sequence[str]) -> Rank:
    """How well a note fits all of the words.

    Args:
        candidate: the note; it has every word, or sounds so.
        words: folded.
    """
    # As it is stored, since most of what is ranked is not shown.
    least, most, newest = EXACT, BODY, ""
    for word in map(_typed, words):
        day = _newest(candidate.body, word.form)
        score = _score(candidate, word) or (LOG if day else BODY)
        least, most, newest = min(least, score), max(most, score), max(newest, day)
    return Rank(least, most, newest)


class _Typed(NamedTuple):
    """A word in the forms in which it is looked for."""

    text: str
    form: bytes
    digits: str | None
    is_sound: bool


@functools.cache
def _typed(word: str) -> _Typed:
    form = word.encode("utf-8", "replace")
    return _Typed(word, form, digits_of(word), is_typed_sound(word))


def _score(candidate: Candidate, word: _Typed) -> int | None:
    """How well names and fields, which are the head, fit; None: the word stands in the body."""
    at = candidate.head.find(word.form)
    is_dialled = word.digits in candidate.phones
    if at < 0 and not word.is_sound:
        return PHONE if is_dialled else None
    title, id_, aliases, *_ = candidate.head.split(b"\n", 3)
    if at >= 0 and word.form in (title, id_):
        return EXACT
    if is_dialled:
        return PHONE
    if at == 0:
        return BEGINS
    if 0 < at < len(title):
        return NAMED
    if at >= 0 and _is_alias(word.form, aliases):
        return CALLED
    if word.is_sound and sounds_like(title.decode(), word.text, anywhere=True):
        return SOUNDS
    return FIELD if at >= 0 else None


def _is_alias(word: bytes, aliases: bytes) -> bool:
    return word in aliases and any(word in alias for alias in aliases.split(_NAMES_MARK))


def _newest(body: bytes, word: bytes) -> str:
    """The day of the newest log entry with a word in its first line; "": there is none."""
    starts = []
    at = body.find(word)
    while at >= 0:
        starts.append(body.rfind(b"\n", 0, at) + 1)
        end = body.find(b"\n", at)
        if end < 0:
            break
        at = body.find(word, end)
    newest = b""
    for start in reversed(starts):  # the newest is mostly the last one
        if body[start : start + 2] == b"- " and body[start + 2 : start + 12] <= newest:
            continue
        entry = _ENTRY_BYTES.match(body, start)
        if entry and entry[1] > newest:
            newest = entry[1]
    return newest.decode()


def excerpts(text: str, words: Sequence[str], best: int = LOG) -> list[Excerpt]:
    """The lines of a file with one of the words, the most telling first.

    A line with more of the words goes before one with fewer, a log entry before another
    line, a newer entry before an older one; the note's title, which is shown anyway, is last.
    Where fields are what counts (`FIELD`), they go before the log. A phrase that a line's end
    parts is shown by the line that it begins on.

    Args:
        text: the whole file.
        words: folded.
        best: the score of the note, which its first line shall bear out.
    """
    lines = _LINE_END.split(text)
    folded = _LINE_END.split(fold_text(text))  # no character folds to the end of a line
    keys = _keys(lines)
    found = []
    for number in _lines_with(folded, words):
        line, plain = lines[number], folded[number]
        key, begin = keys[number] if number < len(keys) else ("", 0)
        places = [place for place in _spans(line, plain, words) if place[0] >= begin]
        if not places:  # the name of a key is nothing that the note says
            continue
        entry = _ENTRY.match(line)
        first = min(start for start, _, _ in places)
        excerpt = Excerpt(number + 1, first + 1, line, entry[1] if entry and not key else "", key)
        found.append((len({word for _, _, word in places}), excerpt))
    found += ((1, one) for one in _parted(lines, folded, words))

    def place(one: tuple[int, Excerpt]) -> tuple[int, bool, bool, str]:
        count, line = one
        is_title = line.key == "title"
        return count, not is_title, best == FIELD and bool(line.key), line.day

    found.sort(key=place, reverse=True)
    return [excerpt for _, excerpt in found]


def _lines_with(folded: Sequence[str], words: Sequence[str]) -> list[int]:
    """The places of the lines with one of the words."""
    found = {place for word in words for place, line in enumerate(folded) if word in line}
    return sorted(found)


def _parted(lines: Sequence[str], folded: Sequence[str], words: Sequence[str]) -> Iterator[Excerpt]:
    """The lines on which phrases begin that go on in the next one."""
    for word in words:
        if " " not in word:
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, word.split())))
        for found in pattern.finditer("\n".join(folded)):
            if "\n" in found[0]:
                before = found.string[: found.start()]
                at = before.count("\n")
                column = found.start() - (before.rfind("\n") + 1)
                column = _source_places(lines[at], folded[at])[column]
                entry = _ENTRY.match(lines[at])
                yield Excerpt(at + 1, column + 1, lines[at], entry[1] if entry else "", "")


def _keys(lines: Sequence[str]) -> list[tuple[str, int]]:
    """For each line of the front matter the key it belongs to, and where its value begins."""
    if lines[0].lstrip("\ufeff").rstrip() != "---":
        return []
    keys, key = [("", 0)], ""
    for line in lines[1:]:
        if line[:3] == "---" and line.rstrip() == "---":
            return keys
        begun = _KEY.match(line)
        if begun:
            key = begun[1].rstrip()
        keys.append((key, begun.end() if begun else 0))
    return []  # never closed, so there is none


def place_of(score: int, shown: Excerpt | None) -> str:
    """Where the words stand, in one word: the name that was meant, else the line that is shown.

    Args:
        score: of the note.
        shown: its first line; None: it has none.
    """
    if score in _NAMES or shown is None:
        return _NAMES.get(score) or _PLACES[score]
    if shown.key:
        return "title" if shown.key == "title" else "field"
    return "log" if shown.day else "body"


def spans(line: str, words: Sequence[str]) -> list[tuple[int, int, str]]:
    """Where words stand in a text: start, end and the word, in code points of the text."""
    folded = fold_text(line)
    if not any(word in folded for word in words):
        return []
    return list(_spans(line, folded, words))


def _spans(line: str, folded: str, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    source = _source_places(line, folded)
    for word in words:
        at = folded.find(word)
        while at >= 0:
            yield source[at], source[at + len(word) - 1] + 1, word
            at = folded.find(word, at + len(word))


def _source_places(line: str, folded: str) -> Sequence[int]:
    """For each character of the folded text the one of the line it comes from."""
    if len(folded) == len(line):
        return range(len(line))
    places = [at for at, character in enumerate(line) for _ in fold_text(character)]
    # Where characters melt into one, what follows them is shown a little too far right.
    return places + [len(line) - 1] * (len(folded) - len(places))
