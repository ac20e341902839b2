"""Why something is due, in words: a sentence, the lines of a brief, the rule behind it.

An occurrence carries a code and its places, so that programs need no sentence;
here the two become one, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from brokernotes.features.ranking import OVERFLOW, DueItem
from brokernotes.language import N_, Language
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import Schema

SENTENCES: Mapping[str, str] = {
    "promise": N_("promised to be in touch on {date}"),
    "promise-at": N_("promised to be in touch on {date} at {time}"),
    "next-followup": N_("next follow-up set for {date}"),
    "planned": N_("{verb} planned for {date}"),
    "planned-at": N_("{verb} planned for {date} at {time}"),
    "cancelled": N_("{verb} of {date} called off"),
    "cancelled-at": N_("{verb} of {date} at {time} called off"),
    "feedback": N_("no feedback yet on the {verb} of {date}"),
    "signing": N_("signing expected on {date}"),
    "entrustment-end": N_("the entrustment ends on {date}"),
    "lease-end": N_("the lease ends on {date}"),
    "first-response": N_("inquired on {date}, not answered yet"),
    "first-response-at": N_("inquired on {date} at {time}, not answered yet"),
    "revisit-lease": N_("let until {lease_end}: let again, or sell?"),
}

# One day and several, as English has them.
COUNTED: Mapping[str, tuple[str, str]] = {
    "revisit": (
        N_("grade {grade} listing {market}: revisit every day"),
        N_("grade {grade} listing {market}: revisit every {count} days"),
    ),
    "revisit-own": (
        N_("revisit every day, as this note says"),
        N_("revisit every {count} days, as this note says"),
    ),
    "revisit-dormant": (
        N_("{state}: ask the owner every day"),
        N_("{state}: ask the owner every {count} days"),
    ),
    "followup": (
        N_("grade {grade} client {market}: follow up every day"),
        N_("grade {grade} client {market}: follow up every {count} days"),
    ),
    "followup-own": (
        N_("follow up every day, as this note says"),
        N_("follow up every {count} days, as this note says"),
    ),
    "followup-dormant": (
        N_("{state}: be in touch every day"),
        N_("{state}: be in touch every {count} days"),
    ),
    OVERFLOW: (N_("{count} more"), N_("{count} more")),
}

MARKETS: Mapping[str, str] = {
    "sale": N_("for sale"),
    "lease": N_("for lease"),
    "buy": N_("to buy"),
    "rent": N_("to rent"),
}

ORIGINS: Mapping[str, str] = {
    "seed": N_("the textbook says so"),
    "found": N_("public practice or law"),
    "ours": N_("a default of this program, not the textbook's"),
    "rules": N_("set in brokernotes.yaml"),
    "note": N_("this note says so"),
}

# What stands behind a date that a note itself gives, by the name of its rule.
NOTED: Mapping[str, str] = {
    "next": N_("the newest entry with a next date: {value}"),
    "next_followup": N_("next_followup of this note: {value}"),
    "planned": N_("a planned entry: {value}"),
    "expected_signing": N_("expected_signing of this deal: {value}"),
    "cadence_days": N_("cadence_days of this note: {value}"),
}


def reason(
    occurrence: Occurrence, language: Language, today: date, schema: Schema | None = None
) -> str:
    """One short sentence: why this is due.

    Args:
        occurrence: the reason.
        language: of the reader.
        today: what counts as past.
        schema: for the words of verbs and statuses; None: the built-in ones.
    """
    places = _places(occurrence.params, language, schema or _builtin())
    sentence = _sentence(occurrence.reason, places, language)
    if occurrence.computed:
        return _with_contact(sentence, places, language)
    days = _days_past(occurrence, today)
    if days <= 0 or occurrence.cancelled:
        return sentence
    return language.plural(
        N_("{sentence}, {count} day ago"),
        N_("{sentence}, {count} days ago"),
        days,
        sentence=sentence,
    )


def item_reason(
    item: DueItem, language: Language, today: date, schema: Schema | None = None
) -> str:
    """The sentence of a row: of the reason that names it, or how much the day does not hold."""
    if item.first is None:
        return language.plural(*COUNTED[OVERFLOW], item.more)
    return reason(item.first, language, today, schema)


def brief(
    item: DueItem, language: Language, today: date, schema: Schema | None = None
) -> list[str]:
    """What to know before the call: every reason but the first, the last contact, what to ask.

    Args:
        item: one row of what is due.
        language: of the reader.
        today: what counts as past.
        schema: for the words of verbs and statuses; None: the built-in ones.
    """
    lines = [reason(other, language, today, schema) for other in item.reasons[1:]]
    lines += [other.text for other in item.reasons if other.text]
    if item.last_contact:
        lines.append(
            language.text(
                N_("last contact {date}: {text}"), date=item.last_contact, text=item.last_text
            )
            if item.last_text and item.last_text not in lines
            else language.text(N_("last contact {date}"), date=item.last_contact)
        )
    if any(other.dormant and other.kind == "revisit" for other in item.reasons):
        lines.append(language.text(N_("Ask: sell or let again? Looking for another home?")))
    return list(dict.fromkeys(lines))


def explain(occurrence: Occurrence, language: Language, schema: Schema | None = None) -> list[str]:
    """Which rule gave the date, what it counts from, and whose rule it is.

    Args:
        occurrence: the reason.
        language: of the reader.
        schema: for the words of verbs; None: the built-in ones.
    """
    name, value = str(occurrence.rule.get("name", "")), occurrence.rule.get("value", "")
    origin = ORIGINS.get(str(occurrence.rule.get("origin")), "")
    if name in NOTED:
        lines = [language.text(NOTED[name], value=value)]
    else:
        lines = [
            language.text(
                N_("rule {name} = {value}: {origin}"),
                name=name,
                value=value,
                origin=language.text(origin),
            )
        ]
    lines.extend(_counted_from(occurrence, language, schema or _builtin()))
    if occurrence.entry and occurrence.kind in ("promise", "planned", "feedback"):
        lines.append(language.text(N_("entry ^{entry}"), entry=occurrence.entry))
    return lines


def _counted_from(occurrence: Occurrence, language: Language, schema: Schema) -> list[str]:
    """What a computed date counts from."""
    if not occurrence.computed:
        return []
    params = _places(occurrence.params, language, schema)
    if occurrence.undated:
        return [language.text(N_("nothing to count from: give the note a created date"))]
    params["due"] = occurrence.due
    if "last" in params:
        return [language.text(N_("counted from the {verb} of {last}: due {due}"), **params)]
    if "start" in params:
        return [language.text(N_("counted from {start}, nobody reached yet: due {due}"), **params)]
    return []


def _with_contact(sentence: str, places: Mapping[str, object], language: Language) -> str:
    """A computed reason with the last contact."""
    if "last" in places:
        tail = N_("{sentence}, last {last} by {verb}")
    elif "start" in places:
        tail = N_("{sentence}, not reached since {start}")
    else:
        return sentence
    return language.text(tail, sentence=sentence, **places)


def _sentence(code: str, places: Mapping[str, object], language: Language) -> str:
    if code in SENTENCES:
        return language.text(SENTENCES[code], **places)
    if code not in COUNTED:
        return code
    days = places.get("days")
    return language.plural(*COUNTED[code], days if isinstance(days, int) else 0, **places)


def _places(params: Mapping[str, object], language: Language, schema: Schema) -> dict[str, object]:
    """The params of a code with ids turned into words."""
    places = dict(params)
    verb = places.get("verb")
    if isinstance(verb, str):
        known = schema.verbs.get(verb)
        places["verb"] = known.label(language.code) if known else verb or language.text(N_("task"))
    market = places.get("market")
    if isinstance(market, str) and market in MARKETS:
        places["market"] = language.text(MARKETS[market])
    state = places.get("state")
    if isinstance(state, str):
        places["state"] = _state_label(state, language, schema)
    return places


def _state_label(state: str, language: Language, schema: Schema) -> str:
    """The word for a listing's status or a client's stage."""
    for name in ("listing_status", "client_stage"):
        if state in schema.vocabularies[name].by_id:
            label = schema.vocabularies[name].label(state, language.code)
            return label.replace("_", " ")
    return state


def _days_past(occurrence: Occurrence, today: date) -> int:
    """Days since the date that is told: a notice is given before what it announces."""
    told = occurrence.params.get("date")
    try:
        day = date.fromisoformat(told) if isinstance(told, str) else occurrence.due
    except ValueError:
        day = occurrence.due
    return (today - day).days


@cache
def _builtin() -> Schema:
    return builtin_schema()
