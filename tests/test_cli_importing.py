"""`import` as a broker with her spreadsheets meets it."""

import csv
import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brokernotes.cli import importing_vault
from brokernotes.storage import files
from tests.drawing import DrawnVault
from tests.examples import many
from tests.transcripts import names

AGENT = """
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
"""
CLIENTS = (
    "客户姓名,电话,区域,预算,备注\n李女士,13800000001,浦东,600-650万,要学区\n"
    "陈先生,13800000002,静安,500万,\n"
)


@pytest.mark.parametrize("name", names("import"))
def test_a_written_session_goes_as_it_is_written(name, transcript):
    transcript(name)


@pytest.fixture
def drawn(vault):
    return vault(AGENT + "    -- git --\n")


def brought(drawn, *args, file="c.csv", kind="client", code=0, **settings):
    done = drawn.run("import", file, "--kind", kind, "--json", *args, **settings)
    assert done.exit == code, done.err
    return json.loads(done.out)


def notes(drawn, folder="客源"):
    return sorted(path.read_text("utf-8") for path in (drawn.root / folder).glob("*.md"))


def files_of(drawn):
    return {
        str(path.relative_to(drawn.root)): path.read_bytes()
        for path in drawn.root.rglob("*")
        if path.is_file() and ".git/" not in str(path)
    }


def counts(told):
    return {action: number for action, number in told["counts"].items() if number}


def test_the_same_file_again_changes_nothing(drawn):
    drawn.write("c.csv", CLIENTS)
    first = brought(drawn)
    before, head = files_of(drawn), drawn.git("rev-parse", "HEAD")
    again = brought(drawn)

    assert counts(first) == {"add": 2}
    assert counts(again) == {"skip": 2}
    assert again["changed"] is False
    assert files_of(drawn) == before
    assert drawn.git("rev-parse", "HEAD") == head


def test_a_dry_run_writes_nothing(drawn):
    drawn.write("c.csv", CLIENTS)
    before = files_of(drawn)
    told = brought(drawn, "--dry-run")

    assert counts(told) == {"add": 2}
    assert files_of(drawn) == before


def test_one_import_is_one_commit_and_nothing_stays_open(drawn):
    drawn.write("c.csv", CLIENTS)
    told = brought(drawn)

    assert drawn.git("log", "--format=%s", "-1").strip() == "导入 c：新增 2，更新 0"
    assert drawn.git("rev-parse", "HEAD").strip() == told["commit"]
    assert drawn.git("status", "--porcelain") == "?? c.csv\n"


def test_only_what_changed_in_the_file_changes_in_the_notes(drawn):
    drawn.write("c.csv", CLIENTS)
    brought(drawn)
    drawn.write("c.csv", CLIENTS.replace("600-650万", "600-700万").replace("要学区", "要地铁"))
    told = brought(drawn)
    changed = drawn.git("show", "--format=", "--numstat", "HEAD").split("\n")

    assert counts(told) == {"update": 1, "skip": 1}
    assert [(one["key"], one["old"], one["new"]) for one in told["rows"][0]["changes"]] == [
        ("budget_max", "650", "700"), ("text:备注", "要学区", "要地铁"),
    ]  # fmt: skip
    assert sorted(line[:3] for line in changed if line) == ["1\t1", "2\t2"]


def test_what_a_person_changed_stays_and_what_both_changed_is_a_conflict(drawn):
    drawn.write("c.csv", CLIENTS)
    (path, _) = [row["path"] for row in brought(drawn)["rows"]]
    edited = drawn.read(path).replace("budget_max: 650", "budget_max: 680")
    drawn.write(path, edited)

    assert counts(brought(drawn)) == {"skip": 2}
    assert drawn.read(path) == edited

    drawn.write("c.csv", CLIENTS.replace("600-650万", "620-700万"))
    told = brought(drawn, code=1)
    assert counts(told) == {"conflict": 1, "skip": 1}
    assert told["rows"][0]["conflicts"] == [{"key": "budget_max", "old": "680", "new": "700"}]
    assert "budget_min: 620\n" in drawn.read(path)
    assert "budget_max: 680\n" in drawn.read(path)

    assert counts(brought(drawn, code=1)) == {"conflict": 1, "skip": 1}
    assert counts(brought(drawn, "--prefer", "note")) == {"skip": 2}
    assert counts(brought(drawn)) == {"skip": 2}


def test_the_file_may_be_preferred(drawn):
    drawn.write(
        "客源/李女士-9F3DWA.md",
        '---\nid: C-9F3DWA\ntype: client\ntitle: 李女士\nphone:\n  - "13800000001"\n'
        "budget_max: 800 # 大概\n---\n\n## 跟进记录\n",
    )
    drawn.write("c.csv", CLIENTS)

    assert counts(brought(drawn, "--dry-run", code=1)) == {"add": 1, "conflict": 1}
    told = brought(drawn, "--prefer", "file")
    assert counts(told) == {"add": 1, "update": 1}
    note = drawn.read("客源/李女士-9F3DWA.md")
    assert "budget_max: 650 # 大概\n" in note
    assert note.endswith("## 导入\n\n- **备注**：要学区\n\n## 跟进记录\n")


def test_an_emptied_cell_empties_what_the_file_wrote(drawn):
    drawn.write("c.csv", CLIENTS)
    (path, _) = [row["path"] for row in brought(drawn)["rows"]]
    drawn.write("c.csv", CLIENTS.replace("600-650万", "").replace("要学区", ""))
    brought(drawn)

    assert "budget_max:\n" in drawn.read(path)
    assert "要学区" not in drawn.read(path)


def test_a_cell_that_cannot_be_read_any_more_empties_nothing(drawn):
    drawn.write("c.csv", CLIENTS)
    (path, _) = [row["path"] for row in brought(drawn)["rows"]]
    drawn.write("c.csv", CLIENTS.replace("600-650万", "看情况"))
    told = brought(drawn)

    assert "budget_max: 650\n" in drawn.read(path)
    assert "- **预算**：看情况\n" in drawn.read(path)
    assert [one["at"] for one in told["rows"][0]["problems"]] == ["c.csv:2:4"]


def test_a_list_follows_the_file_and_keeps_what_a_person_added(drawn):
    drawn.write("c.csv", CLIENTS)
    (path, _) = [row["path"] for row in brought(drawn)["rows"]]
    drawn.write(path, drawn.read(path).replace("  - 浦东\n", "  - 浦东\n  - 徐汇\n"))
    drawn.write("c.csv", CLIENTS.replace("浦东", "闵行"))
    brought(drawn)

    assert "districts:\n  - 徐汇\n  - 闵行\n" in drawn.read(path)


def test_an_import_that_was_cut_short_leaves_nothing_and_is_made_again(drawn, monkeypatch):
    rows = [f"客户{i},{'' if i % 2 else 13800000000 + i},浦东,500万," for i in range(60)]
    drawn.write("c.csv", "客户姓名,电话,区域,预算,备注\n" + "\n".join(rows) + "\n")
    place, count = files.place_new, 0

    def failing(temporary, path):
        nonlocal count
        count += 1
        if count > 25:
            raise KeyboardInterrupt
        place(temporary, path)

    monkeypatch.setattr(files, "place_new", failing)
    assert drawn.run("import", "c.csv", "--kind", "client").exit == 130
    monkeypatch.undo()
    assert notes(drawn) == []
    brought(drawn)

    assert len(notes(drawn)) == 60
    assert counts(brought(drawn)) == {"skip": 60}
    assert not list(drawn.root.rglob(".bn-*"))


def test_an_estate_whose_name_no_file_can_have_is_left_out_and_said(drawn):
    drawn.write("m.csv", "小区\n|\n碧云\n")
    told = brought(drawn, file="m.csv", kind="community", code=1)

    assert counts(told) == {"add": 1, "refuse": 1}
    assert told["rows"][0]["problems"][0]["code"] == "row-nameless"
    assert counts(brought(drawn, file="m.csv", kind="community", code=1)) == {
        "skip": 1, "refuse": 1,
    }  # fmt: skip


def test_a_row_without_a_key_is_recognised_while_it_is_the_same(drawn):
    drawn.write("c.csv", "客户姓名,区域\n李女士,浦东\n李女士,静安\n李女士,浦东\n")

    assert counts(brought(drawn)) == {"add": 2}
    assert counts(brought(drawn)) == {"skip": 2}


def test_sums_and_headings_said_again_are_no_notes(drawn):
    head = "序号,小区,楼栋,室号,面积,总价\n"
    drawn.write("c.csv", f"{head}1,阳光,3,501,89,600\n{head}合 计：,,,,89,600\n")
    told = brought(drawn, kind="listing")
    asides = [one for one in told["rows"] if one["problems"]]

    assert len(notes(drawn, "房源")) == 1
    assert counts(told) == {"add": 1, "skip": 2, "communities": 1}
    assert [(one["row"], one["problems"][0]["code"]) for one in asides] == [
        (3, "row-aside"), (4, "row-aside"),
    ]  # fmt: skip
    assert "2 rows are sums" in drawn.run("import", "c.csv", "--kind", "listing").err


def test_a_file_of_which_nothing_is_understood_is_refused(drawn):
    drawn.write("c.csv", "甲,乙\n1,2\n")
    before = files_of(drawn)
    done = drawn.run("import", "c.csv", "--kind", "client")

    assert done.exit == 1
    assert "no column of c.csv is known" in done.err
    assert files_of(drawn) == before


def test_two_rows_about_one_are_one_note(drawn):
    drawn.write(
        "c.csv",
        "客户姓名,电话,区域,预算\n李女士,13800000001,浦东,600万\n李小姐,13800000001,静安,650万\n",
    )
    told = brought(drawn)
    (note,) = notes(drawn)

    assert counts(told) == {"add": 1}
    assert [one["code"] for one in told["rows"][0]["problems"]] == [
        "row-twice", "row-differs", "row-differs",
    ]  # fmt: skip
    assert "budget_max: 600\n" in note
    assert "  - 浦东\n  - 静安\n" in note
    assert "- **预算 (2)**：650\n" in note
    assert counts(brought(drawn)) == {"skip": 1}


def test_imported_clients_wait_for_no_first_answer(drawn):
    drawn.write("c.csv", CLIENTS.replace("备注", "登记日期").replace("要学区", "2025-03-01"))
    brought(drawn)
    due = json.loads(drawn.run("due", "--all", "--json").out)

    assert {row["kind"] for row in due} <= {"followup", "overflow"}
    drawn.write("n.csv", "客户姓名,电话\n赵女士,13800000009\n")
    brought(drawn, "--set", "stage=新客", file="n.csv")
    due = json.loads(drawn.run("due", "--all", "--json").out)
    assert "first_response" in {row["kind"] for row in due}


def test_what_an_import_filled_in_stays_until_the_file_says_something(drawn):
    sheet = "客户姓名,电话,状态,类型,预算\n李女士,13800000001,,,600万\n"
    drawn.write("c.csv", sheet)
    (path,) = [row["path"] for row in brought(drawn)["rows"]]

    assert counts(brought(drawn)) == {"skip": 1}
    assert "stage: 在看\n" in drawn.read(path)
    drawn.write("c.csv", sheet.replace(",,,", ",观望,求租,"))
    assert counts(brought(drawn, "--dry-run")) == {"update": 1}
    brought(drawn)
    assert "stage: 观望\n" in drawn.read(path)
    assert "intents:\n  - 求租\n" in drawn.read(path)


def test_listings_are_known_by_their_door_and_estates_are_made_once(drawn):
    drawn.write(
        "l.csv",
        "小区,栋座,室号,总价,面积,区域\n滨江新城,3,501,620,90,浦东\n滨江新城,3号楼,0501室,620,90,\n"
        "滨江新城,3,502,500,80,\n",
    )
    told = brought(drawn, file="l.csv", kind="listing")

    assert counts(told) == {"add": 2, "communities": 1}
    (estate,) = notes(drawn, "小区")
    assert "title: 滨江新城\n" in estate
    assert "district: 浦东\n" in estate
    assert counts(brought(drawn, file="l.csv", kind="listing")) == {"skip": 2}
    assert not [line for line in drawn.problem_lines() if "error[" in line]


def test_no_estates_are_made_when_that_is_not_wanted(drawn):
    drawn.write("l.csv", "小区,栋座,室号,总价\n滨江新城,3,501,620\n")
    told = brought(drawn, "--no-create-communities", file="l.csv", kind="listing")

    assert counts(told) == {"add": 1}
    assert [one["code"] for one in told["rows"][0]["problems"]] == ["link-unknown", "row-keyless"]
    assert "- **小区**：滨江新城\n" in notes(drawn, "房源")[0]


def test_keys_may_be_declared(drawn):
    drawn.write("c.csv", "客户姓名,微信,备注\n李女士,li8,甲\n李女士,li9,乙\n")

    assert counts(brought(drawn, "--key", "salutation")) == {"add": 1}
    assert drawn.run("import", "c.csv", "--kind", "client", "--key", "颜色").exit == 2


def test_a_workbook_names_sheet_and_cell(drawn):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    sheet = book.create_sheet("客源")
    sheet.append(["XX店客源表"])
    sheet.merge_cells("A1:C1")
    sheet.append(["客户姓名", "电话", "预算(万)"])
    sheet.append(["李女士", 13800000001.0, 650])
    sheet.append(["王先生", 13800000002, "=1+1"])
    book.save(drawn.root / "c.xlsx")
    told = brought(drawn, file="c.xlsx")

    assert told["sheet"] == "客源"
    assert told["rows"][1]["problems"] == [{
        "at": "c.xlsx:客源!C4", "row": 4, "column": "预算(万)", "severity": "warning",
        "code": "cell-formula",
        "message": "预算(万): the file keeps no value of the formula =1+1",
    }]  # fmt: skip
    assert '  - "13800000001"\n' in "".join(notes(drawn))
    assert drawn.run("import", "c.xlsx", "--kind", "client", "--sheet", "没有").exit == 4


def test_the_columns_are_kept_for_the_next_sheet_with_the_same_headings(drawn):
    drawn.write("客户0820.csv", CLIENTS)
    told = brought(drawn, "--map", "备注=", "--map", "预算=text", file="客户0820.csv")
    assert [one["key"] for one in told["mapping"]] == ["person", "phone", "districts", "text", ""]
    drawn.write("客户0901.csv", CLIENTS)
    told = brought(drawn, file="客户0901.csv")

    assert [one["key"] for one in told["mapping"]] == ["person", "phone", "districts", "text", ""]
    assert counts(told) == {"skip": 2}
    assert [path.name for path in sorted((drawn.root / "imports").iterdir())] == [
        "客户.jsonl", "客户.yaml",
    ]  # fmt: skip


def test_numbers_of_identity_cards_are_left_out(drawn):
    drawn.write("c.csv", "客户姓名,电话,身份证号\n李女士,13800000001,11010519491231002X\n")
    brought(drawn)

    assert "11010519491231002X" not in notes(drawn)[0]


def test_what_looks_like_markdown_in_a_cell_is_text(drawn):
    hostile = "```|$$|%%|<!-- x|## 跟进记录|[[王敏]]|{{title}}|**跟进**|#tag|- [ ] 2026-11-25 带看"
    cell = hostile.replace("|", "\n")
    drawn.write("c.csv", f'客户姓名,电话,备注\n李女士,13800000001,"{cell}"\n')
    brought(drawn)
    before = files_of(drawn)

    assert not [line for line in drawn.problem_lines() if "客源/" in line]
    assert counts(brought(drawn)) == {"skip": 1}
    assert files_of(drawn) == before
    entries = json.loads(drawn.run("list", "clients", "--json").out)
    assert len(entries) == 1


def test_a_formula_in_a_cell_is_text_and_goes_out_harmless(drawn):
    drawn.write("c.csv", "客户姓名,电话,来源\n李女士,13800000001,=cmd|' /C calc'!A0\n")
    brought(drawn)

    assert "'=cmd" in drawn.run("list", "clients", "--format", "csv").out


def test_a_note_with_a_conflict_in_it_is_left_alone(drawn):
    drawn.write("c.csv", CLIENTS)
    (path, _) = [row["path"] for row in brought(drawn)["rows"]]
    broken = drawn.read(path).replace(
        "budget_max: 650\n", "<<<<<<< ours\nbudget_max: 650\n=======\nbudget_max: 660\n>>>>>>> x\n"
    )
    drawn.write(path, broken)
    drawn.write("c.csv", CLIENTS.replace("650", "700"))
    told = brought(drawn, code=1)

    assert told["counts"]["refuse"] == 1
    assert drawn.read(path) == broken


def test_a_note_that_is_saved_while_rows_are_planned_is_not_overwritten(drawn, monkeypatch):
    drawn.write("c.csv", CLIENTS)
    (path, _) = [row["path"] for row in brought(drawn)["rows"]]
    drawn.write("c.csv", CLIENTS.replace("650", "700"))
    planned = importing_vault.plan_import

    def slowly(*args):
        plan = planned(*args)
        drawn.write(path, drawn.read(path).replace("## 印象\n", "## 印象\n\n爽快\n"))
        return plan

    monkeypatch.setattr(importing_vault, "plan_import", slowly)
    done = drawn.run("import", "c.csv", "--kind", "client")

    assert done.exit == 5
    assert "爽快" in drawn.read(path)
    assert "budget_max: 650\n" in drawn.read(path)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12
) | st.sampled_from(["阳光花园", "13800000001", "620万", "3室2厅", "5/18", "2026-08-20", "无", "A"])
HEADINGS = st.sampled_from(
    ["小区", "栋室", "户型", "总价", "租金", "楼层", "业主", "电话", "日期", "备注", "跟进人",
     "朝向", "标题", "编号", "", "状态", "别名", "标签"]
)  # fmt: skip


HURRIED = settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@HURRIED
@given(st.data())
def test_any_table_is_imported_and_the_second_time_changes_nothing(tmp_path_factory, data):
    import_twice(tmp_path_factory, data)


@pytest.mark.slow
@settings(HURRIED, max_examples=many(150))
@given(st.data())
def test_many_tables_are_imported_and_the_second_time_changes_nothing(tmp_path_factory, data):
    import_twice(tmp_path_factory, data)


def import_twice(tmp_path_factory, data):
    drawn = DrawnVault(tmp_path_factory.mktemp("any"))
    drawn.draw(AGENT)
    width = data.draw(st.integers(1, 6))
    table = [data.draw(st.lists(HEADINGS, min_size=width, max_size=width))]
    table += data.draw(
        st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=6)
    )
    with (drawn.root / "t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    kind = data.draw(st.sampled_from(["listing", "client", "community"]))
    first = drawn.run("import", "t.csv", "--kind", kind, "--json")
    if first.exit == 1 and not first.out:
        return  # nothing but blanks
    assert first.exit in (0, 1), first.err
    before = files_of(drawn)
    again = drawn.run("import", "t.csv", "--kind", kind, "--json")
    told = json.loads(again.out)

    assert told["counts"]["add"] == told["counts"]["update"] == 0
    assert files_of(drawn) == before


@pytest.mark.slow
def test_ten_thousand_rows_take_seconds_and_nothing_the_second_time(drawn):
    rows = "\n".join(
        f"滨江新城{i % 40},{i % 90 + 1}号楼{i % 3 + 1}单元{i},3室2厅1卫,{80 + i % 60},"
        f"{400 + i % 300}万,{i % 18 + 1}/18,张先生,139{i:08d},2026-08-{i % 28 + 1:02d},备注{i}"
        for i in range(10_000)
    )
    drawn.write("l.csv", f"小区,栋室,户型,面积,总价,楼层,业主,电话,委托日期,备注\n{rows}\n")

    assert counts(brought(drawn, file="l.csv", kind="listing")) == {
        "add": 10_000, "communities": 40,
    }  # fmt: skip
    assert counts(brought(drawn, file="l.csv", kind="listing")) == {"skip": 10_000}


def test_an_estate_that_no_link_can_name_stays_text_and_is_made_no_second_time(drawn):
    drawn.write("t.csv", "小区,业主,电话\n一期#2,周先生,12000001111\n")
    first = json.loads(drawn.run("import", "t.csv", "--kind", "listing", "--json").out)
    before = files_of(drawn)
    again = json.loads(drawn.run("import", "t.csv", "--kind", "listing", "--json").out)

    assert first["counts"]["add"] == 1
    assert again["counts"]["add"] == again["counts"]["update"] == 0
    assert files_of(drawn) == before
