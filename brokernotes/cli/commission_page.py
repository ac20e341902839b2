"""A deal's fee as it is shared, for people."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from brokernotes.cli.commission_telling import SIDES, SplitTelling, money, percent
from brokernotes.cli.console import Column
from brokernotes.cli.width import pad, width, wrap
from brokernotes.features.commission_sentences import REMARKS, WAYS
from brokernotes.language import N_

if TYPE_CHECKING:
    from brokernotes.features.commission import Split

BASES = {"received": N_("Fees received"), "due": N_("Fees due")}
LEAST_WHY = 24  # columns of a reason before it gets lines of its own


class SplitPage(SplitTelling):
    """One deal's split on a screen, or its lines in a pipe."""

    @property
    def columns(self) -> list[Column]:
        """Of a table that goes through a pipe."""
        return [
            Column("part", "part", lambda row: self.part(row["part"])),
            Column("name", "name"),
            Column("percent", "percent", lambda row: f"{Decimal(str(row['percent'])):.2f} %"),
            Column("amount", "amount", lambda row: f"{Decimal(str(row['amount'])):,.2f}"),
            Column("why", "why"),
        ]

    def say(self, split: Split) -> None:
        """What stands beside the lines, to whom only they are told."""
        self.app.console.say(self.sentence(WAYS, split.way.code, split.way.params))
        for one in split.remarks:
            self.app.console.say(self.sentence(REMARKS, one.code, one.params))

    def print(self, split: Split) -> None:
        """The page."""
        console, text = self.app.console, self.app.text
        head = f"{self.row.title}  {self.row.ref}"
        console.print(console.styled(console.text(head), "bold"))
        self._print_wrapped(self.sentence(WAYS, split.way.code, split.way.params))
        console.print()
        self._print_pot(split)
        console.print()
        self._print_lines(split)
        joint = "、" if self.app.language.code == "zh" else ", "
        totals = [
            (self.named(one.agent), money(one.cents), joint.join(map(self.part, one.parts)))
            for one in split.totals()
        ]
        console.print()
        console.print(console.styled(text(N_("In all")), "dim"))
        self._print_rows(totals)
        if split.remarks:
            console.print()
        for one in split.remarks:
            self._print_wrapped(self.sentence(REMARKS, one.code, one.params))

    def _print_wrapped(self, sentence: str) -> None:
        console = self.app.console
        for line in wrap(console.text(sentence), console.width):
            console.print(line)

    def _print_pot(self, split: Split) -> None:
        pot, text = split.pot, self.app.text
        rows = [(text(BASES[pot.basis]), money(pot.cents))]
        if len(pot.fees) > 1:
            rows += [(f"  {text(SIDES[fee.side])}", money(fee.cents)) for fee in pot.fees]
        if pot.co_broker:
            rows.append((text(N_("Co-broker's part")), money(-pot.co_broker)))
            rows.append((text(N_("To be shared")), money(pot.own)))
        notes = {0: text(N_("agreed with a discount of {discount}"), discount=pot.discount)}
        labels = max(width(label) for label, _ in rows)
        amounts = max(width(amount) for _, amount in rows)
        for place, (label, amount) in enumerate(rows):
            note = notes.get(place, "") if pot.discount is not None else ""
            line = f"{pad(label, labels)}  {pad(amount, amounts, right=True)} 元  {note}"
            self.app.console.print(line.rstrip())

    def _print_lines(self, split: Split) -> None:
        rows = [
            (
                self.part(line.part),
                self.named(line.agent) or "–",
                percent(line.share),
                money(line.cents),
                self.why(line),
            )
            for line in split.lines
        ]
        total = (self.app.text(N_("Sum")), "", percent(Fraction(1)), money(split.pot.own), "")
        self._print_rows([*rows, total])

    def _print_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Columns, numbers to the right, the last column wrapped beside or below the others."""
        console = self.app.console
        cells = [[console.text(cell) for cell in row] for row in rows]
        sizes = [max(width(row[i]) for row in cells) for i in range(len(cells[0]) - 1)]
        margin = sum(sizes) + 2 * len(sizes)
        room = console.width - margin
        for row in cells:
            parts = [
                pad(cell, size, right=cell[-1:] in "%0123456789" and cell != "")
                for cell, size in zip(row, sizes, strict=False)
            ]
            start = "  ".join(parts)
            if room >= LEAST_WHY:
                first, *more = wrap(row[-1], room) or [""]
                console.print(f"{start}  {first}".rstrip())
                below = " " * margin
            else:
                console.print(start.rstrip())
                more, below = wrap(row[-1], console.width - 4) if row[-1] else [], " " * 4
            for line in more:
                console.print(f"{below}{line}")
