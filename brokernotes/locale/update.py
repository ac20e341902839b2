"""Bring the catalogues up to date with the source: `make messages`.

Every string that is marked with `N_` is collected; the Chinese catalogue keeps its
translations and gains the new strings, empty, for somebody to translate. English
strings are the source and need no catalogue.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).parent
SOURCE = FOLDER.parent
PO = FOLDER / "zh" / "LC_MESSAGES" / "brokernotes.po"
MARKS = ("N_", "NP_")  # a string; a pair for `ngettext`


def extract() -> Catalog:
    """Every source string of the program."""
    catalog = _empty()
    for file in sorted(SOURCE.rglob("*.py")):
        place = f"brokernotes/{file.relative_to(SOURCE).as_posix()}"
        for message in _marked(ast.parse(file.read_text("utf-8"))):
            catalog.add(message, locations=[(place, 0)])
    return catalog


def _empty() -> Catalog:
    return Catalog(
        project="brokernotes",
        version="1",
        header_comment="# What brokernotes says, in Chinese.",
        msgid_bugs_address="none",
        last_translator="brokernotes",
        language_team="brokernotes",
        charset="utf-8",
        fuzzy=False,
    )


def _marked(tree: ast.AST) -> Iterator[str | tuple[str, ...]]:
    """The strings in calls of `MARKS`, those within f-strings too, which Babel does not see."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = tuple(str(ast.literal_eval(argument)) for argument in node.args)
            yield texts if len(texts) > 1 else texts[0]


def read_catalogue() -> Catalog:
    """The Chinese catalogue as it stands."""
    if not PO.exists():
        return _empty()
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def update() -> Catalog:
    """The Chinese catalogue with exactly the strings of the source."""
    known, catalog = read_catalogue(), extract()
    catalog.locale = "zh"
    # A run without news changes nothing.
    catalog.creation_date = catalog.revision_date = known.creation_date
    for message in catalog:
        before = known.get(message.id) if message.id else None
        if before is not None and before.string:
            message.string = before.string
    return catalog


def main() -> int:
    """Write the catalogue and its compiled form; say what is still to be translated."""
    catalog = update()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=96, omit_header=False, include_lineno=False, sort_output=True)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalog)
    missing = [message.id for message in catalog if message.id and not all(_strings(message))]
    for text in missing:
        sys.stdout.write(f"to translate: {text!r}\n")
    return 1 if missing else 0


def _strings(message: object) -> tuple[str, ...]:
    string = message.string  # type: ignore[attr-defined]
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    sys.exit(main())
