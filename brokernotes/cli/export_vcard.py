"""`export --vcard`: the clients one answers for, as contacts of a phone."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from brokernotes.errors import RefusedError, UsageError
from brokernotes.features.contact_cards import Contact, render_cards
from brokernotes.features.sharing import ALL, sight
from brokernotes.language import N_
from brokernotes.notes.links import obsidian_uri
from brokernotes.storage.calendars import CalendarFile, calendar_file
from brokernotes.storage.locking import vault_lock

if TYPE_CHECKING:
    from brokernotes.cli.app import App

_OURS = b"\r\nPRODID:-//brokernotes//vcard "


def export_cards(
    app: App, *, mine: bool, version: str, output: str | None, dry_run: bool, as_json: bool
) -> None:
    """Write the cards.

    Args:
        app: of the run.
        mine: only one's own clients; else also those of whom one leads.
        version: of the format.
        output: a file; None or `-`: standard output.
        dry_run: show the diff of the file and write nothing.
        as_json: tell the outcome for programs.

    Raises:
        RefusedError: nobody knows who is asking, or the file is none of ours.
        UsageError: an option needs a file.
    """
    contacts = list(_contacts(app, mine=mine))
    category = app.text(N_("Clients"))
    data = render_cards(contacts, version=version, language=app.language.code, category=category)
    count = data.count(b"BEGIN:VCARD\r\n")
    if output is None or output == "-":
        if dry_run or as_json:
            raise UsageError(N_("with --vcard, --dry-run and --json need a file: -o FILE"))
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        said = app.language.plural(
            N_("{count} contact, phones unmasked"), N_("{count} contacts, phones unmasked"), count
        )
        app.console.say(said)
    else:
        _write(app, output, data, count, dry_run=dry_run, as_json=as_json)
    left = len(contacts) - count
    if left:
        app.console.say(
            app.language.plural(
                N_("{count} client has no phone and is left out"),
                N_("{count} clients have no phone and are left out"),
                left,
            )
        )


def _write(app: App, output: str, data: bytes, count: int, *, dry_run: bool, as_json: bool) -> None:
    with vault_lock(app.vault.cache):
        file = calendar_file(os.path.expanduser(output))  # noqa: PTH111
        _refuse_foreign(file, output)
        if dry_run:
            app.console.out.write(_diff(file.data or b"", data, output))
            return
        changed = file.write(data)
    if as_json:
        app.console.json({"path": output, "contacts": count, "changed": changed})
        return
    facts = app.language.plural(N_("{count} contact"), N_("{count} contacts"), count)
    if not changed:
        facts = app.text(N_("{facts}, {fact}"), facts=facts, fact=app.text(N_("unchanged")))
    app.console.print(app.text(N_("{path}: {facts}"), path=output, facts=facts))


def _diff(before: bytes, after: bytes, name: str) -> str:
    old, new = (
        each.decode(errors="replace").replace("\r\n", "\n").splitlines(keepends=True)
        for each in (before, after)
    )
    return "".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"))


def _refuse_foreign(file: CalendarFile, output: str) -> None:
    if file.data is None or not file.data.strip() or _OURS in file.data:
        return
    raise RefusedError(
        N_("{path} is no file of contacts that brokernotes wrote; it would be lost"),
        hint=N_("Nothing was written to it; give another name, or delete it first."),
        path=output,
    )


def _contacts(app: App, *, mine: bool) -> Iterator[Contact]:
    """The clients whose identity the one who asks may know.

    Source: seed; the rule is `features.sharing`: a client is their agent's, and of whoever
    leads that agent.
    """
    from brokernotes.sharing_map import SharingFacts
    from brokernotes.storage.sharing_queries import shared_clients

    me, vault = app.agent, app.fresh
    if me is None:
        raise RefusedError(
            N_("nobody knows who is asking, and clients are told only to their agent"),
            hint=N_("Say it with --agent, or `git config brokernotes.agent NAME`."),
        )
    queries, facts = vault.queries, SharingFacts(vault)
    for row in shared_clients(vault.index.db):
        note = facts.shared(row)
        if note.agent != me and (mine or sight(note, me, facts.house, facts.over) != ALL):
            continue
        found = queries.note(row.n)
        values = queries.values(found)
        phones = values.get("phone") or []
        yield Contact(
            ref=found.ref,
            title=found.title,
            salutation=str(values.get("salutation") or ""),
            name=str(values.get("name") or ""),
            phones=phones if isinstance(phones, list) else [phones],
            url=obsidian_uri(vault.name, found.path),
        )
