import pytest

from tests.transcripts import names


@pytest.mark.parametrize("name", names("empty-followups"))
def test_transcripts_of_empty_followups_hold(transcript, name):
    transcript(name)
