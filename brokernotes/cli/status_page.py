"""Where a listing stands: its status and round, since when, and what may follow."""

from __future__ import annotations

from typing import Any

from brokernotes.cli.app import App
from brokernotes.cli.status_changing import standing_scene
from brokernotes.cli.viewing import kept_of, say_kept
from brokernotes.features.lifecycle import settled_deals, unfinished_deals
from brokernotes.features.lifecycle_log import round_of
from brokernotes.features.lifecycle_scene import Aim, Scene, fitting_deals
from brokernotes.language import N_
from brokernotes.model.lifecycle import STATUSES, Step, steps_between
from brokernotes.model.schema import Schema

_NEEDS = {
    "buyer": N_("the buyer"),
    "deposit_amount": N_("the amount"),
    "expected_signing": N_("the day of signing"),
    "reason": N_("the reason"),
    "settled": N_("what became of the deposit"),
    "terms": N_("the price or rent, confirmed"),
    "entrustment": N_("the entrustment, confirmed"),
    "owner": N_("the owner"),
}
_WHAT = {
    "begin": N_("the first status"),
    "offer": N_("offered another way"),
    "deposit": N_("a deposit was paid"),
    "sign": N_("the contract was signed"),
    "cancel": N_("the deposit was called off"),
    "rescind": N_("the contract was called off, same round"),
    "rest": N_("off the market"),
    "lose": N_("somebody else closed"),
    "resume": N_("back on the market, same round"),
    "relet": N_("back on the market, a new round"),
    "resell": N_("back on the market, a new round"),
}
_DEEDS = {
    "transfer": N_("registered, the home has another owner"),
    "handover": N_("keys and meters handed over, or moved in"),
}


def show_standing(app: App, ref: str, *, as_json: bool) -> None:
    """Print where a listing stands and what may follow.

    Args:
        app: of the run.
        ref: of the listing, as typed.
        as_json: for programs.
    """
    scene = standing_scene(app, ref)
    listing, changes = scene.listing, scene.changes
    since = changes[-1].entry.day.isoformat() if changes else None
    following = _following(scene)
    if as_json:
        app.console.json(
            {
                "id": listing.id,
                "path": listing.path,
                "status": scene.status,
                "round": round_of(listing),
                "since": since,
                "next": [
                    {
                        "status": new, "step": step.kind, "needs": list(step.needs),
                        "adds_round": step.adds_round, "origin": step.origin,
                    }
                    for step, new in following
                ],
                "deeds": _deeds(scene),
                **kept_of(app, [app.vault.resolve(ref, ("listing",))]),
            }
        )  # fmt: skip
        return
    head = app.text(
        N_("{title}: {status}, round {round}"),
        title=listing.title, status=_word(app, scene.schema, scene.status), round=round_of(listing),
    )  # fmt: skip
    if since:
        head = app.text(N_("{head}, since {date}"), head=head, date=since)
    app.console.print(app.console.text(head))
    for step, new in following:
        app.console.print(app.console.text(_line(app, scene, step, new)))
    for deed in _deeds(scene):
        verb = scene.schema.verbs[deed].label(app.language.code)
        what = app.text(N_("  → {status}: {what}"), status=verb, what=app.text(_DEEDS[deed]))
        app.console.print(app.console.text(what))
    say_kept(app, [app.vault.resolve(ref, ("listing",))])


def _deeds(scene: Scene) -> list[str]:
    """What may be done of a deal that is signed, though no status changes with it."""
    status = scene.status
    return [deed for deed in _DEEDS if fitting_deals(Aim(deed, status, status), scene)]


def _following(scene: Scene) -> list[tuple[Step, str]]:
    """Every step that can be taken; of the two ways back from a contract the one that is open."""
    closed: frozenset[str] = frozenset()
    if unfinished_deals(scene):
        closed = frozenset({"relet", "resell"})
    elif settled_deals(scene):
        closed = frozenset({"rescind"})
    return [
        (step, new)
        for new in STATUSES
        for step in steps_between(scene.status, new)
        if step.kind not in closed
    ]


def _line(app: App, scene: Scene, step: Step, new: str) -> str:
    what = app.text(_WHAT[step.kind])
    needs = [app.text(_NEEDS[need]) for need in step.needs if need in _NEEDS]
    line = app.text(N_("  → {status}: {what}"), status=_word(app, scene.schema, new), what=what)
    return app.text(N_("{line}; needs {needs}"), line=line, needs=needs) if needs else line


def _word(app: App, schema: Schema, status: str | None) -> Any:
    if status is None:
        return app.text(N_("no status yet"))
    return schema.vocabularies["listing_status"].label(status, app.language.code)
