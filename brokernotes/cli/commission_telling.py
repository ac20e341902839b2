"""A deal's fee as it is shared: its words, and its shape for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.role_telling import RoleTelling
from brokernotes.features.commission_sentences import (
    EXAMPLE,
    LINES,
    MISSING,
    PARTS,
    REMARKS,
    WAYS,
    command_for,
)
from brokernotes.features.commission_terms import Missing, yuan
from brokernotes.features.role_sentences import role_label, why_code, why_params
from brokernotes.language import N_
from brokernotes.model.roles import ROLE_KINDS

if TYPE_CHECKING:
    from brokernotes.features.commission import Split
    from brokernotes.features.commission_lines import Line
    from brokernotes.features.roles import Role
    from brokernotes.storage.queries import NoteRow

SIDES = {"buyer": N_("buyer"), "seller": N_("seller")}
TRANSACTIONS = {"sale": N_("sale"), "lease": N_("lease")}
MONEY = frozenset(("amount", "co_broker"))  # params that are in 分


class SplitTelling:
    """One deal's split, ready to be told.

    Args:
        app: of the run.
        row: of the deal.
        roles: of the deal.
    """

    def __init__(self, app: App, row: NoteRow, roles: Iterable[Role]) -> None:
        self.app = app
        self.row = row
        self.schema = app.vault.rules.schema
        self.telling = RoleTelling(app, roles)

    # -- words

    def named(self, agent: str) -> str:
        """What an agent is called."""
        found = self.app.vault.queries.titles([agent])
        return found.get(agent, agent)

    def part(self, part: str) -> str:
        """What a part of the fee is called."""
        if part in ROLE_KINDS:
            return role_label(part, self.schema, self.app.language)
        return self.app.text(PARTS[part])

    def why(self, line: Line) -> str:
        """Why somebody has this part."""
        if line.why:
            return self.app.text(LINES[line.why], **self._words(line.params))
        assert line.role is not None
        return self.telling.why(line.role)

    def sentence(self, table: Mapping[str, str], code: str, params: Mapping[str, object]) -> str:
        """A sentence by its code."""
        return self.app.text(table[code], **self._words(params))

    def _words(self, params: Mapping[str, object]) -> dict[str, object]:
        return {name: self._word(name, value) for name, value in params.items()}

    def _word(self, name: str, value: object) -> object:
        if name in MONEY:
            return money(int(str(value)))
        if name == "agent":
            return self.named(str(value))
        if name == "role":
            return self.part(str(value))
        if name == "roles" and isinstance(value, list):
            return [self.part(str(one)) for one in value]
        if name == "transaction":
            return self.app.text(TRANSACTIONS[str(value)])
        if name == "verb":
            verb = self.schema.verbs.get(str(value))
            return verb.label(self.app.language.code) if verb else value
        if name == "key":
            field = self.schema.fields("deal").get(str(value))
            return field.label(self.app.language.code) if field else value
        return value

    # -- what is missing

    def missing_lines(self, missing: Iterable[Missing]) -> tuple[str, ...]:
        """One line a thing that is missing, and below it the command that adds it."""
        lines = []
        for one in missing:
            lines.append("· " + self.sentence(MISSING, one.code, one.params))
            command = command_for(one.code, one.params)
            if command:
                lines.append(f"    {command}")
            if one.code == "no-table":
                lines += [f"    {line}" for line in self._example(str(one.params["transaction"]))]
        return tuple(lines)

    def _example(self, transaction: str) -> list[str]:
        """A table to paste into the rules, its numbers made up."""
        told = self.app.text(N_("For brokernotes.yaml; agree on your own numbers first:"))
        is_chinese = self.app.language.code == "zh"
        rows = [
            f"    {self.part(role) if is_chinese else role}: {percent}"
            for role, percent in EXAMPLE.items()
        ]
        return [told, "", "commission:", f"  {transaction}:", *rows]

    def missing_json(self, one: Missing) -> dict[str, Any]:
        """The same for programs."""
        return {
            "message": self.sentence(MISSING, one.code, one.params),
            "code": one.code,
            "params": _params(one.params),
            "command": command_for(one.code, one.params) or None,
        }

    # -- for programs

    def head(self) -> dict[str, Any]:
        """Which deal it is."""
        return {"id": self.row.id, "path": self.row.path, "title": self.row.title}

    def json(self, split: Split) -> dict[str, Any]:
        """The whole split."""
        pot, way = split.pot, split.way
        return self.head() | {
            "basis": pot.basis,
            "fees": [
                {"side": fee.side, "key": fee.key, "amount": number(yuan(fee.cents))}
                for fee in pot.fees
            ],
            "discount": None if pot.discount is None else number(pot.discount),
            "amount": number(yuan(pot.cents)),
            "co_broker_fee": number(yuan(pot.co_broker)),
            "shared": number(yuan(pot.own)),
            "way": "private" if way.is_private else "public",
            "why": self.sentence(WAYS, way.code, way.params),
            "why_code": way.code,
            "params": _params(way.params),
            "lines": [self.line_json(line) for line in split.lines],
            "agents": [
                {
                    "agent": one.agent,
                    "name": self.named(one.agent),
                    "amount": number(yuan(one.cents)),
                    "parts": list(one.parts),
                }
                for one in split.totals()
            ],
            "remarks": [
                {
                    "message": self.sentence(REMARKS, one.code, one.params),
                    "code": one.code,
                    "params": _params(one.params),
                }
                for one in split.remarks
            ],
            "missing": [],
        }

    def line_json(self, line: Line) -> dict[str, Any]:
        """One line."""
        kind = ROLE_KINDS.get(line.part)
        role = line.role if not line.why else None
        return {
            "part": line.part,
            "side": kind.side if kind else "listing" if line.agent else None,
            "agent": line.agent or None,
            "name": self.named(line.agent) or None,
            "percent": number(percent_of(line.share)),
            "amount": number(yuan(line.cents)),
            "why": self.why(line),
            "why_code": why_code(role) if role else line.why,
            "params": why_params(role) if role else _params(line.params),
        }


def money(cents: int) -> str:
    """An amount as people read it: 50,500.00."""
    return f"{yuan(cents):,}"


def percent_of(share: Fraction) -> Decimal:
    """A share in percent, to four places: what is shown; amounts come of the exact one."""
    return (Decimal(share.numerator * 100) / share.denominator).quantize(Decimal("0.0001"))


def percent(share: Fraction) -> str:
    """A share as people read it: 12.5 %."""
    rounded = percent_of(share).quantize(Decimal("0.01"))
    return f"{rounded.normalize():f} %"


def number(value: Decimal) -> int | float:
    """A number for programs, without places it does not need."""
    return int(value) if value == value.to_integral_value() else float(value)


def _params(params: Mapping[str, object]) -> dict[str, object]:
    """Places for programs: money in 元."""
    return {
        name: number(yuan(int(str(value)))) if name in MONEY else value
        for name, value in params.items()
    }
