"""One provoking vault for every code; `--update-golden` writes what check says of each."""

import re
from pathlib import Path
from string import Formatter

import pytest

from brokernotes.features.problem_docs import SEPARATOR, problems_page
from brokernotes.model.problems import PROBLEMS
from tests.drawing import DrawnVault

FOLDER = Path(__file__).parent / "problems"
CODES = sorted(PROBLEMS)


@pytest.mark.parametrize("code", CODES)
def test_the_vault_of_a_code_has_exactly_the_problems_it_lists(code, tmp_path, request):
    file = FOLDER / f"{code}.md"
    drawing, _, expected = file.read_text("utf-8").partition(SEPARATOR)
    drawn = DrawnVault(tmp_path)
    drawn.draw(drawing)

    found = "".join(line + "\n" for line in drawn.problem_lines(*_options(code)))

    if request.config.getoption("--update-golden"):
        file.write_text(drawing + SEPARATOR + found, "utf-8")
        expected = found
    assert found == expected
    assert f"{PROBLEMS[code].severity.value}[{code}] " in found


def test_every_file_of_the_gallery_is_of_a_code():
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_hint_and_a_message_have_their_places_filled(code, tmp_path):
    drawing, _, _ = (FOLDER / f"{code}.md").read_text("utf-8").partition(SEPARATOR)
    drawn = DrawnVault(tmp_path)
    drawn.draw(drawing)
    kind = PROBLEMS[code]
    wanted = {
        place
        for text in (kind.message, kind.hint)
        for _, place, _, _ in Formatter().parse(text)
        if place
    }

    for found in drawn.problems(*_options(code)):
        if found["code"] == code:
            params = found["params"]
            assert isinstance(params, dict)
            assert wanted <= set(params)
            assert "hint" in found or not kind.hint
            assert kind.fixable or not found["fixable"]


@pytest.mark.parametrize(
    "code", [code for code in CODES if PROBLEMS[code].fixable or PROBLEMS[code].asked]
)
def test_fix_mends_what_is_said_to_be_fixable_and_nothing_else(code, tmp_path):
    drawing, _, _ = (FOLDER / f"{code}.md").read_text("utf-8").partition(SEPARATOR)
    drawn = DrawnVault(tmp_path)
    drawn.draw(drawing)
    asked = ("--only", code) if PROBLEMS[code].asked else ()
    before = drawn.problems()

    said = drawn.run("check", "--fix", *asked)
    after = drawn.problems()
    again = drawn.run("check", "--fix", *asked)

    lasting = [found["code"] for found in before if not (found["fixable"] or asked)]
    assert [found["code"] for found in after] == lasting, said.err
    assert "mended" not in again.err
    if code != "bad-box":  # an empty box is certain, `[?]` is not
        assert len(after) < len(before)


def test_messages_in_chinese_fill_the_same_places():
    from brokernotes.language import language

    chinese = language("zh")
    for kind in PROBLEMS.values():
        for text in (kind.message, kind.hint):
            translated = chinese._catalogue.gettext(text) if text else ""
            assert _places(translated) <= _places(text), kind.code


def test_codes_are_words_joined_by_hyphens():
    for code in CODES:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)


def test_the_page_about_problems_is_current():
    gallery = {code: (FOLDER / f"{code}.md").read_text("utf-8") for code in CODES}
    page = Path(__file__).parent.parent / "docs" / "problems.md"

    assert page.read_text("utf-8") == problems_page(gallery), "run python docs/generate.py"


def _places(text):
    return {place for _, place, _, _ in Formatter().parse(text) if place}


def _options(code):
    """What `check` is asked with for a code that it does not look for by itself."""
    return (PROBLEMS[code].option,) if PROBLEMS[code].option else ()
