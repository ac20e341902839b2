"""Whatever happens to the files, a refreshed index equals one built anew."""

import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.indexed import LATER, IndexedVault, stamped

FIRST_DAY = date(2026, 11, 21)
START = {
    "经纪人/王敏.md": {"id": "A-WANG22", "role": "店长", "store": "金杨店"},
    "经纪人/李航.md": {"id": "A-HANG33", "store": "金杨店", "supervisor": '"[[王敏]]"'},
    "小区/阳光花园.md": {"id": "M-ZAG2YC"},
    "客源/李女士-7K2PQM.md": {"id": "C-7K2PQM", "stage": "在看", "created": "2026-10-01"},
    "客源/周先生-1BVQKE.md": {
        "id": "C-1BVQKE", "intents": "出售", "channel": "电话", "created": "2026-10-02",
    },
    "客源/老客户.md": {"intents": "求购", "created": "2026-10-03"},
    "房源/阳光花园 3室-9F3DWA.md": {
        "id": "L-9F3DWA", "status": "在售", "owner": '"[[周先生-1BVQKE]]"', "created": "2026-10-01",
        "agent": '"[[李航]]"',
    },
    "房源/春江苑-H4T0ZB.md": {
        "id": "L-H4T0ZB", "status": "在售", "owner": '"[[老客户]]"', "created": "2026-10-04",
    },
    "成交/阳光-TY2CKJ.md": {
        "id": "D-TY2CKJ", "stage": "定金", "listing": '"[[阳光花园 3室-9F3DWA]]"',
        "expected_signing": "2026-11-24",
    },
}  # fmt: skip
PATHS = (*START, "房源/别名.md", "收件箱.md", "旧/李女士-7K2PQM.md", "客源/周先生.md")
IDS = ("C-7K2PQM", "C-1BVQKE", "L-9F3DWA", "L-H4T0ZB", "A-WANG22", "A-HANG33", "bad")
PEOPLE = (
    "李女士-7K2PQM",
    "C-7K2PQM",
    "周先生-1BVQKE",
    "周先生",
    "老客户",
    "旧/李女士-7K2PQM",
    "谁",
)
HOMES = ("阳光花园 3室-9F3DWA", "改过-9F3DWA", "春江苑-H4T0ZB", "别名", "阳光花园")
COLLEAGUES = ("王敏", "李航", "小王")
ALIASES = (*PEOPLE, *HOMES, *COLLEAGUES)

WORDS = {
    "id": IDS,
    "type": ("client", "listing", "agent", "deal", "nonsense"),
    "title": ALIASES,
    "aliases": ALIASES,
    "stage": ("在看", "磋商", "暂缓", "定金", "无效"),
    "status": ("在售", "暂缓", "他租"),
    "grade": tuple("ABCD"),
    "intents": ("出售", "求购"),
    "channel": ("微信", "电话"),
    "do_not_contact": ("true", "false"),
    "round": ("1", "2", "3"),
    "role": ("店长", "经纪人"),
    "store": ("金杨店", "莘庄店"),
    "phone": ('"12000001926"', '"12000001927"'),
}
LINKS = {"agent": COLLEAGUES, "owner": PEOPLE, "listing": HOMES, "supervisor": COLLEAGUES}
DAYS = ("left", "next_followup", "created", "expected_signing")
COMMON = ("id", "title", "aliases", "type", "created", "agent")
KEYS = {
    "客源": (
        *COMMON,
        *("channel", "do_not_contact", "stage", "intents") * 2,
        "next_followup",
        "phone",
    ),
    "房源": (*COMMON, *("owner",) * 4, *("status", "grade", "round") * 2),
    "成交": (*COMMON, *("listing", "expected_signing") * 3, "stage"),
    "经纪人": (*COMMON, "role", "store", "supervisor", "left"),
    "小区": ("id", "aliases", "title", "type"),
}
OFTEN = [path for path in START for _ in range(1 if path.startswith(("经纪人", "小区")) else 6)]
SAYINGS = ("电话 聊了", "微信 回了 [结果:: 已回复]", "电话 @小王 [下次:: 2026-12-01]")

SORTS = (
    *("edit",) * 6, "edit in the same tick", "edit and restore the time", "rename", "copy",
    "delete", "blank", "touch", "check out", "look on another day",
)  # fmt: skip


class Story:
    """What happens to a vault, always the same for the same seed."""

    def __init__(self, seed: int):
        self.random = Random(seed)

    def step(self) -> tuple[Any, ...]:
        """What happens next."""
        pick, present = self.random.choice, self.random.choice(OFTEN)
        what = pick(SORTS)
        if what.startswith("edit"):
            return what, self.edit()
        if what in ("rename", "copy"):
            return what, present, pick(PATHS)
        if what == "check out":
            return what, [self.edit() for _ in range(self.random.randrange(5))]
        if what == "look on another day":
            return what, self.random.randint(-20, 20)
        return what, pick((present, pick(PATHS)))

    def edit(self) -> tuple[str, str, str | None]:
        """Note, key and value; no value: the key goes."""
        random = self.random
        path = random.choice(OFTEN)
        if random.random() < 0.25:
            return path, "log", random.choice((None, self.entry(), self.entry()))
        key = random.choice(KEYS[path.partition("/")[0]])
        if random.random() < 0.2:
            return path, key, None
        if key in DAYS:
            return path, key, self.day()
        if key in LINKS:
            return path, key, f'"[[{random.choice(LINKS[key])}]]"'
        return path, key, random.choice(WORDS[key])

    def day(self) -> str:
        """A day around the first."""
        return str(FIRST_DAY + timedelta(days=self.random.randint(-40, 40)))

    def entry(self) -> str:
        """A line of a log."""
        said = self.random.choice(
            (*SAYINGS, *(f"带看 [[{name}]] 可谈 [业主:: 已联系]" for name in HOMES))
        )
        return f"- {self.day()} 10:00 {said}"


class Town:
    """A vault whose times are told by a counter."""

    def __init__(self, root: Path):
        self.vault = IndexedVault(root)
        self.stamps: dict[str, dict[str, int]] = {}
        self.clock = LATER
        self.today = FIRST_DAY
        self.notes: dict[str, tuple[dict[str, str], list[str]]] = {
            path: (dict(front), []) for path, front in START.items()
        }
        for path in START:
            self.write(path)

    def write(self, path: str, mtime: int | None = None) -> None:
        """Put a note on the disk."""
        front, log = self.notes[path]
        lines = [f"{key}: {value}" for key, value in front.items()]
        text = "\n".join(("---", *lines, "---", "", "## 跟进记录", "", *log, ""))
        self.vault.write(path, text if front else "没有属性的一页\n")
        tick = self.clock // 4_000_000 * 4_000_000 + 7
        self.stamps[path] = {"mtime": mtime or tick, "ctime": tick, "inode": 1}

    def edit(self, path: str, key: str, value: str | None, mtime: int | None = None) -> None:
        """Set or clear a key, add an entry or take all away."""
        if path not in self.notes:
            self.notes[path] = (dict(START[path]), [])
        front, log = self.notes[path]
        if key == "log":
            log[:] = [*log, value] if value else []
        elif value is None:
            front.pop(key, None)
        else:
            front[key] = value
        self.write(path, mtime)

    def remove(self, path: str) -> None:
        """Take a note away."""
        (self.vault.root / path).unlink()
        del self.notes[path], self.stamps[path]

    def do(self, what: str, *told) -> None:
        """One step."""
        if what != "edit in the same tick":
            self.clock += 50_000_000
        is_there = told[0] in self.notes if isinstance(told[0], str) else True
        match what:
            case "edit" | "edit in the same tick":
                self.edit(*told[0])
            case "edit and restore the time":
                path, key, value = told[0]
                self.edit(path, key, value, self.stamps.get(path, {}).get("mtime"))
            case "rename" if is_there and told[0] != told[1]:
                stamp, note = self.stamps[told[0]], self.notes[told[0]]
                self.notes[told[1]] = note
                self.write(told[1], stamp["mtime"])
                self.remove(told[0])
            case "copy" if is_there and told[0] != told[1]:
                front, log = self.notes[told[0]]
                self.notes[told[1]] = (dict(front), list(log))
                self.write(told[1])
            case "delete" if is_there:
                self.remove(told[0])
            case "blank":
                self.notes[told[0]] = ({}, [])
                self.write(told[0])
            case "touch" if is_there:
                self.write(told[0])
            case "check out":
                for path in [path for path in self.notes if path.startswith("客源/")]:
                    self.remove(path)
                for edit in told[0]:
                    self.edit(*edit)
            case "look on another day":
                self.today = FIRST_DAY + timedelta(days=told[0])

    def check(self) -> None:
        """Refresh, and compare with a new index."""
        with stamped(self.stamps):
            self.vault.refresh(self.today, clock_ns=self.clock)
            assert self.vault.differences(self.today) == []


def play(seed: int, looks: int) -> None:
    """Act a story, looking after every few steps."""
    story = Story(seed)
    with tempfile.TemporaryDirectory() as folder:
        town = Town(Path(folder) / "vault")
        told = []
        try:
            for _ in range(looks):
                town.check()
                told = [story.step() for _ in range(story.random.randint(1, 3))]
                for step in told:
                    town.do(*step)
        except AssertionError:
            print("since the last look:", *told, sep="\n  ")  # noqa: T201
            raise
        finally:
            town.vault.close()


@pytest.mark.parametrize("seed", range(6))
def test_a_refreshed_index_equals_one_built_anew(seed):
    play(seed, looks=40)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_a_refreshed_index_equals_one_built_anew_after_long_histories(seed):
    play(seed, looks=200)
