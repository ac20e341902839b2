"""A change of status: what was asked for, whether it is legal, and what must be known for it.

What then becomes of the notes is worked out in `features.lifecycle_steps`; nobody else
changes a status, whichever command was typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.lifecycle_log import (
    logged_status,
    previous_status,
)
from brokernotes.features.lifecycle_scene import (
    WHERE_DEALS_STAND,
    Aim,
    Scene,
    fitting_deals,
    has_happened,
    is_unfinished,
)
from brokernotes.language import N_
from brokernotes.model.lifecycle import (
    ACTIVE,
    BOUND,
    CLOSED_BY_US,
    Status,
    Step,
    active_of,
    is_legal,
    legal_next,
    steps_between,
    transaction_of,
)
from brokernotes.model.records import Record
from brokernotes.model.schema import Schema, fold
from brokernotes.model.verbs import DEEDS

_BACK = frozenset(map(fold, ("有效", "active", "恢复", "on the market")))


def read_word(word: str, schema: Schema, code: str) -> str:
    """The id of a status, or of a deed such as 退订; `active`: whatever 有效 it was.

    Args:
        word: as typed.
        schema: for its spellings.
        code: language in which all words are named where it is none of them.

    Raises:
        UsageError: it is neither.
    """
    found = schema.vocabularies["listing_status"].find(word)
    if found is not None:
        return found
    if fold(word) in _BACK:
        return "active"
    verb = schema.find_verb(word)
    if verb is not None and verb.id in DEEDS:
        return verb.id
    raise UsageError(
        N_("“{word}” is no status of a listing"),
        hint=N_("Statuses: {statuses}. What is done: {deeds}."),
        word=word,
        statuses=[one.label(code) for one in schema.vocabularies["listing_status"].choices],
        deeds=[schema.verbs[deed].label(code) for deed in DEEDS],
    )


def read_aim(word: str, scene: Scene) -> Aim:
    """What an order comes to.

    Args:
        word: from `read_word`.
        scene: `deal` is not known yet.

    Raises:
        RefusedError: the change is illegal; the legal ones are named.
    """
    old, missed = _standing(scene, word)
    if word in ("transfer", "handover"):
        return _deed(word, scene, old)
    new = _target(word, scene, old)
    if new == old:
        return _without_deal(scene, new) or Aim("same", old, new, missed)
    if old is None and new in BOUND:
        old = _assumed(scene) or "for_sale"
    steps = steps_between(old, new)
    if not steps:
        raise refused_status(scene, old, new)
    return Aim(_kind(word, steps, scene), old, new, missed)


def _without_deal(scene: Scene, status: str) -> Aim | None:
    """The step that makes the deal of a status somebody typed without one."""
    if status not in BOUND or scene.bound_deals:
        return None
    if logged_status(scene.changes) == status:  # its deal's note is gone
        return Aim("deposit", status, status) if status == "deposit" else None
    assumed = previous_status(scene.changes, status) or _assumed(scene)
    return Aim("deposit" if status == "deposit" else "sign", assumed, status) if assumed else None


def refused_status(scene: Scene, old: Status, new: str) -> RefusedError:
    """What is said of an illegal change: what it is, and what may follow instead."""
    legal = scene.words(legal_next(old))
    deeds = {"deposit": "deposit_cancel", "sold_by_us": "rescind", "leased_by_us": "rescind"}
    deed = deeds.get(old or "")
    hint = N_("After {old} may come: {legal}.")
    if deed is not None:
        hint = N_("After {old} may come: {legal}; {deed} leads back to the status before.")
    return RefusedError(
        N_("{title}: {new} cannot follow {old}"),
        hint=hint,
        title=scene.listing.title,
        old=scene.word(old),
        new=scene.word(new),
        legal=legal,
        deed=scene.schema.verbs[deed].label(scene.language) if deed else "",
    )


def _standing(scene: Scene, word: str) -> tuple[Status, tuple[Status, str] | None]:
    """The status a change starts from, and what the log missed of it."""
    typed, logged = scene.status, logged_status(scene.changes)
    if logged is None or typed == logged:
        return typed, None
    if typed is None or word == typed or not is_legal(logged, typed):
        return logged, None
    return typed, (logged, typed)


def _target(word: str, scene: Scene, old: Status) -> str:
    changes = scene.changes
    if word == "sign":
        wanted = {"sale": "sold_by_us", "lease": "leased_by_us"}.get(_deal_transaction(scene) or "")
        if wanted is None:
            raise RefusedError(
                N_("{title} is for sale and for lease: say which contract was signed"),
                hint=N_("Write {sold} or {leased}."),
                title=scene.listing.title,
                sold=scene.word("sold_by_us"),
                leased=scene.word("leased_by_us"),
            )
        return wanted
    if word in ("deposit_cancel", "rescind", "active"):
        fits = old == "deposit" if word == "deposit_cancel" else old in CLOSED_BY_US
        if not fits and word != "active":
            raise RefusedError(
                N_("{title} is {old}: there is nothing to call off"),
                title=scene.listing.title,
                old=scene.word(old),
            )
        if old in ACTIVE:
            return str(old)
        found = previous_status(changes, old) or _known(scene.remembered) or _assumed(scene)
        if found is None:
            raise RefusedError(
                N_("{title}: neither log nor history says which status it had before {old}"),
                hint=N_("Name it: {legal}."),
                title=scene.listing.title,
                old=scene.word(old),
                legal=scene.words([one for one in legal_next(old) if one in ACTIVE]),
            )
        return found
    return word


def _known(status: Status) -> str | None:
    return status if status in ACTIVE else None


def _assumed(scene: Scene) -> str | None:
    """The 有效 status that a listing must have had, by what it was offered for."""
    listing = scene.listing
    found = active_of(listing.text("transaction")) or active_of(transaction_of(scene.status))
    if found is not None:
        return found
    offered = [key for key in ("price", "rent") if listing.number(key) is not None]
    return {"price": "for_sale", "rent": "for_lease"}[offered[0]] if len(offered) == 1 else None


def _deal_transaction(scene: Scene) -> str | None:
    if scene.transaction is not None:
        return scene.transaction
    said = {deal.text("transaction") for deal in scene.bound_deals}
    return said.pop() if len(said) == 1 else None


def _kind(word: str, steps: Sequence[Step], scene: Scene) -> str:
    """Which of the steps between two statuses is meant."""
    kinds = [step.kind for step in steps]
    if "rescind" not in kinds:
        return kinds[0]
    unfinished = unfinished_deals(scene)
    if word == "rescind":
        _refuse_late(scene)
        return "rescind"
    if not unfinished:
        return next(kind for kind in kinds if kind != "rescind")
    verbs = scene.schema.verbs
    raise RefusedError(
        N_("{title}: the deal {deal} is signed, and the home has not changed hands"),
        hint=N_(
            "If the contract was called off, say {rescind}; if all is done, {transfer} and "
            "{handover} come first."
        ),
        title=scene.listing.title,
        deal=unfinished[0].title,
        rescind=verbs["rescind"].label(scene.language),
        transfer=verbs["transfer"].label(scene.language),
        handover=verbs["handover"].label(scene.language),
    )


def unfinished_deals(scene: Scene) -> list[Record]:
    """The contracts that are signed, with the home where it was."""
    return [deal for deal in scene.deals if is_unfinished(deal)]


def settled_deals(scene: Scene) -> list[Record]:
    """The contracts that made the status what it is, if none of them can be called off any more."""
    if unfinished_deals(scene) or any(deal.text("stage") == "deposit" for deal in scene.deals):
        return []
    is_lease = transaction_of(logged_status(scene.changes) or scene.status) == "lease"
    return [
        deal for deal in scene.deals
        if deal.text("stage") in ("signed", "closing", "completed")
        and (deal.text("transaction") == "lease") == is_lease
    ]  # fmt: skip


def _refuse_late(scene: Scene) -> None:
    """Refuse to call off a contract once the home has changed hands."""
    settled = settled_deals(scene)
    if settled:
        raise RefusedError(
            N_(
                "{title}: the home has changed hands with the deal {deal}; "
                "nothing can be called off"
            ),
            hint=N_(
                "Back on the market it comes in a new round: `brokernotes status {ref} {word}`."
            ),
            title=scene.listing.title,
            deal=settled[-1].title,
            ref=scene.listing.ref,
            word=scene.word(previous_status(scene.changes, scene.status) or "for_sale"),
        )


def _deed(word: str, scene: Scene, old: Status) -> Aim:
    """过户 and 交房: the people change, the status does not."""
    aim = Aim(word, old, old)
    if fitting_deals(aim, scene):
        return aim
    under_way = [deal for deal in scene.deals if deal.text("stage") in WHERE_DEALS_STAND[word]]
    if any(has_happened(deal, word) for deal in under_way):
        return Aim("same", old, old)
    if under_way:  # only a home that was sold is registered anew
        raise RefusedError(
            N_("{title}: the deal {deal} is a lease, and a lease changes no owner"),
            hint=N_("`brokernotes status {ref} {handover}` is said when the tenant moves in."),
            title=scene.listing.title,
            deal=under_way[0].title,
            ref=scene.listing.ref,
            handover=scene.schema.verbs["handover"].label(scene.language),
        )
    raise RefusedError(
        N_("{title}: no signed deal names it, so nothing can be handed over"),
        hint=N_("`brokernotes status {ref} {sign}` comes first."),
        title=scene.listing.title,
        ref=scene.listing.ref,
        sign=scene.schema.verbs["sign"].label(scene.language),
    )
