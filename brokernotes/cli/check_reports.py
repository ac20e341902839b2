"""Problems for programs: JSON, SARIF for code hosts, and the commands of GitHub's workflows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from brokernotes.cli.app import App
from brokernotes.errors import Problem, Severity
from brokernotes.features.problem_texts import problem_json

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault

Shape = dict[str, object]


def show_report(
    app: App, vault: Vault, found: Sequence[tuple[Problem, Severity]], form: str
) -> None:
    """Print problems in a form programs read.

    Args:
        app: of the run.
        vault: whose problems they are: the app's own, or what is staged of it.
        found: problems, sorted by file.
        form: `json`, `jsonl`, `sarif` or `github`.
    """
    shapes = problem_shapes(app, vault, found)
    console = app.console
    if form == "json":
        console.json(shapes)
    elif form == "jsonl":
        console.rows(shapes, (), "jsonl")
    elif form == "sarif":
        from brokernotes import __version__
        from brokernotes.features.sarif import to_sarif

        console.json(to_sarif(shapes, app.language, __version__, app.vault.repository.prefix))
    else:
        from brokernotes.features.sarif import to_workflow_commands

        for line in to_workflow_commands(shapes, app.vault.repository.prefix):
            console.print(line)


def problem_shapes(
    app: App, vault: Vault, found: Sequence[tuple[Problem, Severity]]
) -> list[Shape]:
    """Problems as JSON has them: numbers of phones and cards masked, and what `--fix` mends."""
    from brokernotes.cli.check_page import masked_problem
    from brokernotes.mends import mendable

    fixable = (mendable(vault, found, app.today) if vault is app.vault else None) or set()
    return [
        masked_shape(
            problem_json(
                masked_problem(one),
                how,
                app.language,
                app.vault.rules.schema,
                fixable=index in fixable,
            )
        )
        for index, (one, how) in enumerate(found)
    ]


def masked_shape(shape: Shape) -> Shape:
    """A problem's shape with the telephone and card numbers in its texts masked."""
    from brokernotes.cli.check_page import masked_text

    message = str(shape["message"])

    def mask(value: object) -> object:
        if isinstance(value, str):
            return masked_text(value, beside=message)
        if isinstance(value, list):
            return [mask(item) for item in value]
        if isinstance(value, Mapping):
            return {key: mask(item) for key, item in value.items()}
        return value

    return {key: value if key == "path" else mask(value) for key, value in shape.items()}
