"""One entry of a log, written: what is read back is what was meant, or nothing is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from brokernotes.errors import RefusedError
from brokernotes.language import N_
from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.light_dataclasses import replace
from brokernotes.model.records import LogEntry
from brokernotes.model.verbs import LogKey
from brokernotes.notes.links import wikilink
from brokernotes.notes.log_body import ESCAPABLE, MARKDOWN_LINK
from brokernotes.notes.log_fields import KEY, is_balanced
from brokernotes.notes.log_head import WRITTEN_BOX, clock, looks_dated
from brokernotes.notes.log_sections import TITLES
from brokernotes.notes.log_values import render_log_value
from brokernotes.notes.log_vocabulary import AGENT_NAME, LogBook
from brokernotes.notes.logbook import read_log
from brokernotes.notes.masking import SPACES
from brokernotes.notes.names import is_entry_id

TitleOf = Callable[[str], str | None]

# Also what other programs take for line ends; and what no text holds on purpose.
_LINE_END = lazy_pattern(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_CONTROL = lazy_pattern(r"[\x00-\x08\x0e-\x1b\x1f\x7f]+")
_LAST_MINUTE = 24 * 60 - 1
_SPECIAL = lazy_pattern(r"[\\@\[【（(［^`%<]")
_UNSAFE_TITLE = frozenset("[]|\r\n\x00")
_BEGINS_BLOCK = lazy_pattern(
    rf"(?:[-*+>]|[0-9]{{1,9}}[.)]|[{SPACES}])*+(?=```|~~~|\$\$|%%|<!--|[\[【［])"
)

# How a text is protected, from readable to certain; the first that reads back is taken.
_LIGHT, _HEAD, _FULL = range(3)


def render_entry(entry: LogEntry, book: LogBook, title_of: TitleOf | None = None) -> str:
    """The line of an entry as the tool writes it, and the lines under it.

    Links stand before the text. Line ends in texts become spaces, control characters go; what
    would be read as a colleague, a field, an id, a link or a verb gets a backslash before it.

    Args:
        entry: line and column do not matter.
        book: of the brokerage; its language is written.
        title_of: what people call a link's target; None: nothing but the target.

    Returns:
        Lines joined by LF, without one at the end.

    Raises:
        RefusedError: a value's square brackets do not match, or no spelling of the entry
            would be read back as the same.
    """
    wanted = written_form(entry)
    for name, value in wanted.fields.items():
        if isinstance(value, str) and not is_balanced(value):
            raise RefusedError(
                N_("the square brackets in {name} do not match: {value}"),
                hint=N_("Write a value whose brackets come in pairs."),
                name=name,
                value=value,
            )
    for care in (_LIGHT, _HEAD, _FULL):
        lines = "\n".join((_line(wanted, book, title_of, care), *wanted.children))
        if _reads_as(lines, wanted, book):
            return lines
    raise RefusedError(
        N_("the entry cannot be written so that it is read back the same: {line}"),
        hint=N_("Remove unusual characters from its agent, links, fields or the lines under it."),
        line=_line(wanted, book, title_of, _LIGHT),
    )


def parse_entry(lines: str, book: LogBook) -> LogEntry | None:
    """The one entry that some lines are; None: they are none, or more than one.

    Args:
        lines: the entry's line and those under it.
        book: of the brokerage.
    """
    reading = read_log(f"## {TITLES[book.language]}\n{lines}\n", 0, 0, book)
    section = reading.sections[0] if reading.sections else None
    if len(reading.entries) != 1 or reading.unclosed is not None or section is None:
        return None
    first, last = reading.spans[0]
    return reading.entries[0] if (first, last) == (1, section.end) else None


def written_form(entry: LogEntry) -> LogEntry:
    """The entry as it can stand on its lines.

    No line ends in texts, no field without a value, one place for the duration.
    """
    fields = {
        name: _plain(value) if isinstance(value, str) else value
        for name, value in entry.fields.items()
        if not isinstance(value, str) or _plain(value)
    }
    fits = entry.minutes is not None and entry.duration is not None \
        and 0 < entry.duration <= _LAST_MINUTE - entry.minutes  # fmt: skip
    duration = entry.duration
    if duration is None:
        typed = fields.get("duration")
        duration = typed if isinstance(typed, int) else None
    elif not fits:
        fields["duration"] = duration
    return replace(
        entry,
        text=_plain(entry.text),
        fields=fields,
        duration=duration,
        id=entry.id.lower() if entry.id else None,
        line=1,
        column=0,
    )


def child_lines(text: str) -> tuple[str, ...]:
    """Any text as lines under an entry: one list item a line, none of them an entry itself.

    Args:
        text: of one or more lines; blank ones are left out.
    """
    lines = (_plain(line) for line in _LINE_END.split(text))
    return tuple(f"  - {_harmless(line)}" for line in lines if line)


def render_fields(fields: Iterable[tuple[str, object]], book: LogBook, care: int) -> Iterator[str]:
    """Each field as `[key:: value]`.

    Args:
        fields: log key ids, or keys of others, and values.
        book: of the brokerage.
        care: 0, 1 or 2: how much of the values gets a backslash.
    """
    for name, value in fields:
        key = book.schema.log_keys.get(name)
        if key is None:
            yield f"[{name}:: {_protected_value(str(value), care)}]"
        else:
            yield f"[{book.label(key)}:: {_protected_value(_value(key, value, book), care)}]"


def render_agent(name: str, care: int) -> str:
    """A colleague as `@name`, or as `@[[name]]` where the bare name could be misread."""
    return f"@{name}" if care == _LIGHT and AGENT_NAME.fullmatch(name) else f"@[[{name}]]"


def protected_text(text: str, book: LogBook, care: int) -> str:
    """A text with a backslash before what would be read as something else.

    Args:
        text: without line ends.
        book: of the brokerage.
        care: 0: what is recognised; 1: also the first character; 2: every mark.
    """
    if care == _FULL:
        text = "".join("\\" + letter if letter in ESCAPABLE else letter for letter in text)
    else:
        text = _SPECIAL.sub(lambda found: _protected(found, book), text)
    starts_anew = text[:1] in ("：", ":", "，", ",", "*") or bool(book.find_outcome(text))
    if text and text[0] != "\\" and (care != _LIGHT or starts_anew):
        text = "\\" + text
    return text


def _line(entry: LogEntry, book: LogBook, title_of: TitleOf | None, care: int) -> str:
    """The first line of an entry in its written form."""
    if entry.verb and entry.verb not in book.schema.verbs:
        raise RefusedError(N_("there is no verb {verb}"), verb=entry.verb)
    if entry.id is not None and not is_entry_id(entry.id):
        raise RefusedError(N_("{id} cannot be the id of an entry"), id=entry.id)
    span = None if "duration" in entry.fields else entry.duration
    verb = book.schema.verbs[entry.verb].label(book.language) if entry.verb else ""
    parts = [
        f"- {WRITTEN_BOX[entry.box]}{entry.day.isoformat()} {clock(entry.minutes, span)}{verb}"
    ]
    if entry.agent is not None:
        parts.append(render_agent(entry.agent, care))
    parts.extend(_link(target, title_of) for target in entry.links)
    if entry.text:
        parts.append(protected_text(entry.text, book, care))
    parts.extend(render_fields(entry.fields.items(), book, care))
    if entry.id is not None:
        parts.append(f"^{entry.id}")
    return " ".join(part.rstrip(" ") if not index else part for index, part in enumerate(parts))


def _link(target: str, title_of: TitleOf | None) -> str:
    title = title_of(target) if title_of else None
    is_safe = title and not _UNSAFE_TITLE & set(title) and title.strip(SPACES)
    return wikilink(target, title if is_safe else None)


def _value(key: LogKey, value: object, book: LogBook) -> str:
    try:
        return render_log_value(key, value, book)
    except ValueError:
        raise RefusedError(
            N_("{key} cannot be {value}"), key=book.label(key), value=value
        ) from None


def _protected_value(value: str, care: int) -> str:
    if care == _FULL:
        return "".join("\\" + c if c in ESCAPABLE and c not in "[]" else c for c in value)
    value = re.sub(r"\\(?=.)", _protected_backslash, value)
    return re.sub(r"`|%(?=%)|<(?=!--)", r"\\\g<0>", value)


def _protected_backslash(found: re.Match[str]) -> str:
    after = found.string[found.end() : found.end() + 1]
    return "\\\\" if after in ESCAPABLE else "\\"


def _protected(found: re.Match[str], book: LogBook) -> str:
    """One mark of a text, with a backslash where it would begin something."""
    mark, text, pos = found[0], found.string, found.start()
    before, after = text[pos - 1 : pos] if pos else "", text[pos + 1 : pos + 2]
    if mark == "\\":
        needed = after in ESCAPABLE or pos == 0 or not after
    elif mark == "@":
        needed = bool(after) and after not in SPACES and not (before.isascii() and before.isalnum())
    elif mark == "^":
        needed = after.isascii() and (after.isalnum() or after == "-")
    elif mark == "[":
        is_link = after == "[" or MARKDOWN_LINK.match(text, pos)
        needed = bool(is_link) or _begins_field(text, pos, book)
    elif mark == "%":
        needed = after == "%" or before == "%"
    elif mark == "<":
        needed = text.startswith("!--", pos + 1)
    else:
        needed = mark == "`" or (mark == after == "【") or _begins_field(text, pos, book)
    return "\\" + mark if needed else mark


def _begins_field(text: str, pos: int, book: LogBook) -> bool:
    """Whether the bracket at pos may begin a field; after a single colon only of the log."""
    key = KEY.match(text, pos + 1)
    if key is None:
        return False
    return len(key[2]) > 1 or book.schema.find_log_key(key[1]) is not None


def _plain(text: str) -> str:
    """A text on one line, without control characters and spaces around it."""
    return _CONTROL.sub("", _LINE_END.sub(" ", text)).strip(SPACES)


def _harmless(line: str) -> str:
    """A line that, as a list item, is neither an entry nor the beginning of a block."""
    block = _BEGINS_BLOCK.match(line)
    if block:
        return f"{line[: block.end()]}\\{line[block.end() :]}"
    dated = looks_dated(line)
    if dated is None:
        return line
    separator = lazy_pattern("[-/.]").search(line, *dated)
    at = separator.start() if separator else dated[0]
    return f"{line[:at]}\\{line[at:]}"


def _reads_as(lines: str, wanted: LogEntry, book: LogBook) -> bool:
    read = parse_entry(lines, book)
    return read is not None and replace(read, column=0) == wanted
