"""The catalogues: every string translated, none left over, the compiled form current."""

import ast
import gettext
import re
import string
from pathlib import Path

import pytest

from brokernotes import errors
from brokernotes.locale import update

SOURCE = update.SOURCE
FILES = sorted(SOURCE.rglob("*.py"))
CATALOGUE = update.read_catalogue()
MESSAGES = [message for message in CATALOGUE if message.id]
ERRORS = {
    name
    for name, thing in vars(errors).items()
    if isinstance(thing, type) and issubclass(thing, errors.BrokernotesError)
}


def forms(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def translations(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def places(text):
    return {
        (name, conversion)
        for _, name, _, conversion in string.Formatter().parse(text)
        if name is not None
    }


def test_the_catalogue_holds_the_strings_of_the_source_and_no_others():
    marked = {message.id for message in update.extract() if message.id}

    assert {message.id for message in MESSAGES} == marked, "run brokernotes/locale/update.py"


def test_every_string_is_translated():
    missing = [message.id for message in MESSAGES if not all(translations(message))]

    assert missing == []


def test_no_translation_is_a_guess():
    assert [message.id for message in MESSAGES if message.fuzzy] == []
    assert not CATALOGUE.obsolete


def test_translations_have_the_places_of_their_strings():
    wrong = [
        (message.id, message.string)
        for message in MESSAGES
        for translated in translations(message)
        # Of a pair, the one form that Chinese has may use the places of either.
        if places(translated) not in [places(form) for form in forms(message)]
    ]

    assert wrong == []


def test_code_in_sentences_is_not_translated():
    wrong = [
        (message.id, message.string)
        for message in MESSAGES
        if not isinstance(message.id, tuple) and not code_in(message.id) <= code_in(message.string)
    ]

    assert wrong == []


def code_in(text):
    return set(text.split("`")[1::2])


def test_chinese_sentences_use_full_width_punctuation():
    wrong = [
        message.string
        for message in MESSAGES
        for translated in translations(message)
        if re.search(r"[\u4e00-\u9fff][,;!?.](?!\s?[\w\]])", translated)
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_the_written_one():
    with update.PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        message.id
        for message in MESSAGES
        if (
            compiled.ngettext(*message.id, 2)
            if isinstance(message.id, tuple)
            else compiled.gettext(message.id)
        )
        not in translations(message)
    ]

    assert stale == []


def test_source_strings_are_english():
    """Chinese stands in them only as what a person types or a unit: in quotes, code, examples."""
    wrong = []
    for message in MESSAGES:
        for text in forms(message):
            plain = re.sub(r"`[^`]*`|“[^”]*”|\[\[[^]]*\]\]", "", text)
            if re.search("[\u3000-\u303f\uff00-\uffef]|[\u4e00-\u9fff]{5}", plain):
                wrong.append(text)

    assert wrong == []


# Who translates; others have a method `text` as well.
SPEAKER = re.compile(r"(^|\.)(app|language|reader|talk)$")


def sentences(node):
    """What a call says to people."""
    function = node.func
    keywords = {one.arg: one.value for one in node.keywords}
    if isinstance(function, ast.Attribute):
        if function.attr == "text" and SPEAKER.search(ast.unparse(function.value)):
            return node.args[:1]
        if function.attr == "plural":
            return node.args[:2]
        if ast.unparse(function) in ("click.option", "click.group", "click.command"):
            return [keywords[word] for word in ("help", "epilog") if word in keywords]
    elif isinstance(function, ast.Name):
        if function.id in ("app_text", "vault_text"):
            return node.args[1:2]
        if function.id == "command":
            return node.args[1:3]
        if function.id in ERRORS:
            return [*node.args[:1], *(keywords[word] for word in ("hint",) if word in keywords)]
        if function.id == "ProblemKind":
            return [keywords[word] for word in ("message", "hint", "about") if word in keywords]
    return []


def is_unmarked(node):
    """Whether an expression is a sentence that no catalogue knows."""
    if isinstance(node, ast.IfExp):
        return is_unmarked(node.body) or is_unmarked(node.orelse)
    if isinstance(node, ast.Constant):
        # Places alone are a layout.
        return bool(re.search("[a-z]", re.sub(r"{[^}]*}", "", str(node.value))))
    return isinstance(node, ast.JoinedStr | ast.BinOp)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(SOURCE).as_posix())
def test_whatever_is_said_is_marked(file: Path):
    unmarked = [
        f"line {node.lineno}: {ast.unparse(said)}"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for said in sentences(node)
        if is_unmarked(said)
    ]

    assert unmarked == []


@pytest.mark.parametrize(
    ("code", "unmarked"),
    [
        ("app.text('Done.')", True),
        ("self.app.text(f'{count} done')", True),
        ("RefusedError('no', path=path)", True),
        ("RefusedError(N_('no'), hint='try again')", True),
        ("UsageError(N_('no') if bad else 'yes')", True),
        ("language.plural(N_('one'), 'many', 2)", True),
        ("app.text(N_('Done.'))", False),
        ("RefusedError(message, hint=hint)", False),
        ("record.text('status')", False),
    ],
)
def test_unmarked_sentences_are_found(code, unmarked):
    call = ast.parse(code).body[0].value

    assert any(is_unmarked(said) for said in sentences(call)) is unmarked
