"""An entry of the log from what was said on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from brokernotes.errors import FieldError, UsageError
from brokernotes.features.assignments import ArgumentError, Assignment, refused_value
from brokernotes.language import N_
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import NamedTuple, replace
from brokernotes.model.records import LogEntry
from brokernotes.model.schema import Schema, fold
from brokernotes.model.verbs import LogKey, Verb
from brokernotes.model.when import parse_when
from brokernotes.notes.convert import likely_word
from brokernotes.notes.log_values import NO_MOMENT, expected_value, parse_log_value
from brokernotes.notes.log_vocabulary import LogBook

_AFTER_OUTCOME = " \t\u3000，,。.;；:：!！、"
_NEAR = 0.5  # how alike two words are that share half of their letters
_OFFERED = 8  # verbs in place of one that is none
_LONGEST_VERB = 3  # words
_SEPARATOR = r"(?:#?\^|[:：])"
_ENTRY = lazy_pattern(rf"(?:(?P<ref>.*[^\s#])\s*?{_SEPARATOR})?\^?(?P<id>[A-Za-z0-9-]+)", re.DOTALL)
_BLOCK_LINK = lazy_pattern(r"!?\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_DATE_CODES = frozenset(
    ("bad-date", "date-ambiguous", "date-impossible", "weekday-mismatch", "bad-time",
     "time-ambiguous")
)  # fmt: skip


class EntryRef(NamedTuple):
    """What ENTRY means on the command line.

    Attributes:
        ref: of the note; None: the id alone was said.
        id: of the entry, or its stamp.
    """

    ref: str | None
    id: str


def parse_entry_ref(typed: str) -> EntryRef:
    """Read `REF:ID`, `REF^ID`, `REF#^ID`, an `ID` alone, or Obsidian's link to a block.

    Raises:
        UsageError: it is none of these.
    """
    link = _BLOCK_LINK.fullmatch(typed.strip())
    found = _ENTRY.fullmatch(link[1] if link else typed.strip())
    if not found:
        raise UsageError(
            N_("{entry} is no entry"),
            hint=N_("Write REF:ID, such as C-9F3DWA:3afq6m4x9, or the entry's id alone."),
            entry=typed,
        )
    ref = found["ref"]
    return EntryRef(ref.strip() if ref else None, found["id"])


def find_verb(words: Sequence[str], schema: Schema) -> tuple[Verb, int]:
    """The verb that words begin with, and how many of them it takes.

    Args:
        words: as typed, at least one.
        schema: verbs of the brokerage.

    Raises:
        ArgumentError: no verb begins so, or more than one.
    """
    for count in range(min(_LONGEST_VERB, len(words)), 0, -1):
        verb = schema.find_verb(" ".join(words[:count]))
        if verb is not None:
            return verb, count
    word = words[0]
    begun = {
        verb.id: verb
        for verb in schema.verbs.values()
        if any(fold(spelling).startswith(fold(word)) for spelling in verb.spellings())
    }
    if word and len(begun) == 1:
        return next(iter(begun.values())), 1
    language = "zh" if not word.isascii() else "en"
    if word and begun:
        raise ArgumentError(
            N_("{word} may be {verbs}"),
            word,
            (0, len(word)),
            word=word,
            verbs=" · ".join(verb.label(language) for verb in begun.values()),
        )
    if schema.find_log_key(word) is not None:
        raise ArgumentError(
            N_("“{word}” is no verb of the log"),
            word,
            (0, len(word)),
            hint=N_("It is a field of an entry: write a verb, then `--set {word}=…`."),
            word=word,
        )
    likely = likely_word(word, [spelling for spelling, _ in schema.verb_words])
    raise ArgumentError(
        N_("“{word}” is no verb of the log"),
        word,
        (0, len(word)),
        hint=N_("Did you mean {likely}?")
        if likely
        else N_("Verbs are {verbs} and more; `brokernotes log --verbs` lists all."),
        word=word,
        likely=likely,
        verbs=" · ".join(verb.label(language) for verb in _nearest(word, schema)),
    )


def _nearest(word: str, schema: Schema) -> list[Verb]:
    """Some verbs: those a word is near to first, then those that are used most."""
    import difflib

    typed = fold(word)

    def far(verb: Verb) -> float:
        words = map(fold, verb.spellings())
        near = max(difflib.SequenceMatcher(None, typed, one).ratio() for one in words)
        return -near if near >= _NEAR else 0

    return sorted(schema.verbs.values(), key=far)[:_OFFERED]


class Moment(NamedTuple):
    """When something happens.

    Attributes:
        day: of it.
        minutes: since midnight; None: no time is said.
    """

    day: date
    minutes: int | None

    @property
    def shown(self) -> str:
        """`2026-11-25 15:00`, or the day alone."""
        if self.minutes is None:
            return self.day.isoformat()
        return f"{self.day.isoformat()} {self.minutes // 60:02}:{self.minutes % 60:02}"

    def is_before(self, now: datetime) -> bool:
        """Whether it is past; a day without a time is only when it is over."""
        if self.minutes is None:
            return self.day < now.date()
        return (self.day, self.minutes) < (now.date(), now.hour * 60 + now.minute)

    def is_after(self, now: datetime) -> bool:
        """Whether it is still to come; a day without a time is only from tomorrow on."""
        if self.minutes is None:
            return self.day > now.date()
        return (self.day, self.minutes) > (now.date(), now.hour * 60 + now.minute)

    def later(self, minutes: int) -> Moment:
        """So many minutes later; a day without a time stays."""
        if self.minutes is None:
            return self
        begin = datetime(self.day.year, self.day.month, self.day.day)  # noqa: DTZ001  # local
        return moment_of(begin + timedelta(minutes=self.minutes + minutes))


def moment_of(value: date | datetime) -> Moment:
    """A day, or a day with its time to the minute."""
    if isinstance(value, datetime):
        return Moment(value.date(), value.hour * 60 + value.minute)
    return Moment(value, None)


def parse_moment_option(text: str | None, now: datetime, option: str) -> Moment:
    """A moment as people say it.

    Args:
        text: as typed; None: now.
        now: in the vault's zone.
        option: it was given by, for what is said of it.

    Raises:
        ArgumentError: it is no moment.
    """
    if text is None:
        return moment_of(now)
    try:
        return moment_of(parse_when(text, now))
    except FieldError as error:
        raise refused_value(Assignment(text, option, "=", text, 0), error) from error


def log_fields(
    assignments: Iterable[Assignment], book: LogBook, now: datetime
) -> dict[str, object]:
    """The fields of `--set`, by log key id.

    Raises:
        ArgumentError: no such key, or no value of it.
        UsageError: a field is given twice, or nothing is.
    """
    fields: dict[str, object] = {}
    for assignment in assignments:
        key = _log_key(assignment, book)
        if assignment.operator != "=":
            raise UsageError(
                N_("{key} is no list; write `{key}=VALUE`"), key=assignment.key, type="log"
            )
        if key.id in fields:
            raise UsageError(N_("{key} is given twice"), key=assignment.key, type="log")
        if not assignment.value:
            raise UsageError(N_("{argument} names no value"), argument=assignment.typed)
        fields[key.id] = log_value(key, assignment, book, now)
    return fields


def log_value(key: LogKey, assignment: Assignment, book: LogBook, now: datetime) -> object:
    """The value of one field of an entry; relative dates count from now.

    Raises:
        ArgumentError: it is no value of the key.
    """
    text = assignment.value
    try:
        if key.kind == "moment":
            if text.lower() in ("无", "没有", "none", "no"):
                return NO_MOMENT
            return parse_when(text, now)
        return parse_log_value(key, text, book).value
    except FieldError as error:
        if error.code not in _DATE_CODES:
            expected = expected_value(key, book)
            error = FieldError("bad-log-value", value=text, expected=expected)
        raise refused_value(assignment, error) from error


def take_outcome(
    text: str, fields: Mapping[str, object], verb: Verb | None, book: LogBook
) -> tuple[str, dict[str, object]]:
    """Make a field of an outcome's word that begins the text of a contact: 没人接，明天再打.

    Without it a call nobody answered would count as one that reached the person.

    Returns:
        The text without the word, and the fields with it.
    """
    found = book.find_outcome(text) if verb is not None and verb.contact else None
    if found is None or "outcome" in fields:
        return text, dict(fields)
    outcome, word = found
    return text[len(word) :].lstrip(_AFTER_OUTCOME), {"outcome": outcome, **fields}


def option_value(name: str, text: str, book: LogBook, now: datetime) -> object:
    """The value of an option that is a field of the log, such as `--next`.

    Raises:
        ArgumentError: it is none.
    """
    assignment = Assignment(text, f"--{name}", "=", text, 0)
    return log_value(book.schema.log_keys[name], assignment, book, now)


def planned_entries(first: LogEntry, links: Sequence[str], begin: Sequence[int]) -> list[LogEntry]:
    """One planned entry a link, each starting some minutes after the first.

    Args:
        first: what they share, with the time of the first; the lines under it and
            where people meet are its alone.
        links: targets; none: one entry without a link.
        begin: minutes after the first, of each.
    """
    if not links:
        return [replace(first, box="planned")]
    start = Moment(first.day, first.minutes)
    entries = []
    for index, link in enumerate(links):
        at = start.later(begin[index])
        entry = replace(first, day=at.day, minutes=at.minutes, box="planned", links=(link,))
        if index:
            fields = {key: value for key, value in first.fields.items() if key != "place"}
            entry = replace(entry, children=(), fields=fields)
        entries.append(entry)
    return entries


def _log_key(assignment: Assignment, book: LogBook) -> LogKey:
    key = book.schema.find_log_key(assignment.key)
    if key is not None:
        return key
    words = [word for one in book.schema.log_keys.values() for word in one.spellings()]
    likely = likely_word(assignment.key, words)
    start = assignment.typed.find(assignment.key)
    raise ArgumentError(
        N_("the log has no field {key}"),
        assignment.typed,
        (start, start + len(assignment.key)),
        hint=N_("Did you mean {likely}?") if likely else N_("Fields are: {keys}."),
        key=assignment.key,
        type="log",
        likely=likely,
        keys=" · ".join(one.label(book.language) for one in book.schema.log_keys.values()),
    )
