"""Topics in words: one short line each, what to say and why now, for a screen in the hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from brokernotes.features.briefs import AGEING, TOLD, Brief, Wait
from brokernotes.features.reasons import Voice
from brokernotes.language import N_
from brokernotes.model.money import render_money
from brokernotes.model.occurrences import UNDATED
from brokernotes.model.topics import Topic

MARK = "–"  # of a single topic; unlike a bullet, every code page of a terminal has it
LONGEST = 90  # characters; a phone shows two lines of it

SENTENCES: Mapping[str, str] = {
    "promise": N_("as promised for {date}: {text}"),
    "question": N_("answer what was asked on {date}: {text}"),
    "open": N_("left open on {date}: {text}"),
    "offer-open": N_("the offer of {price} on {date} waits for an answer of {whose}"),
    "cut-rejected": N_("{home}, turned down on {seen}: {old} → {new} since {date}"),
    "cut-seen": N_("{home}, seen on {seen}: {old} → {new} since {date}"),
    "liked-status": N_("{home}, which they liked: {state} since {date}"),
    "liked-rise": N_("{home}, which they liked, is dearer: {old} → {new} on {date}"),
    "offer-answers": N_("{home}, {price}: without what they minded ({objections})"),
    "offer-untold": N_("never spoken of: {home}, {price}, suits {score} of 100"),
    "offer-new": N_("new: {home}, {price}, suits {score} of 100; {date}"),
    "offer-cut": N_("cheaper: {home}, {old} → {new}, suits {score} of 100; {date}"),
    "offer-back": N_("back on the market: {home}, {price}, suits {score} of 100; {date}"),
    "rival-closed": N_("in the estate {home} is off the market: {state}, asked {price}; {date}"),
    "rival-cut": N_("in the estate {home} is cheaper: {old} → {new} on {date}"),
    "rival-new": N_("in the estate {home} is new on the market at {price}; {date}"),
    "move-in": N_("wants to live there by {date}: count back what is to be done until then"),
    "school": N_("starts school in {year}: ask by when home and hukou must be in place"),
    "quiet": N_("no showing since {since}: tell what was done, ask what could change"),
    "quiet-dear": N_("no showing since {since}; asked {price}, {gap} % above the estate's average"),
    "dormant": N_("ask: sell or let again? Looking for another home?"),
    "past-client": N_("ask: how is it there? Another home, or somebody who looks for one?"),
    "on-hold": N_("ask: is the search still on hold? What would have to change?"),
    "confirm": N_("confirm what is only assumed: {fields}"),
    "ask": N_("ask: {fields}; without it little can be matched"),
    "ask-owner": N_("find out, since buyers ask: {fields}"),
}
COUNTED: Mapping[str, tuple[str, str]] = {
    "shown": (
        N_("{count} showing since {since}, tell how it went"),
        N_("{count} showings since {since}, tell how they went"),
    ),
    "shown-minded": (
        N_("{count} showing since {since}; not liked: {objections}"),
        N_("{count} showings since {since}; not liked: {objections}"),
    ),
}
_ABOVE = N_("asked {price}, {percent} % above the estate's average of {date} (about {usual})")
_BELOW = N_("asked {price}, {percent} % below the estate's average of {date} (about {usual})")

# What answers an objection without pressing (seed: 分析深层原因，提供必要的支持和引导).
ANSWERS: Mapping[str, str] = {
    "price": N_("show what else was paid there, and reckon the costs together"),
    "layout": N_("bring the plan, with what can be altered drawn in"),
    "light": N_("offer to see it at another hour"),
    "floor": N_("ask which floors would do"),
    "decoration": N_("bring an estimate of the work"),
    "family": N_("invite the family to see it"),
}
# What is asked, in words that can be spoken; of other keys the field's label.
ASKED: Mapping[str, str] = {
    "budget_max": N_("how much they can spend"),
    "rent_max": N_("how much rent they can pay"),
    "districts": N_("where they look"),
    "bedrooms_min": N_("how many rooms they need"),
    "eligibility": N_("whether they may buy here"),
    "title_checked_on": N_("the title, as the registry has it"),
    "acquired_on": N_("since when it is theirs (tax)"),
    "hukou": N_("whether a hukou stands there"),
}
_WHOSE: Mapping[str, str] = {"owner": N_("the owner"), "client": N_("the buyer or tenant")}
_ANSWER = N_("minded on {date}: {objections}; {answer}")
_ELSE = N_("ask what would settle it")
_THROUGH = N_("{sentence} (through {holder})")
_WAIT = N_("wait: nothing new to say; look again on {date}")
_WAIT_BECAUSE = N_("wait: nothing new to say; look again on {date}, {because}")
_AGO = N_("{date} ({count} day ago)"), N_("{date} ({count} days ago)")
_EVERY = N_("every day"), N_("every {count} days")


def lines_of(brief: Brief, voice: Voice) -> list[str]:
    """The lines of a brief, numbered where there are several; what a row says itself aside.

    Args:
        brief: of one row.
        voice: in which it is told.
    """
    return _lines(brief, voice, TOLD)


def all_lines(brief: Brief, voice: Voice) -> list[str]:
    """The same with what a row of `due` says itself.

    Args:
        brief: of one note.
        voice: in which it is told.
    """
    return _lines(brief, voice, frozenset())


def _lines(brief: Brief, voice: Voice, without: frozenset[str]) -> list[str]:
    if brief.wait is not None:
        return [wait_line(brief.wait, voice)]
    told = dict.fromkeys(sentence(one, voice) for one in brief.topics if one.code not in without)
    if len(told) == 1:
        return [f"{MARK} {line}" for line in told]
    return [f"{number}. {line}" for number, line in enumerate(told, 1)]


def sentence(topic: Topic, voice: Voice) -> str:
    """One topic in a line."""
    places = _places(topic, voice)
    if topic.code == "objection":
        said = voice.text(_ANSWER, **places, answer=_answer(topic, voice))
    elif topic.code == "market":
        gap = topic.params.get("gap")
        gap = gap if isinstance(gap, int) else 0
        said = voice.text(_ABOVE if gap > 0 else _BELOW, **places, percent=abs(gap))
    elif topic.code == "shown":
        count = topic.params.get("count")
        code = "shown-minded" if places["objections"] else "shown"
        places.pop("count", None)
        said = voice.language.plural(
            *COUNTED[code], count if isinstance(count, int) else 0, **places
        )
    else:
        said = voice.text(SENTENCES[topic.code], **places)
    said = said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"
    if topic.of:
        title = voice.named(topic.of) or topic.of
        said = voice.text(N_("{title}: {sentence}"), title=title, sentence=said)
    if "through" in topic.params:
        return voice.text(_THROUGH, sentence=said, holder=topic.params["through"])
    return said


def wait_line(wait: Wait, voice: Voice) -> str:
    """That there is nothing to say, when to look again, and why then."""
    from brokernotes.features.reasons import sentence_of

    if wait.reason == "cadence":
        days = wait.params.get("days")
        because = voice.language.plural(*_EVERY, days if isinstance(days, int) else 1)
    else:
        because = sentence_of(wait.reason, wait.params, voice)
    if not because or because == wait.reason:
        return voice.text(_WAIT, date=wait.day)
    return voice.text(_WAIT_BECAUSE, date=wait.day, because=because)


def source_line(topic: Topic, voice: Voice) -> str:
    """Where a topic comes from, for `--explain`."""
    title = voice.named(topic.note) if topic.note else ""
    if topic.params.get("hidden"):  # in its own title may stand what is not told
        title = str(topic.params.get("title", ""))
    if topic.entry and not topic.entry[:8].isdigit():
        return voice.text(N_("to say: entry ^{entry} of {title}"), entry=topic.entry, title=title)
    if topic.day:
        return voice.text(N_("to say: {title}, {date}"), title=title, date=topic.day)
    return voice.text(N_("to say: fields of {title}"), title=title)


def _places(topic: Topic, voice: Voice) -> dict[str, Any]:
    """The params of a topic with ids turned into words."""
    places: dict[str, Any] = dict(topic.params)
    code = voice.language.code
    unit = "元/月" if places.get("side") == "lease" else "万元"
    for key in ("price", "old", "new", "usual"):
        amount = places.get(key)
        if isinstance(amount, int | float):
            places[key] = render_money(amount, unit)
        elif key in places:
            places[key] = "?"
    if topic.code in AGEING and (days := _days_ago(places.get("date"), voice)) > 0:
        places["date"] = voice.language.plural(*_AGO, days, date=places["date"])
    if "whose" in places:
        places["whose"] = voice.text(_WHOSE[str(places["whose"])])
    if "title" in places:
        places["home"] = places["title"]
    if "state" in places:
        known = voice.schema.vocabularies["listing_status"]
        if places["state"] in known.by_id:
            places["state"] = known.label(str(places["state"]), code).replace("_", " ")
    if "objections" in places:
        places["objections"] = _objections(places["objections"], voice)
    if "keys" in places:
        places["fields"] = [_asked(str(key), topic.code, voice) for key in places["keys"]]
    return places


def _days_ago(day: object, voice: Voice) -> int:
    """How old something is; 0 where no sentence shall depend on the day it is read."""
    if voice.today == UNDATED or not isinstance(day, str):
        return 0
    return (voice.today - date.fromisoformat(day)).days


def _asked(key: str, topic: str, voice: Voice) -> str:
    if key in ASKED:
        return voice.text(ASKED[key])
    fields = voice.schema.fields("listing" if topic == "ask-owner" else "client")
    return fields[key].label(voice.language.code) if key in fields else key


def _objections(found: object, voice: Voice) -> str:
    words = voice.schema.vocabularies["objection"]
    code = voice.language.code
    joint = "、" if code == "zh" else ", "
    if isinstance(found, Mapping):
        return joint.join(
            words.label(str(one), code) + (f" ×{count}" if count > 1 else "")
            for one, count in found.items()
        )
    items = found if isinstance(found, list | tuple) else []
    return joint.join(words.label(str(one), code) for one in items)


def _answer(topic: Topic, voice: Voice) -> str:
    said = topic.params.get("objections")
    for one in said if isinstance(said, list | tuple) else ():
        if own := voice.answers.get(str(one)):
            return own
        if one in ANSWERS:
            return voice.text(ANSWERS[str(one)])
    return voice.text(_ELSE)
