"""`rename` as a user meets it: whole or not at all, and killed at any point nothing is lost."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import SystemRefusedError
from brokernotes.joint import open_vault
from brokernotes.storage import drafts, whole_writes
from tests.drawing import DrawnVault
from tests.transcripts import names

DRAWING = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    -- 房源/阳光花园 3室2厅-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    community: "[[阳光花园]]"
    owner_phone: "13900139000"
    room: "1102"
    ---

    见 [[#跟进记录]] 和 [[阳光花园 3室2厅-7K2PQM#^3afq6m4x9|那次]]

    ## 跟进记录

    - 2026-11-01 10:00 电话 业主不急 ^3afq6m4x9
    -- 小区/阳光花园.md --
    ---
    id: M-000001
    type: community
    title: 阳光花园
    ---
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    stage: 在看
    ---

    ## 跟进记录

    - 2026-11-20 14:30 带看 [[阳光花园 3室2厅-7K2PQM|阳光花园 3室2厅]] 嫌小 [意向:: 3] ^3ack67k2p
    - 2026-11-20 15:30 带看 [[房源/阳光花园 3室2厅-7K2PQM.md]] `[[阳光花园 3室2厅-7K2PQM]]`
    -- 成交/2026-11 阳光花园 李女士-D00001.md --
    ---
    id: D-D00001
    type: deal
    title: 阳光花园 李女士
    listing: "[[阳光花园 3室2厅-7K2PQM]]"
    buyer: "[[李女士-9F3DWA|李女士]]"
    ---
    -- 说明.md --
    本周主推 [三房](房源/%E9%98%B3%E5%85%89%E8%8A%B1%E5%9B%AD%203%E5%AE%A42%E5%8E%85-7K2PQM.md#^a)
    -- 房源.base --
    filters: 'link("阳光花园 3室2厅-7K2PQM") == this'
    -- 客源/旁人.md --
    ---
    id: C-000009
    type: client
    title: 旁人
    ---
    阳光花园 3室2厅 很多人问
    -- git --
"""
OLD, NEW = "房源/阳光花园 3室2厅-7K2PQM.md", "房源/阳光花园 带车位-7K2PQM.md"
DEAL = "成交/2026-11 阳光花园 李女士-D00001.md"
TOUCHED = {OLD, NEW, "客源/李女士-9F3DWA.md", DEAL, "说明.md", "房源.base"}


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


def rename(drawn, *more, ref="L-7K2PQM", name="阳光花园 带车位", **settings):
    return drawn.run("rename", ref, name, *more, **settings)


def files(drawn):
    return {
        path.relative_to(drawn.root).as_posix(): path.read_bytes()
        for path in drawn.root.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def errors(drawn):
    return [one for one in drawn.problems() if one["severity"] == "error"]


@pytest.mark.parametrize("name", names("rename"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


def test_file_title_and_every_link_follow(drawn):
    before = files(drawn)
    done = rename(drawn)

    assert (done.exit, done.out) == (0, f"{NEW}\n")
    assert done.err == "the links of 4 files follow\n"
    after = files(drawn)
    assert OLD not in after
    assert "title: 阳光花园 带车位\n" in drawn.read(NEW)
    assert "aliases:\n  - 阳光花园 3室2厅\n" in drawn.read(NEW)
    assert "[[阳光花园 带车位-7K2PQM#^3afq6m4x9|那次]]" in drawn.read(NEW)
    client = drawn.read("客源/李女士-9F3DWA.md")
    assert "[[阳光花园 带车位-7K2PQM|阳光花园 带车位]] 嫌小" in client
    assert "[[房源/阳光花园 带车位-7K2PQM.md]] `[[阳光花园 3室2厅-7K2PQM]]`" in client
    assert 'listing: "[[阳光花园 带车位-7K2PQM]]"' in drawn.read(DEAL)
    assert "%20%E5%B8%A6%E8%BD%A6%E4%BD%8D-7K2PQM.md#^a)" in drawn.read("说明.md")
    assert 'link("阳光花园 带车位-7K2PQM")' in drawn.read("房源.base")
    known = before.keys() | after.keys()
    assert {path for path in known if before.get(path) != after.get(path)} == TOUCHED
    assert errors(drawn) == []


def test_one_commit_holds_it_and_git_sees_a_rename(drawn):
    drawn.write("客源/旁人.md", "half an edit of somebody\n")
    rename(drawn)
    told = drawn.git("-c", "core.quotePath=false", "show", "-M40", "--name-status", "--format=%s")

    assert told.startswith("改名：阳光花园 3室2厅 → 阳光花园 带车位\n")
    assert f"\t{OLD}\t{NEW}\n" in told
    assert "旁人" not in told
    assert drawn.git("status", "--porcelain", "-z") == " M 客源/旁人.md\0"


def test_what_others_have_not_committed_in_it_stays_uncommitted(drawn):
    drawn.write(OLD, drawn.read(OLD).replace("业主不急", "业主很急"))
    done = rename(drawn)

    assert done.exit == 0
    assert "业主很急" in drawn.read(NEW)
    assert "业主不急" in drawn.git("show", f"HEAD:{NEW}")
    assert "带车位" in drawn.git("show", f"HEAD:{NEW}")
    assert drawn.git("status", "--porcelain", "-z") == f" M {NEW}\0"


def test_a_note_git_does_not_know_is_committed_whole(vault):
    drawn = vault("    -- git --\n" + DRAWING.lstrip("\n").replace("    -- git --\n", ""))
    done = rename(drawn)

    assert done.exit == 0
    assert drawn.read(NEW) == drawn.git("show", f"HEAD:{NEW}")


def test_there_and_back_is_what_it_was_but_for_the_aliases(drawn):
    before = files(drawn)
    rename(drawn)
    done = rename(drawn, name="阳光花园 3室2厅")

    assert done.exit == 0
    after = files(drawn)
    assert after.pop(OLD) == before.pop(OLD).replace(
        b'room: "1102"\n',
        'room: "1102"\naliases:\n  - 阳光花园 3室2厅\n  - 阳光花园 带车位\n'.encode(),
    )
    assert after == before


def test_a_dry_run_shows_it_all_and_writes_nothing(drawn):
    before = files(drawn)
    done = rename(drawn, "--dry-run")

    assert f"rename from {OLD}\nrename to {NEW}\n" in done.out
    assert done.out.count("+++ b/") == 5
    assert files(drawn) == before


def test_the_diff_of_a_dry_run_is_one_that_git_applies(drawn):
    patch = rename(drawn, "--dry-run").out
    (drawn.home / "patch").write_bytes(patch.encode())
    drawn.git("apply", str(drawn.home / "patch"))
    applied = files(drawn)
    drawn.git("reset", "--hard", "--quiet")
    drawn.git("clean", "-fdq")
    rename(drawn)

    assert files(drawn) == applied


def test_programs_are_told_what_moved(drawn):
    told = json.loads(rename(drawn, "--json").out)

    assert (told["id"], told["path"], told["from"], told["changed"]) == ("L-7K2PQM", NEW, OLD, True)
    assert set(told["paths"]) == TOUCHED - {OLD}
    assert told["left"] == []


@pytest.mark.parametrize(
    "name", ["阳光花园", "李女士-9F3DWA", "说明", "SHUOMING", "阳光花园 3室2厅"]
)
def test_a_name_that_is_taken_is_refused(drawn, name):
    drawn.write("shuoming.md", "x\n")
    drawn.write("客源/x.md", "---\nid: C-00000X\ntype: client\n---\n")
    before = files(drawn)
    done = rename(drawn, ref="客源/x.md", name=name)

    assert done.exit == 1
    assert "is called so already" in done.err
    assert files(drawn) == before


def test_capitals_alone_can_change(vault):
    drawn = vault("""
        -- communities/river court.md --
        ---
        id: M-000001
        type: community
        ---
        -- clients/a.md --
        [[river court]]
    """, language="en")  # fmt: skip
    done = rename(drawn, ref="M-000001", name="River Court")

    assert done.exit == 0
    assert (drawn.root / "communities/River Court.md").exists()
    assert not (drawn.root / "communities/river court.md").exists()
    assert drawn.read("clients/a.md") == "[[River Court]]\n"


def test_the_same_name_again_changes_nothing(drawn):
    rename(drawn)
    before = files(drawn), drawn.git("rev-parse", "HEAD")
    done = rename(drawn, name="阳光花园 带车位-7K2PQM")

    assert (done.exit, done.out) == (0, "")
    assert done.err == "阳光花园 带车位 is called so already; nothing changed\n"
    assert (files(drawn), drawn.git("rev-parse", "HEAD")) == before


@pytest.mark.parametrize("name", ["业主 13900139000", "阳光花园 1102"])
def test_a_name_that_tells_a_secret_is_refused(drawn, name):
    before = files(drawn)

    assert rename(drawn, name=name).exit == 1
    assert files(drawn) == before


@pytest.mark.parametrize("name", ["???", " "])
def test_a_name_that_no_file_can_have_is_refused(drawn, name):
    assert rename(drawn, name=name).exit == 2


def test_a_name_is_made_safe_for_every_system(drawn):
    done = rename(drawn, name="阳光/花园: 3室")

    assert done.out == "房源/阳光-花园- 3室-7K2PQM.md\n"
    assert 'title: "阳光/花园: 3室"\n' in drawn.read(done.out[:-1])


def test_a_deals_file_keeps_its_month(drawn):
    done = rename(drawn, ref="D-D00001", name="阳光花园 李先生")

    assert done.out == "成交/2026-11 阳光花园 李先生-D00001.md\n"


def test_a_note_without_front_matter_gets_its_alias(vault):
    drawn = vault("""
        -- 小区/碧云.md --
        地铁口
        -- 客源/a.md --
        [[碧云]]
    """)
    done = rename(drawn, ref="小区/碧云.md", name="碧云国际")

    assert done.exit == 0
    assert drawn.read("小区/碧云国际.md") == "---\naliases:\n  - 碧云\n---\n地铁口\n"
    assert drawn.read("客源/a.md") == "[[碧云国际]]\n"


def test_front_matter_that_cannot_be_edited_is_left_and_said(drawn):
    broken = '---\nid: C-00000B\ntype: client\n? remark\n: "[[阳光花园 3室2厅-7K2PQM]]"\n---\n'
    drawn.write("客源/b.md", broken.replace("? remark\n:", "remark: 他说: 要\nnote:"))
    before = drawn.read("客源/b.md")
    done = rename(drawn)

    assert done.exit == 0
    assert "客源/b.md is left as it is" in done.err
    assert drawn.read("客源/b.md") == before


def test_a_file_that_changed_since_it_was_read_stops_everything(drawn, monkeypatch):
    original = drafts.write_whole

    def write_whole(root, changes, **more):
        drawn.write("说明.md", "typed meanwhile\n")
        original(root, changes, **more)

    monkeypatch.setattr(drafts, "write_whole", write_whole)
    before = files(drawn)
    done = rename(drawn)

    assert done.exit == 5
    assert files(drawn) == {**before, "说明.md": b"typed meanwhile\n"}


STEPS = 6  # the note's text, its name, and four files that link to it


class Killed(BaseException):
    """The process is gone: nothing is taken back."""


@pytest.mark.parametrize("at", range(STEPS))
def test_what_fails_half_way_is_taken_back(drawn, monkeypatch, at):
    before, head = files(drawn), drawn.git("rev-parse", "HEAD")
    _fail_at(monkeypatch, at, SystemRefusedError("cannot write {path}: the disk is full", path="x"))
    done = rename(drawn)

    assert done.exit == 74
    assert files(drawn) == before
    assert drawn.git("rev-parse", "HEAD") == head


@pytest.mark.parametrize("at", range(STEPS))
def test_killed_half_way_every_link_still_leads_there_and_once_more_heals(drawn, monkeypatch, at):
    with monkeypatch.context() as patch:
        _fail_at(patch, at, Killed())
        patch.setattr(whole_writes, "take_back", lambda *_: None)
        with pytest.raises(Killed):
            rename(drawn)

    assert errors(drawn) == []
    shown = json.loads(drawn.run("show", "L-7K2PQM", "--json").out)
    assert shown["id"] == "L-7K2PQM"

    assert rename(drawn).exit == 0
    assert {one["code"] for one in drawn.problems()} <= {"missing-entry-id"}
    assert "3室2厅-7K2PQM" not in drawn.read(DEAL)
    assert "3室2厅-7K2PQM|" not in drawn.read("客源/李女士-9F3DWA.md")


def _fail_at(patch, at, error):
    """Let the steps before `at` be taken, and that one fail."""
    original = whole_writes.Step.take
    taken = []

    def take(step, root):
        if len(taken) == at:
            raise error
        taken.append(step)
        original(step, root)

    patch.setattr(whole_writes.Step, "take", take)


NAMES = [
    "阳光花园",
    "阳光花园 3室2厅-7K2PQM",
    "阳光花园 3室2厅",
    "李女士-9F3DWA",
    "L-7K2PQM",
    "nobody",
]
FORMS = [
    "[[{}]]",
    "[[{}#^3afq6m4x9]]",
    "[[{}|阳光花园]]",
    "![[{}]]",
    "[x]({}.md)",
    "`[[{}]]`",
    "{}",
]
TO = ["阳光花园二期", "Sun Garden", "阳光花园 3室2厅", "1室", "yes", "# a: [b]", "阳光  花园"]


@pytest.mark.slow
@settings(max_examples=40)
@given(
    body=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(FORMS)), max_size=6),
    field=st.tuples(st.sampled_from(NAMES), st.sampled_from(['"[[{}]]"', "{}", '"{}.md"'])),
    ref=st.sampled_from(["M-000001", "L-7K2PQM", "C-9F3DWA"]),
    name=st.sampled_from(TO),
)
def test_every_link_leads_where_it_led(tmp_path_factory, body, field, ref, name):
    drawn = DrawnVault(tmp_path_factory.mktemp("renamed"))
    drawn.draw(DRAWING.replace("    -- git --\n", ""))
    typed = [form.format(target.replace(" ", "%20") if form[1] == "x" else target)
             for target, form in body]  # fmt: skip
    front = f"community: {field[1].format(field[0])}\n"
    drawn.write("房源/x.md", f"---\nid: L-00000X\ntype: listing\n{front}---\n{'，'.join(typed)}\n")
    before = _leading(drawn)
    done = rename(drawn, ref=ref, name=name)

    if done.exit == 0:
        after = _leading(drawn)
        assert [one for one in after if one[2] == ref] == [one for one in before if one[2] == ref]
        if name != "阳光花园 3室2厅":  # a title that two notes have leads to neither
            assert after == before
        assert not [path for path in files(drawn) if path.endswith(".tmp")]


def _leading(drawn):
    """What each link of the vault leads to, in order."""
    opened = open_vault(str(drawn.root), drawn.environ())
    opened.refresh(date(2026, 11, 21))
    queries = opened.queries
    found = []
    for path in sorted(queries.paths(), key=lambda path: queries.by_path(path)[0].ref):
        for use in opened.open(path).note.links:
            n = queries.resolve(use.target).n
            if n is not None:
                found.append((queries.by_path(path)[0].ref, use.key, queries.note(n).ref))
    opened.close()
    return found
