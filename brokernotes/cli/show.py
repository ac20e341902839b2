"""`show`: one note with what the tool knows of it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from brokernotes.cli.app import App, pass_app
from brokernotes.cli.cells import to_json
from brokernotes.cli.due_telling import due_voice
from brokernotes.cli.options import common_options, offers
from brokernotes.cli.role_telling import roles_of
from brokernotes.cli.show_fields import field_rows
from brokernotes.cli.show_log import LogTelling
from brokernotes.cli.texts import command
from brokernotes.cli.viewing import hidden_from_viewer, kept_json, kept_lines
from brokernotes.cli.width import pad, visible, width, wrap
from brokernotes.language import N_
from brokernotes.model.records import LogEntry
from brokernotes.model.schema import Field, Kind, Schema
from brokernotes.model.values import mask_phones_in_text

if TYPE_CHECKING:
    from brokernotes.cli.deal_bonds import Bonds
    from brokernotes.cli.show_classes import ListingClasses
    from brokernotes.features.briefs import Brief
    from brokernotes.model.occurrences import Occurrence
    from brokernotes.storage.queries import NoteRow
    from brokernotes.storage.vault import Opened

LAST_ENTRIES = 8


@command(
    "show",
    N_(
        "Show one note: its fields, who plays which part and why, what is due, what nobody has "
        "asked yet, and the last entries of its log.\n\n"
        "On a terminal the phones of notes you are responsible for are shown; everywhere else "
        "they are masked, unless `--reveal`.\n\n"
        "A REF is an id, a path, a name or a part of it, its initials, an alias or a phone."
    ),
    N_("Examples: `brokernotes show 阳光花园`, `brokernotes show C-BYY1MQ --json`"),
)
@click.argument("ref", metavar="REF", shell_complete=offers("refs"))
@click.option(
    "--log",
    "log_count",
    type=click.IntRange(0),
    default=LAST_ENTRIES,
    show_default=True,
    metavar="N",
    help=N_("How many of the last log entries."),
)
@click.option("--reveal", is_flag=True, help=N_("Show phones unmasked."))
@click.option("--json", "as_json", is_flag=True, help=N_("For programs."))
@common_options
@pass_app
def show_command(app: App, ref: str, log_count: int, reveal: bool, as_json: bool) -> None:
    """Show one note."""
    vault = app.fresh
    row = vault.resolve(ref)
    opened = vault.open(row.path)
    page = _Page(app, row, opened, reveal=reveal)
    if as_json:
        app.console.json(page.json(log_count))
    else:
        page.print(log_count)


class _Page:
    """One note, ready to be told."""

    def __init__(self, app: App, row: NoteRow, opened: Opened, *, reveal: bool) -> None:
        self.app = app
        self.row = row
        self.record = opened.note.record
        self.schema: Schema = app.vault.rules.schema
        self.values = app.vault.queries.values(row)
        self.roles = roles_of(app, row)
        self.bonds = _bonds(app, row, opened)
        self.reveals = reveal or (app.console.is_terminal and self._is_mine())
        self._log = LogTelling(app, self._masked)

    def _is_mine(self) -> bool:
        me = self.app.agent
        if me is None:
            return False
        if self.row.id == me:
            return True
        keys = ("agent", "maintainer")
        mine = (self.app.vault.queries.id_of(str(self.values.get(key, ""))) for key in keys)
        return me in mine

    @property
    def unasked(self) -> list[Field]:
        """What a template asks and the note does not say."""
        asked = [row for row in self.schema.fields(self.row.type).values() if row.ask]
        asked.sort(key=lambda row: row.ask)
        moot = self._moot().union(hidden_from_viewer(self.app, self.row))
        return [row for row in asked if row.key not in self.values and row.key not in moot]

    def _moot(self) -> frozenset[str]:
        """Keys that do not concern this note: a price where it is only let, and so on."""
        values = self.values
        if self.row.type == "listing":
            is_lease = values.get("transaction") == "lease" or values.get("status") == "for_lease"
            is_sale = values.get("transaction") == "sale" or values.get("status") == "for_sale"
            owner = {"owner_name", "owner_phone"} if "owner" in values else set()
            return frozenset({"price"} if is_lease else {"rent"} if is_sale else ()) | owner
        if self.row.type == "client":
            intents = values.get("intents", [])
            moot = set() if "rent" in intents else {"rent_max"}
            return frozenset(moot | (set() if "buy" in intents else {"budget_max"}))
        if self.row.type == "deal":
            return frozenset({"rent"} if values.get("transaction") != "lease" else {"price"})
        return frozenset()

    # -- for programs

    def json(self, log_count: int) -> dict[str, Any]:
        """The shape of `list`, with `due`, `unasked` and `log`."""
        shape = to_json(self.app, self.row, self.values)
        if self.reveals:
            shape["title"] = self.row.title
            for field in self.schema.fields(self.row.type).values():
                if field.kind is Kind.PHONE and field.key in self.values:
                    shape[field.key] = self.values[field.key]
        if self.roles.roles:
            shape["roles"] = [self.roles.json(role) for role in self.roles.roles]
        if self.row.type == "listing":
            shape |= self._classes.json()
        if self.bonds is not None:
            shape.update(self.bonds.json())
        shape["due"] = self._due_json()
        shape |= self._brief_json()
        if self.row.type == "client":
            shape["unconfirmed"] = [*self._assumed()]
        shape["unasked"] = [field.key for field in self.unasked]
        shape["log"] = [self._log.json(one) for one in self._last(log_count)]
        return shape | kept_json(self.app, self.row)

    @property
    def _classes(self) -> ListingClasses:
        from brokernotes.cli.show_classes import ListingClasses

        return ListingClasses(self.app, self.values)

    def _due_json(self) -> list[dict[str, Any]]:
        from brokernotes.features import reasons

        voice = due_voice(self.app)
        return [
            {
                "key": one.key,
                "kind": one.kind,
                "due": None if one.undated else one.due.isoformat(),
                **({"at": one.at.isoformat()} if one.at else {}),
                "reason": self._masked(reasons.reason(one, voice)),
                "reason_code": one.reason,
                "params": dict(one.params),
                **({"waits": dict(one.rhythm)} if one.rhythm else {}),
            }
            for one in self._standing
        ]

    @functools.cached_property
    def _brief(self) -> Brief:
        """What to say to the note's person."""
        from brokernotes.cli.briefing import known
        from brokernotes.features.briefs import brief_of_note, is_talk

        reasons = self._standing
        paths = {one.path for one in reasons if is_talk(one)}
        fresh = self.app.vault.rules.cadence.topic_days
        return brief_of_note(reasons, known(self.app, paths), self.app.today, fresh)

    def _brief_json(self) -> dict[str, Any]:
        from brokernotes.cli.due_telling import brief_json

        voice = due_voice(self.app)
        return brief_json(self._brief, voice) if self.row.type in ("client", "listing") else {}

    @functools.cached_property
    def _standing(self) -> list[Occurrence]:
        """What is to be done, now or later: nothing that was called off or has lapsed."""
        from brokernotes.joint import placed_now

        now = self.app.now
        found = [
            one
            for one in self.app.vault.queries.occurrences_of(self.row.n)
            if not one.cancelled and not one.is_over(now)
        ]
        return placed_now(self.app.vault, found, now)

    def _masked(self, text: str) -> str:
        return text if self.reveals else mask_phones_in_text(text)

    # -- for people

    def print(self, log_count: int) -> None:
        """The page."""
        console, app = self.console, self.app
        head = f"{self._masked(self.record.title)}  {self.row.id or app.text(N_('without id'))}"
        console.print(console.styled(console.text(head), "bold"))
        console.print(console.styled(console.text(self.row.path), "dim"))
        self._print_fields()
        kept = kept_lines(app, self.row)
        if kept:
            self._print_section(N_("Not shown"), kept)
        if self.roles.roles:
            self._print_section(N_("Roles"), self.roles.lines(), hanging=True)
        self._print_due()
        if self.row.type == "listing" and self._classes.is_told:
            self._print_section(N_("How easily it sells"), self._classes.lines(), hanging=True)
        if self.bonds is not None:
            for title, lines in self.bonds.sections():
                self._print_section(title, lines, hanging=True)
        if self.unasked:
            labels = [field.label(app.language.code) for field in self.unasked]
            joint = "、" if app.language.code == "zh" else ", "
            self._print_section(N_("Not asked yet"), [joint.join(labels)])
        if self.unconfirmed:
            joint = "、" if app.language.code == "zh" else ", "
            self._print_section(N_("Not confirmed yet"), [joint.join(self.unconfirmed)])
        self._print_log(log_count)

    def _assumed(self) -> dict[str, str]:
        from brokernotes.features.demand_changes import assumed_keys

        if self.row.type != "client" or "assumed" not in self.values:
            return {}
        return assumed_keys(self.values, self.schema)

    @property
    def unconfirmed(self) -> list[str]:
        """What is assumed of a client, and nobody confirmed."""
        fields, code = self.schema.fields("client"), self.app.language.code
        return [
            fields[key].label(code) if key in fields else typed
            for key, typed in self._assumed().items()
        ]

    @property
    def console(self) -> Any:
        """Where it is printed."""
        return self.app.console

    def _print_fields(self) -> None:
        labels = field_rows(self.app, self.row.type, self.values, reveals=self.reveals)
        if not labels:
            return
        columns = min(max(width(label) for label, _ in labels), 24)
        self.console.print()
        for label, text in labels:
            room = max(self.console.width - columns - 2, 20)
            first, *rest = wrap(visible(text), room) or [""]
            self.console.print(
                self.console.styled(pad(label, columns), "dim") + "  " + first.rstrip()
            )
            for line in rest:
                self.console.print(" " * (columns + 2) + line)
        for key in self.record.invalid:
            self.console.print(
                self.console.styled(
                    self.app.text(N_("{key} cannot be read: see `brokernotes check`"), key=key),
                    "error",
                )
            )

    def _print_due(self) -> None:
        from brokernotes.features import reasons

        voice = due_voice(self.app)
        lines = [
            f"{voice.today if one.undated else one.due}  "
            + self._masked(reasons.reason_or_wait(one, voice))
            for one in self._standing
        ]
        if lines:
            # What is proposed to two people is one line here.
            self._print_section(N_("To do"), list(dict.fromkeys(lines)), hanging=True)
        from brokernotes.features.topic_sentences import all_lines

        said = [self._masked(line) for line in all_lines(self._brief, voice)]
        if said:
            self._print_section(N_("What to say"), said, hanging=True)

    def _last(self, count: int) -> list[LogEntry]:
        return list(self.record.entries[-count:]) if count else []

    def _print_log(self, count: int) -> None:
        entries = self._last(count)
        if not entries:
            return
        lines = [self._log.line(entry) for entry in entries]
        self._print_section(N_("Log"), lines, hanging=True)
        hidden = len(self.record.entries) - len(entries)
        if hidden > 0:
            more = self.app.language.plural(
                N_("{count} earlier entry"), N_("{count} earlier entries"), hidden
            )
            self.console.print(self.console.styled(f"  {more}", "dim"))

    def _print_section(self, title: str, lines: list[str], *, hanging: bool = False) -> None:
        self.console.print()
        self.console.print(self.console.styled(self.app.text(title), "dim"))
        indent = "    " if hanging else ""
        for line in lines:
            for part in wrap(self.console.text(self._masked(line)), self.console.width - 2, indent):
                self.console.print("  " + part)


def _bonds(app: App, row: NoteRow, opened: Opened) -> Bonds | None:
    """The deals and offers a note has part in."""
    if row.type not in ("client", "listing", "deal"):
        return None
    from brokernotes.cli.deal_bonds import Bonds

    return Bonds(app, row, opened)
