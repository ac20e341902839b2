import pytest

from brokernotes.storage.roots import find_root


@pytest.fixture
def standing(tmp_path, monkeypatch):
    """In a vault's folder of clients."""
    (tmp_path / "brokernotes.yaml").write_text("format: 1\n", encoding="utf-8")
    clients = tmp_path / "clients"
    clients.mkdir()
    monkeypatch.chdir(clients)
    return tmp_path


def test_the_nearest_folder_upwards_with_rules_is_the_vault(standing):
    assert find_root(None) == find_root("") == str(standing)


def test_a_folder_that_is_named_must_be_one_itself(standing):
    assert find_root(str(standing)) == str(standing)
    assert find_root("..") == str(standing)
    assert find_root(".") is None


def test_a_name_may_begin_at_home(standing, monkeypatch):
    monkeypatch.setenv("HOME", str(standing.parent))

    assert find_root(f"~/{standing.name}") == str(standing)


def test_where_one_stands_may_be_gone(standing):
    here = standing / "clients"
    here.rmdir()

    assert find_root(None) is None
