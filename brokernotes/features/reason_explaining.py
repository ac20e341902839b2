"""Which rule gave a date, what it counts from, and why it was moved: for `--explain`."""

from __future__ import annotations

from collections.abc import Iterator

from brokernotes.features.reason_sentences import NOTED, NOTICES, ORIGINS
from brokernotes.features.reasons import Voice, festival_label, places_of, waits
from brokernotes.language import N_
from brokernotes.model.occurrences import Occurrence


def explain(occurrence: Occurrence, voice: Voice) -> list[str]:
    """Which rule gave the date, what it counts from, and whose rule it is.

    Args:
        occurrence: the reason.
        voice: in which it is told.
    """
    name, value = str(occurrence.rule.get("name", "")), occurrence.rule.get("value", "")
    origin = ORIGINS.get(str(occurrence.rule.get("origin")), "")
    if name in NOTED:
        lines = [voice.text(NOTED[name], value=value)]
    else:
        lines = [
            voice.text(
                N_("rule {name} = {value}: {origin}"),
                name=name,
                value=value,
                origin=voice.text(origin),
            )
        ]
    lines.extend(_counted_from(occurrence, voice))
    if occurrence.kind == "festival":
        festival = festival_label(occurrence.params, voice.language)
        yours = voice.text(N_("once all were greeted: `done {festival}`"), festival=festival)
        lines.append(yours)
    lines.extend(_moved(occurrence, voice))
    if occurrence.entry and occurrence.kind in (
        "promise",
        "planned",
        "feedback",
        "reconfirm_demand",
    ):
        lines.append(voice.text(N_("entry ^{entry}"), entry=occurrence.entry))
    return lines


def _counted_from(occurrence: Occurrence, voice: Voice) -> Iterator[str]:
    """What a date counts from, where the note does not give it."""
    params = places_of(occurrence.params, voice)
    params["due"] = occurrence.own_day
    if occurrence.kind in NOTICES:
        days = params.get("days")
        yield voice.language.plural(
            N_("{count} day before {date}: due {due}"),
            N_("{count} days before {date}: due {due}"),
            days if isinstance(days, int) else 0,
            **params,
        )
    elif occurrence.kind == "feedback" and occurrence.until:
        yield voice.text(N_("asked until {until}"), until=occurrence.until)
    elif occurrence.undated:
        yield voice.text(N_("nothing to count from: give the note a `created` date"))
    elif occurrence.kind == "first_response" and occurrence.at:
        params["due"] = f"{occurrence.at:%Y-%m-%d %H:%M}"
        yield voice.text(
            N_("counted from {date} {time}, never in the quiet hours: due {due}"), **params
        )
    elif "last" in params:
        yield voice.text(N_("counted from the {verb} of {last}: due {due}"), **params)
    elif "start" in params:
        yield voice.text(N_("counted from {start}, nobody reached yet: due {due}"), **params)


def _moved(occurrence: Occurrence, voice: Voice) -> Iterator[str]:
    """Why it does not stand on the day that was meant for it."""
    if occurrence.rhythm.get("wish"):
        yield waits(occurrence, voice)
        return
    if occurrence.rhythm:
        days = occurrence.rhythm.get("days")
        yield voice.language.plural(
            N_("two contacts with one person are at least {count} day apart (cadence.min_gap)"),
            N_("two contacts with one person are at least {count} days apart (cadence.min_gap)"),
            days if isinstance(days, int) else 1,
        )
        yield voice.text(N_("if it cannot wait, promise or plan it: `log --next`, `plan`"))
        return
    if occurrence.asked is None:
        return
    message = N_("moved from {asked}, when nobody is disturbed (quiet.days), to {due}")
    if not occurrence.spread:
        message = N_("moved from {asked}, the agent's rest day, to {due}")
        if _was_inconvenient(occurrence):
            message = N_("moved from {asked} to {due}, which suits them (`call_times`)")
    yield voice.text(message, asked=occurrence.asked, due=occurrence.due)


def _was_inconvenient(occurrence: Occurrence) -> bool:
    """Whether the day that was meant does not suit the person."""
    if not occurrence.times or occurrence.asked is None:
        return False
    from brokernotes.model.convenient_times import suits

    return not suits(occurrence.times, occurrence.asked, ())
