"""The commands that answer: `list`, `find`, `tree`, `show`, `due`, `index`, `export`, `report`."""

import pytest

from tests.transcripts import names

STARTS = ("list", "find", "tree", "show", "due", "index", "export", "report")
SESSIONS = [name for start in STARTS for name in names(start)]


@pytest.mark.parametrize("name", SESSIONS)
def test_a_command_answers_as_written_down(name, transcript):
    transcript(name)
