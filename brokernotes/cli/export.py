"""`export`: what other programs read of the vault's format."""

from __future__ import annotations

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.options import common_options
from brokernotes.cli.texts import command
from brokernotes.errors import UsageError
from brokernotes.language import N_


@command(
    "export",
    N_(
        "Write what other programs read: with `--json-schema` the field table as JSON Schema, the "
        "brokerage's own fields and values included, for editors that check front matter."
    ),
    N_(
        "Examples: `brokernotes export --json-schema > fields.schema.json`, "
        "`brokernotes export --json-schema --lang en`"
    ),
)
@click.option("--json-schema", "schema", is_flag=True, help=N_("The field table as JSON Schema."))
@common_options
@pass_app
def export_command(app: App, schema: bool) -> None:
    """Write what other programs read."""
    if not schema:
        raise UsageError(N_("say what to export: --json-schema"))
    from brokernotes.features.field_schema import json_schema

    app.console.json(json_schema(app.vault.rules.schema, app.language.code))
