"""What a home costs in the words of a proposal: with its terms, by the ㎡, against its estate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brokernotes.features.classifying_axes import is_residential
from brokernotes.features.matching_sides import LEASE, SALE
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.proposal_words import money
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.measures import render_number

Values = Mapping[str, Any]


class UnitPrice(NamedTuple):
    """What a ㎡ costs, each in words; empty: not known.

    Attributes:
        price: of a ㎡.
        against: how it compares with the estate's average.
        percent: that in short.
    """

    price: str = ""
    against: str = ""
    percent: str = ""


def asked_price(values: Values, terms: Sequence[str], side: str, voice: MatchVoice) -> str:
    """What is asked, with its terms.

    Args:
        values: of the listing, as they may be told.
        terms: of a sale, as somebody typed them.
        side: `sale` or `lease`.
        voice: in which words.
    """
    value = values.get("rent" if side == LEASE else "price")
    price, said = money(value, side, voice), list(terms)
    if value is None or not said:
        return price
    if any("到手" in one for one in said):
        said.append(voice.text(N_("taxes on top")))
    if voice.language.code == "zh":
        return f"{price}（{'，'.join(said)}）"
    return f"{price} ({', '.join(said)})"


def unit_price(values: Values, estate: Values, side: str, voice: MatchVoice) -> UnitPrice:
    """What a ㎡ costs; of a lease nothing.

    Args:
        values: of the listing, as they may be told.
        estate: of its estate, likewise.
        side: `sale` or `lease`.
        voice: in which words.
    """
    price, area = values.get("price"), values.get("gross_area")
    if side != SALE or not price or not area:
        return UnitPrice()
    unit = price * 10_000 / area
    average = estate.get("avg_price")
    if not average or is_residential(values) is False:  # the average is of homes
        return UnitPrice(_per_metre(unit, voice))
    percent = round((unit - average) / average * 100, 1)
    message = (
        N_("as the estate's average ({average})")
        if percent == 0
        else N_("{percent}% above the estate's average ({average})")
        if percent > 0
        else N_("{percent}% below the estate's average ({average})")
    )
    joint = "，" if voice.language.code == "zh" else ", "
    day = str(estate.get("avg_price_on") or "")
    told = joint.join(filter(None, (_per_metre(average, voice), day)))
    against = voice.text(message, percent=render_number(abs(percent)), average=told)
    return UnitPrice(_per_metre(unit, voice), against, f"{percent:+.1f}%")


def _per_metre(unit: float, voice: MatchVoice) -> str:
    return f"{unit:,.0f} 元/㎡" if voice.language.code == "zh" else f"¥{unit:,.0f}/㎡"
