"""`match --all`: every client's new fits of an evening; `changes` asks it whom something suits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.console import Column
from brokernotes.cli.match_market import Market
from brokernotes.features.matching import ACTIVE_STAGES
from brokernotes.features.matching_bulk import Pool
from brokernotes.features.matching_criteria import asks_something
from brokernotes.features.matching_news import (
    CUT,
    Offer,
    arrivals_of,
    changed_demands,
    offers_of,
    offers_of_demand,
)
from brokernotes.features.matching_seekers import Seekers
from brokernotes.language import N_
from brokernotes.model.measures import render_number
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.features.history import News, Revision
    from brokernotes.features.matching_sides import Want

WHYS = {
    "new": N_("new"), "price_cut": N_("cheaper"), "back": N_("back on the market"),
    "client": N_("new client"), "demand": N_("the demand changed"),
}  # fmt: skip


def offers(app: App, news: Sequence[News]) -> list[Offer]:
    """Whom the listings suit that came, came back or became cheaper; the best first.

    Args:
        app: of the run.
        news: as `changes` tells them.
    """
    arrivals = arrivals_of(news)
    vault = app.fresh
    rows = [
        row
        for ref in arrivals
        for row in (vault.queries.by_id(ref) or vault.queries.by_path(ref))[:1]
        if row.type == "listing"
    ]
    if not rows:
        return []
    market = Market(app)
    homes = [market.home(row) for row in rows]
    history = market.told(one for row in rows for one in vault.encounters.about(row))
    settings = market.settings
    wants = [want for want in market.wants() if asks_something(want, settings)]
    found = list(offers_of(homes, arrivals, Seekers(wants, settings), history))
    found.sort(key=_place)
    return found


def show_all(app: App, since: date | None, top: int, form: str) -> None:
    """Tell every client's new fits; of whoever asks only her own clients'.

    Args:
        app: of the run.
        since: from which day on things are new; None: as `changes` has it.
        top: at most so many homes a client.
        form: one of `console.FORMATS`.
    """
    from brokernotes.features.history import news_of

    history = app.fresh.history
    first = since or history.last_day_before(app.today) or app.today
    revisions = history.since(first)
    by_client: dict[str, dict[str, Offer]] = defaultdict(dict)
    for one in (*offers(app, news_of(revisions)), *_of_demands(app, revisions)):
        if _is_mine(app, one.pair.want):
            by_client[one.pair.want.ref].setdefault(one.pair.home.ref, one)
    ranked = [sorted(found.values(), key=_place) for found in by_client.values()]
    ranked.sort(key=lambda found: _place(found[0]))
    rows = [_row(app, one) for found in ranked for one in found[:top]]
    _say_through_whom(app, rows, is_for_people=form == "table")
    app.console.rows(rows, _columns(app, rows), form)
    if form == "table":
        if not rows:
            app.console.say(app.text(N_("nothing new suits anybody")))
        app.console.say(app.text(N_("since {day}"), day=first.isoformat()))
        _say_unknown(app)


def _is_mine(app: App, want: Want) -> bool:
    agent = want.facts.get("agent")
    return app.agent is None or bool(agent and app.vault.queries.id_of(agent) == app.agent)


def _say_unknown(app: App) -> None:
    """Say how many clients are left out, since nobody knows what they want."""
    market = Market(app)
    unknown = sum(
        bool(want.sides) and not asks_something(want, market.settings) and _is_mine(app, want)
        for want in market.wants()
    )
    if unknown:
        one = N_("{count} client of whom nothing is known: ask first")
        several = N_("{count} clients of whom nothing is known: ask them first")
        app.console.say(app.language.plural(one, several, unknown))


def _say_through_whom(app: App, rows: Iterable[dict[str, Any]], *, is_for_people: bool) -> None:
    """Add through whom a colleague's private listing is shown, by name or by id."""
    market = Market(app)
    for row in rows:
        holder = market.through(row["path"])
        if holder is not None:
            row["through"] = market.named(holder) if is_for_people else holder


def _place(one: Offer) -> tuple[float, str, str]:
    return -one.pair.value, one.pair.want.ref, one.pair.home.ref


def _of_demands(app: App, revisions: Iterable[Revision]) -> Iterator[Offer]:
    """What suits the clients who are new, or ask for something else than before."""
    changed = changed_demands(revisions)
    queries = app.vault.queries
    rows = [
        (row, before)
        for ref, before in changed.items()
        for row in (queries.by_id(ref) or queries.by_path(ref))[:1]
        if row.type == "client"
    ]
    if not rows:
        return
    market = Market(app)
    pool = Pool(market.homes(), market.settings)
    for row, before in rows:
        want = market.want(row)
        if want.facts.get("stage") not in ACTIVE_STAGES:
            continue
        if not asks_something(want, market.settings):
            continue
        old = None
        if before is not None:
            values = {key: one for key, one in (dict(want.facts) | before).items()
                      if one is not None}  # fmt: skip
            old = market.changed_want(row, values)
        yield from offers_of_demand(want, old, pool, market.history(row))


def _row(app: App, one: Offer) -> dict[str, Any]:
    want, home, arrival = one.pair.want, one.pair.home, one.arrival
    return {
        "client": want.ref,
        "client_title": mask_phones_in_text(want.title),
        "id": home.ref if home.ref != home.path else None,
        "path": home.path,
        "title": mask_phones_in_text(home.title),
        "score": round(one.pair.value * 100),
        "why": arrival.why,
        "old": arrival.old,
        "new": arrival.new,
        "seen": one.seen or None,
    }


def why(app: App, row: Mapping[str, Any]) -> str:
    """Why a home is worth another look, in words."""
    said = app.text(WHYS[row["why"]])
    if row["why"] == CUT and row["old"] and row["new"]:
        said += f" {render_number(row['old'])}→{render_number(row['new'])}"
    if row["seen"]:
        said += app.text(N_(", seen on {day}"), day=row["seen"])
    return said


def _columns(app: App, rows: Iterable[Mapping[str, Any]]) -> list[Column]:
    text = app.text
    return [
        Column("client_title", text(N_("Client")), least=8),
        Column("score", text(N_("Score")), right=True),
        Column("title", text(N_("Home")), least=10),
        Column("why", text(N_("Why now")), lambda row: why(app, row)),
        *(
            [Column("through", text(N_("Through")), lambda row: row.get("through") or "")]
            if any("through" in row for row in rows)
            else ()
        ),
        Column("client", text(N_("Client's id")), style="dim", is_extra=True),
        Column("id", text(N_("Id")), style="dim"),
    ]
