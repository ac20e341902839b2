"""The report to an owner as one page for the phone."""

from __future__ import annotations

from brokernotes.features.owner_report_texts import OwnerVoice
from brokernotes.features.paper import escape, footer, header, page
from brokernotes.language import N_


def owner_page(told: OwnerVoice) -> str:
    """The page.

    Args:
        told: the report in words.
    """
    return _Page(told).page()


class _Page:
    """One report, laid out."""

    def __init__(self, told: OwnerVoice) -> None:
        self._told = told

    def page(self) -> str:
        """One page for the phone."""
        parts = [
            header(self._told.title, self._told.opening),
            f"<section>{self._tiles()}{self._said()}</section>",
            self._bars(),
            self._prices(),
            self._table(),
            self._advice(),
            footer(self._told.report.sender, self._told.report.day, self._told.remark),
        ]
        return page(
            self._told.voice.language.code, self._told.title, "\n".join(filter(None, parts))
        )

    def _tiles(self) -> str:
        tiles = "".join(
            f"<div><b>{number}</b><span>{escape(label)}</span></div>"
            for number, label in self._told.numbers()
        )
        return f'<div class="tiles">{tiles}</div>'

    def _said(self) -> str:
        said = self._told.reactions()
        joint = "；" if self._told.is_chinese else "; "
        return f"<p>{escape(joint.join(said))}</p>" if said else ""

    def _bars(self) -> str:
        found = self._told.objections()
        if not found:
            return ""
        most = max(count for _, count in found)
        bars = "".join(
            f'<div class="bar"><span>{escape(label)}</span>'
            f'<i style="width:{max(count * 100 // most, 4)}%"></i><span>{count}</span></div>'
            for label, count in found
        )
        return (
            f"<section><h2>{escape(self._told.voice.text(N_('Objections')))}</h2>{bars}</section>"
        )

    def _prices(self) -> str:
        points = self._told.curve()
        if not points:
            return ""
        rows = "".join(
            f'<tr><th>{escape(day)}</th><td class="num">{escape(price)}</td></tr>'
            for day, price in points
        )
        chart = _chart([one.price for one in self._told.situation.curve])
        label = escape(self._told.voice.text(N_("Price")))
        return f"<section><h2>{label}</h2>{chart}<table>{rows}</table></section>"

    def _table(self) -> str:
        found, rivals = self._told.comparables(), self._told.rivals()
        if not found and not rivals:
            return ""
        rows = "".join(
            f'<tr><th>{escape(like)}</th><td>{escape(paid)}</td><td class="num">{escape(day)}</td>'
            "</tr>"
            for like, paid, day in found
        )
        label = escape(self._told.voice.text(N_("To compare")))
        table = f"<table>{rows}</table>" if rows else ""
        more = f"<p>{escape(rivals)}</p>" if rivals else ""
        return f"<section><h2>{label}</h2>{table}{more}</section>"

    def _advice(self) -> str:
        items = "".join(f"<li>{escape(one)}</li>" for one in self._told.reasons())
        text = self._told.voice.text
        return (
            f"<section><h2>{escape(text(N_('Advice on the price')))}</h2>"
            f'<p class="advice">{escape(self._told.advice())}</p>'
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
