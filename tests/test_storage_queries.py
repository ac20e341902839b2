from datetime import date

import pytest

from brokernotes.features.ranking import SILENCING
from brokernotes.storage.persons import wishes
from brokernotes.storage.queries import Queries
from brokernotes.storage.query import Ask
from brokernotes.storage.resolver import BY_ALIAS, BY_NAME
from tests.indexed import AGENT, TODAY, IndexedVault


@pytest.fixture
def town(tmp_path):
    vault = IndexedVault(tmp_path / "vault")
    vault.write_all()
    vault.write(
        "客源/周先生-1BVQKE.md",
        """---
id: C-1BVQKE
title: 周先生
phone: ["13800138000", "021-5888 1234"]
intents: [出售, 求购]
budget_min: 400
budget_max: 650
districts: [浦东, 徐汇]
pets: true
confirmed_on: 2026-02-30
created: 2026-11-01T10:30:00
do_not_contact: true
salutation: 老周
---
""",
    )
    vault.write(
        "房源/春江-H4T0ZB.md",
        """---
id: L-H4T0ZB
status: 在租
price: 380
owner_phone: "13800138000"
community: "[[春江苑]]"
building: "8"
room: "301"
next_followup: 2026-12-24
---
""",
    )
    vault.refresh()
    yield vault
    vault.close()


@pytest.fixture
def queries(town):
    return Queries(town.index.db, town.vault.rules.schema)


def refs(rows):
    return [row.ref for row in rows]


def test_notes_are_found_by_id_by_its_beginning_and_by_path(queries):
    assert refs(queries.by_id("C-1BVQKE")) == ["C-1BVQKE"]
    assert set(refs(queries.by_id_prefix("C-"))) == {"C-1BVQKE", "C-7K2PQM"}
    assert refs(queries.by_path("经纪人/王敏.md")) == ["A-WANG22"]
    assert queries.by_id("C-NOBODY") == []


def test_a_phone_leads_to_clients_and_to_listings_of_such_an_owner(queries):
    assert set(refs(queries.by_phone("13800138000"))) == {"C-1BVQKE", "L-H4T0ZB"}


def test_what_a_link_leads_to_is_told_with_its_rank(queries):
    assert (queries.resolve("王敏").rank, queries.id_of("王敏")) == (BY_NAME, "A-WANG22")
    assert (queries.resolve("周先生").rank, queries.id_of("周先生")) == (BY_ALIAS, "C-1BVQKE")
    assert queries.id_of("没有") is None


def test_values_are_told_as_json_speaks_of_them(queries):
    (row,) = queries.by_id("C-1BVQKE")
    values = queries.values(row)

    assert row.invalid == ("confirmed_on",)
    assert (values["budget_max"], values["pets"], values["districts"]) == (
        650, True, ["浦东", "徐汇"],
    )  # fmt: skip
    assert values["created"] == "2026-11-01T10:30"
    assert "confirmed_on" not in values


def test_a_list_is_in_the_order_of_titles_and_may_be_cut(queries):
    titles = [row.title for row, _ in queries.listed(Ask(type="client"))]

    assert titles == ["李女士", "周先生"]
    assert len(queries.listed(Ask(type="client", limit=1))) == 1
    assert queries.listed(Ask(type="deal")) == []


def test_counts_and_paths_tell_all_notes(queries, town):
    assert queries.counts() == {"agent": 1, "client": 2, "listing": 2}
    assert queries.paths() == town.paths() == sorted(town.paths())
    assert "王敏" in queries.names()


def test_problems_come_with_their_severity_in_the_files_order(queries):
    found = list(queries.problems())
    places = [(one.position.path, one.position.line, one.position.column) for one in found]

    assert "date-impossible" in {one.code for one in found}
    assert places == sorted(places)


def test_occurrences_are_those_due_and_those_who_are_promised_something_are_told_apart(queries):
    assert not queries.occurrences(date(2026, 1, 1))
    assert any(one.key.startswith("C-7K2PQM") for one in queries.occurrences(TODAY))
    everything = queries.outlook(date(9999, 1, 1))
    for day in (date(2026, 1, 1), TODAY, date(2027, 12, 1), date(9999, 1, 1)):
        assert {one.key for one in queries.occurrences(day)} == {
            one.key for one in everything if one.due <= day
        }
        assert set(queries.standing(day)) == {
            one.person
            for one in everything
            if one.kind in SILENCING and not one.cancelled and one.person and one.due <= day
        }
    assert queries.standing(date(9999, 1, 1))
    assert len(queries.outlook(date(2030, 1, 1))) >= len(queries.occurrences(TODAY))


def test_occurrences_of_one_note_come_by_day(queries):
    (row,) = queries.by_id("L-9F3DWA")
    found = queries.occurrences_of(row.n)

    assert found
    assert all(one.note == "L-9F3DWA" for one in found)
    assert [one.due for one in found] == sorted(one.due for one in found)


def test_whoever_wants_no_contact_is_silenced_with_all_their_phones(queries):
    never = ["C-1BVQKE", "tel:02158881234", "tel:13800138000"]
    assert wishes(queries._db, TODAY).silenced == never


def test_titles_and_salutations_are_told_by_id(queries):
    assert queries.titles(["C-1BVQKE", "C-NOBODY"]) == {"C-1BVQKE": "周先生"}
    assert queries.salutations() == {"C-1BVQKE": "老周"}


def test_an_agent_is_found_by_email_whatever_its_capitals(town):
    town.write("经纪人/王敏.md", AGENT.replace("name:", "email: Wang@Example.com\nname:"))
    town.refresh()
    queries = Queries(town.index.db, town.vault.rules.schema)

    assert queries.agents_by_email("wang@example.COM") == ["A-WANG22"]
    assert queries.agents_by_email("nobody@example.com") == []


def test_every_question_has_an_answer_in_an_empty_vault(tmp_path):
    town = IndexedVault(tmp_path / "empty")
    town.refresh()
    queries = Queries(town.index.db, town.vault.rules.schema)

    assert queries.counts() == {}
    assert not [*queries.occurrences(TODAY), *queries.problems()]
    town.close()
