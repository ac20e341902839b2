"""The guide for programs says what holds."""

import re
import shlex

import click
import pytest

from brokernotes.cli.app import App
from brokernotes.cli.main import COMMANDS, cli
from brokernotes.features.program_guide import program_guide
from brokernotes.model.rules import builtin_schema
from tests.drawing import DrawnVault

BOTH = pytest.mark.parametrize("language", ["zh", "en"])


def blocks(language, kind):
    guide = program_guide(language, builtin_schema())
    return re.findall(rf"```{kind}\n(.*?)```", guide, re.DOTALL)


@BOTH
def test_the_example_of_a_note_has_no_finding(vault, language):
    drawn = vault(language=language)
    (note,) = blocks(language, "markdown")
    community = {"zh": "小区/阳光花园.md", "en": "communities/Sunny Garden.md"}[language]
    listing = {"zh": "房源/阳光花园-7K2PQM.md", "en": "listings/Garden-7K2PQM.md"}[language]
    drawn.write(community, "---\nid: M-2B3C4D\ntype: community\n---\n")
    drawn.write(listing, note)

    assert drawn.run("check", "--severity", "warning").out == ""


@BOTH
def test_every_command_and_option_in_it_exists(language):
    root = click.Context(cli, obj=App({}))
    for line in "".join(blocks(language, "console")).splitlines():
        mark, program, name, *words = shlex.split(line)
        assert (mark, program) == ("$", "brokernotes")
        assert name in COMMANDS, line
        command = cli.get_command(root, name)
        known = {one for param in command.params for one in param.opts}
        assert {word for word in words if word.startswith("-")} <= known, line


@BOTH
def test_a_new_vault_has_it_and_export_prints_it(tmp_path, language):
    drawn = DrawnVault(tmp_path)
    drawn.run("init", "new", "--language", language)
    guide = drawn.read("new/AGENTS.md")

    assert guide == program_guide(language, builtin_schema())
    assert drawn.run("-C", "new", "export", "--programs").out == guide
    assert drawn.run("-C", "new", "check").out == ""
