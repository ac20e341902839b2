"""Note templates: made from the field table, filled in by the program or by Obsidian.

A template may hold `{{title}}`, `{{date:FORMAT}}` and `{{time:FORMAT}}`, which
Obsidian's core Templates plugin fills in too; nothing else, so that one folder
serves both. Inside front matter they are quoted, since a bare `{{` is YAML.
"""

from __future__ import annotations

import re
from datetime import datetime

from brokernotes.lazy_patterns import lazy_pattern
from brokernotes.model.schema import NOTE_TYPES, Schema

ASKED = 12  # keys a template asks at most
LOG_HEADING = {"zh": "跟进记录", "en": "Log"}

_ALWAYS = ("id", "type", "title", "created")
_CREATED = '"{{date:YYYY-MM-DD[T]HH:mm:ss}}"'

# Headings of the body before the log; a community's and an agent's say what their notes are for.
_SECTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "client": {"zh": ("需求", "印象"), "en": ("Requirements", "Impression")},
    "listing": {"zh": ("卖点与不足", "业主情况"), "en": ("Strengths and weaknesses", "Owner")},
    "deal": {"zh": ("约定事项",), "en": ("Terms",)},
    "community": {"zh": ("小区情况",), "en": ("About the community",)},
    "agent": {"zh": ("备注",), "en": ("Notes",)},
}
_WITHOUT_LOG = frozenset({"agent"})

_SNIPPET_VERBS = (
    "call", "wechat", "meeting", "visit", "showing", "second_showing",
    "revisit", "followup", "offer", "survey", "note",
)  # fmt: skip
_SNIPPET_NAME = {"zh": "记一笔-{}.md", "en": "Log-{}.md"}

_VARIABLE = lazy_pattern(r"\{\{(title|date|time)(?::([^{}\n]*))?\}\}")
_TOKEN = lazy_pattern(r"\[([^\]]*)\]|YYYY|YY|MM|M|DDDD|DDD|DD|D|dddd|ddd|HH|H|mm|m|ss|s")

_DAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT_DAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_DEFAULT_FORMAT = {"date": "YYYY-MM-DD", "time": "HH:mm"}  # Obsidian's


def note_template(note_type: str, language: str, schema: Schema) -> str:
    """The template of one type of note.

    Args:
        note_type: its id.
        language: `zh` or `en`, of the headings.
        schema: for the keys that are asked.
    """
    asked = sorted(
        (row for row in schema.fields(note_type).values() if row.ask), key=lambda row: row.ask
    )
    known = {"type": note_type, "created": _CREATED}
    keys = [*_ALWAYS, *(row.key for row in asked[:ASKED] if row.key not in _ALWAYS)]
    # What a brokerage adds, it wants filled in.
    keys += [row.key for row in schema.fields(note_type).values() if row.own and not row.ask]
    lines = ["---", *(f"{key}: {known.get(key, '')}".rstrip() for key in keys), "---", ""]
    headings = list(_SECTIONS[note_type][language])
    if note_type not in _WITHOUT_LOG:
        headings.append(LOG_HEADING[language])
    for heading in headings:
        lines += [f"## {heading}", "", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def template_name(note_type: str, language: str) -> str:
    """The file name of a type's template."""
    kind = next(kind for kind in NOTE_TYPES if kind.id == note_type)
    return f"{kind.folders['zh']}.md" if language == "zh" else f"{kind.id.capitalize()}.md"


def template_files(language: str, schema: Schema) -> dict[str, str]:
    """Every template and snippet of a language, by file name.

    Args:
        language: `zh` or `en`.
        schema: the fields that are asked and the verbs there are.

    Returns:
        One template for each type of note, and for each common verb a snippet: the
        beginning of a log entry, without a line end, so that the cursor stays in it.
    """
    files = {
        template_name(kind.id, language): note_template(kind.id, language, schema)
        for kind in NOTE_TYPES
    }
    for id_ in _SNIPPET_VERBS:
        word = schema.verbs[id_].label(language)
        name = _SNIPPET_NAME[language].format(word.replace(" ", "-"))
        files[name] = f"- {{{{date:YYYY-MM-DD}}}} {{{{time:HH:mm}}}} {word} "
    return files


def render_template(text: str, title: str, moment: datetime, language: str = "en") -> str:
    """Fill in a template as Obsidian would.

    Args:
        text: of the template; variables it does not know stay as they are.
        title: of the note.
        moment: of its making, in the vault's zone.
        language: `zh` or `en`, of the names of weekdays.
    """
    title = " ".join(title.split())
    end = _front_matter_end(text)
    in_quotes = title.replace("\\", "\\\\").replace('"', '\\"')

    def fill(found: re.Match[str]) -> str:
        if found[1] != "title":
            return render_moment(found[2] or _DEFAULT_FORMAT[found[1]], moment, language)
        if found[2] is not None:
            return found[0]
        return in_quotes if found.start() < end else title

    return _VARIABLE.sub(fill, text)


def _front_matter_end(text: str) -> int:
    """Where the block of front matter ends; 0: there is none."""
    if not text.removeprefix("\ufeff").startswith("---"):
        return 0
    closing = lazy_pattern(r"^---[ \t]*\r?$", re.MULTILINE).search(text, 4)
    return closing.start() if closing else 0


def render_moment(pattern: str, moment: datetime, language: str = "en") -> str:
    """A moment in the tokens of Moment.js that templates may use.

    Args:
        pattern: of `YYYY YY MM M DD D HH mm ss ddd dddd` and `[text]`; the rest stands as it is.
        moment: what to write.
        language: `zh` or `en`, of the names of weekdays.
    """
    values = {
        "YYYY": f"{moment.year:04d}",
        "YY": f"{moment.year % 100:02d}",
        "MM": f"{moment.month:02d}",
        "M": str(moment.month),
        "DD": f"{moment.day:02d}",
        "D": str(moment.day),
        "HH": f"{moment.hour:02d}",
        "mm": f"{moment.minute:02d}",
        "ss": f"{moment.second:02d}",
        "ddd": _SHORT_DAYS[language][moment.weekday()],
        "dddd": _DAYS[language][moment.weekday()],
    }

    def fill(found: re.Match[str]) -> str:
        return values.get(found[0], found[0]) if found[1] is None else found[1]

    return _TOKEN.sub(fill, pattern)
