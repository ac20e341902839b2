from pathlib import Path

import pytest

from tests.transcripts import FOLDER, SEPARATOR, names

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", names("evidence"))
def test_transcripts_of_evidence_hold(transcript, name):
    transcript(name)


@pytest.mark.parametrize(("language", "page"), [("en", "disputes.md"), ("zh", "zh/disputes.md")])
def test_the_page_about_disputes_shows_what_evidence_says(language, page):
    session = (FOLDER / f"evidence-{language}.txt").read_text("utf-8").partition(SEPARATOR)[2]
    said = session.partition("\n\n$ ")[0].replace("BROKERNOTES_LANG=zh ", "")

    assert f"```text\n{said}\n```" in (DOCS / page).read_text("utf-8")
