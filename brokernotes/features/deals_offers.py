"""Offers and counter-offers of one buyer for one home: the last of each side, and the gap.

Offers are log entries of the verbs 报价, 还价 and 议价 with `[价:: …]`; `[方:: …]` says whose, else
the verb does (an offer is the buyer's, a counter-offer the owner's), and a negotiation that names
no side is what both agreed on (**ours**). They stand in the deal's log, or in the buyer's note with
a link to the listing before there is a deal; an entry that stands in both counts once.

What is told here is one buyer's: a listing may have several, and no buyer's note shows another's
(**seed**: clients' files are confidential).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

from brokernotes.errors import FieldError
from brokernotes.features.corrections import counting
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.money import RENT_BELOW, parse_money
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.verbs import OFFER_VERBS

BUYER, SELLER = "buyer", "seller"
AGREED = "agreed"
_SIDES = {"offer": BUYER, "counter_offer": SELLER, "negotiate": AGREED}
_WAN = 10_000
_AMOUNT = re.compile(
    r"[¥￥]? ?[0-9][0-9,.，]*(?: ?(?:百万|千万|[万亿千元wWkK]元?))?(?:/月)?(?=\s|[,，。;；]|$)"
)


class Offer(NamedTuple):
    """What one side would pay or take.

    Attributes:
        day: it was said.
        side: `buyer`, `seller`, or `agreed` by both.
        amount: in 万元; of a rent in 万元 a month.
        text: what stands beside it.
    """

    day: date
    side: str
    amount: Decimal
    text: str = ""


class Negotiation(NamedTuple):
    """Where one buyer and the owner stand.

    Attributes:
        offers: in order.
        buyer: the last of the buyer; None: none yet.
        seller: the last of the owner, or the price asked before the first.
        asked: whether `seller` is only the price asked.
        rounds: how often the buyer moved.
        gaps: between the two, each time it changed, the last one first known to last.
    """

    offers: tuple[Offer, ...]
    buyer: Decimal | None
    seller: Decimal | None
    asked: bool
    rounds: int
    gaps: tuple[Decimal, ...]

    @property
    def gap(self) -> Decimal | None:
        """What still parts them; 0: agreed; None: one side has said nothing."""
        return self.gaps[-1] if self.gaps else None


def offers_in(
    entries: Iterable[LogEntry], today: date, is_about: Callable[[LogEntry], bool] | None = None
) -> list[Offer]:
    """The offers of a log.

    Args:
        entries: of one note.
        today: what lies ahead was not said.
        is_about: which entries are meant; None: every one is about the listing.
    """
    found = []
    for entry in counting(tuple(entries), today):
        amount = entry.fields.get("amount")
        if entry.verb not in OFFER_VERBS or not entry.is_happened or entry.day > today:
            continue
        if is_about is not None and not is_about(entry):
            continue
        if not isinstance(amount, int | float) or isinstance(amount, bool) or amount <= 0:
            continue
        side = entry.fields.get("side")
        side = str(side) if side in (BUYER, SELLER) else _SIDES[entry.verb]
        found.append((entry.moment, Offer(entry.day, side, Decimal(str(amount)), entry.said)))
    found.sort(key=lambda pair: pair[0])
    return [offer for _, offer in found]


def negotiation(offers: Iterable[Offer], asking: Decimal | None = None) -> Negotiation | None:
    """Where the two sides stand; None: nobody has offered anything.

    Args:
        offers: of one buyer for one home, from one log or several; one that two logs tell counts
            once.
        asking: what the listing asks, which stands for the owner until they counter.
    """
    ordered = _once(offers)
    if not ordered:
        return None
    last: dict[str, Decimal] = {}
    gaps: list[Decimal] = []
    rounds, before = 0, ""
    for offer in ordered:
        for side in (BUYER, SELLER) if offer.side == AGREED else (offer.side,):
            last[side] = offer.amount
        rounds += offer.side == BUYER and before != BUYER
        before = offer.side
        high = last.get(SELLER, asking)
        if high is not None and BUYER in last:
            gap = max(high - last[BUYER], Decimal(0))
            if not gaps or gaps[-1] != gap:
                gaps.append(gap)
    asked = SELLER not in last
    return Negotiation(
        tuple(ordered), last.get(BUYER), asking if asked else last[SELLER], asked, rounds,
        tuple(gaps),
    )  # fmt: skip


def _once(offers: Iterable[Offer]) -> list[Offer]:
    """Offers by day, each once; a yes to what was agreed that day is no other offer."""
    once: dict[tuple[date, str, Decimal], Offer] = {}
    for offer in offers:
        once.setdefault((offer.day, offer.side, offer.amount), offer)
    agreed = {(day, amount) for day, side, amount in once if side == AGREED}
    return sorted(
        (one for one in once.values() if one.side == AGREED or (one.day, one.amount) not in agreed),
        key=lambda offer: offer.day,
    )


def asking_of(values: Mapping[str, object], *, is_lease: bool) -> Decimal | None:
    """What a listing asks, in 万元.

    Args:
        values: of the listing.
        is_lease: whether it is about the rent.
    """
    value = values.get("rent" if is_lease else "price")
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    amount = Decimal(str(value))
    return amount / _WAN if is_lease else amount


def is_lease(deal: Record) -> bool:
    """Whether a deal's offers are about a rent."""
    from brokernotes.model.milestones import template_of

    return template_of(deal) == "lease"


def take_offer(
    text: str, fields: Mapping[str, object], verb: str, *, is_lease: bool
) -> tuple[str, dict[str, object]]:
    """Make fields of an amount that begins the text of an offer: `580 一口价`.

    Args:
        text: of the entry.
        fields: as given; what they say of amount and side stands.
        verb: id.
        is_lease: an amount without a unit is 元 a month.

    Returns:
        The text without the amount, and the fields with amount and side.
    """
    found = _AMOUNT.match(text)
    fields = dict(fields)
    if verb not in OFFER_VERBS or "amount" in fields or found is None:
        return text, fields
    typed = found[0].strip().replace("，", ",")
    has_unit = not typed[-1].isdigit()
    try:
        if is_lease and not has_unit:
            amount = parse_money(typed + "元", "万元")
        else:
            amount = parse_money(typed.removesuffix("/月"), "万元")
    except FieldError:
        return text, fields
    fields = {"amount": amount, **fields}
    if verb != "negotiate":
        fields.setdefault("side", _SIDES[verb])
    return text[found.end() :].lstrip(" ,，、。;；"), fields


def money_shown(amount: Decimal) -> str:
    """An amount as people say it: `580万`, or of a rent `7,000元`."""
    if amount and amount < RENT_BELOW:
        return f"{(amount * _WAN).normalize():,f}元"
    return f"{amount.normalize():f}万"
