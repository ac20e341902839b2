"""`changes`: what is new since yesterday: prices, states, notes, entries, and what was removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.console import Column
from brokernotes.cli.history import past_day, reading_bar
from brokernotes.cli.options import common_options, listing_options, offers
from brokernotes.cli.texts import command
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.cli.revision_cells import RevisionCells
    from brokernotes.features.history import News
    from brokernotes.features.matching_news import Offer

KINDS = {
    "price_cut": N_("price cut"),
    "price_rise": N_("price rise"),
    "price_set": N_("price set"),
    "status": N_("status"),
    "new_note": N_("new note"),
    "deleted_note": N_("note deleted"),
    "entry_removed": N_("entry removed"),
    "entry_altered": N_("entry altered"),
    "entry_added": N_("log"),
}


@command(
    "changes",
    N_(
        "Say what changed lately, from git's history: prices that were lowered or raised, states, "
        "new notes, notes and log entries that were removed or altered, and how many entries each "
        "colleague wrote. A price that was changed twice is told once, from the first to the last. "
        "What is not committed yet counts. A listing that came, came back or became cheaper is "
        "told with the clients whom it suits, as `match` has it.\n\n"
        "Without --since it goes back to the last day before today on which anything was "
        "committed: on a Monday that is Sunday's work, after the holidays the day before them. "
        "With KIND (client, listing, deal, community, agent) only such notes."
    ),
    N_("Examples: `brokernotes changes`, `brokernotes changes listings --since -7d --json`"),
)
@click.argument("kind", metavar="[KIND]", required=False, shell_complete=offers("kinds"))
@click.option("--since", metavar="DATE", help=N_("What was done on DATE or later."))
@listing_options
@common_options
@pass_app
def changes_command(app: App, kind: str | None, since: str | None, form: str) -> None:
    """Say what changed lately."""
    from brokernotes.cli.kinds import parse_kind
    from brokernotes.cli.revision_cells import RevisionCells, revealing
    from brokernotes.features.history import news_of

    wanted = parse_kind(kind) if kind else None
    history = app.fresh.history
    history.progress = reading_bar(app)
    before = None if since else history.last_day_before(app.today)
    first = past_day(app, since) if since else before or app.today
    cells = RevisionCells(app, revealing(app, [], reveal=False))
    found = history.since(first)
    news = [one for one in news_of(found) if wanted in (None, cells.type_of(one.revision))]
    suits = _suits(app, news)
    if form != "table":
        _show_for_programs(app, cells, news, suits, form)
        return
    if not since and before is None and news:
        _show_first(app, cells, news, suits)
        return
    _show(app, cells, news, suits)
    if not news:
        app.console.say(app.text(N_("nothing changed since {day}"), day=first.isoformat()))
    elif not since:
        app.console.say(app.text(N_("since {day}"), day=first.isoformat()))


def _show_first(
    app: App, cells: RevisionCells, news: Sequence[News], suits: Mapping[str, list[Offer]]
) -> None:
    """What changed on the first day: what was there from the start is counted."""
    made = {one.revision.note or one.revision.path for one in news if one.kind == "new_note"}
    rest = [one for one in news if one.kind not in ("new_note", "entry_added")]
    if rest:
        _show(app, cells, rest, suits)
    language = app.language
    app.console.say(
        language.plural(
            N_("first look, nothing to compare with yet: {count} note"),
            N_("first look, nothing to compare with yet: {count} notes"),
            len(made),
        )
    )


def _suits(app: App, news: Sequence[News]) -> dict[str, list[Offer]]:
    """Whom the listings of some news suit, the best client first, by id, else path."""
    if not any(one.kind in ("new_note", "price_cut", "status") for one in news):
        return {}
    from brokernotes.cli.match_news import offers

    found: dict[str, list[Offer]] = {}
    for one in offers(app, news):
        found.setdefault(one.pair.home.ref, []).append(one)
    return found


def _show_for_programs(
    app: App,
    cells: RevisionCells,
    news: Sequence[News],
    suits: Mapping[str, list[Offer]],
    form: str,
) -> None:
    titles = _titles(app, news)
    rows = [
        {
            "change": one.kind,
            "type": cells.type_of(one.revision),
            "title": titles.get(one.revision.note or one.revision.path),
            **cells.plain(one.revision),
            "suits": [
                {
                    "id": offer.pair.want.ref,
                    "title": mask_phones_in_text(offer.pair.want.title),
                    "score": round(offer.pair.value * 100),
                }
                for offer in _of(suits, one)
            ],
        }
        for one in news
    ]
    keys = ("change", "type", "id", "title", "path", "key", "entry", "old", "new", "when", "author",
            "commit", "operation", "suits")  # fmt: skip
    app.console.rows(rows, [Column(key, key) for key in keys], form)


def _titles(app: App, news: Sequence[News]) -> dict[str, str]:
    """What the notes are called, by id, else path; one that is gone by its file's name."""
    ids = {one.revision.note for one in news if one.revision.note}
    found = dict(app.vault.queries.titles(ids))
    for one in news:
        name = one.revision.path.rpartition("/")[2].removesuffix(".md")
        found.setdefault(one.revision.note or one.revision.path, name)
    return {ref: mask_phones_in_text(title) for ref, title in found.items()}


def _of(suits: Mapping[str, list[Offer]], one: News) -> list[Offer]:
    """Whom one piece of news suits; a change that nobody looks for suits nobody."""
    if one.kind not in ("new_note", "price_cut", "status"):
        return []
    return suits.get(one.revision.note or one.revision.path, [])


def _named(suits: Sequence[Offer]) -> str:
    """The best two clients, and how many more there are."""
    said = "、".join(f"{one.pair.want.title} {round(one.pair.value * 100)}" for one in suits[:2])
    return mask_phones_in_text(said) + (f" +{len(suits) - 2}" if len(suits) > 2 else "")


def _show(
    app: App, cells: RevisionCells, news: Sequence[News], suits: Mapping[str, list[Offer]]
) -> None:
    titles = _titles(app, news)
    rows: list[dict[str, Any]] = []
    for one in news:
        revision = one.revision
        if one.kind == "entry_added":
            continue
        is_note = one.kind in ("new_note", "deleted_note")
        rows.append(
            {
                "what": app.text(KINDS[one.kind]),
                "title": titles[revision.note or revision.path],
                "change": _kind(app, cells.type_of(revision))
                if is_note
                else cells.change(revision),
                "suits": _named(_of(suits, one)),
                "who": cells.who(revision),
                "when": cells.at(revision)[5:],
                "id": revision.note,
            }
        )
    rows += _by_colleague(app, cells, news)
    text = app.text
    columns = [
        Column("what", text(N_("What"))),
        Column("title", text(N_("Title")), least=12),
        Column("change", text(N_("Change")), least=12),
        *([Column("suits", text(N_("Suits")), least=12)] if suits else ()),
        Column("who", text(N_("Who")), least=6),
        Column("when", text(N_("When"))),
        Column("id", text(N_("Id")), style="dim", is_extra=True),
    ]
    app.console.rows(rows, columns, "table")


def _kind(app: App, note_type: str) -> str:
    from brokernotes.model.schema import NOTE_TYPES

    kind = next(one for one in NOTE_TYPES if one.id == note_type)
    return kind.words[2] if app.language.code == "zh" else kind.id


def _by_colleague(app: App, cells: RevisionCells, news: Sequence[News]) -> list[dict[str, Any]]:
    """One line a colleague: how many entries, of which verbs, on how many notes."""
    from brokernotes.features.history import EntryRevision

    verbs = app.vault.rules.schema.verbs
    by_who: dict[str, list[EntryRevision]] = {}
    for one in news:
        if one.kind == "entry_added" and isinstance(one.revision, EntryRevision):
            by_who.setdefault(cells.who(one.revision), []).append(one.revision)
    rows = []
    for who, added in sorted(by_who.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        counts = Counter(one.after.verb for one in added if one.after)
        said = [
            f"{verbs[verb].label(app.language.code) if verb in verbs else '?'} {count}"
            for verb, count in counts.most_common()
        ]
        notes = len({one.note or one.path for one in added})
        rows.append(
            {
                "what": app.text(KINDS["entry_added"]),
                "title": app.language.plural(N_("{count} note"), N_("{count} notes"), notes),
                "change": ("、" if app.language.code == "zh" else ", ").join(said),
                "who": who,
                "when": cells.at(added[-1])[5:],
            }
        )
    return rows
