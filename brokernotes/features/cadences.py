"""How often a person is followed up, how much is at stake, and who should act.

Every number comes from the rules; where the rules are silent stands one of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.grading import POINTS, USUAL_POINTS, grade_of_points
from brokernotes.model.occurrences import Neighbours
from brokernotes.model.records import Record
from brokernotes.model.rules import Cadence, Rules

# Who is asked regularly by grade; every other stage and status is below or nobody's turn.
STAGES = frozenset({None, "lead", "active", "nurture", "negotiating"})
STATUSES = frozenset({None, "for_sale", "for_lease", "sale_or_lease"})
LEASED = frozenset({"leased_by_us", "leased_by_others"})
DORMANT_STAGES = {"paused": "paused", "past_client": "past_client"}
GRADES = ("A", "B", "C", "D")
UNGRADED = "C"  # what no grade counts as (ours)

_MARKET_OF_STATUS = {"for_sale": "sale", "for_lease": "lease", "sale_or_lease": "both"}
_DEFAULT = Cadence()
_LONGEST_DAYS = 36_500
_MOST = 10**12


class Pace(NamedTuple):
    """How often one note's person is followed up.

    Attributes:
        days: between two contacts.
        name: of the rule that says so, as in `brokernotes.yaml`; `cadence_days`: the note does.
        origin: `ours`, `rules` where the brokerage chose another number, `note`.
        market: `sale`, `lease`, `buy` or `rent`; None: not what decided.
        dormant: whether the person is out of business.
    """

    days: int
    name: str
    origin: str
    market: str | None = None
    dormant: bool = False


def client_grade(record: Record) -> str:
    """A–D: what a person set, else what urgency, motivation, money and cooperation add up to."""
    override = record.values.get("grade_override")
    if override in GRADES:
        return str(override)
    points = 0
    values = record.values
    for key, table in POINTS:
        value = values.get(key)
        points += table.get(value, USUAL_POINTS) if isinstance(value, str) else USUAL_POINTS
    return grade_of_points(points)


def listing_grade(record: Record) -> str | None:
    """A–D as a person set it; None: not graded."""
    grade = record.values.get("grade")
    return str(grade) if grade in GRADES else None


def client_pace(record: Record, grade: str, *, owns: bool, rules: Rules) -> Pace | None:
    """How often a client is followed up; None: not at all.

    Args:
        record: the client's note.
        grade: of the client.
        owns: whether a listing names this client as its owner, who is then revisited there.
        rules: of the brokerage.
    """
    if client_sells_only(record) and owns:
        return None
    stage = record.text("stage")
    if stage in DORMANT_STAGES:
        return own_pace(record, dormant=True) or _dormant(DORMANT_STAGES[stage], rules)
    if stage not in STAGES:
        return None
    intents = record.texts("intents")
    if "rent" not in intents:
        markets: tuple[str, ...] = ("buy",)
    else:
        markets = ("buy", "rent") if "buy" in intents else ("rent",)
    return own_pace(record) or _graded("client", rules.cadence.client, markets, grade)


def listing_pace(record: Record, grade: str | None, rules: Rules) -> Pace | None:
    """How often an owner is revisited; None: not at all.

    Sold by others: nobody until the owner is known, then as if we had sold it.
    """
    status = record.text("status")
    if status in STATUSES:
        own = own_pace(record)
        markets = listing_markets(record)
        return own or _graded("listing", rules.cadence.listing, markets, grade or UNGRADED)
    if status == "deposit" or status is None:
        return None
    if status == "sold_by_others":
        if not record.text("owner") and not record.text("owner_phone"):
            return None
        if status not in rules.cadence.dormant:
            status = "sold_by_us"
    return own_pace(record, dormant=True) or _dormant(status, rules)


def own_pace(record: Record, *, dormant: bool = False) -> Pace | None:
    """The note's own `cadence_days`."""
    days = record.values.get("cadence_days")
    if not isinstance(days, int) or isinstance(days, bool) or not 0 < days <= _LONGEST_DAYS:
        return None
    return Pace(days, "cadence_days", "note", dormant=dormant)


def client_sells_only(record: Record) -> bool:
    """Whether a client only sells or lets."""
    intents = record.texts("intents")
    return bool(intents) and all(intent in ("sell", "let") for intent in intents)


def listing_markets(record: Record) -> tuple[str, ...]:
    """`sale`, `lease` or both: as `transaction` says, else the status, else what has a price."""
    said = record.text("transaction")
    if said is None:
        said = _MARKET_OF_STATUS.get(record.text("status") or "")
    if said in ("sale", "lease"):
        return (said,)
    if said == "both":
        return ("sale", "lease")
    prices = (("sale", "price"), ("lease", "rent"))
    return tuple(market for market, key in prices if record.number(key)) or ("sale",)


def value_of(record: Record) -> float:
    """What is at stake in 万元: the price or budget, of rentals a year's rent; unset: 1."""
    if record.type == "client":
        intents = record.texts("intents")
        rents = "rent" in intents and "buy" not in intents
        price, rent = ("budget_max", "rent_max")
    else:
        rents = record.type == "listing" and listing_markets(record) == ("lease",)
        rents = rents or (record.type == "deal" and record.text("transaction") == "lease")
        price, rent = ("price", "rent")
    amount, yearly = _sane(record.number(price)), _sane(record.number(rent))
    if yearly is not None and (rents or amount is None):
        return yearly * 12 / 10_000
    return 1.0 if rents or amount is None else float(amount)


def responsible(
    names: Iterable[str | None], neighbours: Neighbours, today: date
) -> tuple[str | None, date | None]:
    """Who acts: the first of several who is still there, else the manager of their store.

    Args:
        names: links to agents, first choice first; None: nobody is named.
        neighbours: for who they are.
        today: who leaves later is still there.

    Returns:
        The agent's id, None for nobody; and the day from which it is another, if that is known.
    """
    gone = changes = None
    for name in names:
        if not name:
            continue
        found = neighbours.ids.get(name, name)
        agent = neighbours.agents.get(found)
        if agent is None:
            if not neighbours.agents and found != name:
                return found, changes
            continue
        if agent.left is None or agent.left > today:
            return found, agent.left
        gone = gone or agent
    if gone is None:
        return None, None
    present = [a for a in neighbours.agents.values() if a.left is None or a.left > today]
    managers = [a.id for a in present if a.role == "store_manager" and a.store == gone.store]
    if managers and gone.store:
        return min(managers), None
    supervisor = neighbours.ids.get(gone.supervisor or "", gone.supervisor)
    return (supervisor if any(a.id == supervisor for a in present) else None), None


def _sane(amount: float | None) -> float | None:
    return amount if amount is not None and 0 < amount < _MOST else None


def _graded(
    group: str, table: Mapping[str, Mapping[str, int]], markets: tuple[str, ...], grade: str
) -> Pace | None:
    """The shortest interval of one or two markets."""
    best: tuple[int, str] | None = None
    for market in markets:
        days = table.get(market, {}).get(grade)
        if days is not None and (best is None or days < best[0]):
            best = days, market
    if best is None:
        return None
    days, market = best
    default = _DEFAULT.client if group == "client" else _DEFAULT.listing
    origin = "ours" if default[market][grade] == days else "rules"
    return Pace(days, f"cadence.{group}.{market}.{grade}", origin, market)


def _dormant(status: str, rules: Rules) -> Pace | None:
    days = rules.cadence.dormant.get(status)
    if days is None:
        return None
    origin = "ours" if _DEFAULT.dormant.get(status) == days else "rules"
    return Pace(days, f"cadence.dormant.{status}", origin, dormant=True)
