"""`report receivables` at the command line."""

import json

import pytest

from tests.transcripts import names


@pytest.mark.parametrize("name", names("receivables"))
def test_transcript(transcript, name):
    transcript(name)


def test_an_empty_vault_owes_nothing(vault):
    drawn = vault("")

    assert json.loads(drawn.run("report", "receivables", "--json").out) == []
    assert drawn.run("report", "receivables").exit == 0
