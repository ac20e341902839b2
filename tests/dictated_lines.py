"""The tables of dictated lines in `tests/dictated`, read and compared."""

import re
from pathlib import Path

from brokernotes.cli.app import App
from brokernotes.cli.dictation import lore_of
from brokernotes.features.capturing import CERTAIN, PROPOSED, Append, NewClient, Tick, Verdict
from brokernotes.features.capturing_verdict import capture
from brokernotes.notes.log_writing import render_entry, render_fields

FOLDER = Path(__file__).parent / "dictated"
NOW = "2026-11-21T18:30"
ME = "李航"


def table(name):
    """Each line with what is expected of it, in the order of the file."""
    found = []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


def drawing():
    """The vault the lines speak of."""
    return (FOLDER / "vault.txt").read_text("utf-8")


class Reader:
    """Reads lines against a drawn vault."""

    def __init__(self, drawn, now=NOW, agent=ME):
        self.app = App(
            drawn.environ(
                BROKERNOTES_NOW=now,
                BROKERNOTES_LANG="zh",
                BROKERNOTES_VAULT=str(drawn.root),
                BROKERNOTES_AGENT=agent,
            )
        )
        self.lore = lore_of(self.app, self.app.today)

    def close(self):
        self.app.close()

    def said(self, line, answer=""):
        """What becomes of a line, as the tables write it."""
        return shown(capture(line, self.app.today, self.lore, answer), self.lore)


def shown(verdict: Verdict, lore):
    if verdict.kind not in (CERTAIN, PROPOSED):
        words = [verdict.said] if verdict.code in ("unknown-person", "no-listing") else []
        if verdict.code not in ("no-plan", "no-date", "which-plan", "future"):
            words += [ref[2:] for ref in verdict.candidates]
        return [" ".join(["!", verdict.code, *words]).strip()]
    sign = "=" if verdict.kind == CERTAIN else f"? {verdict.code}"
    return [f"{sign} {_action(action, lore)}" for action in verdict.actions]


def _action(action, lore):
    book = lore.book
    if isinstance(action, NewClient):
        words = []
        for key, value in action.values:
            label = lore.schema.fields("client")[key].zh
            words += [label, value.replace("、", " ")]
        return f"new | {' '.join(words)} | {action.rest}".strip()
    if isinstance(action, Tick):
        parts = [action.text, *render_fields(action.fields.items(), book, 0)]
        said = " ".join(part for part in parts if part)
        line = f"{action.ref[2:]} ^{action.entry_ref} [{action.mark}] | {said}"
        return line + (f" / 实际 {action.actually.shown}" if action.actually else "")
    assert isinstance(action, Append)
    line = render_entry(action.entry, book).removeprefix("- ")
    line = re.sub(r"\[\[[^\]]*-([A-Z0-9]{6})\]\]", r"[[\1]]", line)
    line = f"{action.ref[2:]} | {line}"
    for key, value in action.sets:
        line += f" + {lore.schema.fields('listing')[key].zh} {value}"
    return line
