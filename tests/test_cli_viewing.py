"""`--as AGENT`: no output tells what the agent may not see, and what is hidden is named."""

import itertools
import json

import pytest

from brokernotes.cli.main import COMMANDS
from brokernotes.cli.report import REPORTS
from brokernotes.cli.viewing import SHOWING
from brokernotes.model.rules import builtin_schema
from tests.shared_vault import DRAWING, HOLDER, MANAGER, SECRETS, STRANGER, leaks

# Every way in which a command that takes --as tells about notes. A command that is let in
# to SHOWING has to stand here, or the test below fails.
WALK = {
    "list": [
        ["listings"], ["clients"], ["deals"], ["listings", "--fields", "{every listing}"],
        ["clients", "--fields", "{every client}"], ["deals", "--fields", "{every deal}"],
        ["listings", "--sort", "room,owner_phone"], ["listings", "--explain", "房"],
    ],
    "tree": [
        ["listings", "--by", "building,room,floor_band"], ["listings", "--by", "owner"],
        ["clients", "--by", "title,name,phone"], ["listings", "--by", "title"],
    ],
    "find": [
        ["阳光花园"], ["女士"], ["电话"], ["报价"], ["业主"], ["客源"],
        *([word] for word in ("程寄舟", "司徒晓岚", "邓梦蝶", "1207", "13899990001")),
    ],
    "show": [
        ["L-SECRT1"], ["C-BYER11"], ["C-DENG11"], ["C-3WNR11"], ["D-DEAZ11"], ["C-ZHNG11"],
        ["L-SECRT1", "--reveal", "--log", "99"], ["C-BYER11", "--reveal"],
        ["L-SECRT1", "--json"], ["C-BYER11", "--json"], ["C-DENG11", "--json"],
        ["D-DEAZ11", "--json"], ["程寄舟"], ["司徒晓岚"], ["13799990002"], ["邓"], ["dmd"],
    ],
    "due": [[], ["--all"], ["--all", "--until", "+60d", "--explain"], ["--all", "三房"]],
    "history": [
        ["L-SECRT1"], ["C-BYER11"], ["C-DENG11"], ["D-DEAZ11"], ["C-ZHNG11"], ["C-3WNR11"],
        ["L-SECRT1", "log"], ["L-SECRT1", "title"], ["L-SECRT1", "price"], ["L-SECRT1", "status"],
        ["L-SECRT1", "--reveal"], ["阳光花园 旧名"], ["L-G0NE11"], ["房源/阳光花园 7788-1207.md"],
    ],
    "match": [
        ["C-BYER11"], ["C-ZHNG11", "--explain"], ["L-SECRT1", "--explain"], ["L-SECRT1", "--near"],
        ["C-DENG11", "--json"], ["L-SECRT1", "--json"],
    ],
    "changes": [[], ["--since", "2020-01-01"], ["listings", "--since", "2020-01-01"]],
    "report": [[], *([name] for name in REPORTS if name != "owner"), ["owner", "L-SECRT1"]],
    "deal": [[], ["D-DEAZ11"], ["L-SECRT1"], ["D-DEAZ11", "--json"], ["--json"]],
    "status": [["L-SECRT1"], ["L-SECRT1", "--json"], ["阳光花园"]],
    "evidence": [
        ["C-BYER11", "L-SECRT1"], ["C-DENG11", "L-SECRT1"], ["C-ZHNG11", "L-SECRT1"],
    ],
    "commission": [["D-DEAZ11"], ["D-DEAZ11", "--basis", "due"]],
    "export": [["--vcard"], ["--vcard", "--mine"], ["--vcard", "--agent", "李航"], ["--fields"]],
    "ical": [
        ["-o", "-", "--detail", "full", "--reveal"], ["-o", "-"],
        ["-o", "-", "--detail", "minimal"],
    ],
}  # fmt: skip
FORMS = {
    "list": ("table", "json", "jsonl", "csv", "tsv"),
    "tree": ("table", "json", "jsonl", "csv", "tsv"),
    "find": ("table", "json", "csv"),
    "history": ("table", "json", "csv"),
    "changes": ("table", "json"),
    "report": ("table", "json"),
    "evidence": ("text", "md", "json"),
    "commission": ("table", "json", "csv"),
    "due": ("table", "json", "csv"),
}


def lines(command: str, drawn) -> list[list[str]]:
    """The command lines of one command, in every format."""
    every = {
        note_type: ",".join(schema_keys(drawn, note_type))
        for note_type in ("listing", "client", "deal")
    }
    found = []
    for words, form in itertools.product(WALK[command], FORMS.get(command, ("",))):
        filled = [
            word.replace("{every listing}", every["listing"])
            .replace("{every client}", every["client"])
            .replace("{every deal}", every["deal"])
            for word in words
        ]
        asked = ["--format", form] if form else []
        if words[:1] == ["owner"]:  # a text to be sent, or JSON
            asked = ["--json"] if form == "json" else []
        found.append([command, *filled, *asked])
    return found


def schema_keys(drawn, note_type: str) -> list[str]:
    return [*builtin_schema().fields(note_type), "path", "links", "backdoor"][
        : None if note_type == "listing" else -1
    ]


@pytest.fixture
def drawn(vault):
    return vault(DRAWING)


@pytest.fixture
def committed(drawn):
    """The same, with a past: once it was called otherwise, and another note is gone."""
    note = "房源/阳光花园 7788-1207.md"
    text = drawn.read(note)
    for secret in ("1207", "13899990001", "欧阳秋月"):
        assert secret in text
    drawn.draw("-- 房源/阳光花园 旧名 7788-1207.md --\n" + text.replace("price: 600", "price: 650"))
    drawn.draw("-- 房源/走了 1207.md --\n" + text.replace("L-SECRT1", "L-G0NE11"))
    (drawn.root / note).unlink()
    drawn.draw("-- git --\n")
    (drawn.root / "房源/阳光花园 旧名 7788-1207.md").rename(drawn.root / note)
    (drawn.root / "房源/走了 1207.md").unlink()
    drawn.draw("-- git --\n")
    drawn.draw(f"-- {note} --\n{text}")
    drawn.git("commit", "--quiet", "--all", "-m", "1207 降价，欧阳秋月同意")
    return drawn


@pytest.mark.parametrize("command", sorted(WALK))
def test_no_output_tells_a_stranger_a_secret(committed, command):
    drawn = committed
    for words, language in itertools.product(lines(command, drawn), ("zh", "en")):
        said = drawn.run(*words, "--as", STRANGER, lang=language)
        typed = " ".join(words)
        found = [place for place in leaks(said.out + said.err) if SECRETS[place] not in typed]

        assert not found, f"{typed}: {found}\n{said.out}{said.err}"
        assert said.exit in (0, 1, 4), said.err  # 1: it is the holder who reports to the owner


@pytest.mark.parametrize("viewer", [HOLDER, MANAGER])
def test_holder_and_supervisor_read_every_secret(drawn, viewer):
    said = ""
    for ref in ("L-SECRT1", "C-BYER11", "C-DENG11", "C-3WNR11", "D-DEAZ11"):
        said += drawn.run("show", ref, "--reveal", "--log", "99", "--as", viewer).out
    for word in SECRETS.values():
        said += drawn.run("find", word, "--reveal", "--as", viewer, "--json").out

    comments = {"a comment", "a trailing comment"}  # which nothing shows to anybody
    assert set(leaks(said)) == set(SECRETS) - comments


def test_history_is_told_as_far_as_the_viewer_may_know(committed):
    said = committed.run("history", "L-SECRT1", "--as", STRANGER).out
    holder = committed.run("history", "L-SECRT1", "--as", HOLDER).out

    assert "650 → 600" in said
    assert "2 log entries" in said
    assert "3 log entries" in holder
    assert "1207" in committed.run("history", "L-SECRT1", "room", "--as", HOLDER).out
    assert committed.run("history", "L-SECRT1", "price", "--as", STRANGER).exit == 0
    assert committed.run("history", "L-SECRT1", "log", "--as", STRANGER).out.count("\n") == 2


def test_without_as_everything_on_the_disk_is_shown(drawn):
    assert "1207" in drawn.run("show", "L-SECRT1", "--agent", STRANGER).out


def test_every_command_shows_through_glass_or_refuses(drawn):
    assert set(WALK) == SHOWING, "a command that takes --as has to be walked above"
    for command in COMMANDS:
        if command in SHOWING:
            continue
        said = drawn.run("--as", STRANGER, command)
        assert said.exit == 2, command
        assert "--as" in said.err, command


@pytest.mark.parametrize(
    "words",
    [
        ["status", "L-SECRT1", "暂缓"], ["status", "L-SECRT1", "暂缓", "--dry-run"],
        ["deal", "D-DEAZ11", "cancel", "不买了"], ["deal", "D-DEAZ11", "plan", "面签", "+3d"],
        ["deal", "D-DEAZ11", "done", "网签"], ["export", "--obsidian"],
    ],
)  # fmt: skip
def test_what_would_write_is_refused_and_writes_nothing(drawn, words):
    before = {path: path.read_bytes() for path in drawn.root.rglob("*") if path.is_file()}

    said = drawn.run(*words, "--as", HOLDER, lang="zh")

    assert said.exit == 1, said.out
    assert "--as" in said.err
    assert said.out == ""
    assert {path: path.read_bytes() for path in drawn.root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "words",
    [["deal", "D-DEAZ11"], ["status", "L-SECRT1"], ["evidence", "C-BYER11", "L-SECRT1"],
     ["commission", "D-DEAZ11"]],
)  # fmt: skip
def test_an_answer_made_of_kept_notes_names_what_was_kept(drawn, words):
    stranger = drawn.run(*words, "--as", STRANGER, lang="zh").err
    program = json.loads(drawn.run(*words, "--json", "--as", STRANGER).out)
    holder = drawn.run(*words, "--as", HOLDER, lang="zh").err

    assert "私盘，请问持盘人 李航" in stranger
    assert "请问" not in holder
    assert program["kept"]
    assert "kept" not in json.loads(drawn.run(*words, "--json", "--as", HOLDER).out)


def test_what_is_hidden_is_named_and_whom_to_ask(drawn):
    zh = drawn.run("show", "L-SECRT1", "--as", STRANGER, lang="zh").out
    en = drawn.run("show", "L-SECRT1", "--as", STRANGER, lang="en").out
    client = drawn.run("show", "C-BYER11", "--as", STRANGER, lang="zh").out

    assert "栋座、单元、室号" in zh
    assert "私盘，请问持盘人 李航" in zh
    assert "业主姓名" not in zh.partition("还没问到")[2], "what is hidden has been asked"
    assert "private listing, ask 李航, who holds it" in en
    assert "1 log entry" in en
    assert "姓名、电话、微信、生日" in client
    assert "李航 的客户，请问 李航" in client


def test_programs_are_told_what_is_hidden(drawn):
    shown = json.loads(drawn.run("show", "L-SECRT1", "--as", STRANGER, "--json").out)
    rows = json.loads(drawn.run("list", "listings", "--as", STRANGER, "--json").out)
    chosen = drawn.run(
        "list", "listings", "--as", STRANGER, "--fields", "price,room", lang="zh"
    ).out

    assert "room" not in shown
    assert {"building", "room", "owner_phone"} <= set(shown["hidden"])
    assert shown["hidden_entries"] == 1
    assert shown["holder"] == "A-H0HANG"
    assert set(rows[0]["hidden"]) == set(shown["hidden"])
    assert chosen.split() == ["600", "私盘"]


@pytest.mark.parametrize(
    "query",
    ["room:1207", "room=1207", "owner_phone:any", "reserve_price>100", "owner:程寄舟",
     "1207", "楼层段:高", "底价:any", "owner_name:欧阳"],
)  # fmt: skip
def test_a_query_does_not_reveal_by_matching(drawn, query):
    assert drawn.run("list", "listings", query, "--as", STRANGER, "--json").out.strip() in (
        "[]",
        "",
    )
    assert "L-SECRT1" in drawn.run("list", "listings", query, "--as", HOLDER).out


def test_hidden_counts_as_not_set(drawn):
    said = drawn.run("list", "listings", "room:none", "--as", STRANGER).out
    tree = drawn.run("tree", "listings", "--by", "room", "--as", STRANGER)

    assert "L-SECRT1" in said
    assert "(not set)" in tree.out
    assert tree.err == "As 赵一鸣 would see it: what is kept from them counts as not set.\n"


@pytest.mark.parametrize(
    "ref", ["13899990001", "尾号0001", "13799990002", "司徒晓岚", "岚岚", "邓梦蝶"]
)
def test_a_ref_does_not_reveal_by_resolving(drawn, ref):
    assert drawn.run("show", ref, "--as", STRANGER).exit == 4
    assert drawn.run("show", ref, "--as", HOLDER).exit == 0


def test_the_demand_is_shared(drawn):
    shown = json.loads(drawn.run("show", "C-BYER11", "--as", STRANGER, "--json").out)

    assert shown["budget_max"] == 650
    assert shown["districts"] == ["浦东"]
    assert shown["salutation"] == "司徒女士"
    assert shown["title"] == "司徒女士 浦东三房"
    assert shown["path"] == "客源/司徒女士-BYER11.md"


def test_the_viewer_s_own_notes_are_whole(drawn):
    shown = json.loads(drawn.run("show", "C-ZHNG11", "--as", STRANGER, "--json", "--reveal").out)

    assert shown["name"] == "庄大可"
    assert shown["phone"] == ["13599990009"]
    assert "hidden" not in shown


def test_lines_of_a_note_keep_their_numbers(drawn):
    mine = json.loads(drawn.run("find", "看江", "--as", HOLDER, "--json").out)
    theirs = json.loads(drawn.run("find", "看江", "--as", STRANGER, "--json").out)

    assert [one["line"] for one in theirs] == [one["line"] for one in mine]


def test_what_a_viewer_may_see_changes_with_notes_rules_and_team(drawn):
    def room(viewer: str = STRANGER) -> str:
        return drawn.run("list", "listings", "--fields", "room", "--as", viewer).out.strip()

    assert room() == "private"
    note = "房源/阳光花园 7788-1207.md"
    text = drawn.read(note)
    drawn.draw(f"-- {note} --\n" + text.replace("status: 在售", "status: 在售\nsharing: 公盘"))
    assert room() == "1207"
    drawn.draw(f"-- {note} --\n" + text)
    assert room() == "private"
    boss = drawn.read("经纪人/李航.md").replace("[[王敏]]", "[[赵一鸣]]")
    drawn.draw("-- 经纪人/李航.md --\n" + boss)
    assert room() == "1207", "who stands above the holder sees it"
    assert room(MANAGER) == "1207", "and who stands above them"


def test_by_area_and_by_quota(drawn):
    rules = drawn.read("brokernotes.yaml")
    drawn.draw("-- brokernotes.yaml --\n" + rules.replace("mode: private", "mode: mixed_area"))
    both = ("李航", "赵一鸣")
    for name in both:
        text = drawn.read(f"经纪人/{name}.md").replace(
            "\n---\n", "\nservice_areas: [浦东]\n---\n", 1
        )
        drawn.draw(
            f"-- 经纪人/{name}.md --\n" + text.replace("---\nservice_areas: [浦东]\n", "---\n")
        )

    assert "1207" in drawn.run("list", "listings", "--fields", "room", "--as", STRANGER).out


def test_as_nobody_known_is_refused(drawn):
    said = drawn.run("list", "listings", "--as", "没有这个人")

    assert said.exit == 4
    assert drawn.run("list", "listings", "--as", "L-SECRT1").exit == 4


@pytest.mark.parametrize("name", ["as-en.txt", "as-zh.txt"])
def test_transcripts(transcript, name):
    transcript(name)
