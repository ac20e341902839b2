"""What `due`, `show` and the calendar say to talk about, from a whole vault."""

import json

import pytest

NOW = "2026-11-21T09:00"
AGENTS = """
    -- agents/wang.md --
    ---
    id: A-WANG00
    type: agent
    name: 王敏
    ---
    -- agents/hang.md --
    ---
    id: A-HANG00
    type: agent
    title: 李航
    name: 李航
    ---
    -- communities/garden.md --
    ---
    id: M-GARDEN
    type: community
    title: 阳光花园
    district: 浦东
    avg_price: 80000
    avg_price_on: 2026-11-18
    ---
    """
CLIENT = """
    -- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    title: 李女士
    stage: 在看
    intents: [求购]
    budget_max: 700
    districts: [浦东]
    bedrooms_min: 3
    agent: "[[wang]]"
    created: 2026-10-01
    {fields}
    ---

    ## 跟进记录

    - 2026-10-05 10:00 带看 [[shown]] {shown} ^3ackaaaa1
    - 2026-11-01 10:00 电话 {last} ^3ackaaaa2
    {more}
    """
HOME = """
    -- listings/{name}.md --
    ---
    id: L-{id}
    type: listing
    title: {title}
    community: "[[garden]]"
    status: {status}
    transaction: 出售
    price: {price}
    bedrooms: 3
    gross_area: 90
    sharing: {sharing}
    agent: "[[{agent}]]"
    created: {created}
    title_checked_on: 2026-10-01
    acquired_on: 2020-01-01
    hukou: 无户口
    {fields}
    ---

    ## 跟进记录

    {log}
    """


def client(fields="", shown="[意向:: 3]", last="聊了很久", more=""):
    return CLIENT.format(fields=fields or "channel: 电话", shown=shown, last=last, more=more)


def home(name="shown", **values):
    given = {
        "name": name, "id": "9F3DWA", "title": "阳光花园 3室2厅", "status": "在售", "price": 650,
        "sharing": "公盘", "agent": "wang", "created": "2026-09-01", "log": "",
        "fields": "grade: D",
    }  # fmt: skip
    return HOME.format(**{**given, **values})


def new_home(**values):
    return home(**{"name": "new", "id": "H4T0ZB", "title": "阳光花园 东区三房",
                   "created": "2026-11-15T10:00", **values})  # fmt: skip


def row(drawn, ref="C-7K2PQM", *words, now=NOW):
    told = drawn.run("due", "--json", "--all", *words, now=now, lang="zh")
    assert told.exit == 0, told.err
    return next(one for one in json.loads(told.out) if one["id"] == ref)


def topics(drawn, ref="C-7K2PQM", now=NOW):
    return [(one["topic_code"], one["params"]) for one in row(drawn, ref, now=now)["topics"]]


def codes(drawn, ref="C-7K2PQM"):
    return [code for code, _ in topics(drawn, ref)]


@pytest.fixture
def drawn(vault):
    return lambda *parts: vault("".join((AGENTS, *parts)))


def test_a_new_home_that_suits_is_worth_the_call_and_one_that_does_not_is_not(drawn):
    found = drawn(client(), home(), new_home(price=690))
    ((code, params),) = topics(found)
    assert (code, params["home"], params["price"], params["date"]) == (
        "offer-new", "L-H4T0ZB", 690, "2026-11-15",
    )  # fmt: skip
    assert "阳光花园 东区三房，690 万元" in row(found)["brief"][0]
    assert codes(drawn(client(), home(), new_home(price=1200))) == []


def test_what_was_told_since_is_not_said_again(drawn):
    linked = "- 2026-11-16 10:00 微信 [[new]] 发了 [结果:: 已发未回] ^3ackaaaa3"
    named = "- 2026-11-16 10:00 微信 发了阳光花园 东区三房 [结果:: 已发未回] ^3ackaaaa3"
    spoken = "- 2026-11-16 10:00 电话 说了 ^3ackaaaa3"
    planned = "- [ ] 2026-11-25 10:00 带看 [[new]] ^3ackaaaa3"
    for more in (linked, named):
        assert codes(drawn(client(more=more), home(), new_home())) == []
    drawing = drawn(client(more=planned), home(), new_home())
    told = json.loads(drawing.run("show", "C-7K2PQM", "--json", now=NOW).out)
    assert [one["topic_code"] for one in told["topics"]] == []
    drawing = drawn(client(more=spoken), home(), new_home())
    told = json.loads(drawing.run("show", "C-7K2PQM", "--json", now=NOW).out)
    assert "offer-new" not in [one["topic_code"] for one in told["topics"]]


def test_a_price_cut_of_a_home_that_was_turned_down_for_its_price_comes_first(drawn):
    cut = "- 2026-11-12 10:00 调价 680→650 [价:: 650] ^3ackbbbb1"
    found = drawn(client(shown="[反应:: 放弃] [顾虑:: 价格]"), home(log=cut), new_home())
    (first, params), (second, _) = topics(found)
    assert (first, second) == ("cut-rejected", "offer-new")
    assert (params["old"], params["new"], params["seen"]) == (680, 650, "2026-10-05")


def test_what_became_of_a_home_that_pleased_is_told(drawn):
    log = "- 2026-11-12 10:00 状态 [状态:: 在售→暂缓] ^3ackbbbb1"
    found = drawn(client(shown="[反应:: 喜欢]"), home(log=log, status="暂缓"))
    ((code, params),) = topics(found)
    assert (code, params["state"]) == ("liked-status", "paused")


def test_a_home_without_what_was_minded_answers_the_objection(drawn):
    shown = "- 2026-11-10 10:00 带看 [[shown]] [反应:: 考虑] [顾虑:: 采光] ^3ackaaaa3"
    parts = client("cadence_days: 5", more=shown), home(fields="facing: [北]")
    ((code, params),) = topics(drawn(*parts))
    assert (code, params["objections"]) == ("objection", ["light"])
    bright = new_home(fields="facing: [南]", created="2026-09-02")
    ((code, params),) = topics(drawn(*parts, bright))
    assert (code, params["objections"], params["home"]) == ("offer-answers", ["light"], "L-H4T0ZB")


def test_a_home_that_suits_and_was_never_spoken_of_is_told_where_nothing_is_new(drawn):
    found = drawn(client(), home(), new_home(created="2026-09-02"))
    assert codes(found) == ["offer-untold"]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("送了两套阳光花园，她说再等等", []),
        ("[[shown|阳光花园 3室2厅]] 她说再等等", ["offer-untold"]),
    ],
)
def test_where_the_log_speaks_of_an_estate_its_homes_are_not_called_never_spoken_of(
    drawn, last, expected
):
    found = drawn(client(last=last), home(), new_home(created="2026-09-02"))
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("phone", "expected"), [("+86 120-0000-1234", []), ("12000005678", ["L-H4T0ZB"])]
)
def test_nobody_is_offered_the_home_whose_owner_has_their_phone(drawn, phone, expected):
    mine = new_home(fields=f'owner_phone: "{phone}"', created="2026-09-02")
    found = drawn(client(fields='phone: ["12000001234"]'), home(), mine)
    told = json.loads(found.run("show", "C-7K2PQM", "--json", now=NOW, lang="zh").out)
    assert [one["params"]["home"] for one in told["topics"]] == expected
    matched = json.loads(found.run("match", "C-7K2PQM", "--json", now=NOW, lang="zh").out)
    assert [one["id"] for one in matched if not one.get("aside")] == expected


def test_two_homes_of_one_owner_in_one_row_are_told_apart(drawn):
    phone = 'owner_phone: ["12000001234"]\n    cadence_days: 5'
    called = "- 2026-10-20 10:00 电话 业主说不急 ^3ackbbbb1"
    mine = home(fields=phone, log=called, created="2026-10-01")
    other = home(name="b", id="B0BB00", title="阳光花园 2室", fields=phone, log=called)
    found = drawn(mine, other).run("due", "--json", "--all", now=NOW, lang="zh")
    (told,) = json.loads(found.out)
    assert len(told["reasons"]) == 2
    named = [one["topic"] for one in told["topics"]]
    assert any(line.startswith("阳光花园 2室：") for line in named) is (told["id"] == "L-9F3DWA")
    assert any(line.startswith("阳光花园 3室2厅：") for line in named) is (told["id"] == "L-B0BB00")


def test_who_maintains_a_home_hears_of_its_agents_private_ones_no_more_than_others(drawn):
    called = "- 2026-10-20 10:00 电话 业主说不急 ^3ackbbbb1"
    cut = "- 2026-11-12 10:00 调价 700→660 [价:: 660] ^3ackdddd1"
    mine = home(log=called, fields='grade: C\n    maintainer: "[[hang]]"', price=720)
    other = home(name="cut", id="CVT000", title="阳光花园 12号楼1801", log=cut, price=660,
                 sharing="私盘")  # fmt: skip
    found = row(drawn(mine, other), "L-9F3DWA")
    assert found["agent"] == "A-HANG00"
    assert found["topics"][0]["params"]["title"] == "阳光花园 3室"


def test_of_a_colleagues_private_home_the_public_fields_are_told_and_whom_to_ask(drawn):
    private = new_home(sharing="私盘", agent="hang", title="阳光花园 12号楼1801 急卖")
    found = drawn(client(), home(), private)
    ((_, params),) = topics(found)
    assert (params["title"], params["through"]) == ("阳光花园 3室", "李航")
    assert "1801" not in json.dumps(row(found), ensure_ascii=False)
    for detail in ("minimal", "normal", "full"):
        found.run(
            "ical", "-o", "x.ics", "--detail", detail, "--agent", "A-WANG00", now=NOW, lang="zh"
        )
        told = (found.root / "x.ics").read_text(encoding="utf-8").replace("\r\n ", "")
        of_client = [one for one in told.split("BEGIN:VEVENT") if "李女士" in one]
        assert of_client
        assert "1801" not in "".join(of_client)
        assert ("李航" in "".join(of_client)) is (detail != "minimal")
    mine = drawn(client(), home(), new_home(sharing="私盘", title="阳光花园 12号楼1801 急卖"))
    assert topics(mine)[0][1]["title"] == "阳光花园 12号楼1801 急卖"


@pytest.mark.parametrize(("sharing", "told"), [("公盘", ["floor"]), ("私盘", None)])
def test_on_which_floor_a_colleagues_private_home_lies_answers_nothing(drawn, sharing, told):
    shown = "- 2026-11-10 10:00 带看 [[shown]] [反应:: 考虑] [顾虑:: 楼层] ^3ackaaaa3"
    low, high = (
        home(fields="floor_band: 低"),
        new_home(fields="floor_band: 高", created="2026-09-02", sharing=sharing, agent="hang"),
    )
    found = dict(topics(drawn(client("cadence_days: 5", more=shown), low, high)))
    assert found.get("offer-answers", {}).get("objections") == told


def test_of_a_note_that_is_kept_back_nothing_is_advised(drawn):
    found = drawn(client(), home(sharing="私盘", agent="hang", fields="grade: A"))
    told = json.loads(found.run("show", "L-9F3DWA", "--json", "--as", "A-WANG00", now=NOW).out)
    assert told["topics"] == []
    assert "wait" not in told


def test_nothing_to_say_says_wait(drawn):
    found = row(drawn(client(), home(status="暂缓")))
    assert found["topics"] == []
    assert found["wait"]["until"] > NOW[:10]
    assert any("先等等" in line for line in found["brief"])


def test_an_owner_hears_who_looked_and_what_was_minded_and_no_name(drawn):
    seen = "- 2026-11-10 10:00 带看 [[shown]] 嫌贵 [反应:: 放弃] [顾虑:: 价格] ^3ackaaaa3"
    called = "- 2026-10-20 10:00 电话 业主说不急 ^3ackbbbb1"
    found = row(drawn(client(more=seen), home(log=called, fields="grade: C")), "L-9F3DWA")
    shown = found["topics"][0]
    assert (shown["topic_code"], shown["params"]["count"]) == ("shown", 1)
    assert shown["params"]["objections"] == {"price": 1}
    assert "李女士" not in json.dumps(found["topics"], ensure_ascii=False)
    assert found["topics"][-1]["topic_code"] == "market"


def test_an_owner_hears_of_neighbours_sold_and_cheaper_but_not_of_other_rooms(drawn):
    called = "- 2026-10-20 10:00 电话 业主说不急 ^3ackbbbb1"
    sold = "- 2026-11-10 10:00 状态 [状态:: 在售→他售] ^3ackcccc1"
    cut = "- 2026-11-12 10:00 调价 700→660 [价:: 660] ^3ackdddd1"
    mine = home(log=called, fields="grade: C", price=790)
    neighbours = (
        home(name="sold", id="S0DD00", title="阳光花园 西区", status="他售", log=sold),
        home(name="cut", id="CVT000", title="阳光花园 南区", log=cut, price=660),
    )
    found = topics(drawn(mine, *neighbours), "L-9F3DWA")
    assert [code for code, _ in found] == ["rival-closed", "rival-cut", "market"]
    assert found[0][1]["price"] == 650
    assert found[1][1] | {"old": 700, "new": 660} == found[1][1]


def test_a_neighbours_private_home_is_told_to_an_owner_without_its_door_or_holder(drawn):
    called = "- 2026-10-20 10:00 电话 业主说不急 ^3ackbbbb1"
    cut = "- 2026-11-12 10:00 调价 700→660 [价:: 660] ^3ackdddd1"
    mine = home(log=called, fields="grade: C", price=720)
    other = home(name="cut", id="CVT000", title="阳光花园 12号楼1801", log=cut, price=660,
                 sharing="私盘", agent="hang")  # fmt: skip
    found = row(drawn(mine, other), "L-9F3DWA", "--explain")
    rival = found["topics"][0]
    assert (rival["topic_code"], rival["params"]["title"]) == ("rival-cut", "阳光花园 3室")
    assert "through" not in rival["params"]
    assert "1801" not in json.dumps(found, ensure_ascii=False)


def test_what_was_offered_stands_in_a_full_calendar_only(drawn):
    offer = "- 2026-11-10 10:00 报价 买家出了价 [价:: 591] [方:: 买] ^3ackbbbb1"
    found = drawn(home(log=offer, fields="grade: B"))
    assert ("offer-open", 591) in [
        (code, params.get("price")) for code, params in topics(found, "L-9F3DWA")
    ]
    for detail in ("minimal", "normal", "full"):
        found.run("ical", "-o", "x.ics", "--detail", detail, now=NOW)
        told = (found.root / "x.ics").read_text(encoding="utf-8").replace("\r\n ", "")
        assert ("591" in told) is (detail == "full")


def test_agents_who_ask_in_turn_are_each_remembered(drawn):
    found = drawn(client(), home(), new_home())
    for agent in ("A-WANG00", "A-HANG00", "A-WANG00"):
        assert found.run("due", "--json", "--agent", agent, now=NOW).exit == 0
    kept = {path.name for path in found.root.glob(".git/brokernotes/briefs*")}
    kept |= {path.name for path in found.home.rglob("briefs*")}
    assert "briefs-A-WANG00" in kept


# --- where it stands


def test_show_says_what_to_say_in_both_languages(drawn):
    found = drawn(client(), home(), new_home())
    chinese = found.run("show", "C-7K2PQM", now=NOW, lang="zh").out
    english = found.run("show", "C-7K2PQM", now=NOW, lang="en").out
    assert "聊什么" in chinese
    assert "新上：阳光花园 东区三房" in chinese
    assert "What to say" in english
    assert "new: 阳光花园 东区三房" in english


def test_explain_says_where_each_topic_comes_from(drawn):
    cut = "- 2026-11-12 10:00 调价 680→650 [价:: 650] ^3ackbbbb1"
    found = drawn(client(shown="[反应:: 放弃]", last="问有没有车位"), home(log=cut))
    told = row(found, "C-7K2PQM", "--explain")["topics"]
    assert [one["explain"] for one in told] == [
        "该说的：李女士 的记录 ^3ackaaaa2",
        "该说的：阳光花园 3室2厅 的记录 ^3ackbbbb1",
    ]


def test_a_note_without_an_id_is_named_by_its_title(drawn):
    without = client(last="问有没有车位").replace("    id: C-7K2PQM\n", "")
    found = drawn(without, home(status="暂缓")).run(
        "due", "--json", "--all", "--explain", now=NOW, lang="zh"
    )
    told = next(one for one in json.loads(found.out) if one["title"] == "李女士")
    assert told["topics"][0]["explain"] == "该说的：李女士 的记录 ^3ackaaaa2"


def test_phones_in_topics_are_masked(drawn):
    found = drawn(client(last="问能不能打 13800138000 找她先生"), home(status="暂缓"))
    assert "13800138000" not in json.dumps(row(found)["topics"])


def test_what_to_say_is_remembered_until_anything_changes(drawn):
    found = drawn(client(), home(), new_home())
    assert codes(found) == ["offer-new"]
    found.run("index", now=NOW)
    assert codes(found) == ["offer-new"]
    found.draw(new_home(status="他售"))
    assert codes(found) == []


def test_the_calendar_is_the_same_on_another_day_and_under_another_hash_seed(drawn):
    found = drawn(client(fields="cadence_days: 60"), home(), new_home())
    found.run("ical", "-o", "x.ics", now=NOW)
    before = (found.root / "x.ics").read_bytes()
    assert "东区三房" in before.decode().replace("\r\n ", "")
    found.run("ical", "-o", "x.ics", now="2026-11-24T09:00")
    after = (found.root / "x.ics").read_bytes()
    mine = [one for one in before.split(b"BEGIN:VEVENT") if "李女士".encode() in one]
    assert mine
    assert all(one in after for one in mine)


def test_a_full_index_and_one_brought_up_to_date_say_the_same(drawn):
    found = drawn(client(), home())
    assert codes(found) == []
    found.draw(new_home())
    before = row(found)["topics"]
    assert found.run("index", "--verify", now=NOW).exit == 0
    found.run("index", "--rebuild", now=NOW)
    assert before
    assert row(found)["topics"] == before
