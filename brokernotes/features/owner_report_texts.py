"""The report to an owner in words, as WeChat text and as a page for the phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.owner_report import OTHER, Advice, Comparable, Situation
from brokernotes.features.paper import escape, footer, header, page
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
    "unknown": N_("Too little is known yet to advise on the price."),
}


class OwnerVoice:
    """Puts a report into words.

    Args:
        report: what is told.
        voice: in which words.
    """

    def __init__(self, report: OwnerReport, voice: MatchVoice) -> None:
        self._report = report
        self._voice = voice
        self._situation = report.situation

    # -- parts

    @property
    def title(self) -> str:
        """Of the page."""
        return self._voice.text(N_("Report on {home}"), home=self._report.name)

    @property
    def opening(self) -> str:
        """The first words."""
        owner = self._report.owner
        hello = self._voice.text(N_("Dear {name},"), name=owner) if owner else ""
        told = self._voice.text(
            N_("this is how it went from {first} to {last}.")
            if owner
            else N_("This is how it went from {first} to {last}."),
            first=self._report.first,
            last=self._report.last,
        )
        return f"{hello}{'' if self._is_chinese else ' '}{told}".strip()

    @property
    def _is_chinese(self) -> bool:
        return self._voice.language.code == "zh"

    def price(self, value: float | None) -> str:
        """A price as people say it."""
        return money(value, self._situation.side, self._voice)

    def numbers(self) -> list[tuple[int, str]]:
        """Showings, clients, days."""
        echo, text = self._situation.echo, self._voice.text
        found = [(echo.showings, text(N_("showings"))), (echo.clients, text(N_("clients")))]
        if self._situation.days is not None:
            found.append((self._situation.days, text(N_("days on the market"))))
        return found

    def reactions(self) -> list[str]:
        """What clients said, counted."""
        echo, text = self._situation.echo, self._voice.text
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
        vocabulary = self._voice.schema.vocabularies["objection"]
        return [
            (
                self._voice.text(N_("other reasons"))
                if key == OTHER
                else vocabulary.label(key, self._voice.language.code),
                count,
            )
            for key, count in self._situation.echo.objections.items()
        ]

    def curve(self) -> list[tuple[str, str]]:
        """How the price went."""
        return [(one.day.isoformat(), self.price(one.price)) for one in self._situation.curve]

    def comparables(self) -> list[tuple[str, str, str]]:
        """Deals and homes sold by others: what, for how much, when."""
        return [
            (self._like(one), self._paid(one), one.day.strftime("%Y-%m") if one.day else "–")
            for one in self._situation.comparables[:MOST_COMPARED]
        ]

    def _like(self, one: Comparable) -> str:
        rooms = (
            self._voice.text(N_("{count} bedrooms"), count=one.bedrooms)
            if one.bedrooms is not None
            else ""
        )
        area = f"{render_number(one.area)}㎡" if one.area else ""
        return " ".join(filter(None, (rooms, area))) or "–"

    def _paid(self, one: Comparable) -> str:
        shown = self.price(one.price)
        unit = one.unit(self._situation.side) if self._situation.side != "lease" else None
        if unit:
            shown += f"（{unit:,.0f} 元/㎡）" if self._is_chinese else f" (¥{unit:,.0f}/㎡)"
        return shown if one.is_deal else self._voice.text(N_("asked {price}"), price=shown)

    def rivals(self) -> str:
        """What else is on offer in the estate; empty: nothing."""
        prices = self._situation.rivals
        if not prices:
            return ""
        low, high = self.price(min(prices)), self.price(max(prices))
        return self._voice.language.plural(
            N_("on offer in the estate with as many rooms: {count}, at {low}"),
            N_("on offer in the estate with as many rooms: {count}, from {low} to {high}"),
            len(prices),
            low=low,
            high=high,
        )

    def advice(self) -> str:
        """What may be done about the price."""
        advice = self._report.advice
        places = {"low": self.price(advice.low), "high": self.price(advice.high)}
        return self._voice.text(_ADVICE[advice.kind], **places)

    def reasons(self) -> list[str]:
        """What the advice rests on."""
        return list(self._reasons())

    def _reasons(self) -> Iterator[str]:
        text, situation, gap = self._voice.text, self._situation, self._report.advice.gap
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
        return self._voice.text(
            N_("From our own notes; deals are subject to verification. The price is yours to set.")
        )

    # -- as a whole

    def wechat(self) -> str:
        """The text for a chat."""
        text, colon = self._voice.text, "：" if self._is_chinese else ": "
        joint = "；" if self._is_chinese else "; "
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
        lines += ["", self._report.sender, f"{self._report.day} {self.remark}"]
        return "\n".join(line for line in lines if line is not None).replace("\n\n\n", "\n\n")

    def page(self) -> str:
        """One page for the phone."""
        parts = [
            header(self.title, self.opening),
            f"<section>{self._tiles()}{self._said()}</section>",
            self._bars(),
            self._prices(),
            self._table(),
            self._advice(),
            footer(self._report.sender, self._report.day, self.remark),
        ]
        return page(self._voice.language.code, self.title, "\n".join(filter(None, parts)))

    def _tiles(self) -> str:
        tiles = "".join(
            f"<div><b>{number}</b><span>{escape(label)}</span></div>"
            for number, label in self.numbers()
        )
        return f'<div class="tiles">{tiles}</div>'

    def _said(self) -> str:
        said = self.reactions()
        joint = "；" if self._is_chinese else "; "
        return f"<p>{escape(joint.join(said))}</p>" if said else ""

    def _bars(self) -> str:
        found = self.objections()
        if not found:
            return ""
        most = max(count for _, count in found)
        bars = "".join(
            f'<div class="bar"><span>{escape(label)}</span>'
            f'<i style="width:{max(count * 100 // most, 4)}%"></i><span>{count}</span></div>'
            for label, count in found
        )
        return f"<section><h2>{escape(self._voice.text(N_('Objections')))}</h2>{bars}</section>"

    def _prices(self) -> str:
        points = self.curve()
        if not points:
            return ""
        rows = "".join(
            f'<tr><th>{escape(day)}</th><td class="num">{escape(price)}</td></tr>'
            for day, price in points
        )
        chart = _chart([one.price for one in self._situation.curve])
        label = escape(self._voice.text(N_("Price")))
        return f"<section><h2>{label}</h2>{chart}<table>{rows}</table></section>"

    def _table(self) -> str:
        found, rivals = self.comparables(), self.rivals()
        if not found and not rivals:
            return ""
        rows = "".join(
            f'<tr><th>{escape(like)}</th><td>{escape(paid)}</td><td class="num">{escape(day)}</td>'
            "</tr>"
            for like, paid, day in found
        )
        label = escape(self._voice.text(N_("To compare")))
        table = f"<table>{rows}</table>" if rows else ""
        more = f"<p>{escape(rivals)}</p>" if rivals else ""
        return f"<section><h2>{label}</h2>{table}{more}</section>"

    def _advice(self) -> str:
        items = "".join(f"<li>{escape(one)}</li>" for one in self.reasons())
        text = self._voice.text
        return (
            f"<section><h2>{escape(text(N_('Advice on the price')))}</h2>"
            f'<p class="advice">{escape(self.advice())}</p>'
            f'<h3>{escape(text(N_("Why")))}</h3><ul class="plain">{items}</ul></section>'
        )


def _chart(prices: list[float]) -> str:
    """Steps of a price, oldest to newest."""
    if len(prices) < 2:
        return ""
    low, high = min(prices), max(prices)
    spread = (high - low) or 1
    width, height = 320, 70
    step = width / len(prices)
    path = ""
    for at, price in enumerate(prices):
        y = 8 + (high - price) / spread * (height - 16)
        path += f"{'M' if at == 0 else 'L'}{at * step:.0f} {y:.0f}H{(at + 1) * step:.0f}"
    return (
        f'<svg viewBox="0 0 {width} {height}" width="100%" role="img" aria-hidden="true">'
        f'<path d="{path}" fill="none" stroke="#0b5c5a" stroke-width="3"/></svg>'
    )
