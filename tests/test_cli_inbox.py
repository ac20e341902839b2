import pytest

from tests.transcripts import names


@pytest.mark.parametrize("name", names("inbox-"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)
