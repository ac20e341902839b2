"""What taxes ask of a sale, as hints: the rule, where it holds, since when; never what she pays.

Which rule bears on a home follows from what the notes say of it (how long it has been owned,
whether it is the owner's only home) and of the client (how many homes the family has). Where
nobody noted it, the hint says that it is still to be checked; a rate that could not be sourced
is not told: the tax office is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from brokernotes.features.classifying_axes import OTHERS, tax_class
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple

Values = Mapping[str, Any]


class TaxRule(NamedTuple):
    """One rule.

    Attributes:
        source: the law or notice.
        since: the day from which it holds, ISO.
        origin: `found` (its text was seen) or `ours` (remembered, or a rule of thumb).
        place: where it holds.
    """

    source: str
    since: str
    origin: str
    place: str = N_("nationwide")


# What the hints rest on. Before they are relied on, the tax office has the last word.
VAT = TaxRule(N_("MOF, STA and MOHURD announcement 16 of 2024"), "2024-12-01", "found")
INCOME = TaxRule(N_("notice Cai Shui Zi (1994) 20, article 2 (6)"), "1994-05-13", "found")
DEED = TaxRule(N_("MOF, STA and MOHURD announcement 16 of 2024"), "2024-12-01", "found")
ASK = TaxRule(N_("ask the tax office"), "", "ours", N_("by city"))

# Rates of the deed tax by homes owned: up to 140 ㎡, and above (DEED).
DEED_LIMIT = 140
_DEED_RATES: Mapping[str, tuple[str, str]] = {"first": ("1%", "1.5%"), "second": ("1%", "2%")}

_VAT_OF = {
    "under_two": N_("VAT: owned for less than two years, so it is due; ask for the rate"),
    "exempt": N_("VAT: owned for two years or more, so a private seller is exempt"),
    "unknown": N_("VAT: exempt from two years on; since when it is owned is still to be checked"),
}
_INCOME_OF = {
    "five_only": N_("income tax: five years and the family's only home, so exempt"),
    "five_unsure": N_(
        "income tax: exempt after five years if it is the family's only home, which is still to be "
        "checked"
    ),
    "due": N_("income tax: not exempt (five years and the only home); ask for the rate"),
    "unknown": N_(
        "income tax: exempt after five years as the only home; both are still to be checked"
    ),
}
_DEED_OF = {
    "known": N_("deed tax: {rate} for such a home ({owned}, {size} 140 ㎡ of gross area)"),
    "open": N_(
        "deed tax: {first} for a first home, {second} for a second ({size} 140 ㎡ of gross area); "
        "how many the family has is checked"
    ),
    "any": N_(
        "deed tax: {small} up to 140 ㎡ of gross area; above, {first} for a first home, {second} "
        "for a second"
    ),
    "ask": N_("deed tax: from the third home on the local rate; ask for it"),
}
_OWNED = {"first": N_("first home"), "second": N_("second home")}
_OTHER = N_("not a dwelling: VAT, land tax and deed tax have rules of their own; ask")


class TaxHint(NamedTuple):
    """One hint.

    Attributes:
        rule: it rests on.
        message: with places; params: what stands in them, themselves messages or plain.
    """

    rule: TaxRule
    message: str
    params: Mapping[str, str] = {}


def tax_hints(home: Values, client: Values, today: date) -> Iterator[TaxHint]:
    """What taxes ask where a home is sold to a client.

    Args:
        home: values of the listing.
        client: of the client.
        today: on which the years are counted.
    """
    if home.get("property_type") in OTHERS:
        yield TaxHint(ASK, _OTHER)
        return
    owned = tax_class(home, today)
    if owned is None:
        yield TaxHint(VAT, _VAT_OF["unknown"])
        yield TaxHint(INCOME, _INCOME_OF["unknown"])
    else:
        under = owned == "under_two"
        yield TaxHint(ASK if under else VAT, _VAT_OF["under_two" if under else "exempt"])
        income = owned if owned in _INCOME_OF else "due"
        yield TaxHint(ASK if income == "due" else INCOME, _INCOME_OF[income])
    yield _deed(home.get("gross_area"), client.get("homes_owned"))


def _deed(area: float | None, homes: str | None) -> TaxHint:
    if homes == "multiple":
        return TaxHint(ASK, _DEED_OF["ask"])
    if area is None:
        small, first = _DEED_RATES["first"]
        params = {"small": small, "first": first, "second": _DEED_RATES["second"][1]}
        return TaxHint(DEED, _DEED_OF["any"], params)
    is_large = area > DEED_LIMIT
    size = N_("above") if is_large else N_("up to")
    if homes is not None and homes in _DEED_RATES:
        rate = _DEED_RATES[homes][is_large]
        params = {"rate": rate, "owned": _OWNED[homes], "size": size}
        return TaxHint(DEED, _DEED_OF["known"], params)
    first, second = (_DEED_RATES[one][is_large] for one in ("first", "second"))
    return TaxHint(DEED, _DEED_OF["open"], {"first": first, "second": second, "size": size})
