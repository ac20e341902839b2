"""When a step is to be, as people say it: a day, so many working days on, or after another step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from brokernotes.errors import ArgumentError, FieldError
from brokernotes.features.assignments import Assignment, refused_value
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.source_text import narrow
from brokernotes.model.when import parse_when
from brokernotes.model.working_days import add_working_days, match_working_days

_INTERVAL = re.compile(
    r"\+ ?[0-9]|[0-9一二两三四五六七八九十]+ ?个?(?:天|日|周|星期|礼拜|月)[之以]?后|in +[0-9]"
)
_AFTER = re.compile(r"(?P<step>[^+0-9]*?[^+0-9 后])(?:[之以]?后 ?|(?= ?\+))(?P<rest>.+)")


class StepDay(NamedTuple):
    """What was understood.

    Attributes:
        when: a day, or a moment in local time.
        is_interval: whether it was counted from another day, so that the day itself was not named.
    """

    when: date | datetime
    is_interval: bool


def parse_step_day(
    text: str,
    now: datetime,
    days: Mapping[str, date | None],
    find_step: Callable[[str], str | None],
) -> StepDay:
    """When a step is to be.

    Args:
        text: as typed: what `parse_when` reads, `+10个工作日`, or `网签+3个工作日` and `网签后3天`.
        now: the present moment.
        days: of the deal's steps, by id.
        find_step: the id of a step by its word.

    Raises:
        ArgumentError: it is no day, or counts from a step without one.
    """
    said = narrow(text).strip()
    after = _AFTER.fullmatch(said)
    step = find_step(after["step"].strip()) if after else None
    if after is not None and step is not None:
        day = days.get(step)
        if day is None:
            raise ArgumentError(
                N_("{step} has no day to count from"), text, (0, len(after["step"])),
                step=after["step"],
            )  # fmt: skip
        rest = after["rest"].strip()
        if rest[0].isdigit():
            rest = f"+{rest}"
        return _read(text, rest, datetime.combine(day, time()))
    return _read(text, said, now)


def _read(typed: str, said: str, base: datetime) -> StepDay:
    count = match_working_days(said)
    if count is not None:
        return StepDay(add_working_days(base.date(), count), True)
    is_interval = _INTERVAL.match(said) is not None
    if said.startswith("+") and said.endswith(("天", "日", "周", "月")):
        said = f"{said[1:].strip()}后"  # +3天, as it is said after a step
    try:
        return StepDay(parse_when(said, base), is_interval)
    except FieldError as error:
        raise refused_value(
            Assignment(typed, "WHEN", "=", typed, 0), FieldError(error.code)
        ) from error
