"""`report late-entries`: what was written down more than a day after it happened."""

from __future__ import annotations

from datetime import date
from typing import Any

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column, Row
from brokernotes.cli.history import reading_bar
from brokernotes.cli.options import common_options, listing_options
from brokernotes.cli.report import period_options
from brokernotes.cli.texts import command
from brokernotes.features.late_entries import LateEntry, late_entries
from brokernotes.language import N_
from brokernotes.model.days import days_after
from brokernotes.model.values import mask_phones_in_text

DAYS = 30  # that are looked at unless --since says otherwise


@command(
    "late-entries",
    N_(
        "List the log entries that were committed more than 24 hours after their time, latest "
        "first: who wrote them, and how late. Those that came with their note show that the "
        "listing or client itself was entered then, and was kept in a pocket until.\n\n"
        "It looks back 30 days unless --since says otherwise. It is something to talk about: a "
        "vault that was imported, or a telephone that was offline, writes late, too."
    ),
    N_(
        "Examples: `brokernotes report late-entries`, "
        "`brokernotes report 补录 --since 上个月 --json`"
    ),
)
@period_options
@listing_options
@common_options
@pass_app
def run(app: App, since: date | None, until: date | None, form: str) -> None:
    """List what was written late."""
    history = app.fresh.history
    history.progress = reading_bar(app)
    found = late_entries(history.since(since or days_after(app.today, -DAYS)))
    rows = [_row(app, one) for one in found if until is None or one.revision.when.date() <= until]
    rows.reverse()
    titles = app.vault.queries.titles(row["id"] for row in rows if row["id"])
    for row in rows:
        name = str(row["path"]).rpartition("/")[2].removesuffix(".md")
        row["title"] = titles.get(row["id"], name)
    app.console.rows(rows, _columns(app), form)
    if not rows and form == "table":
        app.console.say(app.text(N_("nothing was written late")))


def _row(app: App, one: LateEntry) -> dict[str, Any]:
    revision, entry = one.revision, one.entry
    verb = app.vault.rules.schema.verbs.get(entry.verb)
    clock = "" if entry.minutes is None else f"T{entry.minutes // 60:02d}:{entry.minutes % 60:02d}"
    return {
        "written": revision.when.isoformat(timespec="minutes")[:16],
        "at": entry.day.isoformat() + clock,
        "days": one.days,
        "with_note": one.came_with_note,
        "id": revision.note,
        "path": revision.path,
        "title": "",
        "entry": revision.ref,
        "verb": verb.id if verb else entry.verb,
        "text": mask_phones_in_text(entry.said),
        "author": revision.author,
        "commit": revision.commit,
    }


def _columns(app: App) -> list[Column]:
    text, code = app.text, app.language.code
    verbs = app.vault.rules.schema.verbs

    def verb(row: Row) -> str:
        known = verbs.get(row["verb"])
        return known.label(code) if known else str(row["verb"])

    return [
        Column("written", text(N_("Written")), shown=lambda row: row["written"].replace("T", " ")),
        Column("days", text(N_("Days late")), right=True),
        Column("at", text(N_("At")), shown=lambda row: row["at"].replace("T", " ")),
        Column("title", text(N_("Title")), least=12),
        Column("verb", text(N_("Verb")), shown=verb, is_extra=True),
        Column("author", text(N_("Who")), least=6),
        Column(
            "with_note",
            text(N_("With the note")),
            shown=lambda row: text(N_("yes")) if row["with_note"] else "",
        ),
        Column("text", text(N_("Text")), least=8, is_extra=True),
    ]
