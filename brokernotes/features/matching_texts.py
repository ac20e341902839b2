"""What a match says in words of each criterion: what is wanted, what there is, how far off."""

from __future__ import annotations

from collections.abc import Callable

from brokernotes.features.matching import Criterion, Match
from brokernotes.features.matching_sentences import LABELS, OF_LESSONS, OF_TERMS, SAID_OF, UNKNOWN
from brokernotes.features.matching_sides import LEASE, SALE, Lesson
from brokernotes.features.matching_words import reading_of
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import dataclass
from brokernotes.model.measures import render_number
from brokernotes.model.money import render_money
from brokernotes.model.schema import Schema

_VOCABULARIES = {
    "facing": "facing", "floor": "floor_band", "decoration": "decoration",
    "lease_mode": "lease_mode", "must_have": "feature", "nice_to_have": "feature",
    "deal_breakers": "feature", "lifestyle": "lifestyle", "property_type": "property_type",
    "loan": "payment",
}  # fmt: skip
_FACTS = {
    "facing": "facing", "floor": "floor_band", "decoration": "decoration",
    "lease_mode": "lease_mode", "min_term": "min_term", "year_built": "year_built",
    "property_type": "property_type", "loan": "title_type",
}  # fmt: skip
_WANTED = {
    "facing": "facing", "floor": "floor_pref", "decoration": "decorations",
    "lease_mode": "lease_mode", "min_term": "lease_months", "year_built": "year_built_min",
    "property_type": "property_types", "loan": "payment",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchVoice:
    """In which words matches are told.

    Attributes:
        language: of the reader.
        schema: for the words of values.
        named: the name of an estate, by its id or as typed.
    """

    language: Language
    schema: Schema
    named: Callable[[str], str] = str

    def text(self, message: str, /, **places: object) -> str:
        """A message in the reader's language."""
        return self.language.text(message, **places)

    def layout(self, layout: str) -> str:
        """`3室2厅` in the reader's words."""
        if self.language.code == "zh":
            return layout
        return layout.replace("室", " bed ").replace("厅", " living").strip()

    def words(self, values: object, vocabulary: str | None = None) -> str:
        """Values by their words, joined."""
        items = values if isinstance(values, list | tuple | set | frozenset) else [values]
        table = self.schema.vocabularies[vocabulary] if vocabulary else None
        code = self.language.code
        said = [table.label(str(one), code) if table else str(one) for one in items]
        return ("、" if code == "zh" else ", ").join(said)


def label(criterion: Criterion, side: str, voice: MatchVoice) -> str:
    """What a criterion is called."""
    key = "rent" if criterion.key == "price" and side == LEASE else criterion.key
    return voice.text(LABELS[key])


def wants(criterion: Criterion, match: Match, voice: MatchVoice) -> str:
    """What the client asks by a criterion."""
    if criterion.lesson is not None:
        return voice.text(N_("not {trait}"), trait=_trait(criterion.lesson, match, voice))
    want, key = match.want, criterion.key
    facts = want.facts
    if criterion.term:
        return voice.words(criterion.term, _VOCABULARIES[key])
    match key:
        case "price":
            return _money(want.number("budget_max" if match.side == SALE else "rent_max"), match)
        case "place":
            estates = [voice.named(one) for one in facts.get("communities") or ()]
            named = [*estates, *want.terms("neighborhoods")]
            return voice.words(named or want.terms("districts"))
        case "bedrooms":
            return _span(want.number("bedrooms_min"), want.number("bedrooms_max"))
        case "area":
            return _span(want.number("area_min"), want.number("area_max")) + "㎡"
        case "available":
            return str(facts["move_in_by"])
        case "pets" | "school":
            return voice.text(N_("yes"))
    return voice.words(facts[_WANTED[key]], _VOCABULARIES.get(key))


def has(criterion: Criterion, match: Match, voice: MatchVoice) -> str:
    """What the home has by a criterion; empty: not known, or it is a matter of yes and no."""
    home, key = match.home, criterion.key
    match key:
        case "price":
            return _money(home.price if match.side == SALE else home.rent, match)
        case "place":
            community = home.facts.get("community")
            named = voice.named(community) if community else ""
            return " ".join(filter(None, (home.facts.get("district"), named)))
        case "bedrooms":
            return "" if home.bedrooms is None else str(home.bedrooms)
        case "area":
            return "" if home.area is None else f"{render_number(home.area)}㎡"
        case "available":
            free = home.facts.get("available_from") or home.facts.get("lease_end")
            return str(free or "")
    value = home.facts.get(_FACTS.get(key, ""))
    if value is None:
        return ""
    return voice.words(value, "title_type" if key == "loan" else _VOCABULARIES.get(key))


def note(criterion: Criterion, match: Match, voice: MatchVoice) -> str:
    """One criterion in a few words."""
    if criterion.lesson is not None:
        return _learned(criterion.lesson, criterion.verdict, match, voice)
    places = {
        "label": label(criterion, match.side, voice),
        "has": has(criterion, match, voice),
        "wants": wants(criterion, match, voice),
    }
    return voice.text(_sentence(criterion, match), **places, **off(criterion, match))


def _learned(lesson: Lesson, verdict: str, match: Match, voice: MatchVoice) -> str:
    """What reactions taught, and how this home stands to it."""
    return voice.language.plural(
        *OF_LESSONS[lesson.is_rejected][verdict],
        lesson.times,
        trait=_trait(lesson, match, voice),
        objection=voice.words(lesson.objection, "objection"),
    )


def _trait(lesson: Lesson, match: Match, voice: MatchVoice) -> str:
    trait = lesson.trait
    if lesson.objection == "light":
        return voice.text(N_("no south side"))
    if lesson.objection == "price":
        return voice.text(N_("{price} or more"), price=_money(float(trait), match))
    if lesson.objection == "layout":
        return voice.text(N_("{layout} layout"), layout=voice.layout(str(trait)))
    vocabulary = {"floor": "floor_band", "decoration": "decoration"}.get(lesson.objection)
    word = voice.words(str(trait), vocabulary or "feature")
    return voice.text(N_("{floor} floor"), floor=word) if lesson.objection == "floor" else word


def _sentence(criterion: Criterion, match: Match) -> str:
    key, verdict = criterion.key, criterion.verdict
    if criterion.term:
        is_said = key in SAID_OF and reading_of(criterion.term).is_said_of
        return (SAID_OF if is_said else OF_TERMS)[key][verdict]
    if verdict == "unknown":
        return UNKNOWN.get(key, N_("{label} not known (wanted {wants})"))
    if key == "min_term":
        return (
            N_("{label} {has} months")
            if verdict == "fit"
            else N_("{label} {has} months, wanted {wants}")
        )
    if verdict == "fit" and key not in ("school", "pets", "available", "loan"):
        return N_("{label} {has}")
    match key:
        case "price":
            return N_("{label} {has}, {percent}% above {wants}")
        case "area":
            is_small = (match.home.area or 0) < (match.want.number("area_min") or 0)
            return (
                N_("{label} {has}, {percent}% below {wants}")
                if is_small
                else N_("{label} {has}, {percent}% above {wants}")
            )
        case "place" if verdict == "near":
            return N_("{has}, near {wants}")
        case "place":
            return N_("{has}, not {wants}")
        case "school":
            return (
                N_("a school place that is free")
                if verdict == "fit"
                else N_("no school place, or it is used")
            )
        case "loan" if verdict == "fit":
            return N_("{has}: banks usually lend on it")
        case "loan":
            return N_("{has}: no bank lends on it")
        case "pets":
            return N_("pets allowed") if verdict == "fit" else N_("no pets")
        case "available" if verdict == "fit":
            return N_("free by {wants}")
        case "available":
            return N_("free only from {has}, wanted by {wants}")
    return N_("{label} {has}, wanted {wants}")


def off(criterion: Criterion, match: Match) -> dict[str, object]:
    """How far a number is off, in per cent; never 0."""
    want, home = match.want, match.home
    if criterion.key == "price":
        most = want.number("budget_max" if match.side == SALE else "rent_max") or 0
        asked = (home.price if match.side == SALE else home.rent) or 0
        return {"percent": _percent(asked - most, most)}
    if criterion.key == "area":
        least, largest = want.number("area_min"), want.number("area_max")
        area = home.area or 0
        if least is not None and area < least:
            return {"percent": _percent(least - area, least)}
        return {"percent": _percent(area - (largest or area), largest or 1)}
    return {}


def _percent(off: float, of: float) -> str:
    share = off / of * 100 if of else 0
    return render_number(max(round(share, 1), 0.1)) if share < 10 else str(round(share))


def _money(value: float | None, match: Match) -> str:
    if value is None:
        return ""
    return render_money(value, "万元" if match.side == SALE else "元/月")


def _span(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        if least == most:
            return render_number(least)
        return f"{render_number(least)}–{render_number(most)}"
    return f"≥ {render_number(least)}" if least is not None else f"≤ {render_number(most or 0)}"
