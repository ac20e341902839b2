import sqlite3
import subprocess
import sys
from datetime import date, datetime

import frontmatter
import pytest

import brokernotes
from brokernotes import Vault
from brokernotes.errors import ArgumentError, NotFoundError, Severity, UsageError, VaultError

NOW = datetime(2026, 11, 21, 9)
NOTES = """
    -- agents/wang.md --
    ---
    id: A-WANG22
    type: agent
    name: 王敏
    ---
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    phone:
      - "02158881234"
    stage: 在看
    agent: "[[wang]]"
    budget_max: 650
    confirmed_on: 2026-02-30
    created: 2026-10-01T10:30:00
    做饭: 常做
    ---

    ## 跟进记录

    - 2026-11-01 10:00 电话 聊了很久 ^3ack67k2p
    -- listings/garden.md --
    ---
    id: L-9F3DWA
    type: listing
    title: 阳光花园
    status: 在售
    等级: A
    features: [电梯, 地铁]
    created: 2026-10-01
    ---
    卖点
    """


@pytest.fixture
def town(vault):
    drawn = vault(NOTES)
    opened = Vault(drawn.root, environ=drawn.environ(), now=NOW)
    opened.__dict__["drawn"] = drawn
    yield opened
    opened.close()


def test_importing_the_package_loads_nothing():
    code = "import brokernotes, sys; print(sum(m.startswith('brokernotes') for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.split() == [b"1"]
    with pytest.raises(AttributeError, match="has no attribute 'Vaults'"):
        brokernotes.Vaults  # noqa: B018


def test_a_query_finds_what_list_finds(town):
    def refs(*args, **more):
        return [note.ref for note in town.query(*args, **more)]

    assert refs("listing", "等级:A 配套:地铁") == ["L-9F3DWA"]
    assert refs("listing", "status:在租 or -等级:A") == []
    assert refs("client", "agent:me", agent="A-WANG22") == ["C-7K2PQM"]
    assert refs("client", "budget_max:600..700 last_contact<今天", sort=["-预算"], limit=1) == [
        "C-7K2PQM"
    ]
    assert refs("client", "due:any", sort=["due-"]) == ["C-7K2PQM"]
    assert refs("agent") == ["A-WANG22"]


def test_a_query_may_ask_what_depends_on_the_day_and_on_who_asks(town):
    listing = town.query("listing", "prime:unknown tax:none", sort=["prime"])

    assert [note.type for note in listing] == ["listing"]
    assert town.query("listing", "in_area:any", agent="A-WANG22") == []
    assert town.due(query="prime:prime") == []


def test_what_no_query_can_say_is_refused_with_its_place(town):
    with pytest.raises(ArgumentError) as caught:
        town.query("client", "预算:600 stag:在看")
    error = caught.value
    assert error.argument[error.start : error.end] == "stag"
    with pytest.raises(UsageError):
        town.query("client", sort=["-nothing"])
    with pytest.raises(UsageError):
        town.query("clients")
    with pytest.raises(NotFoundError):
        town.query("client", "agent:me", agent="nobody")


def test_what_is_due_may_be_asked_about_some_notes(town):
    everything = {item.id for item in town.due()}
    assert everything == {"C-7K2PQM", "L-9F3DWA"}
    assert {item.id for item in town.due(query="stage:在看")} == {"C-7K2PQM"}
    assert {item.id for item in town.due(query="-stage:在看 due:any")} == {"L-9F3DWA"}


def test_notes_are_told_by_type_with_their_values(town):
    (home,) = town.notes("listing")

    assert (home.ref, home.type, home.path, home.title) == (
        "L-9F3DWA", "listing", "listings/garden.md", "阳光花园",
    )  # fmt: skip
    assert home.values["grade"] == "A"
    assert len(home.values["features"]) == 2
    assert [note.type for note in town.notes()] == ["client", "listing", "agent"]


def test_there_are_no_notes_of_a_type_that_does_not_exist(town):
    with pytest.raises(UsageError, match="is no type of note"):
        town.notes("house")


@pytest.mark.parametrize(
    "ref", ["C-7K2PQM", "li", "clients/li.md", "李女士", "02158881234", "C-7K"]
)
def test_a_note_is_found_as_on_the_command_line(town, ref):
    assert town.note(ref).values["budget_max"] == 650


def test_what_does_not_exist_is_not_found(town):
    for ask in (town.note, town.record, town.post, town.due):
        with pytest.raises(NotFoundError):
            ask("nobody")


def test_a_record_has_typed_values_and_the_log(town):
    record = town.record("li")

    assert record.moment("created") == datetime(2026, 10, 1, 10, 30)
    assert [(entry.day, entry.verb) for entry in record.entries] == [(date(2026, 11, 1), "call")]


def test_a_post_is_python_frontmatters(town):
    post = town.post("li")

    assert isinstance(post, frontmatter.Post)
    assert post["phone"] == ["02158881234"]
    assert post["created"] == datetime(2026, 10, 1, 10, 30)
    assert post["confirmed_on"] == "2026-02-30"
    assert post["做饭"] == "常做"
    assert post.content.startswith("## 跟进记录")


def test_a_post_knows_a_key_by_whatever_name_it_is_spelled(town):
    assert town.post("garden")["等级"] == "A"


def test_a_post_that_is_written_is_read_as_it_was(town):
    for ref in ("li", "garden", "wang"):
        post = town.post(ref)
        text = frontmatter.dumps(post)
        town.drawn.write(town.note(ref).path, text + "\n")
        town.refresh()
        again = town.post(ref)

        assert (again.metadata, again.content) == (post.metadata, post.content)
    assert town.problems()


def test_a_page_without_front_matter_is_all_content(town):
    town.drawn.write("clients/empty.md", "只有字\n")
    town.refresh()

    assert (town.post("empty").metadata, town.post("empty").content) == ({}, "只有字")


def test_due_is_told_as_items(town):
    everybody = {item.key for item in town.due()}

    assert any(key.startswith("C-7K2PQM/followup") for key in everybody)
    assert {item.agent for item in town.due("wang")} <= {"A-WANG22", None}
    assert town.due(kind="planned") == []
    assert len(town.due(until=date(2027, 12, 31))) >= len(everybody)


def test_history_tells_who_changed_what(vault):
    drawn = vault(NOTES)
    drawn.draw("-- git 2026-11-01T10:00 王敏 --\n")
    drawn.draw("-- clients/new.md --\n---\nid: C-9F3DWA\n---\n-- git 2026-11-02T10:00 李强 --\n")
    with Vault(drawn.root, environ=drawn.environ(), now=NOW) as opened:
        told = opened.history("李女士")
        changed = opened.changes(date(2026, 11, 2))

    assert {one.author for one in told} == {"王敏"}
    assert told[-1].after.verb == "call"
    assert {(one.author, one.path) for one in changed} == {("李强", "clients/new.md")}


def test_a_note_that_never_was_has_no_history(vault):
    drawn = vault(NOTES)
    drawn.draw("-- git 2026-11-01T10:00 王敏 --\n")
    with (
        Vault(drawn.root, environ=drawn.environ(), now=NOW) as opened,
        pytest.raises(NotFoundError),
    ):
        opened.history("C-000000")


def test_problems_carry_the_severity_the_rules_give_them(town):
    found = {problem.code: problem for problem in town.problems()}

    assert found["date-impossible"].severity is Severity.ERROR
    town.drawn.write("brokernotes.yaml", "format: 1\nlanguage: zh\nchecks: {unknown-key: error}\n")
    with Vault(town.root, environ=town.drawn.environ(), now=NOW) as other:
        codes = {problem.code: problem.severity for problem in other.problems()}
        assert codes["unknown-key"] is Severity.ERROR


def test_the_index_can_be_opened_by_other_programs(town):
    db = sqlite3.connect(town.index_path)
    assert db.execute("SELECT grade FROM listing").fetchall() == [("A",)]
    db.close()


def test_what_changes_is_told_after_a_refresh(town):
    town.drawn.write("clients/wu.md", "---\nid: C-1BVQKE\n---\n")

    assert town.refresh().added == ["clients/wu.md"]
    assert town.note("wu").id == "C-1BVQKE"


def test_a_vault_is_found_from_a_folder_in_it(town):
    with Vault(town.root / "clients", environ=town.drawn.environ()) as other:
        assert other.root == town.root


def test_it_may_be_opened_by_name_and_stays_usable_after_close(town, monkeypatch):
    for name, value in town.drawn.environ().items():
        monkeypatch.setenv(name, value)
    with Vault.open(town.root) as other:
        pass

    assert len(other.notes()) == 3
    other.close()


def test_without_a_vault_there_is_an_error(tmp_path):
    with pytest.raises(VaultError, match="there is no vault"):
        Vault(tmp_path)


def test_nothing_is_printed(town, capfd):
    town.notes()
    town.due()
    town.problems()

    assert capfd.readouterr() == ("", "")
