"""`export`: what other programs read of the vault's format."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import PLACE, common_options, writing_options
from brokernotes.cli.outcomes import finish
from brokernotes.cli.texts import command
from brokernotes.errors import NotFoundError, UsageError
from brokernotes.language import N_

VERSIONS = ("4.0", "3.0")


@command(
    "export",
    N_(
        "Write what other programs read, the brokerage's own fields and values included.\n\n"
        "`--json-schema` and `--fields` print the field table, as JSON Schema for editors that "
        "check front matter or as a page for people; `--programs` prints what a program has to "
        "know before it edits the vault, as AGENTS.md tells it. `--obsidian` tells Obsidian the "
        "kinds of your own fields: it brings `.obsidian/types.json` up to date, and the templates "
        "that nobody has changed.\n\n"
        "`--vcard` writes your clients as contacts for your phone, with their numbers: a name in "
        "the calendar, which is only a salutation, is then one search away. Those of colleagues "
        "you lead come along; --mine leaves them out."
    ),
    N_(
        "Examples: `brokernotes export --json-schema > fields.schema.json`, "
        "`brokernotes export --vcard --mine --agent 王敏 -o clients.vcf`"
    ),
)
@click.option("--json-schema", is_flag=True, help=N_("The field table as JSON Schema."))
@click.option("--fields", is_flag=True, help=N_("The field table as a page."))
@click.option("--programs", is_flag=True, help=N_("The guide for programs (AGENTS.md)."))
@click.option("--obsidian", is_flag=True, help=N_("Property types and templates, in the vault."))
@click.option("--vcard", is_flag=True, help=N_("Your clients as contacts, phones unmasked."))
@click.option("--mine", is_flag=True, help=N_("With --vcard: only clients of your own."))
@click.option(
    "--vcard-version", "version", type=click.Choice(VERSIONS), default="4.0", show_default=True,
    help=N_("With --vcard: 3.0 for old phones."),
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="FILE", type=PLACE, help=N_("With --vcard: the file to write.")
)
@writing_options
@common_options
@pass_app
def export_command(
    app: App,
    /,
    mine: bool,
    version: str,
    output: str | None,
    dry_run: bool,
    commit: bool | None,
    as_json: bool,
    **asked: bool,
) -> None:
    """Write what other programs read."""
    what = _asked([name.replace("_", "-") for name, is_asked in asked.items() if is_asked])
    if what == "vcard":
        from brokernotes.cli.export_vcard import export_cards

        export_cards(
            app, mine=mine, version=version, output=output, dry_run=dry_run, as_json=as_json
        )
        return
    if mine or output is not None:
        raise UsageError(N_("--mine and -o go with --vcard"))
    schema = app.vault.rules.schema
    if what == "json-schema":
        from brokernotes.features.field_schema import json_schema

        app.console.json(json_schema(schema, app.language.code))
    elif what == "fields":
        from brokernotes.features.field_docs import fields_page

        app.console.out.write(fields_page(schema, app.language.code))
    elif what == "programs":
        from brokernotes.features.program_guide import program_guide

        app.console.out.write(program_guide(app.vault.rules.language, schema))
    else:
        _to_obsidian(app, dry_run=dry_run, commit=commit, as_json=as_json)


def _asked(what: Sequence[str]) -> str:
    """The one thing to export.

    Raises:
        UsageError: none was said, or several, of which only one can be written.
    """
    if not what:
        raise UsageError(
            N_("say what to export: --json-schema, --fields, --programs, --obsidian or --vcard")
        )
    if len(what) > 1:
        options = [f"--{name}" for name in what]
        raise UsageError(N_("export one thing at a time, not {options}"), options=options)
    return what[0]


def _to_obsidian(app: App, *, dry_run: bool, commit: bool | None, as_json: bool) -> None:
    from brokernotes.cli.writers import writing
    from brokernotes.features.field_table import merge_types
    from brokernotes.features.obsidian import templates_by_path
    from brokernotes.language import language
    from brokernotes.storage.drafts import Draft
    from brokernotes.storage.reading import read_text

    with writing(app) as vault:
        draft = Draft(vault, app.now)
        sources = {}
        templates = templates_by_path(vault.rules.language, vault.rules.schema)
        for path in (".obsidian/types.json", *templates):
            with contextlib.suppress(NotFoundError):
                sources[path] = read_text(vault.root, path)
        types = sources.pop(".obsidian/types.json", None)
        merged = merge_types(types.text if types else "", vault.rules.schema)
        if types is None:
            draft.create(".obsidian/types.json", merged)
        else:
            draft.change(types, merged)
        for path, (plain, own) in templates.items():
            source = sources.get(path)
            if source is None:
                draft.create(path, own)
            elif source.text == plain:
                draft.change(source, own)
        subject = language(vault.rules.language).text(N_("Tell Obsidian of our own fields"))
        written = finish(app, draft, subject=subject, dry_run=dry_run, commit=commit)
    if as_json:
        app.console.json({"paths": list(written.paths), "changed": bool(written.paths)})
    else:
        for path in written.paths:
            app.console.print(path)
        if not draft.changes:
            app.console.say(app.text(N_("Obsidian knows it all already; nothing changed")))
