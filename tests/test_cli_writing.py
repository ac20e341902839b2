"""`new` and `set` as a user meets them."""

import json
import sys

import pytest

from brokernotes.cli import writing as writing_commands
from tests.transcripts import names

DRAWING = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    -- 经纪人/王敏.md --
    ---
    id: A-000001
    type: agent
    title: 王敏
    email: wang@example.com
    ---
    -- 客源/李女士 浦东三房-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士 浦东三房
    phone:
      - "13800138000"
    districts:
      - 浦东
    agent: "[[王敏]]"
    ---

    ## 跟进记录
    -- 小区/阳光花园.md --
    ---
    id: M-000001
    type: community
    title: 阳光花园
    ---
    -- 房源/阳光花园 3室2厅-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    community: "[[阳光花园]]"
    status: 在售
    price: 620
    building: "7"
    room: "1102"
    owner_phone: "13900139000"
    ---
"""
LISTING = "房源/阳光花园 3室2厅-7K2PQM.md"


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


@pytest.fixture
def in_git(vault):
    return vault(DRAWING + "    -- git --\n")


@pytest.mark.parametrize("name", [*names("new"), *names("set")])
def test_a_written_session_goes_as_it_is_written(name, transcript, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.edit.AT_ONCE", 0)
    transcript(name)


def made(drawn, *args, **settings):
    done = drawn.run("new", *args, **settings)
    assert (done.exit, done.err) == (0, "")
    return drawn.read(done.out.removesuffix("\n"))


def test_new_prints_the_path_from_where_one_stands(drawn):
    (drawn.root / "客源" / "旧").mkdir()

    done = drawn.run("new", "community", "碧云", cwd="客源/旧")

    assert done.out == "../../小区/碧云.md\n"


def test_new_warns_of_what_a_note_of_its_state_lacks(drawn):
    done = drawn.run("new", "房源", "甲", "--set", "状态=在租", "--set", "小区=阳光花园", lang="zh")

    (path,) = done.out.splitlines()
    assert done.exit == 0
    assert [line for line in done.err.splitlines() if not line.startswith(" ")] == [
        f"{path}:8:9: 错误[missing-field] 缺少 租金：状态 是 在租，必须填",
        f"{path}:8:9: 错误[missing-field] 缺少 建筑面积：状态 是 在租，必须填",
    ]


def test_new_as_json_tells_programs_what_the_note_lacks(drawn):
    done = drawn.run("new", "房源", "甲", "--set", "状态=在租", "--set", "小区=阳光花园", "--json")

    found = [one["params"]["key"] for one in json.loads(done.out)["problems"]]
    assert (found, done.err) == (["rent", "gross_area"], "")


def test_new_takes_the_vaults_own_template(drawn):
    drawn.write(
        "templates/客源.md", "---\ntype: client\nstage: 新客\n---\n# {{title}}\n\n店里的话\n"
    )

    text = made(drawn, "client", "王女士")

    assert "stage: 新客\n" in text
    assert text.endswith("# 王女士\n\n店里的话\n")


def test_a_template_that_cannot_be_filled_in_is_named(drawn):
    drawn.write("templates/客源.md", "# {{title}}\n")

    done = drawn.run("new", "client", "王女士")

    assert done.exit == 1
    assert "templates/客源.md" in done.err
    assert len(list((drawn.root / "客源").iterdir())) == 1


@pytest.mark.parametrize(
    ("kind", "folder"), [("client", "clients"), ("客户", "clients"), ("listings", "房源")]
)
def test_new_uses_the_folder_that_is_there(vault, kind, folder):
    drawn = vault("-- clients/.keep --\n-- 房源/.keep --\n")

    done = drawn.run("new", kind, "东边那套")

    assert done.out.startswith(f"{folder}/东边那套-")


def test_new_in_an_english_vault_writes_english(vault):
    drawn = vault(language="en")

    text = made(drawn, "client", "--set", "称呼=Ms Li", "--set", "stage=磋商")

    assert "salutation: Ms Li\n" in text
    assert "stage: negotiating\n" in text
    assert text.endswith("## Log\n")


def test_a_new_agent_is_responsible_for_the_own_note(drawn):
    text = made(drawn, "agent", "周婕")

    assert "name: 周婕\n" in text
    assert 'agent: "[[周婕]]"\n' in text


def test_nobody_in_particular_is_named_as_agent_when_nobody_asks(drawn):
    drawn.write("经纪人/王敏.md", drawn.read("经纪人/王敏.md").replace("wang@", "min@"))

    assert "agent:" not in made(drawn, "client", "王女士")


@pytest.mark.parametrize(
    ("args", "other"),
    [
        (("client", "--set", "phone=138 0013 8000"), "C-9F3DWA"),
        (("agent", "王敏"), "A-000001"),
        (("community", "阳光花园"), "M-000001"),
        (("listing", "--set=小区=阳光花园", "--set=栋座=7号楼", "--set=室号=1102"), "L-7K2PQM"),
        (("listing", "--set=小区=阳光花园", "--set=owner_phone=13900139000"), "L-7K2PQM"),
    ],
)
def test_what_is_in_the_vault_already_is_named_and_nothing_is_made(drawn, args, other):
    before = sorted(drawn.root.rglob("*.md"))

    done = drawn.run("new", *args)

    assert done.exit == 1
    assert other in done.err
    assert sorted(drawn.root.rglob("*.md")) == before


def test_force_makes_it_all_the_same(drawn):
    done = drawn.run("new", "community", "阳光花园", "--force")

    assert done.exit == 0
    assert done.out.startswith("小区/阳光花园-")


@pytest.mark.parametrize(
    "door", [("栋座=8", "室号=1102"), ("栋座=7", "室号=1103"), ("栋座=7",), ("室号=301",)]
)
def test_another_door_of_the_estate_is_another_listing(drawn, door):
    settings = [word for one in door for word in ("--set", one)]

    assert drawn.run("new", "listing", "--set", "小区=阳光花园", *settings).exit == 0


def test_an_owner_who_becomes_a_client_is_pointed_out_and_not_refused(drawn):
    done = drawn.run("new", "client", "周先生", "--set", "phone=13900139000")

    assert done.exit == 0
    assert "L-7K2PQM" in done.err


@pytest.mark.parametrize(("answer", "code", "count"), [("y\n", 0, 2), ("\n", 1, 1)])
def test_on_a_terminal_the_person_decides(drawn, monkeypatch, answer, code, count):
    monkeypatch.setattr(writing_commands, "may_ask", lambda app: not app.no_input)
    args = ("new", "client", "--set", "phone=13800138000")

    assert drawn.run(*args, "--no-input", stdin=answer).exit == 1
    assert drawn.run(*args, stdin=answer).exit == code
    assert len(list((drawn.root / "客源").iterdir())) == count


def test_new_commits_its_note_and_says_nothing_confidential(in_git):
    in_git.run("new", "client", "王女士", "--set", "phone=13700137000")

    assert in_git.git("log", "-1", "--format=%s") == "新建客源：王女士\n"
    assert in_git.git("status", "--porcelain") == ""


def test_new_as_json(in_git):
    done = in_git.run("new", "client", "王女士", "--json")

    shape = json.loads(done.out)
    assert set(shape) == {"id", "path", "changed", "operation", "commit", "problems"}
    assert shape["path"] == f"客源/王女士-{shape['id'][2:]}.md"
    assert shape["changed"] is True


def test_a_dry_run_of_new_writes_nothing(in_git):
    done = in_git.run("new", "client", "王女士", "--dry-run")

    assert done.out.startswith("--- /dev/null\n+++ b/客源/王女士-")
    assert in_git.git("status", "--porcelain") == ""


# -- set


def test_set_commits_only_its_own_change(in_git):
    in_git.write(LISTING, in_git.read(LISTING) + "\n自己正在写的一句\n")

    done = in_git.run("set", "L-7K2PQM", "price=598", "status=暂缓")

    assert done.out == "price: 620 → 598\nstatus: 在售 → 暂缓\n"
    assert in_git.git("log", "-1", "--format=%s") == "阳光花园 3室2厅：在售 → 暂缓\n"
    assert "正在写" not in in_git.git("show", f"HEAD:{LISTING}")
    assert "price: 598" in in_git.git("show", f"HEAD:{LISTING}")


def test_no_commit_leaves_that_to_the_person(in_git):
    in_git.run("set", "L-7K2PQM", "price=598", "--no-commit")

    assert in_git.git("log", "--format=%s") == "drawn\n"
    assert "price: 598" in in_git.read(LISTING)


def test_an_equal_value_says_that_nothing_changed_and_commits_nothing(in_git):
    before = (in_git.root / LISTING).stat().st_mtime_ns

    done = in_git.run("set", "L-7K2PQM", "price=620万")

    assert (done.exit, done.out) == (0, "")
    assert "nothing changed" in done.err
    assert in_git.git("log", "--format=%s") == "drawn\n"
    assert (in_git.root / LISTING).stat().st_mtime_ns == before


def test_set_as_json_speaks_in_ids_and_masks_phones(drawn):
    settings = ("phone+=13900139000", "stage=磋商", "agent=", "next_followup=明天")

    done = drawn.run("set", "C-9F3DWA", *settings, "--json")

    shape = json.loads(done.out)
    assert shape["changed"] is True
    assert shape["changes"] == [
        {"key": "phone", "old": ["138****8000"], "new": ["138****8000", "139****9000"]},
        {"key": "stage", "old": None, "new": "negotiating"},
        {"key": "agent", "old": "A-000001", "new": None},
        {"key": "next_followup", "old": None, "new": "2026-11-22"},
    ]
    assert "13900139000" not in done.out


def test_a_dry_run_as_json_carries_the_diff(drawn):
    before = drawn.read(LISTING)

    shape = json.loads(drawn.run("set", "L-7K2PQM", "price=598", "--dry-run", "--json").out)

    assert shape["changed"] is False
    assert "-price: 620\n+price: 598\n" in shape["diff"]
    assert drawn.read(LISTING) == before


def test_links_are_written_by_file_name_and_title(drawn):
    drawn.run("set", "L-7K2PQM", "owner=李女士 浦东三房", "agent=王敏")

    assert '- "[[李女士 浦东三房-9F3DWA|李女士 浦东三房]]"' in drawn.read(LISTING)
    assert 'agent: "[[王敏]]"' in drawn.read(LISTING)


def test_a_link_to_another_type_of_note_is_not_found(drawn):
    assert drawn.run("set", "L-7K2PQM", "agent=阳光花园").exit == 4


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("L-7K2PQM", "price=6x"), 2, "price=6x\n         ^"),
        (("L-7K2PQM", "挂牌价=贵"), 2, "  挂牌价=贵\n         ^^\n"),
        (("L-7K2PQM", "prise=600"), 2, "Did you mean price?"),
        (("L-7K2PQM", "price"), 2, "KEY=VALUE"),
        (("L-7K2PQM", "status=卖了"), 2, "我售"),
        (("L-7K2PQM", "id=L-000000"), 1, "never changed"),
        (("L-7K2PQM",), 2, "KEY=VALUE"),
        (("nobody", "price=600"), 4, "no note is called nobody"),
        (("L-7K2PQM", "owner=nobody"), 4, "no note is called nobody"),
    ],
)
def test_what_cannot_be_set_says_so_and_writes_nothing(drawn, args, code, said):
    before = drawn.read(LISTING)

    done = drawn.run("set", *args)

    assert done.exit == code
    assert said in done.err
    assert drawn.read(LISTING) == before


def test_a_note_with_conflict_markers_is_left_alone(drawn):
    text = drawn.read(LISTING)
    for conflicted in (
        text.replace("price: 620\n", "<<<<<<< HEAD\nprice: 620\n=======\nprice: 600\n>>>>>>> x\n"),
        text + "\n## 跟进记录\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n",
    ):
        drawn.write(LISTING, conflicted)

        done = drawn.run("set", "L-7K2PQM", "status=定金")

        assert done.exit == 5
        assert "conflict" in done.err
        assert drawn.read(LISTING) == conflicted


def test_a_note_whose_front_matter_is_broken_is_refused_with_the_mend(drawn):
    drawn.write(LISTING, drawn.read(LISTING).replace("status: 在售", "remark: 他说: 要"))

    done = drawn.run("set", "L-7K2PQM", "price=598")

    assert done.exit == 1
    assert "mend them first" in done.err


def test_bytes_beyond_the_value_stay(drawn):
    text = drawn.read(LISTING).replace("price: 620", "price:   620   # 各付").replace("\n", "\r\n")
    drawn.write(LISTING, "\ufeff" + text)

    drawn.run("set", "L-7K2PQM", "price=598")

    assert drawn.read(LISTING) == "\ufeff" + text.replace("620", "598")


def test_the_diff_and_messages_speak_chinese(drawn):
    done = drawn.run("set", "L-7K2PQM", "price=", lang="zh")

    assert done.out == "挂牌价：620 → （空）\n"


def test_help_shows_two_examples(drawn):
    for name in ("new", "set"):
        assert drawn.run(name, "--help").out.count(f"\n  brokernotes {name} ") == 2


def test_two_notes_with_one_id_are_both_left_alone(drawn):
    drawn.write("房源/副本.md", drawn.read(LISTING))

    done = drawn.run("set", "L-7K2PQM", "price=598")

    assert done.exit == 4
    assert "副本" in done.err


def test_new_takes_over_what_another_flat_of_the_building_says(drawn):
    text = made(drawn, "listing", "--from", "L-7K2PQM", "--set", "bedrooms=2", "--set", "price=400")

    assert 'community: "[[阳光花园]]"' in text
    assert "building: " in text
    assert "title: 阳光花园 2室" in text
    assert "price: 400" in text
    for never in ("1102", "13900139000", "620", "在售\nprice", "L-7K2PQM"):
        assert never not in text


def test_what_is_given_wins_over_what_is_taken_over(drawn):
    text = made(drawn, "client", "王女士", "--from", "C-9F3DWA", "--set", "districts=静安")

    assert "  - 静安\n" in text
    assert "浦东" not in text.partition("\n---\n")[0].partition("districts:")[2].partition(":")[0]


def test_only_a_note_of_the_same_kind_is_taken_from(drawn):
    done = drawn.run("new", "client", "王女士", "--from", "L-7K2PQM")

    assert (done.exit, done.out) == (2, "")


def test_a_new_note_is_opened_in_the_editor(drawn, tmp_path):
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\n"
        "text = file.read_bytes().decode()\n"
        "file.write_bytes(text.replace('district:', 'district: 浦东').encode())\n",
        encoding="utf-8",
    )
    done = drawn.run("new", "community", "碧云", "--edit",
                     environ={"EDITOR": f'"{sys.executable}" "{script}"'})  # fmt: skip

    assert (done.exit, done.out) == (0, "小区/碧云.md\n")
    assert "district: 浦东\n" in drawn.read("小区/碧云.md")


def test_an_editor_and_json_do_not_go_together(drawn):
    assert drawn.run("new", "community", "碧云", "--edit", "--json").exit == 2


@pytest.mark.parametrize("title", ["业主 13900139000", "阳光花园 1102"])
def test_set_gives_no_title_that_tells_a_secret(drawn, title):
    before = drawn.read(LISTING)
    done = drawn.run("set", "L-7K2PQM", f"title={title}")

    assert done.exit == 1
    assert drawn.read(LISTING) == before


@pytest.mark.parametrize(
    ("value", "said"),
    [("下周", "Say a day such as"), ("8/9", "may be two days"), ("3点", "which half of the day")],
)
def test_a_day_that_is_none_is_refused_with_what_to_write(drawn, value, said):
    done = drawn.run("set", "C-9F3DWA", f"next_followup={value}")

    assert done.exit == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("value", "day"),
    [("下个月初", "2026-12-01"), ("in two weeks", "2026-12-05"), ("周五27号", "2026-11-27")],
)
def test_a_day_is_said_as_people_say_it(drawn, value, day):
    done = drawn.run("set", "C-9F3DWA", f"next_followup={value}")

    assert done.out == f"next_followup: (empty) → {day}\n"


@pytest.mark.parametrize(
    ("setting", "lines"),
    [
        ("预算=500-650", ["budget_min: 500", "budget_max: 650"]),
        ("budget_min=500万到650万", ["budget_min: 500", "budget_max: 650"]),
        ("预算=600", ["budget_max: 600"]),
        ("租金=4500-6000", ["rent_min: 4500", "rent_max: 6000"]),
        ("室=2-3", ["bedrooms_min: 2", "bedrooms_max: 3"]),
        ("面积=70-89.5平", ["area_min: 70", "area_max: 89.5"]),
    ],
)
def test_a_range_for_one_bound_gives_both(drawn, setting, lines):
    done = drawn.run("set", "C-9F3DWA", setting)
    changed = drawn.read("客源/李女士 浦东三房-9F3DWA.md")

    assert done.exit == 0, done.err
    for text in (changed, made(drawn, "client", "周小姐 徐汇", "--set", setting)):
        assert {*lines} <= {*text.split("\n")}


@pytest.mark.parametrize("setting", ["预算=650-500", "预算=500-", "房龄不早于=2000-2010"])
def test_what_is_no_range_of_two_bounds_is_refused(drawn, setting):
    before = drawn.read("客源/李女士 浦东三房-9F3DWA.md")

    assert drawn.run("set", "C-9F3DWA", setting).exit == 2
    assert drawn.read("客源/李女士 浦东三房-9F3DWA.md") == before
