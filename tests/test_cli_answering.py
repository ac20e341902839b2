"""The commands that answer, as sessions: `list`, `tree`, `show`, `due`, `index`, `export`."""

import pytest

from tests.transcripts import names

SESSIONS = [
    name for start in ("list", "tree", "show", "due", "index", "export") for name in names(start)
]


@pytest.mark.parametrize("name", SESSIONS)
def test_a_command_answers_as_written_down(name, transcript):
    transcript(name)
