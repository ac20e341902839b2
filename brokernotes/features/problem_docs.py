"""The page about problems: every code, why it matters, what to do, and a vault that has it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from brokernotes.model.problems.kinds import ROOMS, ProblemKind

SEPARATOR = "-- problems --\n"

_TITLES = {
    "frontmatter": "Front matter",
    "notes": "Keys, and what they say together",
    "values": "Values",
    "log": "The log",
    "vault": "Files, ids and links",
    "rules": "The rules, brokernotes.yaml",
}
_INTRO = """\
# Problems

What `brokernotes check` reports: one code for each kind of problem, wherever it is found.
Codes are stable; new ones may come. Each is shown with the smallest vault that has it, in
the form the tests draw it (`-- path --` begins a file, `\\xNN` is a byte), and with what
`check` then says.

**error**: something is lost or not used until it is mended; the exit code is 1.
**warning**: something may be meant otherwise. **hint**: it would help to.

A brokerage changes what a code counts as in its rules, or silences it:

```yaml
checks: {missing-grade: "off", shared-phone: error}
```

Codes marked *fixed by `--fix`* need no judgement where what was meant is certain: `brokernotes
check --fix` changes a few characters, reads the note again, and keeps the change only if the
problem is gone, no other has come, and everything else says the same. `--dry-run` shows it
first. Those marked `--fix --only CODE` give something up (a copy's id, a word that says that
there is no value yet), so they are mended only when they are asked for by name. In JSON,
`fixable` is true for the very problems that `--fix` would mend.

"""


def problems_page(gallery: Mapping[str, str]) -> str:
    """The page.

    Args:
        gallery: by code, a drawn vault and, below `SEPARATOR`, what check says of it.
    """
    parts = [_INTRO, _contents()]
    for room in ROOMS:
        parts.append(f"\n## {_TITLES[room]}\n")
        for kind in import_module(f"brokernotes.model.problems.{room}").KINDS:
            parts.append(_section(kind, gallery[kind.code]))
    return "".join(parts)


def _contents() -> str:
    rows = ["| code | severity | `--fix` | message |\n|---|---|---|---|\n"]
    for room in ROOMS:
        for kind in import_module(f"brokernotes.model.problems.{room}").KINDS:
            message = kind.message.replace("|", "\\|")
            fix = "yes" if kind.fixable else "`--only`" if kind.asked else ""
            cells = f"[`{kind.code}`](#{kind.code}) | {kind.severity.value} | {fix} | {message}"
            rows.append(f"| {cells} |\n")
    return "".join(rows)


def _section(kind: ProblemKind, example: str) -> str:
    drawing, _, found = example.partition(SEPARATOR)
    mends = ", fixed by `--fix`" if kind.fixable else ""
    if kind.asked:
        mends = f", fixed by `--fix --only {kind.code}`"
    hint = f"**What to do:** {_sentence(kind.hint)}\n\n" if kind.hint else ""
    return (
        f"\n### {kind.code}\n\n*{kind.severity.value}{mends}* — {kind.message}\n\n"
        f"{kind.about}\n\n{hint}"
        f"~~~~text\n{drawing}~~~~\n\n~~~~text\n{found}~~~~\n"
    )


def _sentence(hint: str) -> str:
    text = hint[0].upper() + hint[1:]
    return text if text[-1] in ".?!”`" else text + "."
