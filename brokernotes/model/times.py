"""Times of day as people type and dictate them: `14:30`, 下午2点半, `2-4点`, `3pm`."""

from __future__ import annotations

import re

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.numerals import NUMERAL, parse_numeral
from brokernotes.model.source_text import LONGEST_VALUE, SourceText, narrow

_REACH = 48  # code points; no time of day, and no span of two, is longer
_MORNING = ("凌晨", "清晨", "早晨", "早上", "上午", "早")
_NOON = ("中午", "正午")
_AFTERNOON = ("下午", "午后", "傍晚")
_EVENING = ("晚上", "晚间", "夜里", "夜晚", "晚")
_PARTS = "|".join((*_MORNING, *_NOON, *_AFTERNOON, *_EVENING))
_BEGINNINGS = frozenset("0123456789０１２３４５６７８９") | {part[0] for part in _PARTS.split("|")}
_PART = f"(?:(?P<part>{_PARTS}) {{0,3}})?"
_CLOCK = (
    f"{_PART}(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{1,2}})(?::[0-9]{{2}}(?:\\.[0-9]{{1,9}})?)?"
    "(?!:?[0-9])(?: ?(?P<half>[ap])\\.?m\\.?(?![a-z]))?"
)
# Minutes said without 分: two characters at least, so that 两点一组客户 stays two o'clock.
_SPOKEN = "[二三四五]十[一二三四五六七八九]?|十[一二三四五六七八九]|零[一二三四五六七八九]"
_POINT = (
    f"{_PART}(?P<hour>(?<![0-9])[0-9]{{1,2}}|(?(part){NUMERAL}|(?!))) ?[点时]"
    "(?:(?P<fraction>半|[一三]刻)"
    f"| ?(?P<minute>[0-9]{{2}}(?![0-9])|(?:[0-9]|{NUMERAL})(?=分)|{_SPOKEN}) ?分?|整|钟)?"
)
_TWELVE = "(?P<hour>[0-9]{1,2}) ?(?P<half>[ap])\\.?m\\.?(?![a-z])"
_TO = r" {0,3}(?:[-~〜–—]|至|到) {0,3}"
_BARE = f"{_PART}(?P<hour>[0-9]{{1,2}})(?={_TO}(?:[0-9]{{1,2}}) ?[点时])"
_FRACTIONS = {"半": 30, "一刻": 15, "三刻": 45}
_ENDS_CLOCK = frozenset(
    " \t，,：;；。"
)  # after HH:MM these begin neither seconds nor a second time
_GOES_ON = frozenset("-~〜–—～－至到aApPａＡｐＰ \u3000")  # unless one of these follows


class Time(NamedTuple):
    """A time of day, and how long from it.

    Attributes:
        minutes: since midnight, 0–1439.
        duration: minutes to the end that was typed; None: no end.
        warning: code of what a person should look at; None: nothing.
    """

    minutes: int
    duration: int | None = None
    warning: str | None = None

    @property
    def clock(self) -> str:
        """The time as `HH:MM`."""
        return f"{self.minutes // 60:02}:{self.minutes % 60:02}"


class _Point(NamedTuple):
    """One end of a time as matched: what was said, and what it means."""

    part: str
    minutes: int
    end: int
    warning: str | None


def parse_time(text: str) -> Time:
    """A time of day that is the whole text.

    Args:
        text: `14:30`, `14点30`, 下午2点半, `2:30pm`, or a start and an end such as
            `14:30-15:15` or 下午2点~4点.

    Raises:
        FieldError: `bad-time`.
    """
    typed = SourceText(text)
    if len(typed.text) > LONGEST_VALUE:
        raise typed.error("bad-time")
    try:
        found = match_time(typed.text, 0)
    except FieldError as error:
        raise typed.placed(error) from None
    if found is None:
        raise typed.error("bad-time")
    if found[1] < len(typed.text):
        raise typed.error("bad-time", found[1])
    return found[0]


def match_time(text: str, pos: int) -> tuple[Time, int] | None:
    """The time of day that begins at a place in a line.

    Args:
        text: the line as typed; full-width digits and colons are read.
        pos: where the time would begin.

    Returns:
        The time and the place after it; None where no time begins.

    Raises:
        FieldError: `bad-time`, positions in `text`: a time is meant, and there is none such.
    """
    strict = _match_strict(text, pos)
    if strict:
        return strict
    if text[pos : pos + 1] not in _BEGINNINGS:
        return None
    chunk = narrow(text[pos : pos + _REACH])
    start = _point(chunk, 0, "", pos)
    if start is None:
        return None
    to = lazy_pattern(_TO).match(chunk, start.end)
    stop = _point(chunk, to.end(), start.part, pos) if to else None
    if stop is None:
        return Time(start.minutes, None, start.warning), pos + start.end
    minutes = stop.minutes
    if minutes <= start.minutes and minutes < 720 and start.part:
        minutes += 720  # 上午10点到2点: in twelve-hour speech the end comes after the start
    if minutes <= start.minutes:
        raise _wrong(chunk, 0, stop.end, pos)
    inherited = stop.warning if not start.part else None
    return Time(start.minutes, minutes - start.minutes, start.warning or inherited), pos + stop.end


def _match_strict(text: str, pos: int) -> tuple[Time, int] | None:
    """`HH:MM` followed by the end or by something that cannot belong to it; else None."""
    chunk = text[pos : pos + 7]
    hours, minutes = chunk[:2], chunk[3:5]
    if chunk[2:3] != ":" or len(minutes) < 2 or not chunk[:5].isascii():
        return None
    if not hours.isdigit() or not minutes.isdigit() or hours > "23" or minutes > "59":
        return None
    if len(chunk) > 5 and (chunk[5] not in _ENDS_CLOCK or chunk[6:] in _GOES_ON):
        return None
    return Time(int(hours) * 60 + int(minutes)), pos + 5


def _point(chunk: str, at: int, inherited: str, pos: int) -> _Point | None:
    """One end of a time.

    Args:
        chunk: the plain form of the line from `pos` on.
        at: where in the chunk.
        inherited: the part of day said before the start, which holds for the end too.
        pos: of the chunk in the line.
    """
    patterns = (_CLOCK, _POINT, _TWELVE) if at else (_CLOCK, _POINT, _TWELVE, _BARE)
    for pattern in patterns:
        found = lazy_pattern(pattern, re.IGNORECASE).match(chunk, at)
        if found:
            return _resolved(found, inherited, pos)
    return None


def _resolved(found: re.Match[str], inherited: str, pos: int) -> _Point:
    """What a match means on the 24-hour clock."""
    said = found.groupdict()
    hour = parse_numeral(said["hour"])
    minute = _FRACTIONS.get(said.get("fraction") or "", 0)
    digits = said.get("minute")
    if digits:
        read = parse_numeral(digits)
        minute = 60 if read is None or (len(digits) == 1 and ":" in found[0]) else read
    part = said.get("part") or inherited
    half = (said.get("half") or "").lower()
    if hour is None or hour > 23 or minute > 59:
        raise _wrong(found.string, *found.span(), pos)
    of_day = _half_day(hour, half) if half else _part_of_day(hour, part)
    if of_day is None:
        raise _wrong(found.string, *found.span(), pos)
    early = 1 <= hour <= 6 and not half and not part and not said["hour"].startswith("0")
    late = part in _EVENING and hour <= 4 and not half
    warning = "time-ambiguous" if early or late else None
    return _Point(part, of_day * 60 + minute, found.end(), warning)


def _part_of_day(hour: int, part: str) -> int | None:
    """The hour on the 24-hour clock of what was said with a part of day; None: there is none."""
    if not part:
        return hour
    if part in _MORNING:
        return None if hour > 12 else hour % 12
    if part in _NOON:
        return {11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14}.get(hour)
    if part in _EVENING and hour in (0, 12):
        return None
    return hour + 12 if hour < 12 else hour


def _half_day(hour: int, half: str) -> int | None:
    """The hour on the 24-hour clock of an English `am` (a) or `pm` (p)."""
    if hour > 12:
        return hour if half == "p" else None
    return hour % 12 + (12 if half == "p" else 0)


def _wrong(chunk: str, start: int, end: int, pos: int) -> FieldError:
    return FieldError("bad-time", offset=pos + start, length=end - start, value=chunk[start:end])
