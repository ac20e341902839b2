"""A change of status that concerns the listing alone, for where nobody can be asked: imports.

What needs a deal, a reason or a new owner is refused; the rest goes as `status` does it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from brokernotes.errors import RefusedError
from brokernotes.features.lifecycle import read_aim
from brokernotes.features.lifecycle_needs import wants
from brokernotes.features.lifecycle_scene import Scene, Told
from brokernotes.features.lifecycle_steps import edits_of
from brokernotes.features.lifecycle_work import NoteEdit
from brokernotes.features.log_making import moment_of
from brokernotes.language import N_
from brokernotes.model.records import Record
from brokernotes.model.rules import Rules

_STANDS = {"price": True, "rent": True, "entrust_until": True}  # as the sheet says it


def move_alone(
    listing: Record, status: str, rules: Rules, now: datetime, given: Iterable[str]
) -> NoteEdit:
    """What a change makes of the listing.

    Args:
        listing: as it stands, with the status before.
        status: it shall have.
        rules: of the brokerage.
        now: in the vault's zone.
        given: keys of the listing that were given with it.

    Raises:
        RefusedError: the change is illegal, or more than the listing would have to change.
    """
    scene = Scene(
        listing=listing, schema=rules.schema, language=rules.language, today=now.date(),
        given=frozenset(given),
    )  # fmt: skip
    aim = read_aim(status, scene)
    told = Told(at=moment_of(now), answers=_STANDS)
    missing = [want for want in wants(aim, scene, told) if not want.is_optional]
    if aim.needs_deal or missing:
        raise RefusedError(
            N_("{title}: {old} becomes {new} by `brokernotes status {ref}`, not by a sheet"),
            title=listing.title,
            ref=listing.ref,
            old=scene.word(aim.old),
            new=scene.word(aim.new),
        )
    (edit,) = edits_of(aim, scene, told)
    return edit
