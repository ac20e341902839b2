import json
import re

import pytest
import yaml

from brokernotes.features.obsidian import starter_files
from brokernotes.features.obsidian_views import days_since, render_base, views, within
from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import NOTE_TYPES
from brokernotes.notes.rulebook import read_rules

SCHEMA = builtin_schema()
BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def bases(language):
    return {
        path: yaml.safe_load(text)
        for path, text in starter_files(language, SCHEMA).items()
        if path.endswith(".base")
    }


def expressions(base):
    """Every filter and formula of a base."""
    found = list(base.get("formulas", {}).values())
    waiting = [base.get("filters"), *(view.get("filters") for view in base["views"])]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            found.append(node)
        elif node:
            assert len(node) == 1, "a filter object has exactly one key"
            waiting.extend(next(iter(node.values())))
    return found


@BOTH
def test_a_new_vault_has_rules_folders_templates_and_an_inbox(language):
    files = starter_files(language, SCHEMA)

    assert read_rules(files["brokernotes.yaml"])[1] == []
    for kind in NOTE_TYPES:
        assert files[f"{kind.folders[language]}/.gitkeep"] == ""
    assert {"zh": "收件箱.md", "en": "inbox.md"}[language] in files
    assert {"zh": "templates/客源.md", "en": "templates/Client.md"}[language] in files
    assert all("\r" not in text for text in files.values())


@BOTH
def test_git_keeps_line_ends_and_leaves_generated_folders_out(language):
    files = starter_files(language, SCHEMA)

    assert files[".gitattributes"] == "*.md text eol=lf\n*.ics -text\n"
    ignored = files[".gitignore"].splitlines()
    assert {"/views/", "/calendar/", "/.obsidian/workspace*.json"} <= set(ignored)
    assert not any(line in {"/.obsidian/", "*.md", "*.base"} for line in ignored)


@BOTH
def test_obsidian_keeps_links_short_and_templates_out_of_search(language):
    files = starter_files(language, SCHEMA)
    app = json.loads(files[".obsidian/app.json"])

    assert app["newLinkFormat"] == "shortest"
    assert app["alwaysUpdateLinks"] is True
    assert app["useMarkdownLinks"] is False
    assert app["userIgnoreFilters"] == ["templates/", "views/", "calendar/", "AGENTS.md"]
    assert json.loads(files[".obsidian/templates.json"])["folder"] == "templates"
    plugins = json.loads(files[".obsidian/core-plugins.json"])
    assert plugins["templates"] is plugins["bases"] is plugins["properties"] is True
    assert json.loads(files[".obsidian/types.json"])["types"]["next_followup"] == "date"


@BOTH
def test_every_base_has_the_shape_that_obsidian_reads(language):
    found = bases(language)

    assert len(found) == 3
    for base in found.values():
        assert set(base) <= {"filters", "formulas", "properties", "views"}
        for view in base["views"]:
            assert view["type"] == "table"
            columns = set(view["order"]) | {view["sort"][0]["property"]}
            assert columns <= set(base["properties"])
            assert view["sort"][0]["direction"] in {"ASC", "DESC"}


@BOTH
def test_bases_name_only_properties_and_formulas_there_are(language):
    keys = {row.key for row in SCHEMA.all_fields()}
    for base in bases(language).values():
        for column in base["properties"]:
            room, _, name = column.partition(".")
            assert (
                name in {"note": keys, "formula": base.get("formulas", {}), "file": {"name"}}[room]
            )
        for text in expressions(base):
            assert set(re.findall(r'note\["([^"]*)"\]', text)) <= keys


@BOTH
def test_expressions_name_properties_in_brackets_and_keep_their_quotes(language):
    keys = {row.key for row in SCHEMA.all_fields()} - {"type"}
    for base in bases(language).values():
        for text in expressions(base):
            bare = re.sub(r'"[^"]*"', '""', text)
            assert not keys & set(re.findall(r"(?<![.\w])[a-z_]+", bare)), text
            assert text.count('"') % 2 == 0
            assert text.count("(") == text.count(")")


@BOTH
def test_dates_are_guarded_and_subtracted_as_numbers(language):
    for base in bases(language).values():
        for text in expressions(base):
            for key in re.findall(r'date\(note\["([^"]*)"\]\)', text):
                assert f'note["{key}"].isEmpty()' in text
            assert not re.search(r"(?<!number\()(today\(\)|date\([^)]*\)) -", text)


@BOTH
def test_templates_are_left_out_of_every_base(language):
    for base in bases(language).values():
        assert '!file.inFolder("templates")' in base["filters"]["and"]


def test_a_view_finds_statuses_written_in_either_language():
    text = views("zh", SCHEMA)["房源.base"]

    assert "在售" in text
    assert "for sale" in text


def test_columns_are_titled_in_the_vaults_language():
    assert bases("zh")["房源.base"]["properties"]["note.price"] == {"displayName": "挂牌价"}
    assert bases("en")["Listings.base"]["properties"]["note.price"] == {"displayName": "Price"}


def test_the_follow_up_view_starts_with_what_is_due():
    base = bases("zh")["待跟进.base"]

    assert [view["name"] for view in base["views"]] == ["今天及逾期", "未来 7 天"]
    assert base["views"][0]["filters"]["and"] == [within("next_followup", None, "today()")]
    assert base["formulas"]["overdue"] == days_since("next_followup")


def test_names_with_quotes_survive_yaml():
    from brokernotes.features.obsidian_views import Base, View

    text = render_base(
        Base(("client",), (View("it's: #1", (), ("file.name",), "file.name"),)), "en", SCHEMA
    )

    assert yaml.safe_load(text)["views"][0]["name"] == "it's: #1"
