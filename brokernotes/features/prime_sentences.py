"""Why a sign is good, bad or unknown, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from brokernotes.features.prime import Judged, Sign
from brokernotes.language import N_, Language
from brokernotes.model.measures import render_number
from brokernotes.model.schema import Schema

LABELS: Mapping[str, str] = {
    "location": N_("location"),
    "title": N_("title deed"),
    "tradable": N_("may be sold"),
    "owner_firm": N_("owner"),
    "price": N_("price level"),
    "defects": N_("flaws"),
}
# Said wherever the class is: seed has it, and brokers forget it.
MEANING = N_("how easily it sells, not how good the home is")

REASONS: Mapping[str, str] = {
    "location-hot": N_("homes of this estate sell fast"),
    "location-slow": N_("homes of this estate do not sell fast"),
    "location-unsaid": N_("the community's note does not say whether it is hot (`hot`)"),
    "location-no-estate": N_("there is no note of its community"),
    "title-clear": N_("checked on {day}, nothing stands in the way"),
    "title-burdened": N_("{encumbrances} on it"),
    "title-unchecked": N_("not checked yet (`title_checked_on`)"),
    "title-old": N_("checked on {day}, {count} days ago: check it again"),
    "tradable-free": N_("free to be sold ({title_type})"),
    "tradable-seized": N_("a court has seized it"),
    "tradable-conditional": N_("sold under conditions only; ask the registry ({title_type})"),
    "tradable-other": N_("ask the registry whether it may be sold ({title_type})"),
    "tradable-consent": N_("its co-owner has not agreed yet (`co_owner_consent`)"),
    "tradable-unsaid": N_("the kind of title is not noted (`title_type`)"),
    "owner-said": N_("the owner's mind is {owner_intent}"),
    "owner-unsaid": N_("whether the owner means it is not noted (`owner_intent`)"),
    "owner-hidden": N_("only its holder knows the owner's mind"),
    "price-expected": N_("expects {price} 万元, {percent} % above the market's {market} 万元"),
    "price-expected-below": N_(
        "expects {price} 万元, {percent} % below the market's {market} 万元"
    ),
    "price-asked": N_("asks {price} 万元, {percent} % above the market's {market} 万元"),
    "price-asked-below": N_("asks {price} 万元, {percent} % below the market's {market} 万元"),
    "price-unasked": N_(
        "asks {price} 万元, {percent} % above the market's {market} 万元; what the owner expects "
        "is not noted (`expected_price`)"
    ),
    "price-hidden": N_(
        "asks {price} 万元, {percent} % above the market's {market} 万元; only its holder knows "
        "what the owner expects"
    ),
    "price-unsaid": N_("no price is noted; the market's is {market} 万元"),
    "price-no-area": N_("the gross area is not noted (`gross_area`)"),
    "price-no-average": N_("the estate's average price is not noted (`avg_price`)"),
    "price-average-old": N_("the estate's average price is {count} days old"),
    "defects-none": N_("none"),
    "defects-none-seen": N_("none noted when it was seen on {day}"),
    "defects-noted": N_("noted: {defects}"),
    "defects-hukou": N_("somebody's household is registered there"),
    "defects-let": N_("let, and the tenant has not waived"),
    "defects-let-until": N_("let until {day}, and the tenant has not waived"),
    "defects-unseen": N_("nobody has seen it yet (`inspected_on`)"),
}
_CHOICES = ("encumbrances", "title_type", "owner_intent", "defects")


def reason(sign: Sign, language: Language, schema: Schema) -> str:
    """Why a sign is as it is.

    Args:
        sign: one of a listing's.
        language: of the reader.
        schema: for the words of choices.
    """
    return language.text(
        REASONS[sign.reason],
        **{key: _shown(key, value, language, schema) for key, value in sign.params.items()},
    )


def _shown(key: str, value: Any, language: Language, schema: Schema) -> object:
    if key in _CHOICES:
        field = schema.fields("listing")[key]
        vocabulary = schema.vocabulary(field)
        words = value if isinstance(value, list) else [value]
        label: Callable[[str], str] = (
            (lambda word: vocabulary.label(word, language.code)) if vocabulary else str
        )
        return [label(str(word)) for word in words]
    return render_number(value) if isinstance(value, float) else value


def signs_json(judged: Judged, language: Language, schema: Schema) -> list[dict[str, Any]]:
    """The signs in the shape programs bind to."""
    return [
        {
            "sign": sign.key,
            "verdict": sign.verdict,
            "reason": reason(sign, language, schema),
            "reason_code": sign.reason,
            "params": dict(sign.params),
        }
        for sign in judged.signs
    ]
