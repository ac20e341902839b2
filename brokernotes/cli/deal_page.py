"""What `deal REF` shows: people, steps, papers, offers and fees of one deal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from brokernotes.cli.app import App
from brokernotes.cli.deal_finding import Deal, find_deal, negotiation_of, read_deal
from brokernotes.cli.viewing import kept_of, say_kept
from brokernotes.cli.width import pad, visible, width, wrap
from brokernotes.features.deals_fees import Fee, fees_of, yuan
from brokernotes.features.deals_offers import Negotiation, money_shown
from brokernotes.features.milestones import Milestone, next_step
from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.milestones import template_of
from brokernotes.model.phones import mask_phones_in_text

PEOPLE = (("buyer", N_("Buyer")), ("seller", N_("Seller")))
OFFICE_CLOSED = N_("offices are closed")
_DONE, _OPEN, _SKIPPED = "[x]", "[ ]", "[-]"


def show_deal(app: App, ref: str, *, as_json: bool) -> None:
    """Show one deal.

    Args:
        app: of the run.
        ref: of the deal, its listing or a client.
        as_json: for programs.
    """
    row = find_deal(app, ref)
    deal = read_deal(app, row, app.vault.open(row.path))
    if as_json:
        from brokernotes.cli.deal_json import deal_json

        app.console.json(deal_json(app, deal) | kept_of(app, [row]))
        return
    console = app.console
    head = f"{mask_phones_in_text(row.title)}  {row.id or app.text(N_('without id'))}"
    console.print(console.styled(console.text(head), "bold"))
    console.print(console.styled(console.text(row.path), "dim"))
    console.print(console.text(_kind_line(app, deal)))
    sections = (
        (N_("Between"), [Line(text) for text in people_lines(app, deal)]),
        (N_("Steps"), list(step_lines(app, deal))),
        (N_("Offers"), [Line(text) for text in offer_lines(app, negotiation_of(app, deal))]),
        (N_("Fees"), list(fee_lines(app, deal))),
    )
    for title, lines in sections:
        print_section(app, title, lines)
    say_kept(app, [row])


class Line(NamedTuple):
    """A line with the style it has as a whole: what is printed is made harmless before."""

    text: str
    style: str = ""


def print_section(app: App, title: str, lines: Sequence[Line]) -> None:
    """A heading with lines under it; nothing where there are none."""
    console = app.console
    if not lines:
        return
    console.print()
    console.print(console.styled(app.text(title), "dim"))
    for line in lines:
        for part in wrap(console.text(mask_phones_in_text(line.text)), console.width - 2, "    "):
            console.print("  " + console.styled(part.rstrip(), line.style))


def _kind_line(app: App, deal: Deal) -> str:
    """`sale with loan · closing · 505万`."""
    words = [label(app, "deal_template", template_of(deal.record))]
    stage = deal.record.text("stage")
    if stage:
        words.append(label(app, "deal_stage", stage))
    price, rent = deal.record.number("price"), deal.record.number("rent")
    if template_of(deal.record) == "lease" and rent is not None:
        words.append(app.text(N_("{amount} yuan a month"), amount=yuan(Decimal(str(rent)))))
    elif price is not None:
        words.append(money_shown(Decimal(str(price))))
    reason = deal.record.text("cancel_reason")
    if stage == "cancelled" and reason:
        words.append(visible(reason))
    return " · ".join(words)


def label(app: App, vocabulary: str, id_: str) -> str:
    """The word for a value, in the reader's language."""
    return app.vault.rules.schema.vocabularies[vocabulary].label(id_, app.language.code)


def joined(app: App, words: Iterable[str]) -> str:
    """Words as a list in a sentence."""
    return ("、" if app.language.code == "zh" else ", ").join(words)


def clauses(app: App, parts: Iterable[str]) -> str:
    """Parts of a sentence one after the other."""
    return ("，" if app.language.code == "zh" else ", ").join(parts)


# -- people


def people_lines(app: App, deal: Deal) -> Iterator[str]:
    """The listing, buyers and sellers, each with its id."""
    rows = [(app.text(N_("Listing")), _told(app, deal.record.texts("listing")))]
    rows += [(app.text(name), _told(app, deal.record.texts(key))) for key, name in PEOPLE]
    columns = max(width(name) for name, _ in rows)
    for name, told in rows:
        if told:
            yield f"{pad(name, columns)}  {told}"


def _told(app: App, targets: Iterable[str]) -> str:
    queries = app.vault.queries
    found = []
    for target in targets:
        n = queries.resolve(target).n
        row = queries.note(n) if n is not None else None
        found.append(f"{row.title} {row.ref}" if row else target)
    return joined(app, found)


# -- steps


def step_lines(app: App, deal: Deal) -> Iterator[Line]:
    """Each step with its box, its day and what it still wants."""
    coming = next_step(deal.steps) if deal.record.text("stage") != "cancelled" else None
    names = [label(app, "deal_step", one.step.id) for one in deal.steps]
    columns = max(map(width, names))
    for one, name in zip(deal.steps, names, strict=True):
        mark = _DONE if one.is_done else _OPEN if one.is_needed else _SKIPPED
        day = one.day.isoformat() if one.day else "—".ljust(10)
        remarks = clauses(app, remarks_of(app, one, deal, is_next=one is coming))
        style = "error" if one.is_late(app.today) else "bold" if one is coming else ""
        yield Line(f"{mark} {day}  {pad(name, columns)}  {remarks}".rstrip(), style)


def remarks_of(app: App, one: Milestone, deal: Deal, *, is_next: bool) -> Iterator[str]:
    """What there is to say of a step: late, next, a closed office, missing papers."""
    if not one.is_needed:
        yield app.text(N_("not needed"))
        return
    if one.is_late(app.today) and one.day is not None:
        days = (app.today - one.day).days
        yield app.language.plural(N_("{count} day late"), N_("{count} days late"), days)
    if is_next:
        yield app.text(N_("next"))
        who = joined(app, (app.text(WHO[name]) for name in one.step.who))
        yield app.text(N_("with {who}"), who=who)
    if closed_on(one, app.today):
        yield app.text(OFFICE_CLOSED)
    if one.deadline is not None:
        yield app.text(N_("by {date}, as the law says"), date=one.deadline.isoformat())
    # Papers of steps far ahead are nobody's business yet; proofs are where papers are ticked.
    is_near = is_next or (one.is_open and one.day is not None)
    if one.missing and (is_near or (one.is_done and "papers" in deal.record.values)):
        papers = joined(app, (label(app, "paper", paper) for paper in one.missing))
        yield app.text(N_("missing: {papers}"), papers=papers)


def closed_on(one: Milestone, today: date) -> bool:
    """Whether a step is planned for a day on which its office is closed."""
    if not one.is_open or one.day is None or one.day < today or one.step.office is None:
        return False
    from brokernotes.model.working_days import is_working_day

    return not is_working_day(one.day)


# -- offers


def offer_lines(app: App, found: Negotiation | None) -> Iterator[str]:
    """The last of each side, the gap between them and how it moved."""
    if found is None:
        return
    yield gap_line(app, found)
    if len(found.gaps) > 1:
        moves = " → ".join(map(money_shown, found.gaps))
        yield app.text(N_("the gap moved {moves}"), moves=moves)
    for offer in found.offers:
        side = app.text(SIDE_WORDS[offer.side])
        text = f"  {visible(offer.text)}" if offer.text else ""
        yield f"{offer.day.isoformat()}  {side} {money_shown(offer.amount)}{text}"


WHO = {"buyer": N_("buyer"), "seller": N_("owner"), "bank": N_("bank")}
SIDE_WORDS = {"buyer": N_("buyer"), "seller": N_("owner"), "agreed": N_("agreed")}


def gap_line(app: App, found: Negotiation) -> str:
    """`buyer 580万, owner 595万: gap 15万, 2 rounds`."""
    sides = []
    if found.buyer is not None:
        sides.append(f"{app.text(SIDE_WORDS['buyer'])} {money_shown(found.buyer)}")
    if found.seller is not None:
        word = N_("asked") if found.asked else SIDE_WORDS["seller"]
        sides.append(f"{app.text(word)} {money_shown(found.seller)}")
    rounds = app.language.plural(N_("{count} round"), N_("{count} rounds"), found.rounds)
    if found.gap is None:
        return clauses(app, [*sides, rounds])
    gap = (
        app.text(N_("gap {gap}"), gap=money_shown(found.gap))
        if found.gap
        else app.text(N_("no gap left"))
    )
    return clauses(app, [*sides, gap, rounds])


# -- fees


def fee_lines(app: App, deal: Deal) -> Iterator[Line]:
    """What each side owes and has paid."""
    for fee in fees_of(deal.record):
        text = f"{app.text(SIDE_WORDS[fee.side])}  {clauses(app, _fee_parts(app, fee))}"
        yield Line(text, "error" if fee.is_late(app.today) else "")


def _fee_parts(app: App, fee: Fee) -> Iterator[str]:
    if fee.due is not None:
        yield app.text(N_("due {amount} yuan"), amount=yuan(fee.due))
    if fee.due_on is not None:
        yield app.text(N_("by {date}"), date=fee.due_on.isoformat())
    if fee.received:
        received = app.text(N_("received {amount}"), amount=yuan(fee.received))
        on = f" ({fee.received_on.isoformat()})" if fee.received_on else ""
        yield received + on
    if fee.open:
        yield app.text(N_("open {amount}"), amount=yuan(fee.open))
    elif fee.due is not None and fee.received >= fee.due:
        yield app.text(N_("paid"))
