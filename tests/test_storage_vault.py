import os
from pathlib import Path

import pytest

from brokernotes.errors import NotFoundError, SystemRefusedError, VaultError
from brokernotes.joint import open_vault
from brokernotes.notes.rulebook import to_plain
from brokernotes.storage import vault_rules
from tests.indexed import AGENT, CLIENT, LISTING, TODAY


@pytest.fixture
def drawn(vault):
    return vault(f"""
-- agents/王敏.md --
{AGENT}-- clients/李女士-7K2PQM.md --
{CLIENT}-- listings/阳光花园-9F3DWA.md --
{LISTING}""")


@pytest.fixture
def opened(drawn):
    with open_vault(str(drawn.root), drawn.environ()) as found:
        yield found


def plain(found):
    return to_plain(found.rules)


def test_a_folder_without_rules_is_no_vault(tmp_path):
    with pytest.raises(VaultError, match="there is no vault"):
        open_vault(str(tmp_path), {})


def test_rules_without_a_problem_are_read_as_yaml_once(drawn, opened, monkeypatch):
    def refuse(text):
        raise AssertionError("read again")

    monkeypatch.setattr(vault_rules, "checked_rules", refuse)
    with open_vault(str(drawn.root), drawn.environ()) as again:
        assert plain(again) == plain(opened)
    drawn.write("brokernotes.yaml", "format: 1\nlanguage: en\n")
    with pytest.raises(AssertionError, match="read again"):
        open_vault(str(drawn.root), drawn.environ())


@pytest.mark.parametrize("kept", [b"", b"{}", b'{"digest": 1}', b"\xff", b"[1, 2]"])
def test_damaged_memory_of_the_rules_is_no_memory(drawn, opened, kept):
    (Path(opened.cache) / "rules.kept").write_bytes(kept)

    with open_vault(str(drawn.root), drawn.environ()) as again:
        assert plain(again) == plain(opened)


def test_rules_with_a_problem_are_never_remembered(drawn):
    drawn.write("brokernotes.yaml", "format: 1\nlanguage: klingon\n")
    for _ in range(2):
        with open_vault(str(drawn.root), drawn.environ()) as found:
            assert found.rules_problems


def test_a_format_of_the_future_is_only_read(drawn):
    drawn.write("brokernotes.yaml", "format: 99\nlanguage: en\n")
    with open_vault(str(drawn.root), drawn.environ()) as found:
        found.refresh(TODAY)
        assert found.queries.counts()["client"] == 1
        with pytest.raises(VaultError, match="has format 99"), found.writing():
            pass


def test_a_closed_vault_opens_its_index_again(opened):
    opened.refresh(TODAY)
    opened.close()
    opened.close()

    assert opened.refresh(TODAY).is_unchanged


def test_a_note_is_opened_with_its_bytes_and_their_meaning(opened):
    opened.refresh(TODAY)
    found = opened.open("clients/李女士-7K2PQM.md")

    assert (found.path, found.note.record.id) == ("clients/李女士-7K2PQM.md", "C-7K2PQM")
    assert found.source.data.decode() == CLIENT
    with pytest.raises(NotFoundError):
        opened.open("clients/nobody.md")


def test_the_reader_knows_colleagues_who_came_meanwhile(drawn, opened):
    opened.refresh(TODAY)
    assert opened.reader.log_book.agents == ["王敏"]
    drawn.write("agents/李航.md", AGENT.replace("王敏", "李航").replace("A-WANG22", "A-HANG33"))
    opened.refresh(TODAY)

    assert set(opened.reader.log_book.agents) == {"王敏", "李航"}


def test_a_ref_of_none_and_of_several_is_not_found(drawn, opened):
    drawn.write("clients/二号.md", CLIENT)
    opened.refresh(TODAY)
    with pytest.raises(NotFoundError, match="no note is called 谁"):
        opened.resolve("谁")
    with pytest.raises(NotFoundError) as caught:
        opened.resolve("C-7K2PQM")

    assert len(caught.value.candidates) == 2
    assert opened.resolve("王敏", ("agent",)).id == "A-WANG22"


def test_the_index_can_be_compared_with_the_notes(opened):
    opened.refresh(TODAY)
    assert opened.index_differences(TODAY) == []
    opened.index.db.execute("DELETE FROM occurrence")

    assert opened.index_differences(TODAY)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_vault_that_cannot_be_written_is_read_and_refuses_to_be_written(drawn):
    drawn.root.chmod(0o500)
    try:
        with open_vault(str(drawn.root), drawn.environ()) as found:
            assert len(found.refresh(TODAY).added) == 3
            with pytest.raises(SystemRefusedError), found.writing():
                pass
    finally:
        drawn.root.chmod(0o700)


def test_commits_follow_the_rules_and_where_the_repository_lies(drawn):
    def commits():
        with open_vault(str(drawn.root), drawn.environ()) as found:
            return found.commits

    assert commits() is False
    drawn.git("init", "-q")
    assert commits() is True
    drawn.write("brokernotes.yaml", "format: 1\ngit: {commit: false}\n")
    assert commits() is False
