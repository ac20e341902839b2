"""What a dictated line says was done: the verbs of the log, and how people say them."""

from __future__ import annotations

import re

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.spoken import Amount, match_amount
from brokernotes.notes.log_vocabulary import LogBook

# What brokers say for a verb, beside the spellings of the verb table. All ours.
_SAID = tuple(
    (re.compile(pattern), verb, frozenset(hints.split()))
    for pattern, verb, hints in (
        ("(?:又)?(?:来了?个?电话|打来了?电话|来电)了?(?!费)", "call", "inbound"),
        ("(?:打|通|回|去|拨)了?[一]?[个通]?电话(?!费|亭)|去电|回电|电话里", "call", ""),
        ("(?:发|回|加)了?[一]?[个条]?微信|微信(?:上|里)", "wechat", ""),
        ("(?:发)了?[一]?[个条]?短信", "sms", ""),
        ("见了?面|碰了?面|碰头", "meeting", ""),
        ("来店里?|到店里|进店", "visit", ""),
        ("第二次看房?|再次看房?|又看了", "second_showing", ""),
        ("看房了?|看[了过](?![看想])", "showing", ""),
        ("推了|推荐了", "recommend", ""),
        ("签合同了?", "sign", "money"),
        ("(?:交|付|下|收)了?(?:定|订)金?(?:了)?|(?:订|意向)金", "deposit", "money"),
        ("退定金?|退订金|(?:定|订)金(?:已经?)?退(?:了|还|回)了?", "deposit_cancel", "money"),
        ("[拿取收]了?(?:到)?钥匙|钥匙(?:收|拿)(?:到)?了", "key_in", ""),
        ("(?:called|phoned|phone call)(?: in)?(?![a-z])", "call", ""),
        ("(?:showed|viewing|viewed|saw)(?![a-z])", "showing", ""),
        ("second (?:viewing|showing)(?![a-z])", "second_showing", ""),
        ("(?:met|meeting with)(?![a-z])", "meeting", ""),
        ("(?:visited|came in|walked in)(?![a-z])", "visit", ""),
        ("(?:texted)(?![a-z])", "sms", ""),
        ("(?:messaged)(?![a-z])", "wechat", ""),
        ("(?:offered|offers)(?![a-z])", "offer", ""),
        ("(?:signed)(?![a-z])", "sign", "money"),
        ("(?:paid (?:a )?deposit)(?![a-z])", "deposit", "money"),
        ("(?:keys? (?:received|collected)|got the keys?)(?![a-z])", "key_in", ""),
    )
)
MONEY = frozenset({"deposit", "deposit_cancel", "sign", "rescind", "transfer", "handover"})
WITH_AMOUNT = frozenset({"offer", "counter_offer", "negotiate"})
ABOUT_LISTINGS = frozenset(
    {"preview", "survey", "key_in", "key_lend", "key_back", "promote", "take_down",
     "price_change", "entrust", "exclusive", "market"}
)  # fmt: skip
_CANCEL = re.compile(
    "取消了?|不看了|没看成|不来了|来不了了?|没来|爽约了?|放(?:了)?鸽子|cancel(?:led|s)?(?![a-z])"
    "|no[- ]show(?![a-z])"
)
_MOVE = re.compile(
    "(?:改期|改约|改|推迟|延期|延|提前)到|改期|改天|(?:推迟|延期)了?"
    "|moved to|postponed to|rescheduled to"
)
_PRICE = re.compile(
    "(?P<what>租金|月租|挂牌价|总价|价格|price|rent)? ?(?:"
    "(?P<to>(?:降|调|涨|改)(?:价)?(?:到|至|成|为)|(?:cut|reduced|down|raised) to)"
    "|(?P<less>降价?了?|(?:cut|reduced) by)|(?P<more>涨价?了?|raised by)) ?"
    "(?=[0-9零一二两三四五六七八九])"
)
_OWNER = re.compile(
    "(?:业主|房东)(?:那边)?(?P<feedback>反馈)?[::]?|owner(?:'s)?(?P<en> feedback)?[::]?(?![a-z])"
)


class Spoken(NamedTuple):
    """A verb as it stands in a line.

    Attributes:
        verb: its id.
        end: the place after it.
        inbound: whether the other side got in touch.
    """

    verb: str
    end: int
    inbound: bool = False


class PriceChange(NamedTuple):
    """A new price as it stands in a line.

    Attributes:
        amount: that was said.
        relation: `to`, or `less` and `more` of the price there was.
        of_rent: whether it is surely the rent; None: that is not said.
        end: the place after it.
    """

    amount: Amount
    relation: str
    of_rent: bool | None
    end: int


def match_verb(text: str, pos: int, book: LogBook) -> Spoken | None:
    """The verb that stands at a place, and whether the other side got in touch."""
    best: Spoken | None = None
    for pattern, verb, hints in _SAID:
        found = pattern.match(text, pos)
        if found and verb in book.schema.verbs and (best is None or found.end() > best.end):
            end = found.end() + (text[found.end() : found.end() + 1] in ("了", "过"))
            best = Spoken(verb, end, "inbound" in hints)
    table = book.find_verb_at(text, pos)
    if table and (best is None or table[1] >= best.end):
        end = table[1]
        if text[end : end + 1] in ("了", "过"):
            end += 1
        best = Spoken(table[0].id, end)
    return best


def match_cancel(text: str, pos: int) -> int | None:
    """Where words end that call something off."""
    found = _CANCEL.match(text, pos)
    return found.end() if found else None


def match_move(text: str, pos: int) -> int | None:
    """Where words end that move something to another time."""
    found = _MOVE.match(text, pos)
    return found.end() if found else None


def match_price(text: str, pos: int) -> PriceChange | None:
    """A change of price: 降到598, 降价50万, 租金降到六千."""
    found = _PRICE.match(text, pos)
    if not found:
        return None
    amount = match_amount(text, found.end())
    if amount is None:
        return None
    relation = "to" if found["to"] else "less" if found["less"] else "more"
    what = found["what"] or ""
    of_rent = (
        True if what in ("租金", "月租", "rent") else False if what in ("挂牌价", "总价") else None
    )
    return PriceChange(amount, relation, of_rent, amount.end)


def match_owner(text: str, pos: int) -> tuple[int, bool] | None:
    """Where 业主 or 业主反馈 ends, and whether it is the latter."""
    found = _OWNER.match(text, pos)
    return (found.end(), bool(found["feedback"] or found["en"])) if found else None
