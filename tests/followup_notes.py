"""Records for the tests of follow-ups, drawn in one line each."""

from datetime import date, datetime
from typing import Any

from brokernotes.features.followups import derive
from brokernotes.model.occurrences import AgentInfo, Derived, Neighbours, Occurrence
from brokernotes.model.records import LogEntry, Record
from brokernotes.model.rules import Rules

TODAY = date(2026, 11, 21)
RULES = Rules()
NOBODY = Neighbours()
AGENTS = {
    "A-WANG01": AgentInfo(id="A-WANG01", store="金杨店", supervisor="王店长"),
    "A-CHEN01": AgentInfo(id="A-CHEN01", store="金杨店"),
    "A-BOSS01": AgentInfo(id="A-BOSS01", store="金杨店", role="store_manager"),
    "A-AFAR01": AgentInfo(id="A-AFAR01", store="莘庄店", role="store_manager"),
    "A-GONE01": AgentInfo(id="A-GONE01", store="金杨店", left=date(2026, 10, 1)),
    "A-LEAVE1": AgentInfo(id="A-LEAVE1", store="金杨店", left=date(2026, 12, 1)),
}
IDS = {
    "王敏": "A-WANG01",
    "陈浩": "A-CHEN01",
    "王店长": "A-BOSS01",
    "走了": "A-GONE01",
    "要走": "A-LEAVE1",
    "李女士": "C-9F3DWA",
    "阳光花园": "L-7K2PQM",
    "阳光花园 3室": "L-7K2PQM",
    "春江苑": "L-H4T0ZB",
}


def day(text: str) -> date:
    """`11-18` of this year, or a whole date."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def entry(when: str, verb: str, box: str | None = None, **fields: Any) -> LogEntry:
    """`entry("11-18 14:30", "showing", interest=3)`; `id`, `links`, `text`, `agent` are its own."""
    on, _, at = when.partition(" ")
    own = {
        key: fields.pop(key)
        for key in ("id", "links", "text", "agent", "duration")
        if key in fields
    }
    if "from_" in fields:
        fields["from"] = fields.pop("from_")
    minutes = int(at[:2]) * 60 + int(at[3:]) if at else None
    return LogEntry(day=day(on), minutes=minutes, verb=verb, box=box, line=1, fields=fields, **own)


def client(*entries: LogEntry, **values: Any) -> Record:
    return _record("client", "C-9F3DWA", "clients/李女士-9F3DWA.md", entries, values)


def listing(*entries: LogEntry, **values: Any) -> Record:
    return _record("listing", "L-7K2PQM", "listings/阳光花园-7K2PQM.md", entries, values)


def deal(*entries: LogEntry, **values: Any) -> Record:
    return _record("deal", "D-DEAL01", "deals/阳光花园-DEAL01.md", entries, values)


def _record(type_: str, id_: str, path: str, entries: Any, values: dict[str, Any]) -> Record:
    values = {key: value for key, value in values.items() if value is not None}
    id_or_none = None if values.pop("no_id", False) else id_
    return Record(path=path, type=type_, id=id_or_none, values=values, entries=tuple(entries))


def neighbours(**values: Any) -> Neighbours:
    return Neighbours(agents=AGENTS, ids=IDS, **values)


def derived(
    record: Record, near: Neighbours = NOBODY, rules: Rules = RULES, today: date = TODAY
) -> Derived:
    return derive(record, near, rules, today)


def keys(
    record: Record, near: Neighbours = NOBODY, rules: Rules = RULES, today: date = TODAY
) -> list[str]:
    """The occurrences without their note, sorted."""
    found = derived(record, near, rules, today).occurrences
    return sorted(one.key.partition("/")[2] for one in found if not one.cancelled)


def only(
    record: Record, kind: str, near: Neighbours = NOBODY, rules: Rules = RULES, today: date = TODAY
) -> Occurrence:
    """The one occurrence of a kind."""
    (found,) = [o for o in derived(record, near, rules, today).occurrences if o.kind == kind]
    return found


def none_of(record: Record, kind: str, near: Neighbours = NOBODY, rules: Rules = RULES) -> bool:
    return not any(o.kind == kind for o in derived(record, near, rules).occurrences)


def at(text: str) -> datetime:
    """`11-21 09:00`."""
    return datetime.fromisoformat(f"2026-{text}")
