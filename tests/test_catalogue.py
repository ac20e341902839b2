import gettext
import struct
from pathlib import Path

import pytest

from brokernotes.catalogue import Catalogue, DamagedCatalogueError
from brokernotes.language import LOCALE_FOLDER, Language

COMPILED = f"{LOCALE_FOLDER}/zh/LC_MESSAGES/brokernotes.mo"


def test_every_sentence_is_found_as_gettext_finds_it():
    with Path(COMPILED).open("rb") as file:
        known = gettext.GNUTranslations(file)._catalog
    ours = Catalogue(COMPILED)
    sentences = {said: translated for said, translated in known.items() if isinstance(said, str)}

    assert len(sentences) > 1000
    del sentences[""]  # its header
    assert {said: ours.gettext(said) for said in sentences} == sentences


@pytest.mark.parametrize("said", ["", "no such sentence", "\uffff", "A", "阳光"])
def test_what_is_not_translated_stays(said):
    if said:
        assert Catalogue(COMPILED).gettext(said) == said
    assert Catalogue(None).gettext(said) == said


def test_a_catalogue_of_the_other_byte_order_is_read(tmp_path):
    data = struct.pack(">7I", 0x950412DE, 0, 2, 28, 44, 0, 0)
    data += struct.pack(">8I", 1, 60, 3, 62, 1, 66, 2, 68) + b"a\0due\0A\0DU\0"
    (tmp_path / "it.mo").write_bytes(data)

    assert [Catalogue(str(tmp_path / "it.mo")).gettext(one) for one in ("a", "due", "b")] == [
        "A", "DU", "b",
    ]  # fmt: skip


@pytest.mark.parametrize("length", [0, 3, 19, 27, 100])
def test_half_a_catalogue_is_a_damaged_one_and_english_is_spoken(tmp_path, monkeypatch, length):
    with Path(COMPILED).open("rb") as file:
        kept = file.read(length)
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "brokernotes.mo").write_bytes(kept)
    with pytest.raises(DamagedCatalogueError):
        Catalogue(str(folder / "brokernotes.mo"))
    monkeypatch.setattr("brokernotes.language.LOCALE_FOLDER", str(tmp_path))

    assert Language("zh").text("Due") == "Due"
