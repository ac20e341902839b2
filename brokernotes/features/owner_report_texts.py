"""The report to an owner in words, and as WeChat text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.owner_report import OTHER, Advice, Comparable, Situation
from brokernotes.features.proposal_words import money
from brokernotes.language import N_
from brokernotes.model.measures import render_number

MOST_COMPARED = 5  # deals on one page (ours)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerReport:
    """A report, ready to be laid out.

    Attributes:
        name: of the home: estate and rooms.
        owner: how the owner is addressed; empty: not known.
        first, last: days of the time that is told, ISO.
        situation: of the home. advice: about the price.
        sender: one line. day: of the report, ISO.
    """

    name: str
    owner: str
    first: str
    last: str
    situation: Situation
    advice: Advice
    sender: str
    day: str


_REACTIONS = {
    "like": N_("{count} liked it"),
    "consider": N_("{count} think about it"),
    "reject": N_("{count} decided against it"),
}
_ADVICE = {
    "lower": N_(
        "To be considered: a price about {low} to {high}, and two weeks to see what it brings."
    ),
    "wait": N_("For now leave the price as it is; in two weeks we look at it again."),
    "keep": N_("The price is near the market: nothing speaks for changing it now."),
    "dear": N_(
        "The price is near the market, yet several found it dear; let us talk about what they "
        "compare it with."
    ),
    "show": N_(
        "The price is near the market, and nobody came: photos, times to view and where it is "
        "shown come first."
    ),
    "ask": N_("Several found it dear, and there is no deal to compare with; let us talk about it."),
    "reserved": N_("A deposit is paid, and the price is agreed; nothing is to be decided now."),
    "unknown": N_("Too little is known yet to advise on the price."),
}


class OwnerVoice:
    """Puts a report into words.

    Args:
        report: what is told.
        voice: in which words.
    """

    def __init__(self, report: OwnerReport, voice: MatchVoice) -> None:
        self.report = report
        self.voice = voice
        self.situation = report.situation

    # -- parts

    @property
    def title(self) -> str:
        """Of the page."""
        return self.voice.text(N_("Report on {home}"), home=self.report.name)

    @property
    def opening(self) -> str:
        """The first words."""
        owner = self.report.owner
        hello = self.voice.text(N_("Dear {name},"), name=owner) if owner else ""
        told = self.voice.text(
            N_("this is how it went from {first} to {last}.")
            if owner
            else N_("This is how it went from {first} to {last}."),
            first=self.report.first,
            last=self.report.last,
        )
        return f"{hello}{'' if self.is_chinese else ' '}{told}".strip()

    @property
    def is_chinese(self) -> bool:
        """Whether it is told in Chinese."""
        return self.voice.language.code == "zh"

    def price(self, value: float | None) -> str:
        """A price as people say it."""
        return money(value, self.situation.side, self.voice)

    def numbers(self) -> list[tuple[int, str]]:
        """Showings, clients, days."""
        echo, text = self.situation.echo, self.voice.text
        found = [(echo.showings, text(N_("showings"))), (echo.clients, text(N_("clients")))]
        if self.situation.days is not None:
            found.append((self.situation.days, text(N_("days on the market"))))
        return found

    def reactions(self) -> list[str]:
        """What clients said, counted."""
        echo, text = self.situation.echo, self.voice.text
        found = [
            text(message, count=echo.reactions[key])
            for key, message in _REACTIONS.items()
            if echo.reactions.get(key)
        ]
        if echo.again:
            found.append(text(N_("{count} came again"), count=echo.again))
        return found

    def objections(self) -> list[tuple[str, int]]:
        """What was not liked, by how many."""
        vocabulary = self.voice.schema.vocabularies["objection"]
        return [
            (
                self.voice.text(N_("other reasons"))
                if key == OTHER
                else vocabulary.label(key, self.voice.language.code),
                count,
            )
            for key, count in self.situation.echo.objections.items()
        ]

    def curve(self) -> list[tuple[str, str]]:
        """How the price went."""
        return [(one.day.isoformat(), self.price(one.price)) for one in self.situation.curve]

    def comparables(self) -> list[tuple[str, str, str]]:
        """Deals and homes sold by others: what, for how much, when."""
        return [
            (self._like(one), self._paid(one), one.day.strftime("%Y-%m") if one.day else "–")
            for one in self.situation.comparables[:MOST_COMPARED]
        ]

    def _like(self, one: Comparable) -> str:
        rooms = (
            self.voice.text(N_("{count} bedrooms"), count=one.bedrooms)
            if one.bedrooms is not None
            else ""
        )
        area = f"{render_number(one.area)}㎡" if one.area else ""
        return " ".join(filter(None, (rooms, area))) or "–"

    def _paid(self, one: Comparable) -> str:
        shown = self.price(one.price)
        unit = one.unit(self.situation.side) if self.situation.side != "lease" else None
        if unit:
            shown += f"（{unit:,.0f} 元/㎡）" if self.is_chinese else f" (¥{unit:,.0f}/㎡)"
        return shown if one.is_deal else self.voice.text(N_("asked {price}"), price=shown)

    def rivals(self) -> str:
        """What else is on offer in the estate; empty: nothing."""
        prices = self.situation.rivals
        if not prices:
            return ""
        low, high = self.price(min(prices)), self.price(max(prices))
        of_a_kind = (
            N_("on offer in the estate of this kind: {count}, at {low}"),
            N_("on offer in the estate of this kind: {count}, from {low} to {high}"),
        )
        with_as_many = (
            N_("on offer in the estate with as many rooms: {count}, at {low}"),
            N_("on offer in the estate with as many rooms: {count}, from {low} to {high}"),
        )
        return self.voice.language.plural(
            *(of_a_kind if self.situation.has_no_rooms else with_as_many),
            len(prices),
            low=low,
            high=high,
        )

    def advice(self) -> str:
        """What may be done about the price."""
        advice = self.report.advice
        places = {"low": self.price(advice.low), "high": self.price(advice.high)}
        return self.voice.text(_ADVICE[advice.kind], **places)

    def reasons(self) -> list[str]:
        """What the advice rests on."""
        return list(self._reasons())

    def _reasons(self) -> Iterator[str]:
        text, situation, gap = self.voice.text, self.situation, self.report.advice.gap
        yardstick = situation.yardstick
        if yardstick is not None and gap is not None:
            basis = (
                text(N_("{count} deals of the last year in the estate"), count=yardstick.deals)
                if yardstick.basis == "deals"
                else text(N_("the estate's average price"))
            )
            percent = render_number(round(abs(gap) * 100, 1))
            message = (
                N_("asked {price}, {percent}% above {like} by {basis}")
                if gap > 0
                else N_("asked {price}, {percent}% below {like} by {basis}")
            )
            like = self.price(round(yardstick.price, 1 if situation.side != "lease" else None))
            yield text(
                message, price=self.price(situation.price), percent=percent, like=like, basis=basis
            )
        showings, clients = situation.echo.showings, situation.echo.clients
        message = N_("showings in this time: {showings}, clients: {clients}")
        if not showings:
            message = N_("nobody saw it in this time")
        yield text(message, showings=showings, clients=clients)
        dear = situation.echo.objections.get("price", 0)
        if dear:
            yield text(N_("{count} of them named the price"), count=dear)
        if rivals := self.rivals():
            yield rivals

    @property
    def remark(self) -> str:
        """What holds for all of it."""
        return self.voice.text(
            N_("From our own notes; deals are subject to verification. The price is yours to set.")
        )

    # -- as a whole

    def wechat(self) -> str:
        """The text for a chat."""
        text, colon = self.voice.text, "：" if self.is_chinese else ": "
        joint = "；" if self.is_chinese else "; "
        lines = [self.title, self.opening, ""]
        lines.append(joint.join(f"{label} {number}" for number, label in self.numbers()))
        for label, things in (
            (N_("What they said"), self.reactions()),
            (N_("Objections"), [f"{name} {count}" for name, count in self.objections()]),
            (N_("Price"), [f"{day} {price}" for day, price in self.curve()]),
            (N_("To compare"), [" ".join(one) for one in self.comparables()]),
        ):
            if things:
                lines.append(f"{text(label)}{colon}{joint.join(things)}")
        lines += ["", f"{text(N_('Advice on the price'))}{colon}{self.advice()}"]
        lines.append(f"{text(N_('Why'))}{colon}{joint.join(self.reasons())}")
        lines += ["", self.report.sender, f"{self.report.day} {self.remark}"]
        return "\n".join(line for line in lines if line is not None).replace("\n\n\n", "\n\n")
