"""Write every page and template that is generated from the code: `python docs/generate.py`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from runpy import run_path

from brokernotes.cli.command_docs import commands_page
from brokernotes.features.field_docs import fields_page
from brokernotes.features.problem_docs import problems_page
from brokernotes.features.program_guide import program_guide
from brokernotes.model.rules import builtin_schema
from brokernotes.notes.templates import template_files

ROOT = Path(__file__).parent.parent
SCHEMA = builtin_schema()


def template(language: str, name: str) -> str:
    """One template of the field table."""
    return template_files(language, SCHEMA)[name]


def problems(language: str) -> str:
    """The page about problems, from the catalogue and its gallery."""
    files = (ROOT / "tests" / "problems").glob("*.md")
    return problems_page({file.stem: file.read_text("utf-8") for file in files}, language)


def coverage(language: str) -> str:
    """What the two documents ask for."""
    page: str = run_path(str(ROOT / "docs" / "seed_coverage.py"))["coverage_page"](language)
    return page


# Path from the project's root, and what makes its text.
PAGES: list[tuple[str, Callable[[], str]]] = [
    ("docs/commands.md", partial(commands_page, "en")),
    ("docs/zh/commands.md", partial(commands_page, "zh")),
    ("docs/fields.md", partial(fields_page, SCHEMA, "en")),
    ("docs/zh/fields.md", partial(fields_page, SCHEMA, "zh")),
    ("docs/problems.md", partial(problems, "en")),
    ("docs/zh/problems.md", partial(problems, "zh")),
    ("docs/seed-coverage.md", partial(coverage, "en")),
    ("docs/zh/seed-coverage.md", partial(coverage, "zh")),
    ("docs/programs.md", partial(program_guide, "en", SCHEMA)),
    ("docs/zh/programs.md", partial(program_guide, "zh", SCHEMA)),
    ("vault/AGENTS.md", partial(program_guide, "zh", SCHEMA)),
    *(
        (f"templates/{language}/{name}", partial(template, language, name))
        for language in ("zh", "en")
        for name in template_files(language, SCHEMA)
    ),
]


# Pages with commands in them that are run, which takes some seconds, and their language.
LIVE = {
    "README.md": "en",
    "README.zh-CN.md": "zh",
    "docs/tutorial.md": "en",
    "docs/zh/tutorial.md": "zh",
    "docs/inbox.md": "en",
    "docs/zh/inbox.md": "zh",
    "docs/briefs.md": "en",
    "docs/zh/briefs.md": "zh",
    "docs/deals.md": "en",
    "docs/zh/deals.md": "zh",
    "docs/queries.md": "en",
    "docs/zh/queries.md": "zh",
    "docs/commission.md": "en",
    "docs/zh/commission.md": "zh",
    "docs/proposals.md": "en",
    "docs/zh/proposals.md": "zh",
    "docs/sharing.md": "en",
    "docs/zh/sharing.md": "zh",
    "docs/showings.md": "en",
    "docs/zh/showings.md": "zh",
    "docs/followups.md": "en",
    "docs/zh/followups.md": "zh",
    "docs/publishing.md": "en",
    "docs/zh/publishing.md": "zh",
    "docs/disputes.md": "en",
    "docs/zh/disputes.md": "zh",
}


def main() -> None:
    """Write the pages that are not current."""
    from examples import with_output
    from syllables import PATH, syllables_table

    write(PATH, syllables_table())
    for path, render in PAGES:
        write(path, render())
    for path, language in LIVE.items():
        write(path, with_output((ROOT / path).read_text("utf-8"), language))


def write(path: str, text: str) -> None:
    """Write a page, unless it says that already."""
    target = ROOT / path
    if not target.exists() or target.read_bytes() != text.encode():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


if __name__ == "__main__":
    main()
