"""Dates and moments in notes: a four-digit year first, and nothing guessed.

Times of day have a module of their own and are offered here too.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo

from brokernotes.errors import FieldError
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.ambiguous_dates import find_ambiguous
from brokernotes.model.measures import refuse_unset
from brokernotes.model.source_text import LONGEST_VALUE, SourceText, narrow
from brokernotes.model.times import Time, match_time, parse_time

__all__ = [
    "Moment",
    "Time",
    "match_date",
    "match_time",
    "parse_date",
    "parse_datetime",
    "parse_moment",
    "parse_time",
    "render_date",
]

_REACH = 48  # code points; no date with its weekday is longer
_DATE = (
    r"(?<![0-9])([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])"
    r"| ?年 ?([0-9]{1,2}) ?月 ?([0-9]{1,2})(?: ?[日号]|(?![0-9]))"
    r"|([0-9]{2})([0-9]{2})(?![0-9]))"
)
_ENGLISH = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = (
    r" {0,3}(?:\( ?(?:周|星期|礼拜)?(?P<bracketed>[一二三四五六日天]) ?\)"
    r"|(?:周|星期|礼拜)(?P<chinese>[一二三四五六日天])"
    rf"|\((?P<inner>{_ENGLISH})\)|(?P<english>{_ENGLISH})(?![a-z])\.?)"
)
_ISO = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"(?P<zone> ?(?:Z|(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2})?))?"
)
_ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BEGINS_WEEKDAY = frozenset("周星礼(（mtwfsMTWFSｍｔｗｆｓＭＴＷＦＳ \u3000")


class _Found(NamedTuple):
    """A date as matched, and the weekday after it, if any."""

    day: date
    day_end: int
    weekday: int | None  # 0: Monday
    end: int
    ends_word: bool  # whether the weekday stands alone and does not begin a name such as 周三丰


class Moment(NamedTuple):
    """A day, or a moment of a day, and what a person should look at.

    Attributes:
        value: a date, or a naive datetime in the vault's zone.
        warning: code, or None.
    """

    value: date | datetime
    warning: str | None = None


def parse_date(text: str, *, today: date | None = None) -> date:
    """A day.

    Args:
        text: `2026-08-20`, `2026/8/20`, `2026.8.20`, `2026年8月20日` or `20260820`, with a
            weekday or a time after it if need be. A time is no part of the value.
        today: what relative words count from, for a proposal; None: no proposal.

    Raises:
        FieldError: `bad-date`, `date-ambiguous` with a `proposal` (ISO date or None),
            `date-impossible`, `weekday-mismatch`, `bad-time` or `unset-word`.
    """
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    value = parse_moment(text, None, today=today).value
    return value.date() if isinstance(value, datetime) else value


def parse_datetime(text: str, zone: tzinfo | None, *, today: date | None = None) -> date | datetime:
    """A day or a moment, as `parse_moment` reads it, without its warning.

    Raises:
        FieldError: as `parse_date`.
    """
    return parse_moment(text, zone, today=today).value


def parse_moment(text: str, zone: tzinfo | None, *, today: date | None = None) -> Moment:
    """A day or a moment, and whether a person should look at it.

    Args:
        text: a date as in `parse_date`, with a time of day or ISO time if need be.
        zone: the vault's, to which `Z` and offsets are converted; None refuses them.
        today: what relative words count from, for a proposal; None: no proposal.

    Returns:
        A date, or a naive datetime in the zone; the warning is `time-ambiguous` or None.

    Raises:
        FieldError: as `parse_date`.
    """
    strict = _strict_moment(text)
    if strict is not None:
        return Moment(strict)
    typed = SourceText(text)
    refuse_unset(typed)
    if len(typed.text) > LONGEST_VALUE:
        raise typed.error("bad-date")
    try:
        found = _match(typed.text)
        if found is not None and found.weekday in (None, found.day.weekday()):
            return _with_time(typed.text, found, zone)
    except FieldError as error:  # its positions are in the plain form
        raise typed.placed(error) from None
    if found is not None:
        raise typed.error("weekday-mismatch", date=found.day.isoformat())
    ambiguous = find_ambiguous(typed.text, today)
    if ambiguous is None:
        raise typed.error("bad-date")
    proposal = ambiguous.proposal
    raise typed.error("date-ambiguous", proposal=proposal and proposal.isoformat())


def match_date(text: str, pos: int) -> tuple[date, int] | None:
    """The date that begins at a place in a line, with the weekday after it.

    Args:
        text: the line as typed; full-width characters are read.
        pos: where the date would begin.

    Returns:
        The date and the place after it, or after a weekday that belongs to it;
        None where no date begins.

    Raises:
        FieldError: `date-impossible`, positions in `text`.
    """
    strict = text[pos : pos + 10]
    if len(strict) == 10 and strict[4] == "-" and strict[7] == "-":
        after = text[pos + 10 : pos + 12]
        if (
            not after
            or (after[0] == " " and after[1:] not in _BEGINS_WEEKDAY)
            or (after[0] not in _BEGINS_WEEKDAY and not after[0].isnumeric())
        ):
            try:
                return date.fromisoformat(strict), pos + 10
            except ValueError:
                pass
    if not strict[:1].isdigit():
        return None
    try:
        found = _match(narrow(text[pos : pos + _REACH]))
    except FieldError as error:
        error.offset += pos
        raise
    if found is None:
        return None
    belongs = found.weekday == found.day.weekday() or found.ends_word
    return found.day, pos + (found.end if belongs else found.day_end)


def render_date(value: date | datetime) -> str:
    """A day or a local moment as it is written into a note: `2026-08-20T14:30:00`."""
    return value.isoformat()


def _match(text: str) -> _Found | None:
    """The date at the start of a text in plain width, whatever its weekday says."""
    found = re.match(_DATE, text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
    try:
        value = date(year, month, day)
    except ValueError:
        error = FieldError("date-impossible", offset=0, length=found.end(), value=found[0])
        raise error from None
    named = lazy_pattern(_WEEKDAY, re.IGNORECASE).match(text, found.end())
    if not named:
        return _Found(value, found.end(), None, found.end(), True)
    chinese = named["bracketed"] or named["chinese"]
    if chinese:
        weekday = min("一二三四五六日天".index(chinese), 6)
    else:
        weekday = _ENGLISH_WEEKDAYS.index((named["inner"] or named["english"])[:3].lower())
    after = text[named.end() : named.end() + 1]
    ends_word = not after.isalpha() or named[0].endswith(")")
    return _Found(value, found.end(), weekday, named.end(), ends_word)


def _with_time(text: str, found: _Found, zone: tzinfo | None) -> Moment:
    """A date and what follows it, which has to be a time of day or nothing.

    Args:
        text: in plain form.
        found: the date at its start.
        zone: of the vault.
    """
    at = found.end
    if at == len(text):
        return Moment(found.day)
    gap = lazy_pattern("T| {0,3},? {0,3}").match(text, at)
    start = gap.end() if gap else at
    iso = lazy_pattern(_ISO).fullmatch(text, start)
    # `14:00-15:00` is a span of time unless it is plainly written by a machine.
    by_machine = iso and (iso["second"] or text[at] == "T" or iso["sign"] != "-")
    if iso and by_machine and (iso["zone"] or iso["second"]):
        return Moment(_iso_moment(found.day, iso, zone))
    matched = match_time(text, start)
    if matched is None:
        raise FieldError("bad-date", offset=at, length=len(text) - at)
    time, end = matched
    if end < len(text) or time.duration is not None:
        raise FieldError("bad-time", offset=start, length=len(text) - start)
    midnight = datetime(found.day.year, found.day.month, found.day.day)  # noqa: DTZ001  # local
    return Moment(midnight + timedelta(minutes=time.minutes), time.warning)


def _iso_moment(day: date, iso: re.Match[str], zone: tzinfo | None) -> datetime:
    """A moment with seconds or an offset, in the vault's zone."""
    wrong = FieldError("bad-time", offset=iso.start(), length=iso.end() - iso.start())
    try:
        local = datetime(  # noqa: DTZ001  # naive local, unless it says otherwise
            day.year, day.month, day.day, int(iso["hour"]), int(iso["minute"]),
            int(iso["second"] or 0),
        )  # fmt: skip
        if not iso["zone"]:
            return local
        if zone is None:
            raise wrong
        offset = timedelta(hours=int(iso["hours"] or 0), minutes=int(iso["minutes"] or 0))
        there = timezone(-offset if iso["sign"] == "-" else offset)
        return local.replace(tzinfo=there).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise wrong from None


def _strict_moment(text: str) -> date | datetime | None:
    """The forms the tool itself writes, read without a pattern; None: any other."""
    size = len(text)
    if size not in (10, 16, 19) or text[4] != "-" or text[7] != "-":
        return None
    try:
        if size == 10:
            return date.fromisoformat(text)
        if text[10] not in "T " or text[13] != ":" or text[11:13] == "24":
            return None
        return datetime.fromisoformat(text) if size == 16 or text[16] == ":" else None
    except ValueError:
        return None
