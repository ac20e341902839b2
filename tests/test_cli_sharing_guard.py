"""No command makes a listing private where the rules of sharing say otherwise."""

import json

import pytest

VAULT = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    sharing:
      mode: mixed_quota
      quota: 1
    -- 经纪人/李航.md --
    ---
    id: A-9F3DWA
    type: agent
    name: 李航
    service_areas: [浦东]
    ---
    -- 小区/阳光花园.md --
    ---
    id: M-2B6HVX
    type: community
    district: 浦东
    ---
    -- 小区/虹桥雅苑.md --
    ---
    id: M-2B6HVY
    type: community
    district: 长宁
    ---
    -- 房源/甲.md --
    ---
    id: L-7K2PQM
    type: listing
    community: "[[阳光花园]]"
    status: 在售
    sharing: 私盘
    agent: "[[李航]]"
    created: 2026-08-01
    ---

    ## 跟进记录
    -- 房源/乙.md --
    ---
    id: L-4T8RKN
    type: listing
    community: "[[阳光花园]]"
    status: 在售
    price: 600
    sharing:
    agent: "[[李航]]"
    created: 2026-08-02
    ---

    ## 跟进记录
    -- 房源/丙.md --
    ---
    id: L-4T8RKP
    type: listing
    community: "[[阳光花园]]"
    status: 暂缓
    sharing: 私盘
    agent: "[[李航]]"
    created: 2026-08-02
    ---
    """
SHEET = "小区,室,厅,面积,总价,状态,公私盘,负责人\n阳光花园,3,2,120,800,在售,私盘,李航\n"
DOORS = "小区,栋座,室号,公私盘\n"


@pytest.fixture
def drawn(vault):
    return vault(VAULT)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_set_refuses_beyond_the_quota_and_names_what_counts(drawn, language):
    before = drawn.read("房源/乙.md")
    said = drawn.run("set", "L-4T8RKN", "sharing=私盘", lang=language)

    assert said.exit == 1
    assert "甲 (L-7K2PQM)" in said.err
    assert "丙" not in said.err, "a listing off the market takes no place"
    assert drawn.read("房源/乙.md") == before
    assert drawn.run("set", "L-4T8RKN", "sharing=私盘", "--dry-run").exit == 1
    assert drawn.run("set", "L-4T8RKN", "sharing=私盘", "--dry-run", "--json").exit == 1


def test_new_refuses_beyond_the_quota(drawn):
    words = ("小区=阳光花园", "室=3", "总价=500", "面积=90", "状态=在售", "负责人=李航")
    settings = [part for word in words for part in ("--set", word)]
    said = drawn.run("new", "listing", *settings, "--set", "公私盘=私盘")

    assert said.exit == 1
    assert "甲 (L-7K2PQM)" in said.err
    assert drawn.run("new", "listing", *settings).exit == 0


def test_import_leaves_out_the_rows_beyond_the_quota_and_names_them(drawn):
    rows = SHEET + "新天地,2,1,81,510,在售,私盘,李航\n" + "新天地二期,2,1,80,500,在售,公盘,李航\n"
    sheet = drawn.home / "sheet.csv"
    sheet.write_text(rows, encoding="utf-8")
    dry = drawn.run("import", str(sheet), "--kind", "listing", "--dry-run")
    said = drawn.run("import", str(sheet), "--kind", "listing", "--no-input", lang="zh")

    assert (dry.exit, said.exit) == (1, 1)
    assert "甲 (L-7K2PQM)" in said.err
    assert said.err.count("不导入：李航") == 2
    made = [path for path in (drawn.root / "房源").glob("*.md") if len(path.stem) > 1]
    assert [path.stem.partition("-")[0] for path in made] == ["新天地二期"]
    estates = {path.stem for path in (drawn.root / "小区").glob("*.md")}
    assert "新天地二期" in estates
    assert "新天地" not in estates


def test_rows_that_were_left_out_come_in_once_there_is_room(drawn):
    sheet = drawn.home / "sheet.csv"
    sheet.write_text(SHEET + "虹桥雅苑,3,2,120,800,在售,私盘,李航\n", encoding="utf-8")
    drawn.run("set", "L-7K2PQM", "sharing=公盘")

    first = drawn.run("import", str(sheet), "--kind", "listing", "--no-input", "--json")
    again = drawn.run("import", str(sheet), "--kind", "listing", "--no-input", "--json")
    drawn.run("set", json.loads(first.out)["rows"][0]["id"], "sharing=公盘")
    last = drawn.run("import", str(sheet), "--kind", "listing", "--no-input", "--json")

    actions = [[row["action"] for row in json.loads(one.out)["rows"]] for one in (first, again)]
    assert actions == [["add", "refuse"], ["skip", "refuse"]]
    assert (first.exit, again.exit) == (1, 1)
    assert [row["action"] for row in json.loads(last.out)["rows"]] == ["skip", "add"]
    assert last.exit == 0


def test_a_row_that_makes_room_counts_for_those_before_it(drawn):
    sheet = drawn.home / "sheet.csv"
    rows = DOORS + "阳光花园,1,102,私盘\n阳光花园,1,101,公盘\n"
    sheet.write_text(rows, encoding="utf-8")
    drawn.run("set", "L-7K2PQM", "building=1", "room=101")
    drawn.run("set", "L-4T8RKN", "building=1", "room=102")

    done = drawn.run("import", str(sheet), "--kind", "listing", "--no-input", "--prefer", "file")

    assert done.exit == 0, done.err
    assert "sharing: 私盘" in drawn.read("房源/乙.md")


def test_an_update_beyond_the_quota_leaves_its_note_as_it_is(drawn):
    sheet = drawn.home / "sheet.csv"
    sheet.write_text(DOORS + "阳光花园,1,102,私盘\n", encoding="utf-8")
    drawn.run("set", "L-4T8RKN", "building=1", "room=102")
    before = drawn.read("房源/乙.md")

    done = drawn.run("import", str(sheet), "--kind", "listing", "--no-input", "--prefer", "file")

    assert done.exit == 1
    assert "乙 is left out" in done.err
    assert drawn.read("房源/乙.md") == before


def test_what_comes_back_on_the_market_takes_a_place(drawn):
    done = drawn.run(
        "set", "L-4T8RKP", "status=在售", "price=100", "gross_area=90", "entrust_until=+90d"
    )

    assert done.exit == 1
    assert "状态::" not in drawn.read("房源/丙.md")


def test_what_makes_room_is_written(drawn):
    assert drawn.run("set", "L-7K2PQM", "sharing=公盘").exit == 0
    assert drawn.run("set", "L-4T8RKN", "sharing=私盘").exit == 0


@pytest.mark.parametrize("mode", ["mixed_quota", "mixed_area"])
def test_a_deposit_is_called_off_whatever_the_quota_says(drawn, mode):
    drawn.draw("-- 客源/李女士.md --\n---\nid: C-9F3DWA\ntype: client\n---\n")
    drawn.run("status", "L-7K2PQM", "定金", "--buyer", "C-9F3DWA", "--amount", "1万",
              "--sign-by", "+9d")  # fmt: skip
    assert drawn.run("set", "L-4T8RKN", "sharing=私盘").exit == 0
    rules = drawn.read("brokernotes.yaml").replace("mixed_quota", mode)
    drawn.draw("-- brokernotes.yaml --\n" + rules)

    done = drawn.run("status", "L-7K2PQM", "退订", "--settled", "退还", "--reason", "贷款")

    assert done.exit == 0, done.err
    assert "status: 在售" in drawn.read("房源/甲.md")
    if mode == "mixed_quota":
        assert "private-quota" in drawn.run("check").out


def test_what_stands_there_already_stops_nobody(drawn):
    text = drawn.read("房源/乙.md").replace("sharing:", "sharing: 私盘")
    drawn.draw("-- 房源/乙.md --\n" + text)

    assert drawn.run("set", "L-4T8RKN", "price=610").exit == 0
    assert drawn.run("log", "L-4T8RKN", "电话", "谈过").exit == 0
    assert "private-quota" in drawn.run("check").out


def test_by_area_a_listing_where_its_holder_works_cannot_be_private(drawn):
    rules = drawn.read("brokernotes.yaml").replace("mixed_quota", "mixed_area")
    drawn.draw("-- brokernotes.yaml --\n" + rules)
    said = drawn.run("set", "L-4T8RKN", "sharing=私盘")

    assert said.exit == 1
    assert "李航 serves 浦东" in said.err
    assert drawn.run("set", "L-4T8RKN", "sharing=私盘", "community=虹桥雅苑").exit == 0


def test_a_private_listing_cannot_move_to_where_its_holder_works(drawn):
    rules = drawn.read("brokernotes.yaml").replace("mixed_quota", "mixed_area")
    drawn.draw("-- brokernotes.yaml --\n" + rules)
    assert drawn.run("set", "L-4T8RKN", "sharing=私盘", "community=虹桥雅苑").exit == 0

    assert drawn.run("set", "L-4T8RKN", "price=590").exit == 0
    said = drawn.run("set", "L-4T8RKN", "community=阳光花园")

    assert said.exit == 1
    assert "李航 serves 浦东" in said.err


@pytest.mark.parametrize("mode", ["public", "private"])
def test_without_quota_and_area_nothing_is_refused(drawn, mode):
    rules = drawn.read("brokernotes.yaml").replace("mixed_quota", mode)
    drawn.draw("-- brokernotes.yaml --\n" + rules)

    assert drawn.run("set", "L-4T8RKN", "sharing=私盘").exit == 0
