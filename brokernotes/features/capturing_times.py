"""When a dictated line says something was, is going to be, or is promised."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from brokernotes.errors import FieldError
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.dates import match_date
from brokernotes.model.numerals import NUMERAL, parse_numeral
from brokernotes.model.relative import MONTH, add_months, match_day
from brokernotes.model.times import match_time

_SPACES = re.compile(r"[ \t]*(?:(?:,|at |@|的(?=[早晚中上下凌]))[ \t]*)?")
_PARTS = (
    "凌晨|清晨|早晨|早上|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里"
    "|this (?:morning|afternoon|evening)|in the (?:morning|afternoon|evening)"
)
_PART = re.compile(f"(?:{_PARTS})(?![a-z])")
_NOW = re.compile("刚才|刚刚|刚(?=[给跟和带陪接打收])|just now")
_BARE_HOUR = re.compile(
    f"(?P<hour>{NUMERAL}|(?<![0-9])[0-9]{{1,2}}) ?[点时](?!了)(?P<rest>半|[一三]刻|整|钟"
    f"|[0-9]{{1,2}}分?|(?:[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])分?)?"
)
_TO = re.compile(" ?(?:到|至|-|~|—) ?")
_BARE_CLOCK = re.compile("(?P<hour>[1-6]):(?P<minute>[0-5][0-9])(?![0-9:]| ?[ap]m)")
_WEEKDAY = re.compile(
    "(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE
)
_LOOSE = (
    ("week", _WEEKDAY),
    ("year", re.compile(f"[0-9]{{1,2}} ?月|[0-9]{{1,2}}[-/.]|{MONTH} +[0-9]", re.IGNORECASE)),
    ("month", re.compile("[0-9]{1,2} ?[号日]")),
)
_MONTH_AND_DAY = re.compile(
    f"(?<![0-9])(?P<month>[0-9]{{1,2}}|{NUMERAL}) ?月 ?(?P<day>[0-9]{{1,2}}|{NUMERAL}) ?[号日]"
)
_ENGLISH_MONTH_AND_DAY = re.compile(f"(?<![a-z]){MONTH} (?P<day>[0-9]{{1,2}})(?![0-9:])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WITH_YEAR = re.compile("(?<![0-9])20[0-9]{2}[-/.年][^ \t,，。;；]*")
_LEAP_YEAR = 2024
_NEAR, _FAR = 60, 240  # days
_NEXT_WEEK = re.compile("下个?(?:周|星期|礼拜)(?![一二三四五六日天末])|next week")
_WEEKEND = re.compile("(?P<side>下|这|本)?个?周末|(?:this |next )?weekend")
_NEXT_MONTH = re.compile("下个?月(?![0-9底])初?|next month")
_IN_DAYS = re.compile(f"\\+ ?(?P<number>[0-9]{{1,3}}|{NUMERAL}) ?天")
_ACTION = (
    "联系|回访|跟进|回话|回复|答复|电话|微信|短信|消息|通话|签约|签意向|签合同|签字|面谈|见面"
    "|来店|到店|看房|复看|带看|看(?![起来法见到])|沟通|再说|过来|聊|谈"
    "|call|follow[ -]?up|contact|message|wechat|meet(?!ing at)|sign"
)
_ACTIONS = re.compile(
    "(?:[ 以之前再就要会给跟和他她们我客户您你去来回打约发到店里一下个先]{0,8}?"
    f"|(?:again|to|will|a) ?)(?:{_ACTION})"
)
_MEETING = re.compile("见面|看|过来|来店|到店|meet")
_BARE_ACTION = re.compile("[ 再]*(?:联系|回访|跟进|再说)(?:[他她]们?|一下)?(?![一-鿿a-z])")
_BEFORE = re.compile(
    "(?:下次(?:联系)?|next(?: contact)?)[::]? ?"
    "|(?P<said>(?:will )?(?:call|contact|message|follow[ -]?up|wechat|meet)(?: back| again| up)?"
    "(?: (?:on|him|her|them|in))?) (?=in |on |[a-z0-9+])"
)


def find_impossible_day(text: str) -> str:
    """A date that no calendar has, such as 11月31日; "": there is none.

    Args:
        text: in plain form.
    """
    for found in (*_MONTH_AND_DAY.finditer(text), *_ENGLISH_MONTH_AND_DAY.finditer(text)):
        name = found.groupdict().get("name")
        month = _MONTHS.index(name[:3]) + 1 if name else parse_numeral(found["month"])
        day = parse_numeral(found["day"])
        if month is None or day is None:
            continue
        if not (1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]):
            return found[0]
    for found in _WITH_YEAR.finditer(text):
        try:
            match_date(text, found.start())
        except FieldError:
            return found[0]
    return ""


class Said(NamedTuple):
    """A moment as a line says it.

    Attributes:
        day: of it.
        minutes: since midnight; None: no time.
        duration: minutes, of a span.
        part: the part of day, where it stands without an hour; "" otherwise.
        loose: `week`, `month` or `year`: what is missing of a weekday or a date, which may
            therefore lie on either side of the day it is said; "": nothing.
        end: the place after it.
        is_rough: whether the day is only the first of a week or month that was named.
    """

    day: date | None
    minutes: int | None = None
    duration: int | None = None
    part: str = ""
    loose: str = ""
    end: int = 0
    is_rough: bool = False

    @property
    def is_loose(self) -> bool:
        """Whether it may lie on either side of the day it was said."""
        return bool(self.loose)


def match_moment(text: str, pos: int, today: date) -> Said | None:
    """The moment named at a place: a day, a time, a part of day, or what of it is there.

    Hours from one to six without their half of the day are those of the afternoon: nobody shows
    a home at night.

    Args:
        text: in plain form.
        pos: where it would begin.
        today: the day the line was said.
    """
    now = _NOW.match(text, pos)
    if now:
        return Said(today, end=now.end())
    day, at, loose = _day(text, pos, today)
    is_rough = bool(_NEXT_WEEK.match(text, pos) or _NEXT_MONTH.match(text, pos))
    gap = _SPACES.match(text, at)
    start = gap.end() if day and gap else at
    part = _PART.match(text, start)
    minutes, duration, end = _time(text, start)
    if minutes is None and part:
        gap = _SPACES.match(text, part.end())
        minutes, duration, end = _time(text, gap.end() if gap else part.end())
        if minutes is not None and minutes < 720 and part[0].endswith(("afternoon", "evening")):
            minutes += 720
    if minutes is not None:
        return Said(day, minutes, duration, "", loose, end, is_rough)
    if part:
        words = text[part.start() : part.end()]
        return Said(day, None, None, words, loose, part.end(), is_rough)
    return Said(day, loose=loose, end=at, is_rough=is_rough) if day else None


def past_of(said: Said, today: date) -> date:
    """The last such day up to today, of a day that was named loosely."""
    assert said.day is not None
    if said.day <= today:
        return said.day
    if said.loose == "week":
        return said.day - timedelta(days=7)
    return add_months(said.day, -1 if said.loose == "month" else -12)


def surely(said: Said, today: date) -> date | None:
    """The day of a date without its year, where one side is weeks away and the other a year."""
    if said.day is None or said.loose != "year":
        return None
    ahead, behind = (said.day - today).days, (today - past_of(said, today)).days
    if behind <= _NEAR < _FAR <= ahead:
        return past_of(said, today)
    return said.day if ahead <= _NEAR < _FAR <= behind else None


class Promise(NamedTuple):
    """What a line promises for later.

    Attributes:
        value: a day or a moment.
        start: where it begins in the text, with what belongs to it.
        end: the place after it.
        keeps_words: whether its words say more than that one will be in touch.
        is_meeting: whether they say that one meets or looks at a home.
    """

    value: date | datetime
    start: int
    end: int
    keeps_words: bool
    is_meeting: bool = False


def match_promise(text: str, pos: int, stop: int, today: date) -> Promise | None:
    """The promise that begins at a place: 周二再联系, 明天电话, `call Tuesday`, 下次周五.

    Args:
        text: in plain form.
        pos: where it would begin.
        stop: where its clause ends.
        today: the day it is said.
    """
    before = _BEFORE.match(text, pos)
    if before:
        said = match_moment(text, before.end(), today) or _in_days(text, before.end(), today)
        value = said and _value(said, today)
        if said and value:
            return Promise(value, pos, said.end, bool(before["said"]))
    said = match_moment(text, pos, today)
    value = said and _value(said, today)
    if not said or not value:
        return None
    bare = _BARE_ACTION.match(text, said.end, stop)
    if bare and not said.part:
        return Promise(value, pos, bare.end(), keeps_words=False)
    action = _ACTIONS.match(text, said.end, stop)
    if action:
        meets = bool(_MEETING.search(action[0]))
        return Promise(value, pos, said.end, keeps_words=True, is_meeting=meets)
    if said.end >= stop and said.day and said.minutes is None:
        return Promise(value, pos, said.end, keeps_words=True)
    return None


def _value(said: Said, today: date) -> date | datetime | None:
    if said.day is None or said.day < today or (said.day == today and said.minutes is None):
        return None
    if said.minutes is None:
        return said.day
    midnight = datetime(said.day.year, said.day.month, said.day.day)  # noqa: DTZ001  # local
    return midnight + timedelta(minutes=said.minutes)


def _in_days(text: str, pos: int, today: date) -> Said | None:
    found = _IN_DAYS.match(text, pos)
    number = parse_numeral(found["number"]) if found else None
    if not found or number is None:
        return None
    return Said(today + timedelta(days=number), end=found.end())


def _day(text: str, pos: int, today: date) -> tuple[date | None, int, str]:
    """A day, the place after it, and what it lacks: `Said.loose`."""
    try:
        full = match_date(text, pos)
    except FieldError:
        full = None
    if full:
        return full[0], full[1], ""
    for pattern, days in ((_NEXT_WEEK, 7 - today.weekday()), (_WEEKEND, (5 - today.weekday()) % 7)):
        found = pattern.match(text, pos)
        if found:
            later = 7 if found.groupdict().get("side") == "下" else 0
            return (
                today + timedelta(days=days + later),
                found.end(),
                "week" if pattern is _WEEKEND else "",
            )
    month = _NEXT_MONTH.match(text, pos)
    if month:
        return add_months(today.replace(day=1), 1), month.end(), ""
    named = match_day(text, pos, today)
    if named is None:
        return None, pos, ""
    loose = next((name for name, form in _LOOSE if form.match(text, pos)), "")
    return named[0], named[1], loose if named[0] != today else ""


def _time(text: str, pos: int) -> tuple[int | None, int | None, int]:
    """Minutes since midnight, a duration, and the place after them."""
    try:
        found = match_time(text, pos)
    except FieldError:
        found = None
    bare = _BARE_HOUR.match(text, pos) or _BARE_CLOCK.match(text, pos)
    if bare and (found is None or found[0].warning):
        minutes = _minutes(bare)
        if minutes is not None and found and found[0].duration is not None:
            return minutes, found[0].duration, found[1]
        if minutes is not None:
            return minutes, *_until(text, bare.end(), minutes)
    if found is None:
        return None, None, pos
    time, end = found
    if time.duration is not None:
        return time.minutes, time.duration, end
    return time.minutes, *_until(text, end, time.minutes)


def _until(text: str, pos: int, start: int) -> tuple[int | None, int]:
    """The duration up to an hour that is said behind a start, and the place after it."""
    to = _TO.match(text, pos)
    until = _BARE_HOUR.match(text, to.end()) if to else None
    stop = _minutes(until) if until else None
    if until and stop is not None:  # 下午五点到六点: the half of the day holds for both
        stop += 720 if stop <= start and stop < 720 else 0
        if stop > start:
            return stop - start, until.end()
    return None, pos


def _minutes(bare: re.Match[str]) -> int | None:
    """The time of an hour without its half of the day."""
    hour = parse_numeral(bare["hour"])
    if hour is None or hour > 23:
        return None
    said = bare.groupdict()
    rest = (said.get("rest") or "").removesuffix("分")
    minute = {"": 0, "整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}.get(rest)
    if minute is None:
        minute = parse_numeral(rest)
    if said.get("minute"):
        minute = int(said["minute"])
    if minute is None or minute > 59:
        return None
    return (hour + 12 if 1 <= hour <= 6 else hour) * 60 + minute
