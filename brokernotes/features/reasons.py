"""Why something is due, in words: a sentence, the lines of a brief.

An occurrence carries a code and its places, so that programs need no sentence;
here the two become one, in the reader's language. The rule behind it: `reason_explaining`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from brokernotes.features.ranking import OVERFLOW, DueItem
from brokernotes.features.reason_sentences import (
    COUNTED,
    DEADLINES,
    GONE,
    MARKETS,
    OTHER_TIME,
    OTHER_WAY,
    SENTENCES,
    WAITS,
    WISH,
)
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.occurrences import UNDATED, Occurrence
from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import Schema
from brokernotes.model.verbs import SHOWING_VERBS

_BEGUN = N_("it has begun; once it is over, `brokernotes done` notes how it was received")


@cache
def _builtin() -> Schema:
    return builtin_schema()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """To whom, when and in which words something is told.

    Attributes:
        language: of the reader.
        today: what counts as past; `UNDATED`: no sentence shall depend on the day it is read.
        schema: for the words of verbs and statuses.
        named: what people call a note, by its id or by a link as typed; "": not to be told.
        answers: how the brokerage meets objections (`Rules.answers`).
    """

    language: Language
    today: date = UNDATED
    schema: Schema = field(default_factory=_builtin)
    named: Callable[[str], str] = str
    answers: Mapping[str, str] = field(default_factory=dict)

    def text(self, message: str, **places: object) -> str:
        """A message in the reader's language."""
        return self.language.text(message, **places)


def reason(occurrence: Occurrence, voice: Voice) -> str:
    """One short sentence: why this is due, and which other notes it is about.

    Args:
        occurrence: the reason.
        voice: in which it is told.
    """
    places = places_of(occurrence.params, voice)
    sentence = _sentence(occurrence.reason, places, voice.language)
    if occurrence.computed:
        return _with_contact(sentence, places, voice)
    things = dict.fromkeys(voice.named(link) for link in occurrence.links)
    things[occurrence.place] = None
    told = [thing for thing in things if thing]
    if told:
        sentence = voice.text(N_("{sentence} ({things})"), sentence=sentence, things=told)
    return sentence if occurrence.cancelled else _with_days(sentence, occurrence, voice)


def item_reason(item: DueItem, voice: Voice) -> str:
    """The sentence of a row: of the reason that names it, or how much the day does not hold."""
    if item.first is None:
        return voice.language.plural(*COUNTED[OVERFLOW], item.more)
    return reason(item.first, voice)


def other_reason(other: Occurrence, item: DueItem, voice: Voice) -> str:
    """The sentence of another reason of a row; of another note with what that is called."""
    sentence = reason(other, voice)
    if other.path == item.path:
        return sentence
    title = voice.named(other.note) if other.note != other.path else other.title
    return voice.text(N_("{title}: {sentence}"), title=title or other.title, sentence=sentence)


def brief(item: DueItem, voice: Voice, topics: Iterable[str] = ()) -> list[str]:
    """What to know before the call: every other reason, what to say, what was said last.

    Args:
        item: one row of what is due.
        voice: in which it is told.
        topics: lines of `features.topic_sentences`.
    """
    lines: list[str] = []
    if item.is_hushed:
        lines.append(
            voice.text(N_("Do not contact, or inactive: reach out only if they expect it."))
        )
    if item.is_overdue and voice.today != UNDATED and _is_open_showing(item):
        lines.append(voice.text(_BEGUN))
    lines.extend(waits(one, voice) for one in item.reasons if one.rhythm)
    for one in item.reasons:
        lines.extend(_tried(one, voice))
    times = tuple(dict.fromkeys(said for one in item.reasons for said in one.times))
    if times:
        lines.append(voice.text(N_("suits them: {times}"), times=times))
    for number, one in enumerate(item.reasons):
        if number and not _is_told_already(one, item):
            lines.append(other_reason(one, item, voice))
        if one.text:
            lines.append(one.text)
        people = one.params.get("people")
        if isinstance(people, list):
            names = [voice.named(str(ref)) for ref in people]
            lines.append(("、" if voice.language.code == "zh" else ", ").join(filter(None, names)))
        papers = places_of(one.params, voice).get("papers")
        if papers:
            lines.append(voice.text(N_("papers still missing: {papers}"), papers=papers))
        lines.extend(_key(one, voice))
    lines.extend(topics)
    if item.last_contact:
        lines.append(
            voice.text(
                N_("last contact {date}: {text}"), date=item.last_contact, text=item.last_text
            )
            if item.last_text and not any(item.last_text in line for line in lines)
            else voice.text(N_("last contact {date}"), date=item.last_contact)
        )
    if any(other.dormant and other.kind == "revisit" for other in item.reasons):
        lines.append(voice.text(N_("Ask: sell or let again? Looking for another home?")))
    return list(dict.fromkeys(lines))


def _is_open_showing(item: DueItem) -> bool:
    """Whether a row is a showing that nobody ticked off."""
    return item.kind == "planned" and item.params.get("verb") in SHOWING_VERBS


def _tried(one: Occurrence, voice: Voice) -> Iterator[str]:
    """What to do about somebody who does not answer."""
    tried, ways = one.params.get("tried"), one.params.get("ways")
    if not isinstance(tried, int) or not isinstance(ways, list):
        return
    code = voice.language.code
    known = (voice.schema.verbs.get(str(way)) for way in ways)
    words = [_uncapitalised(verb.label(code)) for verb in known if verb is not None]
    message = OTHER_WAY if len(ways) == 1 else OTHER_TIME
    yield voice.text(message, count=tried, date=one.params.get("tried_since", ""), ways=words)
    if one.params.get("gone"):
        yield voice.text(GONE[one.kind] if one.kind in GONE else GONE["followup"])


def _key(one: Occurrence, voice: Voice) -> Iterator[str]:
    """Where the key of a home is that is shown tomorrow."""
    keys = one.params.get("keys")
    if one.kind == "confirm_showing" and isinstance(keys, str):
        where = voice.schema.vocabularies["keys"].label(keys, voice.language.code)
        yield voice.text(N_("key: {where}"), where=where)


def _is_told_already(reason: Occurrence, item: DueItem) -> bool:
    """Whether a row says it in other words: the cadence asks about a lease whose end is told."""
    return reason.reason == "revisit-lease" and any(
        other.kind == "lease_end" and other.path == reason.path for other in item.reasons
    )


def reason_or_wait(occurrence: Occurrence, voice: Voice) -> str:
    """The sentence of a reason, with why it waits, if it does."""
    sentence = reason(occurrence, voice)
    if not occurrence.rhythm:
        return sentence
    things = [waits(occurrence, voice)]
    return voice.text(N_("{sentence} ({things})"), sentence=sentence, things=things)


def waits(occurrence: Occurrence, voice: Voice) -> str:
    """For which contact with the same person something waits, and until when."""
    said = occurrence.rhythm
    if said.get("wish"):
        return voice.text(WISH, date=said.get("date", ""))
    message = WAITS[bool(said.get("colleague")), bool(said.get("coming"))]
    return voice.text(message, date=said.get("date", ""), due=occurrence.due)


def _with_contact(sentence: str, places: Mapping[str, object], voice: Voice) -> str:
    """A computed reason with the last contact."""
    if "last" in places:
        tail = N_("{sentence}, last {last} by {verb}")
    elif "start" in places:
        tail = N_("{sentence}, not reached since {start}")
    else:
        return sentence
    return voice.text(tail, sentence=sentence, **places)


def _with_days(sentence: str, occurrence: Occurrence, voice: Voice) -> str:
    """A sentence with the days since its date, or those left where money is at risk."""
    if voice.today == UNDATED:
        return sentence
    days = _days_past(occurrence, voice.today)
    if days > 0:
        message = N_("{sentence}, {count} day ago"), N_("{sentence}, {count} days ago")
    elif days < 0 and occurrence.kind in DEADLINES:
        message = N_("{sentence}, in {count} day"), N_("{sentence}, in {count} days")
    else:
        return sentence
    return voice.language.plural(*message, abs(days), sentence=sentence)


def sentence_of(code: str, params: Mapping[str, object], voice: Voice) -> str:
    """The sentence of a reason's code and places alone.

    Args:
        code: of the reason.
        params: its places.
        voice: in which it is told.
    """
    return _sentence(code, places_of(params, voice), voice.language)


def _sentence(code: str, places: Mapping[str, object], language: Language) -> str:
    if code in SENTENCES:
        return language.text(SENTENCES[code], **places)
    if code not in COUNTED:
        return code
    days = places.get("count", places.get("days"))
    places = {name: place for name, place in places.items() if name != "count"}
    return language.plural(*COUNTED[code], days if isinstance(days, int) else 0, **places)


def places_of(params: Mapping[str, object], voice: Voice) -> dict[str, object]:
    """The params of a code with ids turned into words."""
    places = dict(params)
    code = voice.language.code
    verb = places.get("verb")
    if isinstance(verb, str):
        known = voice.schema.verbs.get(verb)
        places["verb"] = (
            _uncapitalised(known.label(code)) if known else verb or voice.text(N_("task"))
        )
    market = places.get("market")
    if isinstance(market, str) and market in MARKETS:
        places["market"] = voice.text(MARKETS[market])
    step = places.get("step")
    if isinstance(step, str):
        places["step"] = voice.schema.vocabularies["deal_step"].label(step, code)
    papers = places.get("papers")
    if isinstance(papers, list):
        vocabulary = voice.schema.vocabularies["paper"]
        places["papers"] = [vocabulary.label(paper, code) for paper in papers]
    if "festival" in places:
        places["festival"] = festival_label(places, voice.language)
    if "leap" in places:
        places["lunar"] = lunar_text(places, voice)
    state = places.get("state")
    if isinstance(state, str):
        places["state"] = _state_label(state, code, voice.schema)
    return places


def lunar_text(params: Mapping[str, object], voice: Voice) -> str:
    """A lunar date in words: `农历六月初八`, `day 8 of lunar month 6`."""
    month, day, leap = params.get("month"), params.get("day"), params.get("leap") is True
    if not isinstance(month, int) or not isinstance(day, int):
        return ""
    if voice.language.code == "zh":
        from brokernotes.model.lunar import chinese_date

        return f"农历{chinese_date(month, day, leap=leap)}"
    message = (
        N_("day {day} of leap lunar month {month}")
        if leap
        else N_("day {day} of lunar month {month}")
    )
    return voice.text(message, day=day, month=month)


def title(item: DueItem, voice: Voice) -> str:
    """What a row is about: the title of its note, or a festival."""
    if item.kind != "festival":
        return item.title
    return festival_label(item.params, voice.language)


def festival_label(params: Mapping[str, object], language: Language) -> str:
    """What a festival is called."""
    from brokernotes.model.festivals import FESTIVALS

    known = FESTIVALS.get(str(params.get("festival")))
    return language.text(known.label) if known else ""


def channel_word(channel: str, voice: Voice) -> str:
    """How somebody likes to be reached, in the word of the verb: `WeChat`, `call`.

    Args:
        channel: id of it.
        voice: in which it is told.
    """
    code, verb = voice.language.code, voice.schema.verbs.get(channel)
    if verb is not None:
        return _uncapitalised(verb.label(code))
    return voice.schema.vocabularies["channel"].label(channel, code)


def _uncapitalised(label: str) -> str:
    """A word as it stands within a sentence; `WeChat` and `SMS` stay."""
    return label.lower() if label[1:].islower() else label


def _state_label(state: str, code: str, schema: Schema) -> str:
    """The word for a listing's status or a client's stage."""
    for name in ("listing_status", "client_stage"):
        if state in schema.vocabularies[name].by_id:
            return schema.vocabularies[name].label(state, code).replace("_", " ")
    return state


def _days_past(occurrence: Occurrence, today: date) -> int:
    """Days since the date that is told: a notice is given before what it announces."""
    told = occurrence.params.get("date")
    try:
        day = date.fromisoformat(told) if isinstance(told, str) else occurrence.due
    except ValueError:
        day = occurrence.due
    return (today - day).days
