"""The words of a calendar item: title, description, place, category.

No word depends on the day it is read ("3 days ago"), so an item that did not
move stays byte-identical: what is rolled to today names its true date instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brokernotes.features import reasons
from brokernotes.features.calendar_days import Placed
from brokernotes.features.calendar_phones import phone_lines
from brokernotes.features.calendar_showing import showing_lines, visited
from brokernotes.features.calendar_view import View
from brokernotes.features.ranking import DueItem
from brokernotes.features.reason_sentences import NOTICES
from brokernotes.features.topic_sentences import lines_of
from brokernotes.language import N_
from brokernotes.model.occurrences import Occurrence
from brokernotes.model.verbs import SHOWING_VERBS
from brokernotes.notes.links import obsidian_uri
from brokernotes.notes.names import is_entry_id

LONGEST_SUMMARY = 59  # characters; lists on phones cut even these
ENTRY_KINDS = frozenset(
    {"promise", "planned", "feedback", "reconfirm_demand"}
)  # about one entry of the note's log

KINDS: Mapping[str, str] = {
    "promise": N_("Promised"),
    "planned": N_("Planned"),
    "confirm_showing": N_("Confirm"),
    "feedback": N_("Feedback"),
    "reconfirm_demand": N_("Confirm the demand"),
    "first_response": N_("First answer"),
    "followup": N_("Follow up"),
    "revisit": N_("Revisit"),
    "neglected": N_("Share or help"),
    "signing": N_("Signing"),
    "milestone": N_("Step of a deal"),
    "fee": N_("Fee due"),
    "entrustment_end": N_("Entrustment ends"),
    "lease_end": N_("Lease ends"),
    "satisfaction": N_("Ask how it is"),
    "referral": N_("Ask whom they know"),
    "retention": N_("Data kept until today"),
    "birthday": N_("Birthday"),
    "anniversary": N_("Handover anniversary"),
    "festival": N_("Festival"),
    "take_down": N_("Take down"),
}


def summary(placed: Placed, view: View) -> str:
    """The title: what, when, who, where; under 60 characters.

    Args:
        placed: the row.
        view: who reads it.
    """
    item = placed.item
    if item.first is None:
        return reasons.item_reason(item, _voice(view))
    words = [kind_label(item.first, view)]
    if placed.at is not None:
        words.append(f"{placed.at:%H:%M}")
    if item.kind in NOTICES:
        words.append(str(item.params.get("date", "")))
    words.append(_whom(item.first, view))
    if item.reason.startswith("birthday-lunar"):  # a phone's own lunar calendar may say another
        words.append(reasons.lunar_text(item.params, _voice(view)))
    text = view.masked(" ".join(" ".join(words).split()))
    if not placed.is_cancelled:
        return _cut(text, LONGEST_SUMMARY)
    ending = view.language.text(N_(" (called off)"))
    return _cut(text, LONGEST_SUMMARY - len(ending)) + ending


def description(placed: Placed, view: View) -> str:
    """The text under the title: reason, true date, brief, checklist, link; at `minimal` the date.

    Args:
        placed: the row.
        view: who reads it.
    """
    if placed.hidden:
        rows = (Placed(item=item, day=placed.day) for item in placed.hidden)
        return "\n".join(f"· {summary(row, view)}" for row in rows)
    if placed.item.first is None:
        return ""
    if view.detail == "minimal":
        return _true_date(placed.item.first, view) if placed.is_rolled else ""
    text = view.masked("\n".join(_told(placed, view)).strip("\n"))
    if phones := "\n".join(phone_lines(placed.item.first, view)):
        text = f"{text}\n\n{phones}"
    return f"{text}\n\n{url(placed, view)}".lstrip("\n")


def location(placed: Placed, view: View) -> tuple[str, tuple[float, float] | None]:
    """Where it takes place, and the pin on the map where that is an estate's.

    Args:
        placed: the row.
        view: who reads it.

    Returns:
        The entry's own place; else, of a showing, the estate of its first listing.
    """
    first = placed.item.first
    if first is None or first.kind != "planned" or view.detail == "minimal":
        return "", None
    if first.place:
        return view.masked(first.place), None
    if is_showing(first):
        for listing in visited(first, view):
            return listing.place, listing.pin
    return "", None


def url(placed: Placed, view: View) -> str:
    """The address at which Obsidian opens the note, at the entry where there is one."""
    first = placed.item.first
    if first is None or not first.path or view.detail == "minimal":
        return ""
    has_block = first.kind in ENTRY_KINDS and first.entry and is_entry_id(first.entry)
    # An entry without an id stands as its date and time, which is nothing to jump to.
    is_stamp = has_block and str(first.entry)[:8].isdigit()
    block = first.entry if has_block and not is_stamp else None
    return obsidian_uri(view.vault, first.path, block=block)


def categories(placed: Placed, view: View) -> tuple[str, ...]:
    """What calendars colour and filter by: the kind, one word for all showings; the grade."""
    first = placed.item.first
    if first is None:
        return ()
    verbs = view.rules.schema.verbs
    if is_showing(first) and "showing" in verbs:
        kind = verbs["showing"].label(view.language.code)
    else:
        kind = kind_label(first, view)
    if not first.grade or view.detail == "minimal":
        return (kind,)
    return kind, view.language.text(N_("Grade {grade}"), grade=first.grade)


def kind_label(occurrence: Occurrence, view: View) -> str:
    """The word for what is to be done: a plan's verb, else the kind."""
    if occurrence.kind == "planned":
        verb = view.rules.schema.verbs.get(str(occurrence.params.get("verb", "")))
        if verb is not None:
            return verb.label(view.language.code)
    if occurrence.kind == "milestone":
        steps = view.rules.schema.vocabularies["deal_step"]
        return steps.label(str(occurrence.params.get("step", "")), view.language.code).capitalize()
    known = KINDS.get(occurrence.kind)
    return view.language.text(known) if known else occurrence.kind.replace("_", " ")


def is_showing(occurrence: Occurrence) -> bool:
    """Whether it is a planned showing."""
    return occurrence.kind == "planned" and occurrence.params.get("verb") in SHOWING_VERBS


def _whom(occurrence: Occurrence, view: View) -> str:
    """Whom it concerns; of a plan also where it leads: `李女士 → 阳光花园 3室2厅`."""
    if occurrence.kind == "festival":
        return view.language.plural(
            N_("{festival}: greet {count} client"),
            N_("{festival}: greet {count} clients"),
            int(str(occurrence.params.get("count", 0))),
            festival=reasons.festival_label(occurrence.params, view.language),
        )
    own = view.person(occurrence.note, occurrence.title)
    if occurrence.kind != "planned" or view.detail == "minimal":
        return own
    people, places = [], []
    for name in (occurrence.note, *occurrence.links):
        subject = view.find_subject(name)
        if subject is None:
            continue
        if subject.type == "client":
            people.append(view.person(subject.ref, subject.title))
        elif subject.type in ("listing", "community"):
            places.append(subject.title)
    joint = "、" if view.language.code == "zh" else ", "
    sides = [joint.join(dict.fromkeys(side)) for side in (people, places) if side]
    return " → ".join(sides) or own


def _told(placed: Placed, view: View) -> Iterator[str]:
    """The lines of a description, before they are masked."""
    item = placed.item
    first = item.first
    if first is None:
        return
    sentence = ""
    if first.kind != "planned" or first.cancelled:  # of an open plan the title says it all
        sentence = reasons.reason(first, _voice(view))
        yield sentence
    if placed.is_rolled and str(first.due) not in sentence:
        yield _true_date(first, view)
    yield from _brief(item, placed, view)
    if view.agent is None and item.agent in view.agents:
        name = view.agents[item.agent or ""]
        yield view.language.text(N_("Agent: {name}"), name=name)
    if is_showing(first) and not first.cancelled:
        yield ""
        yield from showing_lines(first, view)


def _brief(item: DueItem, placed: Placed, view: View) -> Iterator[str]:
    """The brief, with the true date of every other reason that is late."""
    voice = _voice(view)
    late = {
        reasons.other_reason(other, item, voice): other
        for other in item.reasons[1:]
        if other.due < placed.day
    }
    said = view.briefs.get(item.key)
    if said and view.detail != "full":
        said = said.for_others()
    for line in reasons.brief(item, voice, lines_of(said, voice) if said else ()):
        yield line
        if line in late and str(late[line].due) not in line:
            yield _true_date(late[line], view)


def _voice(view: View) -> reasons.Voice:
    """Sentences that are the same on every day: no "3 days ago"."""

    def named(name: str) -> str:
        subject = view.find_subject(name)
        if subject is None or subject.type == "agent":
            return ""
        return view.person(subject.ref, subject.title)

    rules = view.rules
    return reasons.Voice(
        language=view.language, schema=rules.schema, named=named, answers=rules.answers
    )


def _true_date(occurrence: Occurrence, view: View) -> str:
    when = f"{occurrence.at:%Y-%m-%d %H:%M}" if occurrence.at else occurrence.due.isoformat()
    return view.language.text(N_("originally for {date}"), date=when)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
