"""The head of an entry as people type it: bullet, box, date, time and verb."""

from __future__ import annotations

import re
from datetime import date

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.dates import match_date, match_time, parse_date
from brokernotes.model.verbs import Verb
from brokernotes.notes.block import Finding
from brokernotes.notes.log_vocabulary import LogBook
from brokernotes.notes.masking import SPACES

_SP = f"[{SPACES}]"
BULLET = lazy_pattern(
    rf"(?P<indent>{_SP}*+)"
    rf"(?P<bullet>[-*+](?={_SP})|-(?=[0-9０-９\[【［])|[0-9]{{1,9}}[.)](?={_SP}|\[)|[0-9]{{1,9}}、|[•－])"
    rf"(?P<gap>{_SP}*+)"
)
_PLAIN_BULLET = lazy_pattern(r"[-*+]|[0-9]+[.)]")
BOX = lazy_pattern(rf"[\[【［]{_SP}*+([^\[\]【】［］{SPACES}]?){_SP}*+[\]】］](?![(:：])")
_EMPHASIS = lazy_pattern(rf"(?:\*|__|{_SP})*+")
_WEEKDAY = (
    r"[(（]?(?:周|星期|礼拜)[一二三四五六日天][)）]?"
    r"|[(（]?(?i:mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)(?![A-Za-z])\.?[)）]?"
)
_GAP = lazy_pattern(rf"(?:[：:，,*]|{_SP}|{_WEEKDAY})*+")
_BETWEEN = lazy_pattern("[：:，,*]")
_SAYS_WEEKDAY = lazy_pattern(rf"{_WEEKDAY}|[(（]")
_TO_CLOCK = lazy_pattern(r"[Tt](?=[0-9]{1,2}[:：])")
_AFTER_VERB = lazy_pattern(rf"\**+{_SP}*+(?:[：:，,]++{_SP}*+)?+\**+{_SP}*+")
# What looks like the beginning of an entry: digits as in a date, or a word for a day close by.
_LIKE_DATE = lazy_pattern(
    r"[0-9０-９]{4}[-/.／．－][0-9０-９]{1,2}[-/.／．－][0-9０-９]{1,2}"
    r"|[0-9０-９]{1,4} ?[年月] ?[0-9０-９]{1,2}(?: ?[日号月]|(?![0-9０-９]))"
    r"|(?:19|20)[0-9]{6}(?![0-9])"
    r"|[0-9]{1,2}[-/.][0-9]{1,2}(?=[ \t\u3000]+\S|[一-龥])(?![ \t\u3000]*(?:万|元|号线|折|室|平))"
    r"|(?:今天|昨天|前天|今早|昨晚|今晚|今日|昨日)"
)
_BEFORE_DATE = lazy_pattern(rf"(?:{_SP}|[-*+•－>]|[0-9]{{1,3}}[.)、](?![0-9])|\[[^\[\]]?\])*+")
_MARKS = {"": "planned", "x": "done", "X": "done", "-": "cancelled"}
WRITTEN_BOX = {None: "", "planned": "[ ] ", "done": "[x] ", "cancelled": "[-] "}


@dataclass(slots=True)
class Head:
    """What stands before the text of an entry.

    Attributes:
        day: when.
        column: 0-based, where the date begins.
        end: 0-based, where the rest begins.
        verb: None: no word of the verb table stands there.
        verb_at: 0-based, where the verb begins or should.
        verb_end: 0-based, where it ends.
        findings: about the head.
    """

    day: date
    column: int
    end: int
    minutes: int | None = None
    duration: int | None = None
    box: str | None = None
    verb: Verb | None = None
    verb_at: int = 0
    verb_end: int = 0
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True)
class _Cursor:
    """A place in a line that moves right, and what was found on the way.

    Attributes:
        number: of the line, 1-based.
    """

    line: str
    number: int
    book: LogBook
    pos: int = 0
    findings: list[Finding] = field(default_factory=list)

    def skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.line, self.pos)
        if not found:
            return ""
        self.pos = found.end()
        return found[0]

    def report(self, code: str, start: int, end: int, **params: object) -> None:
        self.findings.append(Finding(code, self.number, start + 1, end + 1, params))


def looks_dated(line: str) -> tuple[int, int] | None:
    """Where a line that may be meant as an entry has its date: (start, end), 0-based."""
    found = _BEFORE_DATE.match(line)
    start = found.end() if found else 0
    dated = _LIKE_DATE.match(line, start)
    return dated.span() if dated else None


def read_head(line: str, number: int, book: LogBook) -> tuple[Head | None, list[Finding]]:
    """Read what stands before the text of an entry.

    Args:
        line: without its end.
        number: of the line, 1-based, for findings.
        book: of the brokerage.

    Returns:
        The head, or None for a line that is no entry, and what to report in that case.
    """
    found = BULLET.match(line)
    if not found:
        return None, []
    cursor = _Cursor(line, number, book, found.end())
    box = _read_box(cursor)
    cursor.skip(_EMPHASIS)
    start = cursor.pos
    try:
        dated = match_date(line, start)
    except FieldError as error:
        end = error.offset + (error.length or 0)
        cursor.report(error.code, error.offset, end, **{"key": _word(book, "date"),
                                                        **_shown(error, line)})  # fmt: skip
        return None, cursor.findings
    if dated is None:
        return None, []
    day, cursor.pos = dated
    head = Head(day, start, 0, box=box, findings=cursor.findings)
    if not cursor.skip(_TO_CLOCK):
        cursor.skip(_GAP)
    _check_weekday(cursor, start)
    _read_time(cursor, head)
    _read_verb(cursor, head)
    head.end = cursor.pos
    _check_spelling(cursor, head, found)
    return head, head.findings


def _check_weekday(cursor: _Cursor, start: int) -> None:
    """Report a date from `start` on with a weekday that is not its own: one of them is a slip."""
    typed = cursor.line[start : cursor.pos].rstrip(SPACES)
    if not _SAYS_WEEKDAY.search(typed):
        return
    try:
        parse_date(_BETWEEN.sub(" ", typed).strip(SPACES))
    except FieldError as error:
        if error.code == "weekday-mismatch":
            cursor.report(error.code, start, start + len(typed), **{
                "key": _word(cursor.book, "date"), **error.params, "value": typed
            })  # fmt: skip


def read_box(line: str) -> str | None:
    """The box of a list item: `planned`, `done`, `cancelled`, or None."""
    found = BULLET.match(line)
    box = BOX.match(line, found.end()) if found else None
    return _MARKS.get(box[1], "planned") if box else None


def _read_box(cursor: _Cursor) -> str | None:
    found = BOX.match(cursor.line, cursor.pos)
    if not found:
        return None
    mark = found[1]
    if mark not in _MARKS or found[0] in ("[]", "【】", "［］"):
        cursor.report("bad-box", found.start(), found.end(), box=found[0])
    cursor.pos = found.end()
    return _MARKS.get(mark, "planned")


def _read_time(cursor: _Cursor, head: Head) -> None:
    line, start = cursor.line, cursor.pos
    try:
        timed = match_time(line, start)
    except FieldError as error:
        end = error.offset + (error.length or 0)
        cursor.report(error.code, error.offset, end, **{"key": _word(cursor.book, "time"),
                                                        **_shown(error, line)})  # fmt: skip
        cursor.pos = max(start, end)
        cursor.skip(_GAP)
        return
    if timed is None:
        return
    time, cursor.pos = timed
    head.minutes, head.duration = time.minutes, time.duration
    if time.warning:
        cursor.report(time.warning, start, cursor.pos, key=_word(cursor.book, "time"),
                      value=line[start : cursor.pos], reading=time.clock)  # fmt: skip
    cursor.skip(_GAP)


def _read_verb(cursor: _Cursor, head: Head) -> None:
    head.verb_at = cursor.pos
    found = cursor.book.find_verb_at(cursor.line, cursor.pos)
    if found:
        head.verb, cursor.pos = found
        head.verb_end = cursor.pos
        cursor.skip(_AFTER_VERB)


def _check_spelling(cursor: _Cursor, head: Head, bullet: re.Match[str]) -> None:
    """Offer the written form of a head that only leniency reads."""
    if head.findings or head.verb is None:
        return
    line = cursor.line
    sign = bullet["bullet"] if _PLAIN_BULLET.fullmatch(bullet["bullet"]) else "-"
    written = (
        f"{bullet['indent']}{sign} {WRITTEN_BOX[head.box]}{head.day.isoformat()} "
        f"{clock(head.minutes, head.duration)}{line[head.verb_at : head.verb_end]}"
    )
    gap = line[head.verb_end : head.end]
    if line[: head.verb_end] != written or (head.end < len(line) and (not gap or gap.strip(" "))):
        begin = len(bullet["indent"])
        cursor.report("entry-spelling", begin, head.end if head.end > begin else begin + 1,
                      written=written[begin:] + (" " if head.end < len(line) else ""))  # fmt: skip


def clock(minutes: int | None, duration: int | None) -> str:
    """The time as it is written before a verb: `14:30 `, `14:30-15:15 ` or nothing."""
    if minutes is None:
        return ""
    typed = f"{minutes // 60:02}:{minutes % 60:02}"
    if duration is not None:
        stop = minutes + duration
        typed += f"-{stop // 60:02}:{stop % 60:02}"
    return typed + " "


def _shown(error: FieldError, line: str) -> dict[str, object]:
    value = line[error.offset : error.offset + (error.length or 0)]
    return {**error.params, "value": value}


def _word(book: LogBook, part: str) -> str:
    """What a part of the head is called in a message."""
    return {"date": "日期", "time": "时间"}[part] if book.language == "zh" else part
