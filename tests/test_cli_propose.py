"""`propose` as a user meets it."""

from __future__ import annotations

import base64
import json
import re

import pytest

from tests.transcripts import FOLDER, SEPARATOR, names

DRAWING = (FOLDER / "propose-zh.txt").read_text("utf-8").partition(SEPARATOR)[0]
HOME = "房源/阳光花园 3室2厅-7K2PQM.md"
# A JPEG of one pixel, with a camera's EXIF before the picture.
PIXEL = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////"
    "////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)
EXIF = b"\xff\xe1\x00\x20Exif\0\0MM\0*\0\0\0\x08GPS 31.25,121.57"


@pytest.mark.parametrize("name", names("propose-"))
def test_a_proposal_as_written_down(name, transcript):
    transcript(name)


@pytest.fixture
def drawn(vault):
    return vault(DRAWING, language="zh")


def proposed(drawn, *words, **options):
    done = drawn.run("propose", "C-9F3DWA", *words, "--no-log", **options)
    assert done.exit == 0, done.err
    return done.out


def test_one_entry_links_every_listing_and_is_committed(drawn):
    drawn.draw("-- git --\n")
    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "L-7K2PQN", "--json", lang="zh")
    told = json.loads(done.out)
    (line,) = [one for one in drawn.read(told["path"]).splitlines() if "推荐" in one]

    assert line.count("[[") == 2
    assert told["entry"] in line
    assert drawn.git("log", "-1", "--format=%s").strip() == "方案：李女士 难缠的"
    assert drawn.run("check", "--json").exit == 0


def test_a_proposal_is_no_showing_and_changes_no_match(drawn):
    before = drawn.run("match", "C-9F3DWA", "--json").out
    drawn.run("propose", "C-9F3DWA", "L-7K2PQM")

    assert drawn.run("match", "C-9F3DWA", "--json").out == before


def test_photos_are_shown_from_the_strengths_alone_and_without_exif(drawn):
    photo = PIXEL[:2] + EXIF + PIXEL[2:]
    for name in ("客厅.jpg", "业主.jpg", "log.jpg"):
        (drawn.root / "照片").mkdir(exist_ok=True)
        (drawn.root / "照片" / name).write_bytes(photo)
    text = drawn.read(HOME).replace("周大明急着", "![[业主.jpg]] 周大明急着")
    text = text.replace(
        "## 业主情况", "## 卖点与不足\n\n![[客厅.jpg]] ![[不在.png]]\n\n## 业主情况"
    )
    drawn.write(HOME, text + "- 2026-11-03 10:00 备注 ![[log.jpg]]\n")
    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "--no-log", "--format", "html")

    (uri,) = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', done.out)
    assert base64.b64decode(uri) == PIXEL + b"\xff\xd9"
    assert "客厅.jpg" not in done.out
    assert "不在.png is left out" in done.err


def test_a_page_takes_nothing_from_outside(drawn):
    page = proposed(drawn, "L-7K2PQM", "L-7K2PQN", "--format", "html", lang="zh")

    assert not re.findall(r"(?:src|href)=\"(?!data:)|url\(|@import|<script", page)
    assert '<html lang="zh-CN">' in page


def test_what_somebody_typed_is_text_in_the_page(drawn):
    nasty = '<img src=x onerror=alert(1)> & "窗"'
    drawn.write(HOME, drawn.read(HOME).replace("主卧带飘窗", json.dumps(nasty, ensure_ascii=False)))

    page = proposed(drawn, "L-7K2PQM", "--format", "html")
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt; &amp;" in page


@pytest.mark.parametrize("typed", ["近地铁7号线", "地铁7号口"])
def test_the_estate_s_line_is_no_building(drawn, typed):
    drawn.write(HOME, drawn.read(HOME).replace("主卧带飘窗", typed))

    assert typed in proposed(drawn, "L-7K2PQM")


@pytest.mark.parametrize(
    "typed", ["电话 120 0000 9999", "随便谁 13711112222", "找周先生", "一一零二", "底价好谈"]
)
def test_a_secret_is_found_however_it_is_spelled_and_any_phone_in_a_note_is_one(drawn, typed):
    drawn.write(HOME, drawn.read(HOME).replace("主卧带飘窗", typed))
    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "--no-log", "--force")

    assert (done.exit, done.out) == (1, "")


def test_her_own_phone_and_the_client_s_name_may_stand_in_what_the_agent_says(drawn):
    drawn.write(HOME, drawn.read(HOME).replace("周大明", "李女士"))  # an owner called as the client
    words = ("--opening", "李女士您好", "--next-step", "打我电话 12000001111")

    assert "打我电话 12000001111" in proposed(drawn, "L-7K2PQM", *words)


def test_whoever_asks_signs(drawn):
    assert "孙立 · 12000002222" in proposed(drawn, "L-7K2PQM", "--agent", "孙立")


def test_a_file_that_cannot_be_written_leaves_the_log_as_it_was(drawn):
    drawn.write("taken", "x")
    before = drawn.read("客源/李女士-9F3DWA.md")
    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "-o", "taken/方案.html")

    assert done.exit == 74
    assert drawn.read("客源/李女士-9F3DWA.md") == before


def test_a_note_with_a_conflict_takes_no_entry_and_no_file_is_written(drawn):
    path = "客源/李女士-9F3DWA.md"
    drawn.write(path, drawn.read(path) + "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n")
    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "-o", "方案.html")

    assert (done.exit, done.out) == (5, "")
    assert not (drawn.root / "方案.html").exists()


def test_nothing_that_turns_a_text_around_leaves(drawn):
    drawn.write(HOME, drawn.read(HOME).replace("主卧带飘窗", '"a\\u202eb\\e[31m红"'))

    assert "a b [31m红" in proposed(drawn, "L-7K2PQM")


def test_nor_does_what_the_client_or_the_agent_is_called(drawn):
    for path, key, was in (
        ("客源/李女士-9F3DWA.md", "salutation", "李女士"), ("经纪人/王敏.md", "name", "王敏"),
    ):  # fmt: skip
        text = drawn.read(path)
        drawn.write(path, text.replace(f"{key}: {was}", f'{key}: "{was}\\u202e\\x1b[7m"'))
    for form in ("wechat", "html", "md"):
        told = proposed(drawn, "L-7K2PQM", "--format", form, "--next-step", "看\u202e房", lang="zh")
        assert "李女士" in told
        assert "王敏" in told
        assert "\u202e" not in told
        assert "\x1b" not in told


@pytest.mark.parametrize(
    "typed",
    ["阳光花园7栋1102", "周大明家", "7号楼 1102室", "十一楼", "找周大明13800138000"],
)
def test_a_door_or_an_owner_stops_it_wherever_somebody_typed_it(drawn, typed):
    text = drawn.read(HOME).replace("status: 在售", "status: 在售\nsharing: 私盘")
    for place in ("主卧带飘窗", "客厅窄", "到手价", "[[阳光花园]]"):
        drawn.write(HOME, text.replace(place, f"[[{typed}]]" if "[[" in place else typed))
        done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "--no-log", "--force")

        assert (done.exit, done.out) == (1, "")
        assert typed not in done.err


# -- what speaks against it


@pytest.mark.parametrize("drop", [("status: 在售", "status: 定金"), ("price: 590", "price:")])
def test_a_reserved_or_hardly_described_home_is_sent_only_when_somebody_insists(drawn, drop):
    drawn.write(HOME, drawn.read(HOME).replace(*drop))
    for more in ((), ("--no-input",)):
        done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "-o", "方案.html", *more)
        assert (done.exit, done.out) == (1, "")
        assert "--force" in done.err
    assert not (drawn.root / "方案.html").exists()

    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "--no-log", "--force")
    assert done.exit == 0
    assert re.search("reserved|does not say Price", done.err)
    assert "到手价" in done.out or "price on request" in done.out


@pytest.mark.parametrize(("answer", "exit_code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_at_a_terminal_whoever_sends_it_is_asked(drawn, monkeypatch, answer, exit_code):
    drawn.write(HOME, drawn.read(HOME).replace("status: 在售", "status: 定金"))
    monkeypatch.setattr("brokernotes.cli.writers.may_ask", lambda app: not app.no_input)
    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "--no-log", stdin=answer)

    assert done.exit == exit_code
    assert "is reserved" in done.err
    assert "Propose it all the same?" in done.err
    assert bool(done.out) == (exit_code == 0)


@pytest.mark.parametrize(
    ("form", "name", "exit_code"),
    [("md", "x.html", 2), ("html", "x.TXT", 2), ("html", "x.htm", 0), ("wechat", "x.txt", 0),
     ("html", "x.seite", 0)],
)  # fmt: skip
def test_a_file_is_what_its_ending_says(drawn, tmp_path, form, name, exit_code):
    target = tmp_path / name
    words = ("--no-log", "--format", form, "-o", str(target))
    done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", *words)

    assert done.exit == exit_code
    assert target.exists() == (exit_code == 0)


def test_what_the_owner_s_own_note_says_is_not_told(drawn):
    drawn.draw(
        """
        -- 客源/周家-9F3DWZ.md --
        ---
        id: C-9F3DWZ
        type: client
        salutation: 周师母
        wechat: corgi_zhou
        ---
        """
    )
    text = drawn.read(HOME).replace("owner_name: 周大明", 'owner: ["[[周家-9F3DWZ]]"]')
    for typed in ("加 corgi_zhou", "找周师母看房"):
        drawn.write(HOME, text.replace("主卧带飘窗", typed))
        done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "--no-log", "--force")
        assert (done.exit, done.out) == (1, "")
