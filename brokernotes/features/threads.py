"""Where a conversation stands, as the note of a client or listing itself tells.

Derived with the note's occurrences and stored beside them: since when nothing was said, what was
told since without being answered, and what the note gives to say: a question that waits for its
answer, an objection, a date that comes nearer, what nobody has asked yet.

Source: seed: 跟进内容应具有针对性和价值; 对客户提出的疑问或顾虑，当场给予初步回应;
对客户表述不清晰的地方进行委婉确认，避免主观臆断. Which question counts most follows the weights of
matching; the numbers are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from brokernotes.features.cadences import listing_markets
from brokernotes.features.contacts import ANSWERED, outcome_of
from brokernotes.features.moves import moment_of
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.money import RENT_BELOW
from brokernotes.model.topics import Thread, Topic, is_later
from brokernotes.model.verbs import SHOWING_VERBS

if TYPE_CHECKING:
    from brokernotes.features.agenda import Agenda
    from brokernotes.model.records import LogEntry, Record

LOOKING = frozenset({None, "lead", "active", "nurture", "negotiating"})
MOST_WORDS = 400  # characters that are kept
AHEAD = 120  # days before a wanted date in which it is worth a word (ours)
SCHOOL_FROM, SCHOOL_BEGINS = (10, 1), (9, 1)  # month and day (ours; the school year is found)
_OFFERS = frozenset({"offer", "counter_offer"})
_WANTED = {"buy": "sale", "rent": "lease"}  # a client's intents
_SETTLED = frozenset({"deposit", "sign", "deposit_cancel", "rescind"})
_HOMES = frozenset({"ordinary_home", "non_ordinary_home", "villa", "apartment"})

# What matching rests on most, the weightiest first: one of the keys is enough.
_ASKED = {
    "buy": ("budget_max",),
    "rent": ("rent_max",),
    "place": ("districts", "neighborhoods", "communities"),
    "rooms": ("bedrooms_min", "bedrooms_max"),
}
# What buyers ask of a home for sale, and her agent should know (seed: 应有深入了解).
_OF_OWNER = ("title_checked_on", "acquired_on", "hukou")

# Logs are terse: who asks is said, or left out where it can only be the client.
# `问一句女儿好不好` is no question of theirs, and `我说没有` answers one.
_WORDS = "有没有|能不能|可不可以|是不是|要不要|会不会|行不行|多少|什么|怎么|哪|谁|何时|几|吗|[?？]"
_THEY_ASK = re.compile(
    rf"(?:[他她]|客户|业主|房东|对方)(?:又|还|只|就)?问(?!一)[^，。；]*?(?:{_WORDS})(?P<zh>.*)"
    r"|\b(?:s?he|they|(?:the )?(?:client|owner)) (?:asks?|asked|wants? to know)\b(?P<en>.*)",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = re.compile(
    rf"(?:又|还|只|就)?问(?!一)[^，。；]*?(?:{_WORDS})(?P<zh>.*)"
    r"|(?:asks?|asked|wants? to know)\b(?P<en>.*)",
    re.IGNORECASE | re.DOTALL,
)
_MAY_ASK = re.compile(r"[?？]|问|想知道|ask|wants? to know", re.IGNORECASE)
# In what they write themselves; 问候 问好 问题 ask nothing.
_INBOUND = re.compile(
    r"[?？]|问(?![候好题世一])|想知道|\b(?:asks?|asked|wants? to know)\b", re.IGNORECASE
)
# What was left open in the talk, by either side, and has no date by which it is asked after.
_OPEN = re.compile(
    r"答应|说好|承诺|帮[他她]们?(?:留意|问|打听|找|看看)|(?:给|回)[他她](?:回话|答复|准话|消息)"
    r"|\b(?:promised|agreed to)\b"
    r"|\b(?:I|we|he|she|they)(?: will|'ll) (?:call|send|ask|look|find|check|bring)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(
    r"我说|我答|回了?[他她]|告诉|答复|[他她]说|\b(?:I|we) (?:said|told)\b", re.IGNORECASE
)


class _Talk(NamedTuple):
    """The entries after the last effective contact, that one included."""

    last: LogEntry | None
    recent: list[LogEntry]


def thread_of(agenda: Agenda) -> Thread | None:
    """Where the conversation with a note's person stands; None: there is nothing to go on.

    Args:
        agenda: of the note, its clock read.
    """
    record = agenda.record
    if record.type == "client":
        if record.text("stage") not in LOOKING or record.flag("do_not_contact"):
            return None
    elif record.type != "listing" or _is_hushed(agenda):
        return None
    last = agenda.clock.last
    since = moment_of(last) if last else _beginning(record)
    first = last.day if last else date.fromisoformat(since) if since else date.min
    today = agenda.today
    # Nearly all entries are older: a glance at the day is all they cost.
    recent = [
        one
        for one in agenda.clock.entries
        if first <= one.day <= today
        and one.is_happened
        and (one.day > first or not is_later(since, moment_of(one)))
    ]
    talk = _Talk(last, recent)
    told: dict[str, str] = {}
    for one in recent:
        for link in one.links:
            told[link] = max(told.get(link, ""), one.day.isoformat())
    for one in agenda.clock.planned:  # what is about to be shown is no news
        told.update(dict.fromkeys(one.links, date.max.isoformat()))
    found = _client_topics if record.type == "client" else _listing_topics
    words = " ".join(one.text for one in recent if one is not last)[:MOST_WORDS]
    return Thread(since, told, words, tuple(found(agenda, talk)), _awaits(agenda))


def _awaits(agenda: Agenda) -> bool:
    """Whether a showing of a home is planned, in its own log or in a client's."""
    if agenda.record.type != "listing":
        return False
    others = (entry for _, entry in agenda.neighbours.mentions if entry.box == "planned")
    return any(one.verb in SHOWING_VERBS for one in (*agenda.clock.planned, *others))


def _is_hushed(agenda: Agenda) -> bool:
    """Whether the owner is one whom nobody contacts unasked."""
    owner = agenda.neighbours.values.get(agenda.owner or "", {})
    return owner.get("do_not_contact") is True or owner.get("stage") == "inactive"


def _beginning(record: Record) -> str:
    start = record.day("created") or record.day("inquired_at") or record.day("listed")
    return start.isoformat() if start else ""


def _client_topics(agenda: Agenda, talk: _Talk) -> Iterator[Topic]:
    yield from _question(agenda, talk)
    yield from _left_open(agenda, talk)
    yield from _offered(agenda, talk)
    yield from _objection(agenda, talk)
    yield from _wanted_by(agenda)
    yield from _school(agenda)
    yield from _unasked(agenda.record)


def _listing_topics(agenda: Agenda, talk: _Talk) -> Iterator[Topic]:
    record = agenda.record
    yield from _question(agenda, talk)
    yield from _left_open(agenda, talk)
    yield from _offered(agenda, talk)
    is_for_sale = record.text("status") in ("for_sale", "sale_or_lease")
    kind = record.text("property_type")
    if is_for_sale and (kind is None or kind in _HOMES):
        unknown = [key for key in _OF_OWNER if key not in record.values]
        if unknown:
            yield Topic("ask-owner", {"keys": unknown[:1]}, note=record.ref)


def _question(agenda: Agenda, talk: _Talk) -> Iterator[Topic]:
    """What was asked last, unless something reached them since."""
    asked: LogEntry | None = None
    if not any(_MAY_ASK.search(one.text) for one in talk.recent):
        return
    is_client = agenda.record.type == "client"
    outsider = None if is_client else "client"
    assumed = agenda.rules.schema.assumed_outcomes
    for one in sorted(talk.recent, key=lambda one: one.moment):
        outcome = outcome_of(one, assumed, outsider)
        if outcome is None:
            continue
        if _is_question(one, is_client=is_client):
            asked = one
        elif outcome in ANSWERED:
            asked = None
    if asked is not None:
        yield Topic(
            "question",
            {"text": asked.said, "date": asked.day.isoformat()},
            day=asked.day.isoformat(),
            note=agenda.record.ref,
            entry=agenda.name(asked),
        )


def _is_question(entry: LogEntry, *, is_client: bool) -> bool:
    text = entry.said
    if entry.fields.get("from") and _INBOUND.search(text):
        return not _ANSWERS.search(text)
    found = _THEY_ASK.search(text) or (_ASKS.match(text) if is_client else None)
    return found is not None and not _ANSWERS.search(found["zh"] or found["en"] or "")


def _left_open(agenda: Agenda, talk: _Talk) -> Iterator[Topic]:
    """What was promised in the last talk without a day; a `[下次:: …]` is a promise of its own."""
    last = talk.last
    if last is None or agenda.clock.promises or "next" in last.fields:
        return
    assumed = agenda.rules.schema.assumed_outcomes
    later = (one for one in talk.recent if one is not last)
    if _OPEN.search(last.said) and not any(outcome_of(x, assumed) in ANSWERED for x in later):
        day = last.day.isoformat()
        yield Topic("open", {"text": last.said, "date": day}, day=day, note=agenda.record.ref,
                    entry=agenda.name(last))  # fmt: skip


def _offered(agenda: Agenda, talk: _Talk) -> Iterator[Topic]:
    """An offer that came with the last talk, or since, and that nobody has answered."""
    moving = [one for one in talk.recent if one.verb in _OFFERS or one.verb in _SETTLED]
    if not moving:
        return
    one = sorted(moving, key=lambda one: one.moment)[-1]  # of the same moment the later line
    amount = one.fields.get("amount")
    if one.verb in _SETTLED or not isinstance(amount, int | float):
        return
    side = one.fields.get("side") or ("buyer" if one.verb == "offer" else "seller")
    is_rent = _is_rent(agenda.record, amount)
    day = one.day.isoformat()
    params = {
        "price": round(amount * 10_000) if is_rent else amount,
        "side": "lease" if is_rent else "sale",
        "whose": "owner" if side == "buyer" else "client",
        "date": day,
    }
    yield Topic("offer-open", params, day=day, note=agenda.record.ref, entry=agenda.name(one))


def _is_rent(record: Record, amount: float) -> bool:
    """Whether an amount is a rent: it is small, and nothing is said of a sale alone.

    A parking space is sold for what no home is.
    """
    if record.type == "listing":
        sides = set(listing_markets(record)) if _says_market(record.values) else set()
    else:
        sides = {_WANTED[one] for one in record.texts("intents") if one in _WANTED}
    return amount < RENT_BELOW and sides != {"sale"}


def _says_market(values: Mapping[str, object]) -> bool:
    return not {"transaction", "status", "price", "rent"}.isdisjoint(values)


def _objection(agenda: Agenda, talk: _Talk) -> Iterator[Topic]:
    """What was not liked, as said last."""
    said = [one for one in talk.recent if one.fields.get("objections")]
    if not said:
        return
    one = max(said, key=lambda one: one.moment)
    words = one.fields["objections"]
    yield Topic(
        "objection",
        {
            "objections": list(words) if isinstance(words, tuple | list) else [str(words)],
            "date": one.day.isoformat(),
        },
        day=one.day.isoformat(),
        note=agenda.record.ref,
        entry=agenda.name(one),
        about=one.links[0] if one.links else "",
    )


def _wanted_by(agenda: Agenda) -> Iterator[Topic]:
    """A day by which they want to live there: too early to speak of, near, and then past."""
    wanted = agenda.record.day("move_in_by")
    if wanted is not None and wanted > agenda.today:
        start = (wanted - timedelta(days=min(AHEAD, (wanted - date.min).days))).isoformat()
        agenda.stale(wanted)
        yield Topic(
            "move-in",
            {"date": wanted.isoformat()},
            day=start,
            note=agenda.record.ref,
            start=start,
        )


def _school(agenda: Agenda) -> Iterator[Topic]:
    """The year in which a child starts school, from the autumn before to its first day."""
    year = agenda.record.number("school_entry_year")
    if not isinstance(year, int) or not date.min.year < year <= date.max.year:
        return
    start, end = date(year - 1, *SCHOOL_FROM), date(year, *SCHOOL_BEGINS)
    if end > agenda.today:
        agenda.stale(end)
        yield Topic("school", {"year": year}, day=start.isoformat(), note=agenda.record.ref,
                    start=start.isoformat())  # fmt: skip


def _unasked(client: Record) -> Iterator[Topic]:
    """What is assumed, else the one thing not known that matching rests on most."""
    assumed = client.texts("assumed")
    if assumed:
        yield Topic("confirm", {"keys": list(assumed[:2])}, note=client.ref)
        return
    intents = client.texts("intents")
    values = client.values
    sides = [side for side in ("buy", "rent") if side in intents]
    if not sides and not intents:
        sides = ["rent" if "rent_max" in values or "rent_min" in values else "buy"]
    if not sides:
        return
    kinds = client.texts("property_types")
    wanted = [*sides, "place"]
    if not kinds or not _HOMES.isdisjoint(kinds):
        wanted.append("rooms")
    for name in wanted:
        keys = _ASKED[name]
        if not any(key in values for key in keys):
            yield Topic("ask", {"keys": [keys[0]]}, note=client.ref)
            return
    if client.text("eligibility") == "unverified":
        yield Topic("ask", {"keys": ["eligibility"]}, note=client.ref)
