"""Whether a planned call or message comes as its person wants it: what is said beforehand.

Only what nobody asked for is looked at (`features.outreach.UNASKED_VERBS`): a showing is arranged
with people, and a deadline waits for nobody.

Source: domain, rhythm guard and quiet hours (ours); seed: 保持适当的联系频率, 不使其产生压力.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from brokernotes.features.outreach import UNASKED_VERBS
from brokernotes.features.resting import is_quiet
from brokernotes.features.showings import CLASH, NOTE, Finding
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.convenient_times import suits
from brokernotes.model.occurrences import Outreach
from brokernotes.model.rules import Rules


class Called(NamedTuple):
    """A person as all of their notes speak of them.

    Attributes:
        ref: of the note the call is planned in.
        is_silenced: whether nobody contacts them unasked.
        until: they asked not to be contacted before; None: they did not.
        times: that suit them, as typed.
        made: contacts that nobody had asked for, lately, by anybody.
        coming: days on which somebody has promised or planned one, and who: an agent's id.
    """

    ref: str
    is_silenced: bool = False
    until: date | None = None
    times: tuple[str, ...] = ()
    made: tuple[Outreach, ...] = ()
    coming: tuple[tuple[date, str | None], ...] = ()


def find_call(
    person: Called, verb: str, when: tuple[date, int | None], agent: str | None, rules: Rules
) -> Iterator[Finding]:
    """What is to be known before somebody is called; what speaks against it is no `NOTE`.

    Args:
        person: who is called.
        verb: id.
        when: the day, and minutes since midnight; None: no time is said.
        agent: id of who calls; None: not known.
        rules: for the quiet hours, and how far apart contacts are.
    """
    day, minutes = when
    if verb not in UNASKED_VERBS:
        return
    ref = {"ref": person.ref}
    if person.is_silenced:
        yield Finding("no-contact", CLASH, params=ref)
    elif person.until is not None and day < person.until:
        yield Finding("not-until", CLASH, params={**ref, "date": person.until.isoformat()})
    if person.times and not suits(person.times, day, () if minutes is None else (minutes,)):
        yield Finding("call-times", NOTE, params={**ref, "text": list(person.times)})
    quiet = rules.quiet
    if minutes is not None and is_quiet(minutes, quiet):
        hours = [f"{at // 60:02}:{at % 60:02}" for at in (quiet.start, quiet.end)]
        yield Finding("quiet-hours", NOTE, params={"start": hours[0], "end": hours[1]})
    gap = timedelta(days=rules.cadence.min_gap)
    was = [one.day for one in person.made if one.agent != agent]
    yield from _near(was, day, gap, "colleague-was", ref)
    will = [coming for coming, who in person.coming if who != agent]
    yield from _near(will, day, gap, "colleague-will", ref)


def colleague_today(made: Iterable[Outreach], agent: str | None, day: date) -> bool:
    """Whether somebody else contacted a person on a day.

    Args:
        made: contacts that nobody had asked for.
        agent: id of who asks.
        day: the day.
    """
    return any(one.day == day and one.agent is not None and one.agent != agent for one in made)


def _near(
    days: Iterable[date], day: date, gap: timedelta, code: str, ref: dict[str, str]
) -> Iterator[Finding]:
    near = [one for one in days if abs(one - day) < gap]
    if near:
        yield Finding(code, NOTE, params={**ref, "date": max(near).isoformat()})
