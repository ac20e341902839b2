"""What an agent holds, as a page to print and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from brokernotes.cli.app import App
from brokernotes.cli.width import pad, visible, width, wrap
from brokernotes.features.handover import Held, Holdings, Step
from brokernotes.language import N_
from brokernotes.model.values import mask_phones_in_text
from brokernotes.storage.queries import NoteRow

INDENT = "  "
Cells = tuple[str, ...]


class HandoverPage:
    """One agent's page.

    Args:
        app: of the run.
        row: of the agent's note.
        holdings: what she holds.
    """

    def __init__(self, app: App, row: NoteRow, holdings: Holdings) -> None:
        self._app = app
        self._row = row
        self._held = holdings

    def show(self, *, as_json: bool) -> None:
        """Print everything."""
        if as_json:
            self._app.console.json(self._json())
            return
        with self._app.console.paged():
            self._print_page()

    def _print_page(self) -> None:
        app, held = self._app, self._held
        console, text = app.console, app.text
        title = text(N_("Handover: {name} ({ref})"), name=self._row.title, ref=self._row.ref)
        console.print(console.styled(console.text(title), "bold"))
        when = app.now.strftime("%Y-%m-%d %H:%M")
        console.print(console.styled(text(N_("As of {when}"), when=when), "dim"))
        if not (held.held or held.elsewhere or held.team):
            console.print()
            console.print(text(N_("Nothing is in these hands.")))
            return
        self._section(N_("Clients: {count}"), [self._note(one) for one in held.of_type("client")])
        self._section(N_("Listings: {count}"), [self._note(one) for one in held.of_type("listing")])
        self._section(N_("Open deals: {count}"), [self._note(one) for one in held.of_type("deal")])
        self._section(N_("Keys: {count}"), [self._key(one) for one in held.with_key])
        self._section(
            N_("Promises that stand: {count}"), [self._due(*one) for one in held.steps("promise")]
        )
        self._section(
            N_("Planned entries: {count}"), [self._due(*one) for one in held.steps("planned")]
        )
        self._section(
            N_("Still advertised: {count}"), [self._published(one) for one in held.published]
        )
        self._section(
            N_("Colleagues who answer to this one: {count}"),
            [(title, ref) for ref, title in held.team.items()],
        )

    def _section(self, heading: str, rows: Sequence[Cells]) -> None:
        if not rows:
            return
        console = self._app.console
        console.print()
        label = self._app.text(heading, count=len(rows))
        console.print(console.styled(console.text(label), "bold"))
        rows = [tuple(visible(mask_phones_in_text(cell)) for cell in row) for row in rows]
        widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
        hang = sum(widths[:-1]) + 2 * len(widths[:-1]) + len(INDENT)
        if console.width - hang < console.width // 3:
            hang = len(INDENT) * 3
        for row in rows:
            padded = (
                pad(cell, size) + INDENT for cell, size in zip(row[:-1], widths, strict=False)
            )
            start = INDENT + "".join(padded)
            for line in wrap(start + row[-1], console.width, " " * hang):
                console.print(console.text(line.rstrip()))

    # -- rows

    def _note(self, one: Held) -> Cells:
        return (self._state(one), one.grade or "–", one.title, one.ref, self._next(one))

    def _state(self, one: Held) -> str:
        if one.state is None:
            return "–"
        key = "status" if one.type == "listing" else "stage"
        schema = self._app.vault.rules.schema
        vocabulary = schema.vocabulary(schema.fields(one.type)[key])
        code = self._app.language.code
        return vocabulary.label(one.state, code) if vocabulary else one.state

    def _next(self, one: Held) -> str:
        step = one.next
        if step is None:
            return self._app.text(N_("nothing is due"))
        return f"{self._when(step)}  {step.text}"

    def _when(self, step: Step) -> str:
        if step.at is not None:
            return step.at.strftime("%Y-%m-%d %H:%M")
        return step.due.isoformat() if step.due else self._app.today.isoformat()

    def _key(self, one: Held) -> Cells:
        number = one.key_no or self._app.text(N_("without a number"))
        return (number, self._keys_at(one), one.title, one.ref)

    def _keys_at(self, one: Held) -> str:
        if one.keys_at is None:
            return "–"
        schema = self._app.vault.rules.schema
        vocabulary = schema.vocabulary(schema.fields("listing")["keys"])
        return vocabulary.label(one.keys_at, self._app.language.code) if vocabulary else one.keys_at

    def _due(self, one: Held, step: Step) -> Cells:
        said = step.said.lstrip(" ，,、。；;：:") if step.kind == "promise" else ""
        return (self._when(step), one.title, one.ref, said or step.text)

    def _published(self, one: Held) -> Cells:
        joint = "、" if self._app.language.code == "zh" else ", "
        return (one.title, one.ref, joint.join(one.published))

    # -- after it was handed over

    def told(self, taker: NoteRow) -> list[str]:
        """What was handed over, in lines."""
        text = self._app.text
        lines = [
            text(N_("{old} → {new}: {count} notes"), old=self._row.title, new=taker.title,
                 count=len(self._held.held))
        ]  # fmt: skip
        return [*lines, *(f"{one.path}: {', '.join(one.keys)}" for one in self._held.held)]

    def tell_left_over(self, taker: NoteRow) -> None:
        """Say what a person has to do besides."""
        app = self._app
        if self._held.team:
            names = list(self._held.team.values())
            app.console.say(
                app.text(N_("still answer to {name}: {names}"), name=self._row.title, names=names)
            )
        if self._held.elsewhere:
            notes = [f"{one.title} ({one.ref})" for one in self._held.elsewhere]
            said = N_("{name} has planned or promised something in notes of others: {notes}")
            app.console.say(app.text(said, name=self._row.title, notes=notes))
        numbers = [one.key_no for one in self._held.with_key if one.key_no]
        if numbers:
            app.console.say(
                app.text(N_("keys to be counted and passed to {name}: {keys}"), name=taker.title,
                         keys=numbers)
            )  # fmt: skip

    # -- for programs

    def _json(self) -> dict[str, Any]:
        held = self._held
        return {
            "agent": {"id": self._row.id, "path": self._row.path, "title": self._row.title},
            "at": self._app.now.isoformat(timespec="minutes"),
            "clients": [self._note_json(one) for one in held.of_type("client")],
            "listings": [self._note_json(one) for one in held.of_type("listing")],
            "deals": [self._note_json(one) for one in held.of_type("deal")],
            "keys": [
                {"id": one.ref, "title": one.title, "key_no": one.key_no, "keys": one.keys_at}
                for one in held.with_key
            ],
            "promises": [self._due_json(*one) for one in held.steps("promise")],
            "planned": [self._due_json(*one) for one in held.steps("planned")],
            "published": [
                {"id": one.ref, "title": one.title, "published": list(one.published)}
                for one in held.published
            ],
            "team": [{"id": ref, "title": title} for ref, title in held.team.items()],
        }

    def _note_json(self, one: Held) -> dict[str, Any]:
        state = "status" if one.type == "listing" else "stage"
        return {
            "id": one.ref,
            "path": one.path,
            "title": mask_phones_in_text(one.title),
            "keys": list(one.keys),
            state: one.state,
            "grade": one.grade,
            "next": self._step_json(one.next) if one.next else None,
        }

    def _due_json(self, one: Held, step: Step) -> dict[str, Any]:
        return {"id": one.ref, "title": mask_phones_in_text(one.title), **self._step_json(step)}

    def _step_json(self, step: Step) -> dict[str, Any]:
        return {
            "kind": step.kind,
            "due": step.due.isoformat() if step.due else None,
            "at": step.at.isoformat(timespec="minutes") if step.at else None,
            "reason": mask_phones_in_text(step.text),
            "entry": step.entry,
        }
