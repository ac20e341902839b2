import pytest

from tests.indexed import IndexedVault


@pytest.fixture
def town(tmp_path):
    vault = IndexedVault(tmp_path / "vault")
    vault.write_all()
    vault.refresh()
    yield vault
    vault.close()


def test_an_index_equals_one_made_anew_whatever_numbers_its_notes_bear(town):
    town.write("房源/阳光花园-9F3DWA.md", town.texts("房源/阳光花园-9F3DWA.md") + "\n")
    town.write("客源/a.md", "---\ntitle: a\n---\n")
    town.refresh()

    assert town.differences() == []


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE client SET stage = 'inactive'", ["- client", "+ client"]),
        ("DELETE FROM occurrence WHERE n = 3", ["+ occurrence"]),
        ("DELETE FROM name WHERE rank = 1", ["+ name"]),
        ("INSERT INTO problem(n, path, code) VALUES(0, 'x.md', 'made-up')", ["- problem"]),
        ("INSERT INTO link SELECT * FROM link", ["- link"]),
    ],
)
def test_every_row_that_only_one_of_them_has_is_told(town, sql, told):
    town.index.db.execute(sql)
    found = town.differences()

    assert [line for line in told if not any(one.startswith(line) for one in found)] == []
    assert all(len(line) < 300 for line in found)
