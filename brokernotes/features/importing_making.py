"""New notes of an import: their titles, names and texts, made ten thousand at a time."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from brokernotes.errors import BrokernotesError, RefusedError
from brokernotes.features.field_writing import Item
from brokernotes.features.importing_body import write_texts
from brokernotes.features.importing_rows import Entry
from brokernotes.features.importing_splits import LONG_SURNAMES
from brokernotes.features.note_making import NewNote, file_name, note_text, title_of
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model.folding import fold
from brokernotes.model.schema import Kind, Schema
from brokernotes.notes.block import Value
from brokernotes.notes.editing import replace_value
from brokernotes.notes.frontmatter import read_block
from brokernotes.notes.names import safe_name
from brokernotes.notes.templates import render_template
from brokernotes.notes.yaml_text import render_block

if TYPE_CHECKING:
    from brokernotes.features.importing_places import Places
    from brokernotes.features.importing_plan import Step

_WITH_ID = frozenset({"client", "listing", "deal"})
_ONE = {"zh": {"client": "客户", "listing": "房源", "deal": "成交"},
        "en": {"client": "Client", "listing": "Listing", "deal": "Deal"}}  # fmt: skip
_GRADED = {"zh": "导入的表里这样写", "en": "as the imported sheet says"}
_ROOMS = "零一两三四五六七八九"
# Dates that say since when a note's business runs; the first one known counts.
_STARTS = ("created", "inquired_at", "entrust_from", "listed")


class Made(NamedTuple):
    """A new note.

    Attributes:
        path: relative to the vault.
        title: what people call it.
        text: the whole note.
    """

    path: str
    title: str
    text: str


class Setting(NamedTuple):
    """What new notes have in common.

    Attributes:
        folders: by type of note.
        templates: by type of note.
        language: of the vault.
        now: in the vault's zone.
        agent: the link to who is responsible; None: nobody in particular.
    """

    folders: Mapping[str, str]
    templates: Mapping[str, str]
    language: str
    now: datetime
    agent: str | None


class NoteMaker:
    """Makes new notes.

    Args:
        note_type: of the rows' notes.
        setting: what they have in common.
        schema: of the rules.
        places: communities that rows name.
    """

    def __init__(
        self,
        note_type: str,
        setting: Setting,
        schema: Schema,
        places: Places,
    ) -> None:
        self._type = note_type
        self._setting = setting
        self._schema = schema
        self._fields = schema.fields(note_type)
        self._places = places
        self._names = places.names
        self._plain = _PlainTemplate(setting.templates[note_type], setting, note_type)

    @property
    def taken(self) -> set[str]:
        """The six characters of ids that are there already."""
        return self._places.taken

    def mint(self) -> str:
        """A new id."""
        return self._places.mint(self._type)

    def title(self, entry: Entry) -> str:
        """What a row's note is called; empty: nothing says it."""
        values, code = entry.values, self._setting.language
        typed = entry.first("title")
        if typed:
            title = " ".join(typed.split())
            # An estate is known by its name alone: one that no file can have says nothing.
            return title if self._type in _ONE[code] or safe_name(title) else ""
        if self._type == "client":
            return _client_title(entry, code)
        given = {key: (self._fields[key], items) for key, items in values.items()}
        try:
            return title_of(self._type, "", given, code)
        except BrokernotesError:
            pass
        if self._type == "listing" and values:
            return _ONE[code]["listing"]
        return ""

    def make(self, id_: str, entry: Entry) -> Made:
        """A row's note.

        Args:
            id_: of it.
            entry: the row.

        Raises:
            RefusedError: the template cannot be filled in.
        """
        title = self._safe_title(entry)
        self._complete(entry)
        given = {
            key: (self._fields[key], items)
            for key, items in entry.values.items() if key != "title"
        }  # fmt: skip
        agent = None if self._type == "agent" else self._setting.agent
        note = NewNote(self._type, id_, title, given, self._setting.now, agent)
        return self._made(note, entry.texts)

    def communities(self, entries: Iterable[Entry]) -> list[Step]:
        """Notes of the communities that were named and are nowhere, with where they lie."""
        from brokernotes.features.importing_plan import ADD, Step

        made = {known.identity: known for known in self._places.made.values()}
        if not made:
            return []
        about: dict[str, dict[str, list[Item]]] = {}
        for entry in entries:
            for item in entry.values.get("community", ()):
                if str(item.identity) in made:
                    about.setdefault(str(item.identity), {})
                for key in ("district", "neighborhood"):
                    if str(item.identity) in about and entry.values.get(key):
                        about[str(item.identity)].setdefault(key, entry.values[key])
        fields = self._schema.fields("community")
        steps = []
        for id_, known in made.items():
            if id_ not in about:
                continue  # only rows that are left out name it
            given = {key: (fields[key], items) for key, items in about[id_].items()}
            setting = self._setting
            new = NewNote("community", id_, known.title, given, setting.now, setting.agent)
            note = self._made(new, {}, known.name)
            entry = Entry([], about[id_])
            steps.append(Step(entry, ADD, id_, note.path, note.title, None, note.text))
        return steps

    # -- one note

    def _made(self, note: NewNote, texts: Mapping[str, str], name: str = "") -> Made:
        setting, note_type = self._setting, note.type
        if note_type == self._type and self._plain.pairs is not None:
            text = self._plain.fill(note)
        else:
            text = note_text(note, setting.templates[note_type], setting.language)
        if texts:
            text = write_texts(text, texts, setting.language)
        path = f"{setting.folders[note_type]}/{name or self._free_name(note)}.md"
        return Made(path, note.title, text)

    def _free_name(self, note: NewNote) -> str:
        name = file_name(note, self._setting.language)
        if note.type not in _WITH_ID and fold(name) in self._names:
            name = safe_name(note.title, f"-{note.id[2:]}")
        self._names.add(fold(name))
        return name

    def _safe_title(self, entry: Entry) -> str:
        """The title, or a plainer one where it would tell what is confidential."""
        title = self.title(entry)
        given = {key: (self._fields[key], items) for key, items in entry.values.items()}
        given.pop("title", None)
        try:
            title = title_of(self._type, title, given, self._setting.language)
            return title if safe_name(title) else _ONE[self._setting.language][self._type]
        except BrokernotesError:
            return _ONE[self._setting.language].get(self._type, title)

    def _complete(self, entry: Entry) -> None:
        """What is not in the row, but follows from its being in a list of the brokerage's."""
        values = entry.values
        if self._type == "client":
            # Whoever stands in a list has been spoken to: nobody waits for a first answer.
            self._default(entry, "stage", "active")
            self._complete_client(entry)
        elif self._type == "listing":
            self._complete_listing(entry)
        if "created" not in values:
            today = self._setting.now.date()
            for key in _STARTS[1:]:
                day = entry.first(key)[:10]
                if day and date.fromisoformat(day) <= today:
                    values["created"] = [Item(day, (date.fromisoformat(day), "day"), day)]
                    break

    def _complete_client(self, entry: Entry) -> None:
        values = entry.values
        buys = "budget_max" in values or "budget_min" in values
        rents = "rent_max" in values or "rent_min" in values
        if "intents" not in values and buys != rents:
            self._default(entry, "intents", "buy" if buys else "rent")
        if "grade_override" in values and "grade_reason" not in values:
            word = _GRADED[self._setting.language]
            values["grade_reason"] = [Item(word, word, word)]

    def _complete_listing(self, entry: Entry) -> None:
        values = entry.values
        sells, lets = "price" in values, "rent" in values
        if "transaction" not in values and (sells or lets):
            word = "both" if sells and lets else "sale" if sells else "lease"
            self._default(entry, "transaction", word)
        is_whole = "community" in values and "gross_area" in values and (sells or lets)
        if "status" not in values and is_whole:
            wants = values["transaction"][0].identity
            status = {"sale": ("for_sale", sells), "lease": ("for_lease", lets),
                      "both": ("sale_or_lease", sells and lets)}.get(str(wants))  # fmt: skip
            if status and status[1]:
                self._default(entry, "status", status[0])

    def _default(self, entry: Entry, key: str, id_: str) -> None:
        vocabulary = self._schema.vocabulary(self._fields[key])
        if key not in entry.values and vocabulary is not None:
            word = vocabulary.label(id_, self._setting.language)
            entry.values[key] = [Item(word, id_, word)]


class _PlainTemplate:
    """A template whose front matter has nothing but keys: then it is filled in at once.

    Attributes:
        pairs: its keys and values; None: it holds comments or such, and is edited key by key.
    """

    def __init__(self, template: str, setting: Setting, note_type: str) -> None:
        self._setting = setting
        self._type = note_type
        with contextlib.suppress(RefusedError):
            template = replace_value(template, "created", None)  # the program's own variable
        block = read_block(template)
        source = template[block.split.start : block.split.end]
        self.pairs: dict[str, Value] | None = None
        if block.reason is None and not block.findings and not set("#{") & set(source):
            self.pairs = dict(block.values)
        self._body = template[block.split.body :]

    def fill(self, note: NewNote) -> str:
        """The whole note."""
        pairs: dict[str, Value] = {
            "id": note.id,
            "type": note.type,
            "title": note.title,
            **{key: value for key, value in (self.pairs or {}).items()
               if key not in ("id", "type", "title")},
            "created": note.moment.isoformat(timespec="seconds"),
        }  # fmt: skip
        if note.agent is not None and "agent" not in note.given:
            pairs["agent"] = note.agent
        quoted = set()
        for key, (row, items) in note.given.items():
            written = [item.written for item in items]
            pairs[key] = (written if row.many else written[0]) if written else None
            if row.kind is Kind.PHONE:
                quoted.add(key)
        body = render_template(self._body, note.title, note.moment, self._setting.language)
        return render_block(pairs.items(), quoted=quoted) + body


def _client_title(entry: Entry, code: str) -> str:
    """李女士 浦东三房: how the client is addressed and what they want; never the name."""
    salutation, name = entry.first("salutation"), entry.first("name")
    if not salutation and not name and not entry.first("phone") and not entry.first("wechat"):
        return ""
    if not salutation and name:
        salutation = _addressed(name, code)
    salutation = salutation or _ONE[code]["client"]
    want = entry.first("districts")
    rooms = entry.first("bedrooms_min")
    if rooms.isdigit() and 0 < int(rooms) < 10:
        if code == "zh":
            want += f"{_ROOMS[int(rooms)]}房"
        else:
            want = f"{want} {rooms} bed".strip()
    return f"{salutation} {want}".strip()


def _addressed(name: str, code: str) -> str:
    """A person by the surname alone: nothing says whether 先生 or 女士."""
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name):
        surname = name[:2] if name.startswith(LONG_SURNAMES) else name[0]
        return f"{surname}姓客户" if code == "zh" else f"Client {surname}"
    words = name.split()
    if code == "en" and len(words) > 1 and name.isascii():
        return f"Client {words[-1]}"
    return _ONE[code]["client"]
