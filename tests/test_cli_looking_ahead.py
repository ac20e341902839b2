from pathlib import Path

import pytest

from brokernotes.cli import looking_ahead
from brokernotes.cli.looking_ahead import look_ahead
from brokernotes.storage import ahead


@pytest.fixture
def begun(monkeypatch, tmp_path):
    """The vaults a look was begun of; one stands in `vault`, another in `other`."""
    for name in ("vault", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "brokernotes.yaml").write_text("format: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "vault")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("BROKERNOTES_VAULT", raising=False)
    monkeypatch.delenv("_BROKERNOTES_COMPLETE", raising=False)
    begun = []
    monkeypatch.setattr(ahead, "begin", lambda root: begun.append(Path(root).name))
    return begun


@pytest.mark.parametrize(
    ("words", "root"),
    [
        (["due"], "vault"),
        (["-C", "../other", "list", "clients"], "other"),
        (["--vault=../other", "find", "客厅"], "other"),
        (["--vault", "../other", "show", "李女士"], "other"),
        (["match", "李女士"], "vault"),
    ],
)
def test_a_command_that_reads_has_its_vault_looked_at(begun, words, root):
    look_ahead(words)

    assert begun == [root]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--help"],
        ["due", "--help"],
        ["log", "李女士", "电话"],
        ["check", "--fix"],
        ["list", "--save", "hot"],
        ["-C", "nowhere", "due"],
        ["-C"],
    ],
)
def test_what_writes_or_has_no_vault_has_not(begun, words):
    look_ahead(words)

    assert begun == []


def test_the_environment_names_the_vault_too(begun, monkeypatch):
    monkeypatch.setenv("BROKERNOTES_VAULT", "../other")
    look_ahead(["due"])

    assert begun == ["other"]


def test_nothing_is_begun_for_completion_or_where_somebody_stands_by(begun, monkeypatch, tmp_path):
    folder = tmp_path / "caches" / "brokernotes" / "standby"
    folder.mkdir(parents=True)
    (folder / looking_ahead.SOCKET).touch()
    look_ahead(["due"])
    (folder / looking_ahead.SOCKET).unlink()
    monkeypatch.setenv("_BROKERNOTES_COMPLETE", "bash_complete")
    look_ahead(["due"])

    assert begun == []
