"""The real command beside a real server, and a phone that does to its items what phones do."""

import json
import re
from collections.abc import Callable

from tests.drawing import NOW, DrawnVault, Result
from tests.radicale_server import Radicale

LI, HOME, DEAL = "clients/li.md", "listings/home.md", "deals/one.md"
WANG = "A-R45D5D"
NOTES = """
    -- clients/li.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士 浦东三房
    salutation: 李女士
    phone: "13800138000"
    stage: active
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    ## 跟进记录
    - 2026-11-19 10:00 电话 问学区 [下次:: 2026-11-24] ^3afq6m4x9
    - [ ] 2026-11-23 14:30 带看 [[home]] 婆婆也来 [地点:: 东门] ^3afr4q81c
    -- clients/zhou.md --
    ---
    id: C-8G4EXB
    type: client
    title: 周先生 宝山
    salutation: 周先生
    stage: active
    grade: A
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    ## 跟进记录
    - 2026-11-18 10:00 电话 再看看 ^3afq6m4xa
    -- clients/luo.md --
    ---
    id: C-7F5FYC
    type: client
    title: 罗先生 静安
    salutation: 罗先生
    stage: active
    next_followup: 2026-11-25
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    -- listings/home.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    status: for_sale
    grade: A
    transaction: sale
    created: 2026-11-01
    agent: "[[王敏]]"
    ---
    ## 跟进记录
    - 2026-11-17 10:00 回访 业主在外地 ^3afq6m4xb
    -- agents/王敏.md --
    ---
    id: A-R45D5D
    type: agent
    title: 王敏
    email: wang@example.com
    ---
    -- agents/李航.md --
    ---
    id: A-S56E6E
    type: agent
    title: 李航
    ---
    """


class Office:
    """One agent's computer: runs the command against the server."""

    def __init__(
        self, drawn: DrawnVault, server: Radicale, agent: str = "王敏", user: str = "wang"
    ) -> None:
        self.drawn = drawn
        self.server = server
        self.agent = agent
        self.user = user

    def run(self, *words: str, now: str = NOW, lang: str = "zh", **environ: str) -> Result:
        """`ical …` as it is typed."""
        more = {
            "BROKERNOTES_CALDAV_URL": self.server.url,
            "BROKERNOTES_CALDAV_USER": self.user,
            "BROKERNOTES_CALDAV_PASSWORD": self.server.passwords[self.user],
        } | environ
        return self.drawn.run(
            "ical", *words, "--agent", self.agent, now=now, lang=lang, environ=more
        )

    def told(self, *words: str, exit: int = 0, **more: str) -> dict:
        """The same, told as JSON."""
        said = self.run(*words, "--json", **more)
        assert said.exit == exit, said.out + said.err
        return json.loads(said.out)

    def sync(self, **more: str) -> dict:
        return self.told("sync", **more)

    def forget(self) -> None:
        """Lose all that is remembered of the server."""
        lost = list(self.drawn.home.rglob("caldav.json"))
        lost += list(self.drawn.root.rglob(".git/brokernotes/caldav.json"))
        assert lost
        for path in lost:
            path.unlink()

    def does(self, told: dict) -> list[str]:
        return [one["does"] for one in told["from_phone"]]


class Phone:
    """A calendar program of one user, which edits as programs do: the whole item anew."""

    def __init__(self, server: Radicale, agent: str = WANG, user: str = "wang") -> None:
        self.server = server
        self.agent = agent.lower()
        self.user = user

    def collection(self, calendar: str) -> str:
        return f"bn-{self.agent}-{calendar}"

    def items(self, calendar: str) -> dict[str, str]:
        """Each item's text, unfolded, by its name on the server."""
        found = self.server.objects(self.collection(calendar), self.user)
        return {
            name: re.sub("\r?\n[ \t]", "", data.decode()).replace("\r\n", "\n")
            for name, data in found.items()
        }

    def find(self, calendar: str, words: str) -> tuple[str, str]:
        """The item with some words in it."""
        found = [(n, text) for n, text in self.items(calendar).items() if words in text]
        assert len(found) == 1, (words, self.titles(calendar))
        return found[0]

    def titles(self, calendar: str) -> list[str]:
        texts = self.items(calendar).values()
        return sorted(re.search("^SUMMARY:(.*)$", text, re.MULTILINE)[1] for text in texts)

    def shown(self) -> list[str]:
        """Titles of the showings, without those of the evening before."""
        return [title for title in self.titles("showings") if not title.startswith("确认")]

    def edit(self, calendar: str, words: str, change: Callable[[str], str]) -> str:
        """Change an item; its name on the server."""
        name, text = self.find(calendar, words)
        self.put(calendar, name, change(text))
        return name

    def put(self, calendar: str, name: str, text: str) -> None:
        url = self.server.collection(self.collection(calendar), self.user) + name
        got = self.server.ask("PUT", url, text.replace("\n", "\r\n"), user=self.user)
        assert got.status in (201, 204), got

    def delete(self, calendar: str, words: str) -> None:
        name, _ = self.find(calendar, words)
        url = self.server.collection(self.collection(calendar), self.user) + name
        assert self.server.ask("DELETE", url, user=self.user).status in (200, 204)

    def tick(self, calendar: str, words: str, at: str = "20261121T003000Z") -> None:
        self.edit(
            calendar,
            words,
            lambda text: with_lines(
                text, STATUS="COMPLETED", COMPLETED=at, **{"PERCENT-COMPLETE": "100"}
            ),
        )

    def write(self, calendar: str, words: str, remark: str) -> None:
        """Add a remark at the end of an item's description."""
        remark = remark.replace("\\", "\\\\").replace(",", "\\,").replace("\n", "\\n")
        self.edit(
            calendar,
            words,
            lambda text: re.sub(
                r"^(DESCRIPTION:.*)$", lambda m: m[1] + remark + "\\n", text, flags=re.MULTILINE
            ),
        )

    def move(self, calendar: str, words: str, **lines: str) -> None:
        """Give lines of an item other values, parameters aside."""
        self.edit(calendar, words, lambda text: with_lines(text, **lines))


def with_lines(text: str, **lines: str) -> str:
    """An item with some properties set; those there keep their parameters."""
    kind = "VTODO" if "BEGIN:VTODO" in text else "VEVENT"
    head, begin, inside = text.partition(f"BEGIN:{kind}\n")
    for name, value in lines.items():
        pattern = re.compile(rf"^{name}((?:;[^:\n]*)?):.*$", re.MULTILINE)
        if pattern.search(inside):
            inside = pattern.sub(lambda m, n=name, v=value: f"{n}{m[1]}:{v}", inside, count=1)
        else:
            inside = f"{name}:{value}\n{inside}"
    return head + begin + inside


def made(kind: str, uid: str, *lines: str) -> str:
    """An item as a phone makes one."""
    inside = "\n".join((f"UID:{uid}", "DTSTAMP:20261121T010000Z", *lines))
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//phone//EN\nBEGIN:{kind}\n{inside}\n"
        f"END:{kind}\nEND:VCALENDAR\n"
    )
