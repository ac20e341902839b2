"""What is due, found and printed: all of `due` but the reading of its options.

Nothing here needs Click, so that `cli.plain` can answer before it is loaded.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.console import Column
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.features.briefs import Brief
    from brokernotes.features.ranking import DueItem, Ranked
    from brokernotes.features.reasons import Voice
    from brokernotes.model.occurrences import Occurrence
    from brokernotes.model.topics import Topic


def tell_due(
    app: App,
    *,
    until: date | None = None,
    kind: str | None = None,
    show_all: bool = False,
    paths: Collection[str] | None = None,
    explain: bool = False,
    limit: int | None = None,
    form: str = "table",
) -> None:
    """Print what is due, for a person's eyes or for programs.

    Args:
        app: of the run.
        until: also what falls due up to this day.
        kind: only of this kind.
        show_all: everybody's, without the daily limit.
        paths: about these notes only.
        explain: say which rule gave each date.
        limit: print no more rows.
        form: one of `console.FORMATS`.
    """
    items, waiting = due_ranked(app, until=until, kind=kind, show_all=show_all, paths=paths)
    shown = items if limit is None else items[:limit]
    if form == "table" and app.console.is_terminal:
        from brokernotes.cli.due_page import DuePage

        with app.console.paged():
            page = DuePage(app, explain=explain)
            page.print(
                shown,
                left=len(items) - len(shown),
                is_part=paths is not None,
                waiting=waiting,
            )
        return
    voice = due_voice(app)
    if form in ("json", "jsonl"):
        from brokernotes.cli.briefing import briefs

        told = zip(shown, briefs(app, shown), strict=True)
        rows = [due_json(item, voice, brief, explain=explain) for item, brief in told]
    else:
        rows = [_due_cells(item, voice) for item in shown]
    app.console.rows(rows, _columns(app), form)


def due_items(
    app: App,
    *,
    until: date | None = None,
    kind: str | None = None,
    show_all: bool = False,
    paths: Collection[str] | None = None,
) -> list[DueItem]:
    """What is due for whoever asks; `paths`: about these notes only."""
    return due_ranked(app, until=until, kind=kind, show_all=show_all, paths=paths).items


def due_ranked(
    app: App,
    *,
    until: date | None = None,
    kind: str | None = None,
    show_all: bool = False,
    paths: Collection[str] | None = None,
) -> Ranked:
    """The same with what waits for another day."""
    from brokernotes.features.ranking import Asked
    from brokernotes.joint import ranked_of

    asked = Asked(
        now=app.now,
        agent=None if show_all else app.agent,
        until=until,
        show_all=show_all,
        kind=kind,
        paths=paths,
    )
    return ranked_of(app.fresh, asked)


def due_voice(app: App) -> Voice:
    """In which words this run says why something is due."""
    from brokernotes.features.reasons import Voice

    queries = app.vault.queries

    @functools.cache
    def named(name: str) -> str:
        if name.endswith(".md"):  # a note without an id
            return next((row.title for row in queries.by_path(name)), name)
        n = queries.resolve(name).n
        if n is None:
            return name
        row = queries.note(n)
        return "" if row.type == "agent" else row.title

    rules = app.vault.rules
    return Voice(
        language=app.language,
        today=app.today,
        schema=rules.schema,
        named=named,
        answers=rules.answers,
    )


def due_json(item: DueItem, voice: Voice, said: Brief, *, explain: bool = False) -> dict[str, Any]:
    """A row in the shape programs bind to; what looks like a phone in its texts is masked."""
    from brokernotes.features import reasons
    from brokernotes.features.topic_sentences import lines_of

    shape: dict[str, Any] = {"key": item.key}
    if item.kind != "overflow":
        shape |= {
            "id": item.id,
            "path": item.path,
            "title": mask_phones_in_text(reasons.title(item, voice)),
        }
    shape |= {
        "kind": item.kind,
        "due": item.due.isoformat(),
        "overdue_days": item.overdue_days,
        "agent": item.agent,
    }
    if item.at:
        shape["at"] = item.at.isoformat()
    if item.channel:
        shape["channel"] = item.channel
    if times := [*dict.fromkeys(said for one in item.reasons for said in one.times)]:
        shape["times"] = times
    if item.last_contact:
        shape["last_contact"] = item.last_contact.isoformat()
        shape["last_text"] = mask_phones_in_text(item.last_text)
    shape |= {
        "reason": mask_phones_in_text(reasons.item_reason(item, voice)),
        "reason_code": item.reason,
        "params": dict(item.params),
        "reasons": [_reason_json(one, voice, explain=explain) for one in item.reasons],
        "brief": [
            mask_phones_in_text(line) for line in reasons.brief(item, voice, lines_of(said, voice))
        ],
    }
    shape |= brief_json(said, voice, explain=explain)
    if item.more:
        shape["more"] = item.more
    return shape


def brief_json(said: Brief, voice: Voice, *, explain: bool = False) -> dict[str, Any]:
    """What to say, and until when to wait, in the shape programs bind to."""
    shape: dict[str, Any] = {
        "topics": [_topic_json(topic, voice, explain=explain) for topic in said.topics]
    }
    if said.wait is not None:
        shape["wait"] = {
            "until": said.wait.day.isoformat(),
            "reason_code": said.wait.reason,
            "params": dict(said.wait.params),
        }
    return shape


def _topic_json(topic: Topic, voice: Voice, *, explain: bool) -> dict[str, Any]:
    """A topic in the shape programs bind to."""
    from brokernotes.features.topic_sentences import sentence, source_line

    shape: dict[str, Any] = {
        "topic": mask_phones_in_text(sentence(topic, voice)),
        "topic_code": topic.code,
        "params": {
            key: mask_phones_in_text(value) if isinstance(value, str) else value
            for key, value in topic.params.items()
        },
        "date": topic.day[:10] or None,
        "note": topic.note,
        "entry": topic.entry or None,
    }
    return shape | ({"explain": source_line(topic, voice)} if explain else {})


def _due_cells(item: DueItem, voice: Voice) -> dict[str, Any]:
    """A row as far as tables show it (`_columns`)."""
    from brokernotes.features import reasons

    shape: dict[str, Any] = {
        "due": item.due.isoformat(),
        "overdue_days": item.overdue_days,
        "kind": item.kind,
        "agent": item.agent,
        "reason": mask_phones_in_text(reasons.item_reason(item, voice)),
    }
    return (
        shape
        if item.kind == "overflow"
        else shape | {"id": item.id, "title": mask_phones_in_text(reasons.title(item, voice))}
    )


def _reason_json(one: Occurrence, voice: Voice, *, explain: bool) -> dict[str, Any]:
    from brokernotes.features import reasons

    shape: dict[str, Any] = {
        "key": one.key,
        "id": one.note if one.note != one.path else None,
        "path": one.path,
        "kind": one.kind,
        "due": one.due.isoformat() if not one.undated else voice.today.isoformat(),
        "reason": mask_phones_in_text(reasons.reason(one, voice)),
        "reason_code": one.reason,
        "params": dict(one.params),
    }
    if one.rhythm:
        shape["waits"] = dict(one.rhythm)
    if explain:
        from brokernotes.features import reason_explaining

        shape["explain"] = reason_explaining.explain(one, voice)
    return shape


def _columns(app: App) -> list[Column]:
    return [
        Column("due", app.text(N_("Due"))),
        Column("overdue_days", app.text(N_("Overdue")), right=True),
        Column("kind", app.text(N_("Kind"))),
        Column("id", app.text(N_("Id"))),
        Column("title", app.text(N_("Title"))),
        Column("agent", app.text(N_("Agent"))),
        Column("reason", app.text(N_("Reason"))),
    ]
