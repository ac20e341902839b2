"""The inbox as a file: its lines, the questions under them, and what was filed.

One line is one event. Lines indented under it belong to it. A question the tool asked stands
under its line as `  - [?] 2026-11-21 which listing: 1 … · 2 … →`, with the day the line was said;
whatever is typed behind the arrow, or on a line of its own that begins with one, is the answer,
and a ticked box is a yes. What was filed moves, struck, under a heading at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from brokernotes.errors import FieldError
from brokernotes.features.capturing_lore import plain
from brokernotes.features.capturing_times import match_moment, past_of
from brokernotes.light_dataclasses import dataclass
from brokernotes.model.dates import match_date

ARCHIVE = {"zh": "已归档", "en": "Filed"}
FILE_NAMES = {"zh": "收件箱.md", "en": "inbox.md"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t#]*$")
_BULLET = re.compile(r"(?:[-*+•・]|[0-9]{1,3}[.)、])[ \t\u3000]*(?:\[(?P<mark>.)\][ \t]+)?")
_QUESTION = re.compile(
    r"[ \t]+[-*+] \[(?P<mark>.)\] (?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}) "
    r"(?P<asked>[^→\r\n]*)→(?P<answer>[^\r\n]*)"
)
_ANSWER = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:→|->|=>)[ \t]*(?P<answer>[^\r\n]*\S)[ \t]*")
_CHILD = re.compile(r"(?:[ ]{2,}|\t)[^ \t\r\n]")
_NO_EVENT = re.compile(r"[>|<`~%]|!\[|(?:[-*_][ \t]*){3,}$|\[\^|:::")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_LINE_ENDS = ("\r\n", "\n", "\r")
_STRUCK = re.compile(r"~~.*~~(?:[ \t].*)?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One event of the inbox.

    Attributes:
        number: of its first line, 1-based.
        raw: its lines as they stand, those under it included, without question and answer.
        text: of the first, without bullet.
        children: texts of the lines under it.
        day: it was said; None: nothing says.
        question: the line of the question, as it stands; "": there is none.
        answer: what a person answered to it.
        ticked: whether its box was ticked.
        start: offset of the first line in the text; end: of what follows it all.
    """

    number: int
    raw: str
    text: str
    children: tuple[str, ...]
    day: date | None
    question: str
    answer: str
    ticked: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a line.

    Attributes:
        raw: the line, as `Line.raw`.
        filed: what stands in the archive for it, without line ends; None: it stays.
        question: the line to stand under it, without line end; "": none.
    """

    raw: str
    filed: str | None = None
    question: str = ""


def read_inbox(text: str, today: date) -> list[Line]:
    """Every event of an inbox that is not filed yet.

    Args:
        text: of the file.
        today: headings and lines without a year count from it.
    """
    return _Reader(text, today).lines()


def rewrite(text: str, outcomes: Iterable[Outcome], today: date, language: str) -> str:
    """The inbox after a run; lines without an outcome stay byte for byte.

    Made again on another version of the file, it takes away what stands there, and archives all.

    Args:
        text: of the file.
        outcomes: in the order of the lines.
        today: as for `read_inbox`.
        language: `zh` or `en`, of a new heading.
    """
    newline = _newline(text)
    waiting = list(outcomes)
    pieces: list[str] = []
    at = 0
    for line in read_inbox(text, today):
        index = next((i for i, one in enumerate(waiting) if _same(one.raw, line.raw)), None)
        if index is None:
            continue
        outcome = waiting[index]
        if outcome.filed is None:
            waiting.pop(index)
        else:
            waiting[index] = Outcome("\0", outcome.filed)
        pieces.append(text[at : line.start])
        at = line.end
        if outcome.filed is None:
            pieces.append(line.raw)
            if outcome.question:
                # As the line above ends, whatever the others do: the next run finds the same.
                own = next((end for end in _LINE_ENDS if line.raw.endswith(end)), "")
                pieces.append(f"{'' if own else newline}{outcome.question}{own or newline}")
    rest = "".join((*pieces, text[at:]))
    filed = [one.filed for one in waiting if one.filed is not None]
    return _archived(rest, filed, newline, language) if filed else rest


def archived_line(line: Line, answer: str, links: Sequence[str]) -> str:
    """How a filed line stands in the archive, with the lines under it.

    Args:
        line: that was filed.
        answer: that settled it; "": none was needed.
        links: to what was made of it; none: it needed no filing.
    """
    text = line.text.strip()
    struck = text if "~~" in text else f"~~{text}~~"
    settled = f" ({answer})" if answer and text.isascii() else f"（{answer}）" if answer else ""
    led = f" → {'、'.join(links)}" if links else ""
    first = f"- {struck}{settled}{led}"
    return "\n".join((first, *(f"  - {child}" for child in line.children)))


class _Reader:
    """Reads an inbox once."""

    def __init__(self, text: str, today: date) -> None:
        self._spans = [found.span() for found in _LINE.finditer(text) if found[0]]
        self._text = text
        self._today = today
        self._day: date | None = None
        self._archive = 0  # level of the archive's heading while in it
        self._until = ""  # what ends a block that is no event

    def lines(self) -> list[Line]:
        """Every event."""
        found: list[Line] = []
        index = self._after_front_matter()
        while index < len(self._spans):
            line = self._line(index)
            if self._is_event(line):
                event, index = self._event(index)
                if event is not None:
                    found.append(event)
            else:
                index += 1
        return found

    def _line(self, index: int) -> str:
        start, end = self._spans[index]
        return self._text[start:end].rstrip("\r\n")

    def _after_front_matter(self) -> int:
        if not self._spans or self._line(0).lstrip("\ufeff").rstrip() != "---":
            return 0
        for index in range(1, len(self._spans)):
            if self._line(index).rstrip() == "---":
                return index + 1
        return 0

    def _is_event(self, line: str) -> bool:
        """Whether an event begins with a line; headings and blocks are noted on the way."""
        bare = line.lstrip("\ufeff \t\u3000")
        if self._until:
            if self._until in line:
                self._until = ""
            return False
        fence = _FENCE.match(line)
        if fence:
            self._until = fence[1]
            return False
        for opening, closing in (("%%", "%%"), ("<!--", "-->"), ("$$", "$$")):
            if bare.startswith(opening):
                if closing not in bare[len(opening) :]:
                    self._until = closing
                return False
        heading = _HEADING.match(bare) if line.startswith("#") else None
        if heading:
            self._read_heading(len(heading[1]), heading[2])
            return False
        if not bare.strip() or _NO_EVENT.match(bare):
            return False
        return not _QUESTION.match(line) and not _ANSWER.fullmatch(line)

    def _read_heading(self, level: int, title: str) -> None:
        if title.strip() in ARCHIVE.values():
            self._archive = level
            return
        if self._archive and level <= self._archive:
            self._archive = 0
        self._day = self._day_of(title)

    def _day_of(self, text: str) -> date | None:
        """The day that is all a text says, but for a weekday."""
        bare = plain(text).strip()
        try:
            full = match_date(bare, 0)
        except FieldError:
            return None
        if full:
            return full[0] if not bare[full[1] :].strip("()（） 周星期日一二三四五六天") else None
        said = match_moment(bare, 0, self._today)
        if said is None or said.day is None or said.minutes is not None or said.part:
            return None
        if bare[said.end :].strip("()（） 周星期日一二三四五六天") or not said.is_loose:
            return None
        return past_of(said, self._today)

    def _event(self, index: int) -> tuple[Line | None, int]:
        first, text = index, self._line(index)
        bare = text.lstrip("\ufeff \t\u3000")
        bullet = _BULLET.match(bare)
        mark = bullet["mark"] if bullet else None
        words = (bare[bullet.end() :] if bullet else bare).strip()
        day = self._day_of(words)
        if day is not None:
            self._day = day
            return None, index + 1
        index += 1
        children: list[str] = []
        while index < len(self._spans) and _CHILD.match(self._line(index)):
            line = self._line(index)
            if _QUESTION.match(line) or _ANSWER.fullmatch(line) or _FENCE.match(line):
                break
            child = line.strip()
            own = _BULLET.match(child)
            children.append(child[own.end() :].strip() if own and not own["mark"] else child)
            index += 1
        raw_end = index
        question, answers, ticked, asked_day = "", [], False, None
        while index < len(self._spans):
            line = self._line(index)
            found = _QUESTION.fullmatch(line) if not question else None
            answer = _ANSWER.fullmatch(line)
            if found:
                question, ticked = line, found["mark"] in "xX"
                answers.append(found["answer"].strip())
                asked_day = _date(found["day"])
            elif answer:
                answers.append(answer["answer"].strip())
            else:
                break
            index += 1
        start, stop = self._spans[first][0], self._spans[raw_end - 1][1]
        start += self._text.startswith("\ufeff", start)  # it begins the file, not the line
        # Phones add a line at the end of the file, which is where the archive is.
        is_filed = "~~" in words if self._archive else _STRUCK.fullmatch(words)
        if mark in ("x", "X", "-") or is_filed or not words:
            return None, index
        event = Line(
            number=first + 1,
            raw=self._text[start:stop],
            text=words,
            children=tuple(children),
            day=asked_day or self._day,
            question=question,
            answer=" ".join(one for one in answers if one),
            ticked=ticked,
            start=start,
            end=self._spans[index - 1][1],
        )
        return event, index


def _archived(text: str, filed: list[str], newline: str, language: str) -> str:
    """The text with more lines at the end of its archive."""
    lines = "".join(f"{line}{newline}" for one in filed for line in one.split("\n"))
    spans = [found.span() for found in _LINE.finditer(text) if found[0]]
    level, stop = 0, None
    for start, end in spans:
        heading = _HEADING.match(text[start:end].rstrip("\r\n"))
        if not heading:
            continue
        if level and len(heading[1]) <= level:
            stop = start
            break
        if not level and heading[2].strip() in ARCHIVE.values():
            level = len(heading[1])
    if not level:
        gap = _gap(text, newline) if text.strip("\ufeff") else ""
        return f"{text}{gap}## {ARCHIVE[language]}{newline * 2}{lines}"
    section = text[:stop] if stop is not None else text
    after = text[stop:] if stop is not None else ""
    before = section.rstrip("\r\n")
    last = before.rpartition("\n")[2].rpartition("\r")[2]
    joint = newline * 2 if _HEADING.match(last) else newline
    return f"{before}{joint}{lines}{newline if after else ''}{after}"


def _gap(text: str, newline: str) -> str:
    """What makes a blank line behind a text."""
    if text.endswith(newline * 2):
        return ""
    return newline if text.endswith(("\n", "\r")) else newline * 2


def _same(one: str, other: str) -> bool:
    return one.rstrip("\r\n").splitlines() == other.rstrip("\r\n").splitlines()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _newline(text: str) -> str:
    at = text.find("\n")
    if at > 0 and text[at - 1] == "\r":
        return "\r\n"
    return "\r" if at < 0 and "\r" in text else "\n"
