"""The judgement of a match in the words of a proposal: said to the client, not to the agent.

What fits, what does not and what is still to be found out are those of the match
(`features.matching`); only the sentences are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from brokernotes.features.matching import RESERVED, Criterion, Match
from brokernotes.features.matching_findings import FIND_OUT, faults
from brokernotes.features.matching_sides import LEASE, SALE
from brokernotes.features.matching_texts import MatchVoice, has, label, off, wants
from brokernotes.language import N_
from brokernotes.model.measures import render_number

_FITS: Mapping[str, str] = {
    "price": N_("{has}, within your {wants}"),
    "place": N_("{has}, where you look"),
    "bedrooms": N_("bedrooms: {has}, as you asked"),
    "area": N_("gross area {has}, as large as you asked"),
    "school": N_("the school place is free now; admission is as the authorities say that year"),
    "available": N_("free by {wants}"),
    "pets": N_("pets are welcome"),
    "min_term": N_("shortest lease {has} months, which suits you"),
    "loan": N_("{has}, on which banks usually lend"),
    "year_built": N_("built in {has}"),
    "facing": N_("faces {has}"),
    "lease_mode": N_("let as: {has}"),
    "must_have": N_("has {wants}: a must for you"),
    "nice_to_have": N_("has {wants}"),
    "deal_breakers": N_("no {wants}, which you do not accept"),
    "lifestyle": N_("the estate is {wants}, as you like it"),
}
_MISSES: Mapping[str, str] = {
    "price": N_("{has}, {percent}% above your {wants}"),
    "bedrooms": N_("bedrooms: {has}; you asked for {wants}"),
    "small": N_("gross area {has}, {percent}% smaller than you asked ({wants})"),
    "large": N_("gross area {has}, {percent}% larger than you asked ({wants})"),
    "near": N_("{has}: not in {wants}, but near"),
    "place": N_("{has}, not {wants}"),
    "school": N_("no school place, or it is used"),
    "available": N_("free only from {has}; you asked for {wants}"),
    "pets": N_("no pets"),
    "min_term": N_("shortest lease {has} months, longer than yours"),
    "loan": N_("{has}: no bank lends on it"),
    "year_built": N_("built in {has}; you asked for {wants} or later"),
    "must_have": N_("no {wants}: a must for you"),
    "nice_to_have": N_("no {wants}"),
    "deal_breakers": N_("has {wants}, which you do not accept"),
    "lifestyle": N_("the estate is not {wants}"),
}
_ASKED: Mapping[str, str] = {
    "must_have": N_("whether it has {wants}"),
    "nice_to_have": N_("whether it has {wants}"),
    "deal_breakers": N_("whether it is, or has, {wants}"),
    "lifestyle": N_("whether the estate is {wants}"),
}
_CHECKED: Mapping[str, str] = {
    "title_checked_on": N_("the title: owner, mortgage, seizure"),
    "acquired_on": N_("since when the owner has it, for the tax"),
    "available_from": N_("from when it is free"),
    "defects": N_("whether anything is wrong with it"),
}


def fits(match: Match, voice: MatchVoice) -> list[str]:
    """What speaks for the home, the weightiest first."""
    return [
        _said(_FITS.get(one[0].key, N_("{label}: {has}")), one, match, voice)
        for one in _alike(match, ("fit",))
    ]


def shortcomings(match: Match, voice: MatchVoice) -> list[str]:
    """What is not as asked, and what is wrong with the home; never empty.

    Where nothing is known to be wrong, what was checked is said.
    """
    found = list(_shortcomings(match, voice))
    if found:
        return found
    checked = [label(one, match.side, voice) for one in match.criteria if one.verdict == "fit"]
    if not checked:
        return [voice.text(N_("not known yet: nothing could be checked so far"))]
    things = voice.words(list(dict.fromkeys(checked)))
    return [voice.text(N_("none found so far; checked: {things}"), things=things)]


def _shortcomings(match: Match, voice: MatchVoice) -> Iterator[str]:
    if match.home.status == RESERVED:
        yield voice.text(N_("somebody has paid a deposit; it is free only if they step back"))
    for one in _alike(match, ("near", "miss")):
        yield _said(_missing(one[0], match), one, match, voice)
    yield from faults(match, voice)


def _missing(one: Criterion, match: Match) -> str:
    key = one.key
    if key == "area":
        area, least = match.home.area or 0, match.want.number("area_min") or 0
        key = "small" if area < least else "large"
    elif key == "place" and one.verdict == "near":
        key = "near"
    return _MISSES.get(key, N_("{label}: {has}; you asked for {wants}"))


def unknowns(match: Match, voice: MatchVoice) -> list[str]:
    """What is still being found out, for the client to know."""
    asked = [
        _said(_ASKED.get(one[0].key, "{label}"), one, match, voice)
        for one in _alike(match, ("unknown",))
    ]
    facts = match.home.facts
    asked += [
        voice.text(_CHECKED[key])
        for key, _ in FIND_OUT[match.side]
        if facts.get(key) in (None, [], ())
    ]
    return list(dict.fromkeys(asked))


def _alike(match: Match, verdicts: Sequence[str]) -> list[list[Criterion]]:
    """The criteria with such verdicts; those about terms of one kind are one."""
    found: list[list[Criterion]] = []
    places: dict[tuple[str, str], int] = {}
    for one in match.criteria:
        if one.verdict not in verdicts:
            continue
        place = places.get((one.key, one.verdict)) if one.term else None
        if place is not None:
            found[place].append(one)
            continue
        places[one.key, one.verdict] = len(found)
        found.append([one])
    return found


def _said(sentence: str, alike: Sequence[Criterion], match: Match, voice: MatchVoice) -> str:
    """What criteria that are alike come to."""
    one = alike[0]
    asked = list(dict.fromkeys(wants(each, match, voice) for each in alike))
    places: dict[str, object] = {
        "label": label(one, match.side, voice),
        "has": has(one, match, voice),
        "wants": voice.words(asked),
        **off(one, match),
    }
    if one.key == "price":
        price = match.home.price if match.side == SALE else match.home.rent
        most = match.want.number("budget_max" if match.side == SALE else "rent_max")
        places["has"] = money(price, match.side, voice)
        places["wants"] = voice.text(N_("budget of {money}"), money=money(most, match.side, voice))
    for sign, message in (("≥ ", N_("at least {much}")), ("≤ ", N_("at most {much}"))):
        asked_for = str(places["wants"])
        if asked_for.startswith(sign):
            places["wants"] = voice.text(message, much=asked_for.removeprefix(sign))
    return voice.text(sentence, **places) if sentence != "{label}" else str(places["label"])


def money(value: float | None, side: str, voice: MatchVoice) -> str:
    """A price or a rent as people say it.

    Args:
        value: 万元, or 元 a month; None: not known.
        side: `sale` or `lease`.
        voice: in which words.
    """
    if value is None:
        return voice.text(N_("price on request"))
    if voice.language.code == "zh":
        return f"{render_number(value)} 万" if side != LEASE else f"{render_number(value)} 元/月"
    if side == LEASE:
        return f"¥{value:,.0f} a month"
    return f"¥{value * 10_000:,.0f}"
