import re
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import NOTE_TYPES, find_note_type
from brokernotes.notes.templates import (
    ASKED,
    note_template,
    render_moment,
    render_template,
    template_files,
    template_name,
)

ROOT = Path(__file__).parent.parent
SCHEMA = builtin_schema()
MOMENT = datetime(2026, 8, 5, 9, 7, 3)
TYPES = [kind.id for kind in NOTE_TYPES]
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def front_matter(text):
    """The block of a note as YAML reads it."""
    return yaml.safe_load(text.split("---\n")[1])


@BOTH
@pytest.mark.parametrize("note_type", TYPES)
def test_a_template_is_yaml_before_and_after_it_is_filled_in(language, note_type):
    text = note_template(note_type, language, SCHEMA)

    assert front_matter(text)["type"] == note_type
    filled = front_matter(render_template(text, '他说"要": #1', MOMENT))
    assert filled["created"] == "2026-08-05T09:07:03"
    assert filled["id"] is None


@pytest.mark.parametrize("note_type", TYPES)
def test_a_template_asks_at_most_twelve_keys_the_type_has(note_type):
    keys = list(front_matter(note_template(note_type, "zh", SCHEMA)))

    assert len(keys) <= 4 + ASKED
    assert set(keys) <= set(SCHEMA.fields(note_type))
    asked = [row.ask for row in SCHEMA.fields(note_type).values() if row.ask]
    assert len(asked) == len(set(asked)) <= ASKED


@BOTH
@pytest.mark.parametrize("note_type", TYPES)
def test_the_log_is_the_last_section(language, note_type):
    headings = re.findall("^## (.*)$", note_template(note_type, language, SCHEMA), re.MULTILINE)

    log = {"zh": "跟进记录", "en": "Log"}[language]
    assert headings
    assert (headings[-1] == log) == (note_type != "agent")
    assert log not in headings[:-1]


def test_a_client_is_asked_what_the_seeds_ask():
    text = note_template("client", "zh", SCHEMA)

    assert re.findall("^## (.*)$", text, re.MULTILINE) == ["需求", "印象", "跟进记录"]
    assert {"phone", "intents", "budget_max", "districts"} <= set(front_matter(text))


@BOTH
def test_templates_hold_no_variable_that_obsidian_does_not_know(language):
    for text in template_files(language, SCHEMA).values():
        found = re.findall(r"\{\{(.*?)\}\}", text)
        assert all(re.fullmatch(r"title|(date|time):[^{}]+", name) for name in found)
        block = text.split("---\n")[1] if text.startswith("---\n") else ""
        assert not re.search(r"^[^\"\n]*\{\{", block, re.MULTILINE)
        assert "<%" not in text


@BOTH
def test_a_templates_name_is_read_as_its_type(language):
    for note_type in TYPES:
        name = template_name(note_type, language)
        assert find_note_type(name.removesuffix(".md")) == note_type


@BOTH
def test_a_snippet_begins_a_log_entry_and_stays_on_its_line(language):
    files = template_files(language, SCHEMA)
    snippets = [text for name, text in files.items() if name.startswith(("记一笔-", "Log-"))]

    assert len(snippets) >= 8
    for text in snippets:
        day, time, verb = re.fullmatch(
            r"- (\S+) (\S+) (.+) ", render_template(text, "x", MOMENT)
        ).groups()
        assert (day, time) == ("2026-08-05", "09:07")
        assert SCHEMA.find_verb(verb)


@BOTH
def test_the_tracked_templates_are_current(language):
    files = template_files(language, SCHEMA)
    folder = ROOT / "templates" / language

    tracked = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}

    assert tracked == files, "run: python docs/generate.py"


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("YYYY-MM-DD", "2026-08-05"),
        ("YY/M/D", "26/8/5"),
        ("HH:mm:ss", "09:07:03"),
        ("ddd dddd", "Wed Wednesday"),
        ("YYYY-MM-DD[T]HH:mm", "2026-08-05T09:07"),
        ("[MM]MM[]", "MM08"),
        ("YYYY年M月D日", "2026年8月5日"),
        ("Q X", "Q X"),
    ],
)
def test_moment_tokens_are_written_as_moment_writes_them(pattern, text):
    assert render_moment(pattern, MOMENT) == text


def test_weekdays_are_named_in_the_vaults_language():
    assert render_moment("ddd dddd", MOMENT, "zh") == "周三 星期三"
    assert render_moment("dddd", datetime(2026, 8, 9), "zh") == "星期日"


def test_bare_date_and_time_have_obsidians_formats():
    assert render_template("{{date}} {{time}}", "x", MOMENT) == "2026-08-05 09:07"


def test_what_is_no_variable_stays_as_it_is():
    text = "{{x}} {{title:YYYY}} {title} {{ title }} {{date:\n}} <% tp.x %> }}{{"

    assert render_template(text, "x", MOMENT) == text


def test_a_title_is_escaped_in_front_matter_and_plain_in_the_body():
    text = '---\ntitle: "{{title}}"\n---\n# {{title}}\n'

    filled = render_template(text, 'say "C:\\x"', MOMENT)

    assert front_matter(filled) == {"title": 'say "C:\\x"'}
    assert filled.endswith('# say "C:\\x"\n')


def test_a_title_cannot_bring_in_lines_or_variables():
    filled = render_template('---\ntitle: "{{title}}"\n---\n', "a\nid: 1 {{date}}", MOMENT)

    assert front_matter(filled) == {"title": "a id: 1 {{date}}"}
