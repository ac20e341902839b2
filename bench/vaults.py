"""Vaults of any size, invented and always the same for the same seed.

A note has about 2.1 KB, 27 keys and 17 log entries: what a busy brokerage's notes
come to after half a year. Half are clients, the rest listings but for a few deals,
estates and colleagues; they link to each other as real ones do.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

TODAY = date(2026, 11, 21)  # the vaults' present day
SHARES = {"agent": 0.005, "community": 0.015, "deal": 0.03, "client": 0.5}  # listings: the rest
OWNER_EVERY = 7  # every so-many-th client sells
KEPT = 0.8  # of the notes, whose person was called lately; about the others somebody is late

_FOLDERS = {
    "agent": "经纪人", "community": "小区", "client": "客源", "listing": "房源", "deal": "成交",
}  # fmt: skip
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂芳文华建国志伟秀英海燕"
_PLACES = "阳光春江映月梧桐玉兰书香金桥虹桥听泉云帆江月纱厂"
_ENDINGS = ("花园", "苑", "新村", "名邸", "公寓", "湾", "里", "雅居")
_DISTRICTS = {"浦东": ("金杨", "洋泾"), "杨浦": ("五角场", "控江"), "徐汇": ("田林", "龙华"),
              "闵行": ("莘庄", "七宝")}  # fmt: skip
_LINES = (
    "电话 报了近况，说这个月忙，下个月初再看",
    "微信 发了同小区两套的成交价，回了一个嗯 [结果:: 已回复]",
    "微信 问学区名额还在不在，答应帮问 [结果:: 已发未回]",
    "电话 响到自动挂断，晚点再打 [结果:: 未接]",
    "面谈 到店算贷款，先生第一次来，话少",
    "回访 业主说不着急，价格还能谈一点",
    "备注 钥匙在前台，带看提前一小时说",
    "电话 聊了二十分钟，三房两卫是硬条件，预算可以松一点",
    "微信 节前问候，顺便说了新规 [结果:: 已回复] [来:: 客]",
)
_NOTES = (
    "说话快，做决定慢，看房带卷尺。最在意采光和地铁，其次是学校。",
    "客厅朝南，主卧带飘窗，厨房小了一点。楼下就是菜场，早上有点吵。",
    "周末下午最方便，平时只回微信。价格谈过两轮，底线还没有说。",
)


def notes(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """The notes of a vault: path and text of each.

    Args:
        count: how many.
        seed: another one makes another vault.
    """
    yield from _Town(count, Random(seed)).notes()


def write_vault(folder: Path, count: int, seed: int = 1) -> Path:
    """Write a vault into a folder that is made for it.

    Args:
        folder: where.
        count: how many notes.
        seed: another one makes another vault.

    Returns:
        The folder.
    """
    for name in _FOLDERS.values():
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "brokernotes.yaml").write_text("format: 1\nlanguage: zh\n", encoding="utf-8")
    top = str(folder)
    for path, text in notes(count, seed):
        with open(os.path.join(top, path), "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH118, PTH123
            file.write(text)
    return folder


class _Town:
    """Everybody and everything that the notes of one vault tell of."""

    def __init__(self, count: int, random: Random) -> None:
        self.random = random
        numbers = {kind: max(1, round(count * share)) for kind, share in SHARES.items()}
        numbers["listing"] = max(1, count - sum(numbers.values()))
        self.ids = {kind: self._ids(number) for kind, number in numbers.items()}
        self.agents = [self._person(i) for i in range(numbers["agent"])]
        self.estates = [self._estate(i) for i in range(numbers["community"])]
        self.where = [random.choice(list(_DISTRICTS)) for _ in self.estates]
        self.clients = [self._client_name(six) for six in self.ids["client"]]
        self.homes = [random.randrange(len(self.estates)) for _ in self.ids["listing"]]
        self.rooms = [random.randint(1, 4) for _ in self.ids["listing"]]
        self.listings = [
            f"{self.estates[home]} {rooms}室{min(rooms, 2)}厅-{six}"
            for home, rooms, six in zip(self.homes, self.rooms, self.ids["listing"], strict=True)
        ]

    def _ids(self, number: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < number:
            six = "".join(self.random.choices(_ALPHABET, k=6))
            if not six.isdigit():
                found[six] = None
        return list(found)

    def _person(self, i: int) -> str:
        return _SURNAMES[i % 30] + _GIVEN[i // 30 % 30] + (_GIVEN[i % 7] if i >= 30 else "")

    def _estate(self, i: int) -> str:
        pair = 2 * (i % 12)
        number = i // 96
        return (
            _PLACES[pair : pair + 2] + _ENDINGS[i // 12 % 8] + (f"{number + 1}期" if number else "")
        )

    def _client_name(self, six: str) -> str:
        surname, rooms = self.random.choice(_SURNAMES), self.random.choice("一两三四")
        return f"{surname}女士 {self.random.choice(list(_DISTRICTS))}{rooms}房-{six}"

    def notes(self) -> Iterator[tuple[str, str]]:
        """Every note, kind by kind."""
        makers = {
            "agent": self._agent,
            "community": self._community,
            "client": self._client,
            "listing": self._listing,
            "deal": self._deal,
        }
        for kind, make in makers.items():
            for i in range(len(self.ids[kind])):
                name, front, body = make(i)
                block = "\n".join(front)
                yield f"{_FOLDERS[kind]}/{name}.md", f"---\n{block}\n---\n\n{body}"

    # -- one note of each kind

    def _agent(self, i: int) -> tuple[str, list[str], str]:
        name = self.agents[i]
        return (
            name,
            [
                f"id: A-{self.ids['agent'][i]}", "type: agent", f"title: {name}", f"name: {name}",
                "phone:", f'  - "{12100000000 + i}"', f'licence: "BX-{i:04d}"',
                "role: 店长" if i == 0 else "role: 经纪人", "store: 金杨店",
                *([f'supervisor: "[[{self.agents[0]}]]"'] if i else []), "joined: 2021-03-01",
            ],
            "## 备注\n\n周一休息。\n",
        )  # fmt: skip

    def _community(self, i: int) -> tuple[str, list[str], str]:
        name, district = self.estates[i], self.where[i]
        return (
            name,
            [
                f"id: M-{self.ids['community'][i]}", "type: community", f"title: {name}",
                f"district: {district}", f"neighborhood: {_DISTRICTS[district][i % 2]}",
                f"year_built: {1996 + i % 25}", "features:", "  - 地铁", "  - 电梯",
                f"avg_price: {38000 + 137 * (i % 300)}",
            ],
            f"## 小区情况\n\n{_NOTES[i % 3]}\n",
        )  # fmt: skip

    def _client(self, i: int) -> tuple[str, list[str], str]:
        random, low = self.random, self.random.randint(200, 900)
        owns = i % OWNER_EVERY == 0
        created = TODAY - timedelta(days=random.randint(60, 400))
        district = random.choice(list(_DISTRICTS))
        name = self.clients[i]
        front = [
            f"id: C-{self.ids['client'][i]}", "type: client", f"title: {name[:-7]}",
            f"salutation: {name[:3]}", "phone:", f'  - "{12000000000 + i}"', "intents:",
            "  - 出售" if owns else "  - 求购", f"inquired_at: {created}T10:30:00",
            f"stage: {random.choice(('在看', '在看', '在看', '磋商', '暂缓'))}",
            f"urgency: {random.choice('高中低')}", f"motivation: {random.choice('强中弱')}",
            "budget_ready: 已到位", "cooperation: 周末", "source: 短视频", f"budget_min: {low}",
            f"budget_max: {low + 80}", "districts:", f"  - {district}", "neighborhoods:",
            f"  - {_DISTRICTS[district][0]}", f"bedrooms_min: {random.randint(1, 3)}",
            f"area_min: {random.randint(50, 130)}", "purpose: 改善", "facing:", "  - 南",
            "must_have:", "  - 电梯", "  - 地铁", "payment: 商贷", "homes_owned: 首套",
            "channel: 微信", f"confirmed_on: {TODAY - timedelta(days=random.randint(1, 59))}",
            f'agent: "[[{random.choice(self.agents)}]]"', f"created: {created}T10:30:00",
        ]  # fmt: skip
        if random.random() < 0.03:
            front.append(f"next_followup: {TODAY + timedelta(days=random.randint(-5, 30))}")
        return name, front, self._body("需求", i, created, shows=not owns)

    def _listing(self, i: int) -> tuple[str, list[str], str]:
        random, home, rooms = self.random, self.homes[i], self.rooms[i]
        created = TODAY - timedelta(days=random.randint(60, 400))
        district = self.where[home]
        name = self.listings[i]
        front = [
            f"id: L-{self.ids['listing'][i]}", "type: listing", f"title: {name[:-7]}",
            f'community: "[[{self.estates[home]}]]"', f"district: {district}",
            f"neighborhood: {_DISTRICTS[district][home % 2]}", "transaction: 出售",
            f"status: {random.choice(('在售', '在售', '在售', '我售', '暂缓'))}",
            f"grade: {random.choice('ABCD')}", f"price: {random.randint(180, 1200)}",
            f"bedrooms: {rooms}", f"living_rooms: {min(rooms, 2)}", "bathrooms: 1",
            f"gross_area: {rooms * 32 + random.randint(0, 90) / 10:.1f}", "facing:", "  - 南",
            "floor_band: 中", "total_floors: 18", "decoration: 精装", "elevator: true",
            "year_built: 2006", "property_type: 普通住宅", "only_home: true",
            f"entrust_until: {TODAY + timedelta(days=random.randint(20, 300))}", "source: 门店",
            f"listed: {created}", f'agent: "[[{random.choice(self.agents)}]]"',
            f"created: {created}T09:00:00",
        ]  # fmt: skip
        if random.random() < 0.15:
            front.append(f'owner: "[[{random.choice(self.clients[::OWNER_EVERY])}]]"')
        else:
            front.append(f'owner_phone: "{12200000000 + i // 2}"')
        return name, front, self._body("卖点与不足", i, created, shows=False)

    def _deal(self, i: int) -> tuple[str, list[str], str]:
        random = self.random
        day = TODAY - timedelta(days=random.randint(-10, 200))
        home = random.randrange(len(self.listings))
        front = [
            f"id: D-{self.ids['deal'][i]}", "type: deal",
            f'listing: "[[{self.listings[home]}]]"', "buyer:",
            f'  - "[[{random.choice(self.clients)}]]"', "transaction: 出售",
            "template: 贷款买卖", f"stage: {random.choice(('定金', '履约', '完成'))}",
            f"price: {random.randint(180, 1200)}", "deposit_kind: 定金",
            f"deposit_date: {day - timedelta(days=12)}", f"expected_signing: {day}",
            f'closing_agent: "[[{random.choice(self.agents)}]]"',
            f'agent: "[[{random.choice(self.agents)}]]"', f"created: {day - timedelta(days=15)}",
        ]  # fmt: skip
        name = f"{day:%Y-%m} {self.estates[self.homes[home]]}-{self.ids['deal'][i]}"
        return name, front, self._body("备注", i, day - timedelta(days=15), shows=False)

    # -- bodies

    def _body(self, heading: str, i: int, start: date, *, shows: bool) -> str:
        lines = [f"## {heading}", "", _NOTES[i % 3], _NOTES[(i + 1) % 3], "", "## 跟进记录", ""]
        count = self.random.randint(12, 22)
        step = max((TODAY - start).days / count, 0.1)
        for number in range(count):
            day = start + timedelta(days=int(number * step * self.random.uniform(0.9, 1)))
            lines.append(self._entry(day, shows=shows))
        if self.random.random() < KEPT:
            day = TODAY - timedelta(days=self.random.randint(0, 2))
            lines.append(f"- {day} 20:30 电话 都挺好，约了下次 ^{self._mark()}")
        if self.random.random() < 0.1:
            lines.append(self._planned())
        return "\n".join(lines) + "\n"

    def _entry(self, day: date, *, shows: bool) -> str:
        random = self.random
        said = random.choice(_LINES)
        if shows and random.random() < 0.2:
            name = random.choice(self.listings)
            said = f"带看 [[{name}|{name[:-7]}]] 嫌客厅小，可谈 [意向:: 3]"
            if random.random() < 0.3:
                said += " [业主:: 已联系]"
        elif random.random() < 0.05:
            said += f" [下次:: {day + timedelta(days=random.randint(2, 20))}]"
        return (
            f"- {day} {random.randint(9, 20):02d}:{random.choice('012345')}0 {said} ^{self._mark()}"
        )

    def _planned(self) -> str:
        day = TODAY + timedelta(days=self.random.randint(0, 14))
        name = self.random.choice(self.listings)
        return f"- [ ] {day} 15:00 带看 [[{name}|{name[:-7]}]] 东门集合 [时长:: 45] ^{self._mark()}"

    def _mark(self) -> str:
        return "3" + "".join(self.random.choices(_ALPHABET, k=8)).lower()
