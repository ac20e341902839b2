"""What to say to whoever is due: threads and moves of the index joined, and remembered.

Worked out only for rows that are shown, and kept beside the index until anything changes: what
`due` costs on an unchanged vault is reading one small file.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.features.briefs import Brief, Known, brief_of, needed
from brokernotes.model.topics import Topic
from brokernotes.storage.remembered import recall, remember

if TYPE_CHECKING:
    from brokernotes.cli.app import App
    from brokernotes.features.ranking import DueItem

VERSION = 7  # grows when the same notes give other topics
_NAME = "briefs"


def briefs(app: App, items: Sequence[DueItem]) -> list[Brief]:
    """The brief of each row.

    Args:
        app: of the run; its index is current.
        items: the rows.
    """
    found = known(app, needed(items))
    today, fresh = app.today, app.vault.rules.cadence.topic_days
    return [brief_of(item, found, max(item.due, today), today, fresh) for item in items]


def known(app: App, paths: Collection[str]) -> Mapping[str, Known]:
    """What there is to say to the persons of some notes, by path.

    Args:
        app: of the run; its index is current.
        paths: of clients and listings.
    """
    if app.as_option:  # who may not read a note has nothing to say to its person
        paths = _whole(app, paths)
    if not paths:
        return {}
    index = app.fresh.index
    folder = os.path.dirname(index.path) if index.path else None  # noqa: PTH120
    made_of = [VERSION, index.stamp, index.generation, app.today.isoformat()]
    name = f"{_NAME}-{app.agent}" if app.agent else _NAME  # what she may know is in it
    kept: dict[str, Any] = recall(folder, name, made_of) or {}
    missing = [path for path in paths if path not in kept]
    if missing:
        from brokernotes.cli.briefing_market import Gathering

        kept |= {path: _plain(one) for path, one in Gathering(app).known(missing).items()}
        remember(folder, name, made_of, kept)
    return {path: _read(kept[path]) for path in paths}


def _whole(app: App, paths: Iterable[str]) -> list[str]:
    """The notes of which nothing is kept from the viewer."""
    from brokernotes.cli.viewing import seen

    vault = seen(app)
    if vault is None:
        return list(paths)
    rows = [row for path in paths for row in vault.queries.by_path(path)]
    return [row.path for row in rows if vault.sight(row).is_whole]


def _plain(one: Known) -> list[Any]:
    topics = [[topic.code, dict(topic.params), *topic[2:]] for topic in one.topics]
    return [topics, [[day, reason, dict(params)] for day, reason, params in one.ahead]]


def _read(told: list[Any]) -> Known:
    topics, ahead = told
    return Known(tuple(Topic(*one) for one in topics), tuple(map(tuple, ahead)))


def on_days(app: App, rows: Iterable[tuple[DueItem, date]]) -> dict[str, Brief]:
    """The briefs of rows that stand on days, by the rows' keys.

    Args:
        app: of the run; its index is current.
        rows: with the day each stands on.
    """
    placed = list(rows)
    found = known(app, needed([item for item, _ in placed]))
    fresh = app.vault.rules.cadence.topic_days
    return {item.key: brief_of(item, found, day, fresh=fresh) for item, day in placed}
