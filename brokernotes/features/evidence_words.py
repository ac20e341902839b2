"""Evidence as a page: sections of lines, which become plain text or Markdown.

What it proves and what it does not stands on every page, since people who quarrel read a
commit's time as a notary's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from brokernotes.features.evidence_facts import Alteration, Commit, Evidence, Item, Made
from brokernotes.features.evidence_proofs import LIMITS, PROVES, limits, proofs
from brokernotes.features.role_sentences import role_label, why
from brokernotes.language import N_, Language
from brokernotes.light_dataclasses import dataclass, field
from brokernotes.model.schema import Schema
from brokernotes.model.values import mask_phones_in_text

SHORT = 9  # characters of a commit's id that people read

STATES = {
    "planned": N_("planned, not reported as done"),
    "cancelled": N_("called off"),
    "corrected": N_("corrected by a later entry"),
    "tombstone": N_("removed; only its place stands"),
    "gone": N_("no longer in the note"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section.

    Attributes:
        label: what it is about; "": it goes on by itself.
        text: what it says.
        below: what stands under it.
        is_warning: whether it wants to be seen.
    """

    label: str
    text: str
    below: tuple[str, ...] = ()
    is_warning: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Whose words a page is in.

    Attributes:
        language: of the reader.
        schema: for the words of verbs and roles.
        named: what an agent is called, by id.
    """

    language: Language
    schema: Schema
    named: Callable[[str], str]

    def text(self, message: str, /, **params: object) -> str:
        """A source string in the reader's language."""
        return self.language.text(message, **params)

    def verb(self, verb: str) -> str:
        """What a verb is called."""
        found = self.schema.verbs.get(verb)
        return found.label(self.language.code) if found else verb


def sections(evidence: Evidence, wording: Wording) -> list[Section]:
    """The page without its title."""
    text = wording.text
    none = text(N_("none is written down"))
    joined = text(N_("Every entry that joins the two: {count}"), count=len(evidence.items))
    return [
        one
        for one in (
            Section(text(N_("Who was first")), [*_first(evidence, wording)]),
            Section(
                text(N_("Roles that follow")),
                [*_roles(evidence, wording), *_lapsed(evidence, wording)],
            ),
            Section(joined, [_line(item, wording) for item in evidence.items] or [Line("", none)]),
            Section(text(N_("The notes")), [_made(one, wording) for one in evidence.made]),
            Section(text(N_("What this proves")), [*_told(PROVES, proofs(evidence), wording)]),
            Section(
                text(N_("What it does not prove")), [*_told(LIMITS, limits(evidence), wording)]
            ),
        )
        if one.lines
    ]


def _first(evidence: Evidence, wording: Wording) -> Iterator[Line]:
    text = wording.text
    unknown = text(N_("none is written down"))
    for label, item, other in (
        (N_("First contact"), evidence.contact, evidence.contact_in_git),
        (N_("First showing"), evidence.showing, evidence.showing_in_git),
    ):
        if item is None:
            yield Line(text(label), unknown, is_warning=True)
        else:
            is_late = item.late is not None or other is not None
            yield Line(text(label), _head(item, wording), tuple(_below(item, wording)), is_late)
        if other is not None:
            below = tuple(_below(other, wording))
            yield Line(text(N_("… that git had")), _head(other, wording), below)
    slips: dict[str, list[Item]] = {}
    for item in evidence.slips:
        slips.setdefault(str(item.entry.fields["slip"]), []).append(item)
    if not slips:
        yield Line(text(N_("Slip")), unknown, is_warning=True)
    for number, items in slips.items():
        where = text(N_(", ")).join(_head(item, wording) for item in items)
        yield Line(text(N_("Slip")), f"{number}  {where}")


def _roles(evidence: Evidence, wording: Wording) -> Iterator[Line]:
    for role in evidence.roles.values():
        name = wording.named(role.agent) or wording.text(N_("unknown"))
        label = role_label(role.role, wording.schema, wording.language)
        reason = why(role, wording.schema, wording.language, wording.named)
        yield Line(label, f"{name}  {reason}", is_warning=role.is_unexplained)


def _lapsed(evidence: Evidence, wording: Wording) -> Iterator[Line]:
    """The first showing, where it is too old to be worth its role."""
    shown = evidence.showing
    if shown is not None and "first_showing_agent" not in evidence.roles:
        label = role_label("first_showing_agent", wording.schema, wording.language)
        message = N_("nobody any more: the first showing, on {day}, is over {days} days old")
        day = shown.entry.day.isoformat()
        text = wording.text(message, day=day, days=evidence.showing_days)
        yield Line(label, text, is_warning=True)


def _line(item: Item, wording: Wording) -> Line:
    is_warning = item.late is not None or bool(item.alterations) or item.state != "stands"
    return Line("", _head(item, wording), tuple(_below(item, wording, whole=True)), is_warning)


def _head(item: Item, wording: Wording) -> str:
    entry = item.entry
    when = entry.day.isoformat()
    if entry.minutes is not None:
        when += f" {entry.minutes // 60:02d}:{entry.minutes % 60:02d}"
    who = wording.named(item.agent) or wording.text(N_("unknown"))
    return f"{when}  {wording.verb(entry.verb)}  {who}  {item.note}:{item.ref}"


def _below(item: Item, wording: Wording, *, whole: bool = False) -> Iterator[str]:
    """What stands under an entry: its text, when it was committed, what became of it."""
    text = wording.text
    if whole:
        said = mask_phones_in_text(item.entry.said)
        slip = item.entry.fields.get("slip")
        if slip:
            said = f"{said} [{text(N_('slip'))} {slip}]".strip()
        if said:
            yield said
    if item.state in STATES:
        yield text(STATES[item.state])
    if item.first is not None:
        yield _committed(item.first, wording) + _lateness(item, wording)
    if whole:
        yield from (_altered(one, wording) for one in item.alterations)


def _committed(commit: Commit, wording: Wording) -> str:
    if commit.id is None:
        return wording.text(N_("not committed"))
    if commit.is_start:
        start = _moment(commit.committed)
        return wording.text(N_("there before this copy's history begins ({when})"), when=start)
    message = N_("committed {when} by {author}, {commit}")
    author = f"{commit.author} <{commit.email}>" if commit.email else commit.author
    told = wording.text(
        message, when=_moment(commit.committed), author=author, commit=commit.id[:SHORT]
    )
    if abs((commit.committed - commit.when).total_seconds()) >= 60:
        told += wording.text(N_("; made anew, first written {when}"), when=_moment(commit.when))
    if commit.made_note:
        told += wording.text(N_("; with its whole note"))
    return told


def _lateness(item: Item, wording: Wording) -> str:
    late = item.late
    if late is None:
        return ""
    days, hours = late.days, late.seconds // 3600
    return wording.text(N_(" — 补录, {days} d {hours} h late"), days=days, hours=hours)


def _altered(one: Alteration, wording: Wording) -> str:
    message = (
        N_("changed ({what}): {old} → {new}")
        if one.new is not None
        else N_("removed ({what}): {old}")
    )
    return wording.text(
        message, what=_committed(one.commit, wording), old=_flat(one.old), new=_flat(one.new or "")
    )


def _flat(lines: str) -> str:
    joined = " / ".join(line.strip() for line in lines.strip().splitlines())
    return mask_phones_in_text(joined.removeprefix("- "))


def _made(one: Made, wording: Wording) -> Line:
    unknown = wording.text(N_("none is written down"))
    created = wording.text(N_("created: {day}"), day=_day(one.created) or unknown)
    below = (_committed(one.commit, wording),) if one.commit else ()
    return Line(one.note, f"{mask_phones_in_text(one.title)}  {created}", below)


def _told(
    sentences: Mapping[str, str], codes: Mapping[str, Mapping[str, object]], wording: Wording
) -> Iterator[Line]:
    for code, params in codes.items():
        yield Line("", wording.text(sentences[code], **params))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


# -- Markdown


def to_markdown(title: str, about: str, found: Sequence[Section]) -> str:
    """The page as Markdown that stands by itself.

    Args:
        title: of the page.
        about: one line under it.
        found: its sections.
    """
    parts = [f"# {_escaped(title)}\n\n{_escaped(about)}\n"]
    for section in found:
        parts.append(f"\n## {_escaped(section.heading)}\n\n")
        for line in section.lines:
            label = f"**{_escaped(line.label)}** " if line.label else ""
            parts.append(f"- {label}{_escaped(line.text)}\n")
            parts.extend(f"  - {_escaped(below)}\n" for below in line.below)
    return "".join(parts)


_ESCAPES = str.maketrans({one: "\\" + one for one in "\\`*_[]<>#|~"})


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES).replace("\n", " ")
