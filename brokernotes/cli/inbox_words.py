"""What is said about dictated lines: questions, proposals, and what would be filed."""

from __future__ import annotations

from datetime import date, datetime

from brokernotes.cli.app import App
from brokernotes.cli.show_log import clock
from brokernotes.features.capturing import (
    CERTAIN,
    PROPOSED,
    QUESTION,
    Action,
    Append,
    NewClient,
    Tick,
    Verdict,
)
from brokernotes.features.capturing_deals import word_of
from brokernotes.features.capturing_lore import Lore
from brokernotes.language import N_, Language
from brokernotes.model.records import LogEntry
from brokernotes.model.values import mask_phone, mask_phones_in_text
from brokernotes.model.verbs import DEEDS
from brokernotes.notes.log_values import render_log_value

QUESTIONS = {
    "who": N_("Whom or which listing is it about?"),
    "unknown-person": N_("Nobody is called {said}. Who is it, or is it a new client?"),
    "several-people": N_("Several people are named. Whose note is it for?"),
    "which-person": N_("Which one is it?"),
    "which-colleague": N_("Several colleagues are called {said}. Which one did it?"),
    "which-listing": N_("Which listing is it?"),
    "no-listing": N_("There is no listing {said}. Which one is it?"),
    "no-verb": N_("What was done: a call, WeChat, a showing, …?"),
    "which-plan": N_("Several plans fit; which listing is it about?"),
    "no-plan": N_("Nothing planned fits. What was done instead?"),
    "no-date": N_("To when is it moved?"),
    "bad-value": N_("“{said}” cannot be read; please write it anew."),
    "contradiction": N_("“{said}” contradicts the rest of the line; please write it anew."),
    "future": N_("That is still to come; when was it?"),
    "refused": N_("It cannot be filed: {said}"),
}
DOUBTS = {
    "money": N_("money is at stake"),
    "price": N_("it changes the price in the note"),
    "status": N_("the listing's status may change with it"),
    "colleague": N_("a colleague did it"),
    "clash": N_("it clashes with another plan"),
    "not-on-offer": N_("the home is reserved or off the market"),
    "history": N_("it is the one seen before"),
    "no-listing-said": N_("no listing of the vault is named"),
    "no-client": N_("no client is named"),
    "which-day": N_("the day is said without its week"),
    "rough-day": N_("the day is only roughly said"),
    "feedback-of-several": N_("one word about several listings"),
    "known-phone": N_("the phone is known already"),
    "same-name": N_("somebody is called the same"),
    "no-intent": N_("buying or renting is not said"),
    "no-name": N_("nobody is named"),
}


# What becomes of a line, as one sign; the second ones are for streams that lack the first.
_MARKS = (
    {CERTAIN: "✓", PROPOSED: "?", QUESTION: "–", "dismissed": "×"},
    {CERTAIN: "+", PROPOSED: "?", QUESTION: "-", "dismissed": "x"},
)
_DAY = 24 * 60  # minutes
_NEAR = 200  # days
_OFFERED = 9  # candidates; of more a name or a phone tells sooner than a list


class Words:
    """Says things about verdicts in one language.

    Args:
        app: of the run.
        lore: of the vault.
        language: of who reads it.
    """

    def __init__(self, app: App, lore: Lore, language: Language) -> None:
        self._app = app
        self.lore = lore
        self.language = language

    def text(self, message: str, **params: object) -> str:
        """A source string in the language."""
        return self.language.text(message, **params)

    def mark(self, kind: str) -> str:
        """The sign of what becomes of a line."""
        signs, plain_signs = _MARKS
        return (signs if self._app.console.can_say("".join(signs.values())) else plain_signs)[kind]

    # -- questions

    def question(self, verdict: Verdict) -> str:
        """What is asked about a line; for a proposal what is doubted."""
        if verdict.kind == PROPOSED:
            why = self.text(DOUBTS[verdict.code])
            home = next(filter(None, map(self._changed_home, verdict.actions)), None)
            if home is None:
                return self.text(N_("File it? ({why})"), why=why)
            sentence = N_("File it? ({why}; the status of {home} and its deal change too)")
            return self.text(sentence, why=why, home=home)
        return self.text(QUESTIONS[verdict.code], said=mask_phones_in_text(verdict.said))

    def _changed_home(self, action: Action) -> str | None:
        """The home whose status changes when an action is filed; None: it changes none."""
        if not isinstance(action, Append):
            return None
        entry, lore = action.entry, self.lore
        if entry.verb not in DEEDS or word_of(entry, lore.schema) is None:
            return None
        refs = [action.ref, *(lore.ref_of(link) for link in entry.links)]
        homes = [ref for ref in dict.fromkeys(refs) if ref is not None and ref in lore.homes]
        return self.title(homes[0]) if len(homes) == 1 else None

    def candidates(self, verdict: Verdict) -> list[str]:
        """What may be chosen: file names, which say which of two alike is meant."""
        if verdict.kind == PROPOSED or verdict.code in ("no-verb", "no-plan", "no-date", "future"):
            return []
        return [self.name(ref) for ref in verdict.candidates[:_OFFERED]]

    def name(self, ref: str) -> str:
        """The file name of a note."""
        known = self.lore.people.get(ref) or self.lore.homes.get(ref)
        return known.name if known else ref

    def title(self, ref: str) -> str:
        """What people call a note."""
        known = self.lore.people.get(ref) or self.lore.homes.get(ref)
        return known.title if known else ref

    def asked(self, verdict: Verdict) -> str:
        """What is asked about a line, and by number what may be answered."""
        numbered = " · ".join(f"{n} {name}" for n, name in enumerate(self.candidates(verdict), 1))
        return f"{self.question(verdict)} {numbered}".rstrip()

    def question_line(self, verdict: Verdict, answer: str) -> str:
        """The line to stand under the dictated one, with what was answered so far."""
        parts = [self.asked(verdict)]
        if verdict.kind == PROPOSED:
            parts.append("; ".join(self.action(one) for one in verdict.actions))
        said = " ".join(part for part in parts if part).replace("→", "➔")
        asked = " ".join(mask_phones_in_text(said).split())
        return f"  - [?] {verdict.day.isoformat()} {asked} →{f' {answer}' if answer else ''}"

    # -- what would be filed

    def action(self, action: Action) -> str:
        """One action in one line."""
        parts = (self.note(action), self.when(action), self.verb(action), self.links(action),
                 self.said(action), self.fields(action), self.next(action))  # fmt: skip
        return " ".join(part for part in parts if part)

    def note(self, action: Action) -> str:
        """The note it goes into."""
        if isinstance(action, NewClient):
            return self.text(N_("new: {title}"), title=action.title)
        return self.title(action.ref)

    def when(self, action: Action) -> str:
        """`11-21 14:30`, and up to when where that was said."""
        if isinstance(action, NewClient):
            return ""
        at = action.actually if isinstance(action, Tick) and action.actually else None
        day, minutes = at or (action.entry.day, action.entry.minutes)
        if minutes is None:
            return f"{day:%m-%d}"
        lasts = None if isinstance(action, Tick) else action.entry.duration
        until = f"-{clock((minutes + lasts) % _DAY)}" if lasts else ""
        return f"{day:%m-%d} {clock(minutes)}{until}"

    def verb(self, action: Action) -> str:
        """The verb, with the box it gets."""
        if isinstance(action, NewClient):
            return ""
        known = self.lore.schema.verbs.get(action.entry.verb)
        word = known.label(self.language.code) if known else action.entry.verb
        agent = action.agent if isinstance(action, Tick) else action.entry.agent
        word = f"{word} @{agent}" if agent else word
        if isinstance(action, Tick):
            return f"{'✓' if action.mark == 'x' else '✗'}{word}"
        return f"[ ]{word}" if action.entry.is_open else word

    def links(self, action: Action) -> str:
        """The listings it leads to."""
        if isinstance(action, NewClient):
            return ""
        refs = [self.lore.ref_of(link) or link for link in action.entry.links]
        return "、".join(self.title(ref) for ref in refs)

    def said(self, action: Action) -> str:
        """The words that are kept."""
        if isinstance(action, NewClient):
            return action.rest
        return action.text if isinstance(action, Tick) else action.entry.text

    def fields(self, action: Action) -> str:
        """Every field but the next date, as `意向 3`."""
        if isinstance(action, NewClient):
            return " ".join(self._value("client", key, value) for key, value in action.values)
        fields = action.fields if isinstance(action, Tick) else action.entry.fields
        shown = [self._field(key, value) for key, value in fields.items() if key != "next"]
        sets = action.sets if isinstance(action, Append) else ()
        return " ".join((*shown, *(f"= {self._value('listing', key, new)}" for key, new in sets)))

    def next(self, action: Action) -> str:
        """The next date."""
        if isinstance(action, NewClient):
            return ""
        fields = action.fields if isinstance(action, Tick) else action.entry.fields
        found = fields.get("next")
        if found is None:
            return ""
        shown = render_log_value(self.lore.schema.log_keys["next"], found, self.lore.book)
        # Far dates keep their year: what was said without one may have meant the past.
        is_near = isinstance(found, date) and abs((_day(found) - self.lore.today()).days) < _NEAR
        return f"➔{shown[5:] if is_near else shown}"

    def _field(self, key: str, value: object) -> str:
        known, code = self.lore.schema.log_keys[key], self.language.code
        vocabulary = self.lore.schema.vocabulary(known)
        if vocabulary:
            ids = value if isinstance(value, tuple) else (value,)
            shown = "、".join(vocabulary.label(str(id_), code) for id_ in ids)
        else:
            shown = render_log_value(known, value, self.lore.book)
        return f"{known.label(code)} {shown}"

    def _value(self, note_type: str, key: str, value: str) -> str:
        row = self.lore.schema.fields(note_type)[key]
        shown = "、".join(map(mask_phone, value.split("、"))) if key == "phone" else value
        return f"{row.label(self.language.code)} {shown}"


def entry_json(entry: LogEntry, lore: Lore) -> dict[str, object]:
    """An entry that is not written yet, in the shape of `show`."""
    shape: dict[str, object] = {"day": entry.day.isoformat()}
    if entry.minutes is not None:
        shape["time"] = clock(entry.minutes)
    if entry.duration is not None:
        shape["duration"] = entry.duration
    shape |= {"verb": entry.verb, "box": entry.box, "text": mask_phones_in_text(entry.text)}
    if entry.agent:
        shape["agent"] = entry.agent
    if entry.links:
        shape["links"] = [lore.ref_of(link) or link for link in entry.links]
    if entry.fields:
        shape["fields"] = {key: plain_value(value) for key, value in entry.fields.items()}
    return shape


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def plain_value(value: object) -> object:
    """A field's value as JSON holds it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
