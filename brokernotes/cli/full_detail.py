"""The first time a calendar tells phones and doors, it says where they will stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.cli.app import App

FULL = "full"
_NAME = "calendar-full"
_VERSION = 1  # raise it when `full` tells more, so that it is said once more


def say_where_it_stands(app: App, places: Sequence[str]) -> None:
    """Say, once for each place, that phones and doors stand there from now on.

    Args:
        app: of the run.
        places: files, folders or addresses of the calendars, as people read them.
    """
    from brokernotes.storage.remembered import recall, remember

    cache = app.vault.cache
    told: list[str] = recall(cache, _NAME, _VERSION) or []
    new = [place for place in places if place not in told]
    if not new:
        return
    joint = "、" if app.language.code == "zh" else ", "
    app.console.say(
        app.text(
            N_(
                "With --detail full, phones of your clients and of owners, doors and numbers of "
                "keys stand unmasked in {places}, and wherever that is passed on: the phone's "
                "cloud, a shared calendar, a backup. Said once; --detail normal tells none of it."
            ),
            places=joint.join(new),
        )
    )
    remember(cache, _NAME, _VERSION, [*told, *new])
