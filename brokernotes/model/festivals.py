"""The festivals on which people are greeted, and their days.

Only those near whose time of the year a day is asked about are looked up, so that most days need
no Chinese calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from brokernotes.language import N_
from brokernotes.model.lunar import lunar_day


class Festival(NamedTuple):
    """One festival.

    Attributes:
        id: as in keys and rules.
        label: in English; Chinese as the catalogue has it.
        words: what the rules may call it besides.
        month: of its calendar.
        day: of the month.
        seasons: of a lunar one the earliest and the latest day of the solar year, as month and
            day, from 1900 to 2100; None: it is a solar one.
    """

    id: str
    label: str
    words: tuple[str, ...]
    month: int
    day: int
    seasons: tuple[tuple[int, int], tuple[int, int]] | None = None


FESTIVALS: Mapping[str, Festival] = {
    one.id: one
    for one in (
        Festival("new_year", N_("New Year's Day"), ("元旦",), 1, 1),
        Festival("spring_festival", N_("Spring Festival"), ("春节",), 1, 1, ((1, 21), (2, 20))),
        Festival("lantern", N_("Lantern Festival"), ("元宵", "元宵节"), 1, 15, ((2, 4), (3, 6))),
        Festival("labour_day", N_("Labour Day"), ("劳动节", "五一"), 5, 1),
        Festival("dragon_boat", N_("Dragon Boat Festival"), ("端午", "端午节"), 5, 5,
                 ((5, 27), (6, 26))),
        Festival("mid_autumn", N_("Mid-Autumn Festival"), ("中秋", "中秋节"), 8, 15,
                 ((9, 7), (10, 8))),
        Festival("national_day", N_("National Day"), ("国庆", "国庆节"), 10, 1),
        Festival("double_ninth", N_("Double Ninth Festival"), ("重阳", "重阳节"), 9, 9,
                 ((10, 1), (11, 1))),
    )
}  # fmt: skip
USUAL = ("new_year", "spring_festival", "dragon_boat", "mid_autumn", "national_day")  # ours


def festival_days(ids: Iterable[str], first: date, last: date) -> Iterator[tuple[date, Festival]]:
    """The festivals from one day to another.

    Args:
        ids: of those that are kept.
        first: the first day.
        last: the last day.
    """
    kept = [FESTIVALS[id_] for id_ in ids if id_ in FESTIVALS]
    for year in range(first.year, last.year + 1):
        for one in kept:
            day = _day_in(one, year, first, last)
            if day is not None and first <= day <= last:
                yield day, one


def _day_in(one: Festival, year: int, first: date, last: date) -> date | None:
    if one.seasons is None:
        return date(year, one.month, one.day)
    earliest, latest = (date(year, *day) for day in one.seasons)
    if latest < first or last < earliest:
        return None
    return lunar_day(year, one.month, one.day)
