"""Which listings sell easily (优质) and which not so easily (一般), sign by sign (seed).

Seed: a hot location, a clear title, the right to be sold, an owner who means it and expects about
the market's price make a listing sell fast; a flaw or another obstacle does not. It ranks how
easily a home sells, not how good it is. A sign that nobody has looked at is unknown, never no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from brokernotes.light_dataclasses import dataclass

Values = Mapping[str, Any]  # of a note, as JSON speaks of them

SIGNS = ("location", "title", "tradable", "owner_firm", "price", "defects")  # all seed
YES, NO, UNKNOWN = "yes", "no", "unknown"
PRIME, ORDINARY = "prime", "ordinary"
# Of a home that is only let; the others ask what matters where it is sold.
OF_LEASES = frozenset({"location", "owner_firm", "defects"})

# Titles that anybody who may buy may buy; the others are sold under conditions (found).
FREE_TITLES = frozenset({"commodity", "ex_public"})
CONDITIONAL_TITLES = frozenset({"relocation", "affordable", "shared", "use_right"})
NOTHING = frozenset({"none", "无", "没有"})  # how a list says that it was asked and is empty

# What `judge` reads.
LISTING_KEYS = (
    "transaction", "status", "price", "expected_price", "gross_area", "title_type",
    "title_checked_on", "encumbrances", "co_owned", "co_owner_consent", "owner_intent", "defects",
    "inspected_on", "hukou", "occupant", "tenant_waiver", "lease_end",
)  # fmt: skip
ESTATE_KEYS = ("hot", "avg_price", "avg_price_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What signs are judged by.

    Attributes:
        today: in the vault's zone.
        signs: those that must be good for a listing to be prime; any other is told only.
        tolerance: how far above the market's price the owner's still counts as near it.
        stale_days: after so many days a title check or an average price says nothing any more.
    """

    today: date
    signs: tuple[str, ...] = SIGNS
    tolerance: float = 0.05
    stale_days: int = 365


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign.

    Attributes:
        key: one of `SIGNS`.
        verdict: `yes`, `no` or `unknown`.
        reason: code of the sentence that says why (`features.prime_sentences`).
        params: its places: numbers, days in ISO form, ids of choices by the field they belong to.
    """

    key: str
    verdict: str
    reason: str
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """What a listing's signs come to.

    Attributes:
        kind: `prime`: all that must be are good; `ordinary`: one of them is bad; else `unknown`.
        signs: those that apply to it, in the order of `SIGNS`.
    """

    kind: str
    signs: tuple[Sign, ...]

    def of(self, verdict: str) -> list[str]:
        """The signs with a verdict."""
        return [sign.key for sign in self.signs if sign.verdict == verdict]


def judge(listing: Values, estate: Values | None, basis: Basis, *, sees_owner: bool) -> Judged:
    """Judge one listing.

    Args:
        listing: its values; of them `LISTING_KEYS` count.
        estate: those of its community (`ESTATE_KEYS`); None: it names none that has a note.
        basis: see `Basis`.
        sees_owner: whether the viewer may know what its owner has in mind; else that is unknown.
    """
    is_leased = is_only_let(listing)
    signs = []
    for key in SIGNS:
        if is_leased and key not in OF_LEASES:
            continue
        signs.append(_SIGNS[key](_Home(listing, estate, basis, sees_owner)))
    needed = [sign.verdict for sign in signs if sign.key in basis.signs]
    if NO in needed:
        kind = ORDINARY
    elif needed and set(needed) == {YES}:
        kind = PRIME
    else:
        kind = UNKNOWN
    return Judged(kind, tuple(signs))


def is_only_let(listing: Values) -> bool:
    """Whether a listing is let and not sold."""
    transaction, status = listing.get("transaction"), listing.get("status")
    if transaction is None:
        return status in ("for_lease", "leased_by_us", "leased_by_others")
    return bool(transaction == "lease")


@dataclass(frozen=True, slots=True)
class _Home:
    values: Values
    estate: Values | None
    basis: Basis
    sees_owner: bool

    def days_since(self, key: str, values: Values | None = None) -> int | None:
        """Days from a date to today; None: it is not set."""
        day = (self.values if values is None else values).get(key)
        if not day:
            return None
        return (self.basis.today - date.fromisoformat(str(day)[:10])).days

    def listed(self, key: str) -> list[str] | None:
        """A list of words; empty: it says that there are none; None: nobody said."""
        words = self.values.get(key)
        if words is None:
            return None
        return [word for word in _texts(words) if word.lower() not in NOTHING]


def _texts(value: Any) -> Iterable[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _location(home: _Home) -> Sign:
    if home.estate is None:
        return Sign("location", UNKNOWN, "location-no-estate", {})
    hot = home.estate.get("hot")
    if hot is None:
        return Sign("location", UNKNOWN, "location-unsaid", {})
    return (
        Sign("location", YES, "location-hot", {})
        if hot
        else Sign("location", NO, "location-slow", {})
    )


def _title(home: _Home) -> Sign:
    burdens = home.listed("encumbrances")
    if burdens:
        return Sign("title", NO, "title-burdened", {"encumbrances": burdens})
    days = home.days_since("title_checked_on")
    if days is None:
        return Sign("title", UNKNOWN, "title-unchecked", {})
    day = str(home.values["title_checked_on"])[:10]
    if days > home.basis.stale_days:
        return Sign("title", UNKNOWN, "title-old", {"day": day, "count": days})
    return Sign("title", YES, "title-clear", {"day": day})


def _tradable(home: _Home) -> Sign:
    burdens = home.listed("encumbrances") or []
    if "seizure" in burdens:
        return Sign("tradable", NO, "tradable-seized", {})
    kind = home.values.get("title_type")
    if kind is None:
        return Sign("tradable", UNKNOWN, "tradable-unsaid", {})
    if kind not in FREE_TITLES:
        code = "tradable-conditional" if kind in CONDITIONAL_TITLES else "tradable-other"
        return Sign("tradable", UNKNOWN, code, {"title_type": kind})
    if home.values.get("co_owned") and not home.values.get("co_owner_consent"):
        return Sign("tradable", UNKNOWN, "tradable-consent", {})
    return Sign("tradable", YES, "tradable-free", {"title_type": kind})


def _owner_firm(home: _Home) -> Sign:
    if not home.sees_owner:
        return Sign("owner_firm", UNKNOWN, "owner-hidden", {})
    intent = home.values.get("owner_intent")
    if intent is None:
        return Sign("owner_firm", UNKNOWN, "owner-unsaid", {})
    verdict = YES if intent == "firm" else NO
    return Sign("owner_firm", verdict, "owner-said", {"owner_intent": intent})


def market_price(listing: Values, estate: Values | None) -> float | None:
    """The average price of the estate times the gross area, in 万元; None: one is not known."""
    area, average = listing.get("gross_area"), (estate or {}).get("avg_price")
    return None if not area or not average else float(area) * float(average) / 10_000


def _price(home: _Home) -> Sign:
    market = market_price(home.values, home.estate)
    if market is None:
        code = "price-no-area" if not home.values.get("gross_area") else "price-no-average"
        return Sign("price", UNKNOWN, code, {})
    days = home.days_since("avg_price_on", home.estate)
    if days is not None and days > home.basis.stale_days:
        return Sign("price", UNKNOWN, "price-average-old", {"count": days})
    asked, expected = home.values.get("price"), home.values.get("expected_price")
    params: dict[str, Any] = {"market": round(market, 1)}
    if home.sees_owner and expected is not None:
        above = _above(expected, market)
        is_near = expected <= market * (1 + home.basis.tolerance)
        code = "price-expected" if above > 0 else "price-expected-below"
        params |= {"price": expected, "percent": abs(above)}
        return Sign("price", YES if is_near else NO, code, params)
    if asked is None:
        return Sign("price", UNKNOWN, "price-unsaid", params)
    above = _above(asked, market)
    params |= {"price": asked, "percent": abs(above)}
    if asked <= market * (1 + home.basis.tolerance):
        # Nobody expects more than they ask for.
        return Sign("price", YES, "price-asked" if above > 0 else "price-asked-below", params)
    code = "price-unasked" if home.sees_owner else "price-hidden"
    return Sign("price", UNKNOWN, code, params)


def _above(price: float, market: float) -> float:
    """How many per cent a price is above the market's; below: negative."""
    return round((price / market - 1) * 100, 1)


def _defects(home: _Home) -> Sign:
    noted = home.listed("defects")
    if noted:
        return Sign("defects", NO, "defects-noted", {"defects": noted})
    if not is_only_let(home.values):
        hindrance = _hindrance(home)
        if hindrance is not None:
            return hindrance
    if noted is not None:
        return Sign("defects", YES, "defects-none", {})
    seen = home.values.get("inspected_on")
    if seen:
        return Sign("defects", YES, "defects-none-seen", {"day": str(seen)[:10]})
    return Sign("defects", UNKNOWN, "defects-unseen", {})


def _hindrance(home: _Home) -> Sign | None:
    """What else stands in a sale's way (seed: 其他交易障碍)."""
    values = home.values
    if values.get("hukou") == "present":
        return Sign("defects", NO, "defects-hukou", {})
    is_let = values.get("occupant") == "tenant" and not values.get("tenant_waiver")
    left = home.days_since("lease_end")
    if is_let and (left is None or left <= 0):
        end = values.get("lease_end")
        if end is None:
            return Sign("defects", NO, "defects-let", {})
        return Sign("defects", NO, "defects-let-until", {"day": str(end)[:10]})
    return None


_SIGNS: Mapping[str, Callable[[_Home], Sign]] = {
    "location": _location,
    "title": _title,
    "tradable": _tradable,
    "owner_firm": _owner_firm,
    "price": _price,
    "defects": _defects,
}


DOUBTFUL_GRADES = ("A", "D")  # B and C are left to whoever knows the home (ours)


def contradiction(grade: str | None, judged: Judged) -> tuple[str, list[str]] | None:
    """What speaks against the grade a person gave a listing.

    Args:
        grade: A–D as typed; None: none.
        judged: its signs.

    Returns:
        `worse` and the bad signs of an A; `better` and the good ones of a D, of which none may
        be missing; None: nothing does.
    """
    if grade == "A" and judged.kind == ORDINARY:
        return "worse", judged.of(NO)
    if grade == "D" and judged.kind == PRIME:
        return "better", judged.of(YES)
    return None
