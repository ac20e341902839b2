"""Occurrences and views of an invented brokerage, for the tests of its calendars."""

from datetime import date, datetime, timedelta
from typing import Any

from brokernotes.features.calendar_days import Outlook, place
from brokernotes.features.calendar_items import calendar_items
from brokernotes.features.calendar_view import Subject, View
from brokernotes.features.ranking import People
from brokernotes.language import language
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.rules import Cadence, Rules

TODAY = date(2026, 11, 21)
RULES = Rules()
LI, HOME = "C-9F3DWA", "L-7K2PQM"

NOTES = {
    LI: Subject(ref=LI, type="client", title="李女士 浦东三房"),
    "李女士": Subject(ref=LI, type="client", title="李女士 浦东三房"),
    HOME: Subject(
        ref=HOME,
        type="listing",
        title="阳光花园 3室2厅",
        values={
            "community": "阳光花园",
            "price": 620,
            "gross_area": 118.5,
            "building": "7",
            "unit": "2",
            "room": "1102",
            "keys": "store",
            "key_no": "K-118",
            "occupant": "owner",
            "showing_requirements": "提前两小时打 13800138000",
            "agent": "李航",
        },
    ),
    "阳光花园": Subject(
        ref="E-6C1V0N",
        type="community",
        title="阳光花园",
        values={"location": "31.25,121.57"},
    ),
    "李航": Subject(ref="A-PXZHK1", type="agent", title="李航"),
}


def day(offset: int) -> date:
    """A day so many after today."""
    return TODAY + timedelta(offset)


def occurrence(kind: str, due: date, name: str = "3afq6m4x9", **more: Any) -> Occurrence:
    """An occurrence of Ms Li, unless said otherwise."""
    note = more.pop("note", LI)
    values = {
        "key": f"{note}/{kind}/{name}",
        "path": f"客源/{note}.md",
        "title": NOTES[note].title if note in NOTES else note,
        "person": note,
        "computed": kind in ("followup", "revisit", "first_response"),
        "reason": "next-followup",
        "params": {"date": due.isoformat()},
        "entry": name,
        **more,
    }
    return Occurrence(kind=kind, note=note, due=due, **values)


def showing(due: date, hour: int = 14, minute: int = 30, **more: Any) -> Occurrence:
    """A showing of the home to Ms Li."""
    at = datetime(due.year, due.month, due.day, hour, minute)
    values = {
        "reason": "planned-at",
        "params": {"verb": "showing", "date": due.isoformat(), "time": f"{at:%H:%M}"},
        "links": (HOME,),
        "minutes": 45,
        **more,
    }
    return occurrence("planned", due, at=at, **values)


def placed(occurrences, today=TODAY, rules=RULES, agent=None, silenced=()):
    """The rows of a calendar, by key."""
    outlook = Outlook(today=today, rules=rules, agent=agent, people=People(silenced=silenced))
    return {row.item.key: row for row in place(occurrences, outlook)}


def view(today=TODAY, rules=RULES, lang="en", **more: Any) -> View:
    """A reader of it."""
    values = {"salutations": {LI: "李女士"}, "find_subject": NOTES.get, **more}
    return View(today=today, rules=rules, language=language(lang), vault="demo", **values)


def items(occurrences, today=TODAY, rules=RULES, agent=None, **more: Any):
    """The calendars of occurrences."""
    rows = placed(occurrences, today, rules, agent).values()
    return calendar_items(rows, view(today, rules, agent=agent, **more))


def only_item(*occurrences, **more: Any):
    """The one item of occurrences, whichever calendar it stands in."""
    (item,) = [item for found in items(occurrences, **more).values() for item in found]
    return item


def daily(count: int, **more: Any) -> Rules:
    """Rules by which a day holds so many computed items."""
    return Rules(cadence=Cadence(daily=count), **more)
