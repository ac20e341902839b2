"""What a match comes to: what speaks for a home, what does not, and what to find out first.

Shortcomings are named, never hidden (seed: 客观指出可能存在的不足); where there are none, what was
checked is said instead. What the agent does not know of a home comes before it is recommended
(seed: 应有深入了解).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from brokernotes.features.demand_changes import KEYS_OF, assumed_keys
from brokernotes.features.matching import Match
from brokernotes.features.matching_sides import LEASE, SALE
from brokernotes.features.matching_texts import MatchVoice, label, note
from brokernotes.language import N_
from brokernotes.model.measures import render_number

_SIGNS = {"fit": "+", "near": "~", "miss": "-", "unknown": "?"}
# What is asked of an owner before a home is recommended, where the note does not say it.
FIND_OUT: Mapping[str, tuple[tuple[str, str], ...]] = {
    SALE: (
        ("title_checked_on", N_("check the title: owner, mortgage, seizure")),
        ("acquired_on", N_("since when does the owner have it (two or five years, for the tax)")),
        ("defects", N_("what is wrong with it; no defect is written down")),
    ),
    LEASE: (
        ("available_from", N_("from when is it free")),
        ("defects", N_("what is wrong with it; no defect is written down")),
    ),
}


def reasons(match: Match, voice: MatchVoice) -> list[str]:
    """What speaks for the home."""
    return [note(one, match, voice) for one in match.criteria if one.verdict == "fit"]


def explanation(match: Match, voice: MatchVoice) -> list[str]:
    """Every criterion: how it stands, in words, and its points of its weight."""
    return [
        f"{_SIGNS[one.verdict]} {note(one, match, voice)} "
        f"({render_number(round(one.points, 1))}/{render_number(one.weight)})"
        for one in match.criteria
    ]


def shortcomings(match: Match, voice: MatchVoice) -> list[str]:
    """What is not as wanted, and what is wrong with the home whoever asks.

    Never empty: where nothing is known to be wrong, what was checked is said.
    """
    found = [note(one, match, voice) for one in match.criteria if one.verdict in ("near", "miss")]
    found += faults(match, voice)
    if found:
        return found
    checked = [label(one, match.side, voice) for one in match.criteria if one.verdict == "fit"]
    if not checked:
        return [voice.text(N_("nothing could be checked yet"))]
    checked = list(dict.fromkeys(checked))
    return [voice.text(N_("none found; checked: {things}"), things=voice.words(checked))]


def faults(match: Match, voice: MatchVoice) -> Iterator[str]:
    """What is wrong with the home whoever asks."""
    facts: Mapping[str, Any] = match.home.facts
    told = {one.term for one in match.criteria if one.verdict == "miss"}
    defects = [one for one in facts.get("defects") or () if one not in told]
    if defects:
        yield voice.text(N_("defects: {things}"), things=voice.words(defects))
    burdens = facts.get("encumbrances")
    if burdens:
        yield voice.text(N_("on the title: {things}"), things=voice.words(burdens, "encumbrance"))
    terms = facts.get("price_terms")
    if match.side == SALE and terms and "到手" in terms:
        yield voice.text(N_("the price is net to the owner: taxes come on top"))
    if match.side == SALE and facts.get("occupant") == "tenant":
        yield voice.text(N_("let: the tenant comes first when it is sold"))
    if match.side == SALE and facts.get("co_owned") and not facts.get("co_owner_consent"):
        yield voice.text(N_("co-owned, and the co-owner has not agreed yet"))
    if match.side == SALE and facts.get("hukou") == "present":
        yield voice.text(N_("a household is registered there"))


def questions(match: Match, voice: MatchVoice) -> list[str]:
    """What to find out before the home is recommended."""
    facts = match.home.facts
    asked = [note(one, match, voice) for one in match.criteria if one.verdict == "unknown"]
    asked += _assumed(match, voice)
    if match.home.status is None:
        asked.append(voice.text(N_("whether it is on the market: no status is written down")))
    is_asked = any(one.key == "available" for one in match.criteria)
    asked += [
        voice.text(sentence)
        for key, sentence in FIND_OUT[match.side]
        if facts.get(key) in (None, [], ()) and not (key == "available_from" and is_asked)
    ]
    return list(dict.fromkeys(asked))


def _assumed(match: Match, voice: MatchVoice) -> Iterator[str]:
    """What is assumed of the client and nobody confirmed (seed: 避免主观臆断)."""
    guessed = assumed_keys(match.want.facts, voice.schema)
    read = {key for one in match.criteria for key in KEYS_OF.get(one.key, ())}
    for key in guessed:
        if key in read:
            field = voice.schema.fields("client")[key]
            thing = field.label(voice.language.code)
            yield voice.text(N_("assumed, ask the client: {thing}"), thing=thing)


def unasked(match: Match) -> list[str]:
    """Keys of the demand that nobody asked the client about, the most telling first."""
    facts = match.want.facts
    keys = ("budget_max", "districts", "bedrooms_min", "must_have", "deal_breakers")
    if match.side == LEASE:
        keys = ("rent_max", "districts", "bedrooms_min", "move_in_by", "lease_mode")
    places = ("districts", "neighborhoods", "communities")
    return [
        key
        for key in keys
        if facts.get(key) is None
        and not (key == "districts" and any(facts.get(one) for one in places))
    ]
