"""From what was fetched to a proposal: each home put into the words of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from brokernotes.features.classifying_axes import tax_class
from brokernotes.features.home_names import name_of_home, rooms_of, safe, straight
from brokernotes.features.matching_sides import LEASE, SALE
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.proposal_prices import asked_price, unit_price
from brokernotes.features.proposal_words import fits, shortcomings, unknowns
from brokernotes.features.proposals import (
    ESTATE_PUBLIC,
    Fact,
    Offered,
    Proposal,
    ProposedHome,
    Sender,
    TaxLine,
    Typed,
    Values,
    Words,
    own_public,
    public_values,
)
from brokernotes.features.tax_hints import ASK, TaxHint, tax_hints
from brokernotes.language import N_
from brokernotes.model.measures import render_number
from brokernotes.model.schema import Kind

# Told as a list of facts, beside what has a place of its own.
_FACTS = (
    "interior_area", "decoration", "furnishing", "lift_ratio", "structure", "property_type",
    "title_type", "land_term", "management_fee", "school", "features", "rent_terms",
    "available_from", "vacate", "lease_mode", "min_term", "pets", "title_checked_on",
    "verification_code",
)  # fmt: skip


def make_proposal(
    client: Values,
    offered: Sequence[Offered],
    words: Words,
    voice: MatchVoice,
    today: date,
) -> Proposal:
    """Make a proposal.

    Args:
        client: values of the client's note; of them the salutation, the times and what the match
            says of the demand are told.
        offered: the homes.
        words: the agent's own.
        voice: in which words.
        today: of the proposal.
    """
    homes = tuple(_Telling(one, client, voice, today, words.sender.city).home() for one in offered)
    name = safe(str(client.get("salutation") or ""))
    text = voice.text
    times = safe(voice.words(client.get("viewing_times") or []))
    usual = N_("Tell me which you would like to see, and when; I arrange it.")
    timed = N_("Tell me which you would like to see; I arrange it for when it suits you ({times}).")
    hello = text(N_("Dear {name},"), name=name) if name else text(N_("Hello,"))
    opening = voice.language.plural(
        N_("this home may suit you. What does, and what does not, is written down here."),
        N_("these {count} homes may suit you. What does, and what does not, is written down here."),
        len(homes),
    )
    return Proposal(
        language=voice.language.code,
        title=text(N_("Homes for {name}"), name=name) if name else text(N_("Homes for you")),
        opening=straight(words.opening)
        or (hello + ("" if voice.language.code == "zh" else " ") + opening),
        homes=homes,
        comparison=_comparison(homes),
        next_step=straight(words.next_step) or (text(timed, times=times) if times else text(usual)),
        sender=" · ".join(filter(None, signed(words.sender, voice))),
        remark=text(N_("All details are subject to verification, taxes to the tax office.")),
        day=today.isoformat(),
        labels={key: text(label) for key, label in _LABELS.items()},
        typed=tuple(_own_words(client, words, voice)),
    )


def _own_words(client: Values, words: Words, voice: MatchVoice) -> Iterator[Typed]:
    """What the agent typed for this client, now or into the demand."""
    name = str(client.get("salutation") or "")
    for label, said in ((N_("opening"), words.opening), (N_("next"), words.next_step)):
        if said:  # an owner may be called as the client is
            yield Typed("", voice.text(label), said.replace(name, "") if name else said)
    fields = voice.schema.fields("client")
    for key in ("must_have", "nice_to_have", "deal_breakers", "lifestyle"):
        field = fields[key]
        known = voice.schema.vocabularies[str(field.choices)].by_id
        for one in client.get(key) or ():
            if one not in known:
                yield Typed("", field.label(voice.language.code), one, is_demand=True)


_LABELS = {
    "fits": N_("Suits you"), "shortcomings": N_("Shortcomings"), "unknowns": N_("Being checked"),
    "taxes": N_("Tax hints"), "next": N_("Next"), "facts": N_("Facts"), "points": N_("Highlights"),
    "comparison": N_("Side by side"), "photo": N_("Photo"),
}  # fmt: skip


def signed(sender: Sender, voice: MatchVoice) -> Iterator[str]:
    """Who proposes, part by part."""
    yield straight(sender.name)
    yield straight(sender.firm)
    if sender.licence:
        yield voice.text(N_("licence {number}"), number=straight(sender.licence))
    yield straight(sender.phone)


def _comparison(homes: Sequence[ProposedHome]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A row for what any of several homes says."""
    if len(homes) < 2:
        return ()
    labels = list(dict.fromkeys(label for home in homes for label in home.compared))
    return tuple(
        (label, tuple(home.compared.get(label) or "–" for home in homes)) for label in labels
    )


class _Telling:
    """One home put into words.

    Args:
        offered: what was fetched.
        client: values of the client.
        voice: in which words.
        today: for the years it has been owned.
        city: whose tax office is asked; empty: not known.
    """

    def __init__(
        self, offered: Offered, client: Values, voice: MatchVoice, today: date, city: str
    ) -> None:
        self._city = city
        self._offered = offered
        self._voice = voice
        self._schema = voice.schema
        self._fields = voice.schema.fields("listing")
        self._client = client
        self._today = today
        self._values = public_values(offered.values, self._schema, is_private=offered.is_private)
        self._estate = {
            key: one
            for key, one in offered.estate.items()
            if key in ESTATE_PUBLIC or key == "title"
        }
        self._side = offered.match.side
        self._name = name_of_home(self._values, self._estate, voice)
        self._typed: list[Typed] = []

    def home(self) -> ProposedHome:
        """The whole of it."""
        values, text, match = self._values, self._voice.text, self._offered.match
        unit = unit_price(values, self._estate, self._side, self._voice)
        taxes = self._taxes() if self._side == SALE else ()
        owned = tax_class(values, self._today) if self._side == SALE else None
        brief, rooms = dict(self._brief()), text(N_("Rooms"))
        terms = self._texts("price_terms") if self._side == SALE else []
        price = asked_price(values, terms, self._side, self._voice)
        points = tuple(self._texts("selling_points"))
        for key in ("district", "neighborhood", "defects", "encumbrances"):
            self._note_typed(key)
        places = (values.get("district"), values.get("neighborhood"))
        compared = {
            self._label("rent" if self._side == LEASE else "price"): price,
            text(N_("Unit price")): unit.price,
            text(N_("Against the estate")): unit.percent,
            **brief,
            text(N_("Owned for")): self._voice.words(owned, "tax") if owned else "",
        }
        return ProposedHome(
            ref=match.home.ref,
            name=self._name,
            place=" ".join(self._plain(str(one)) for one in places if one),
            price=price,
            unit_price=unit.price,
            against=unit.against,
            brief=tuple(one for label, one in brief.items() if label != rooms),  # the name says it
            facts=tuple(self._facts()),
            points=points,
            fits=self._masked(fits(match, self._voice)),
            shortcomings=self._masked(shortcomings(match, self._voice)),
            unknowns=self._masked(unknowns(match, self._voice)),
            taxes=taxes,
            tax_class=self._voice.words(owned, "tax") if owned else "",
            compared={label: one for label, one in compared.items() if one},
            typed=tuple(self._typed),
        )

    def _masked(self, said: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(safe, said))

    @property
    def _is_chinese(self) -> bool:
        return self._voice.language.code == "zh"

    def _brief(self) -> Iterator[tuple[str, str]]:
        """The first line about a home, each with its label."""
        values, text = self._values, self._voice.text
        area, floors = values.get("gross_area"), values.get("total_floors")
        if rooms := rooms_of(values, self._voice):
            yield text(N_("Rooms")), rooms
        if area:
            yield (
                self._label("gross_area"),
                text(N_("{area} gross"), area=f"{render_number(area)}㎡"),
            )
        band = values.get("floor_band")
        of = text(N_("of {count} floors"), count=floors) if floors else ""
        if band or of:
            words = text(N_("{band} floor"), band=self._shown("floor_band")) if band else ""
            yield text(N_("Floor")), " ".join(filter(None, (words, of)))
        if values.get("facing"):
            yield self._label("facing"), text(N_("faces {facing}"), facing=self._shown("facing"))
        if values.get("decoration"):
            told = text(N_("{decoration} decoration"), decoration=self._shown("decoration"))
            yield self._label("decoration"), told
        year = values.get("year_built") or self._estate.get("year_built")
        if year:
            yield self._label("year_built"), text(N_("built {year}"), year=year)
        if values.get("elevator") is not None:
            words = text(N_("lift") if values["elevator"] else N_("no lift"))
            yield self._label("elevator"), words

    def _facts(self) -> Iterator[Fact]:
        for key in (*_FACTS, *(one.key for one in own_public(self._schema))):
            if self._values.get(key) in (None, [], ()) or key == "decoration":
                continue
            shown = self._shown(key)
            self._note_typed(key)
            yield Fact(key, self._label(key), shown)

    def _taxes(self) -> tuple[TaxLine, ...]:
        return tuple(map(self._tax, tax_hints(self._values, self._client, self._today)))

    def _tax(self, hint: TaxHint) -> TaxLine:
        text, rule = self._voice.text, hint.rule
        said = text(hint.message, **{name: text(one) for name, one in hint.params.items()})
        is_local = rule is ASK and bool(self._city)
        parts = [self._city if is_local else text(rule.place), text(rule.source)]
        if rule.since:
            parts.insert(1, text(N_("as of {day}"), day=rule.since))
        return TaxLine(said, ("，" if self._is_chinese else ", ").join(parts))

    # -- values in words

    def _label(self, key: str) -> str:
        return self._fields[key].label(self._voice.language.code)

    def _shown(self, key: str) -> str:
        field, value = self._fields[key], self._values[key]
        if field.kind is Kind.BOOL:
            return self._voice.text(N_("yes") if value else N_("no"))
        if field.kind in (Kind.NUMBER, Kind.INT) and not isinstance(value, list | str):
            return render_number(value) + (f" {field.unit}" if field.unit else "")
        return safe(self._voice.words(value, field.choices))

    def _texts(self, key: str) -> list[str]:
        self._note_typed(key)
        value = self._values.get(key) or []
        return [self._plain(str(one)) for one in (value if isinstance(value, list) else [value])]

    def _plain(self, text: str) -> str:
        return safe(text)

    def _note_typed(self, key: str) -> None:
        """Keep what somebody typed, to be read once more before it leaves."""
        field, value = self._fields[key], self._values.get(key)
        if field.kind not in (Kind.TEXT, Kind.TERM) or not value:
            return
        known = self._schema.vocabularies[field.choices].by_id if field.choices else {}
        for one in value if isinstance(value, list) else [value]:
            if str(one) not in known:
                self._typed.append(Typed(self._name, self._label(key), str(one)))
