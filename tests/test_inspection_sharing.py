"""What the checks of sharing work on: rows of the index, which say what the notes say."""

from datetime import date, timedelta
from random import Random

import pytest

from brokernotes.errors import Position
from brokernotes.features.sharing_checks import OwnerContact, check_sharing
from brokernotes.inspection.sharing import sharing_found
from brokernotes.joint import open_vault
from brokernotes.light_dataclasses import replace
from brokernotes.model.owner_contacts import owner_contacts
from brokernotes.model.phones import parse_phone
from brokernotes.storage.neighbours import stored_colleagues

TODAY = date(2026, 11, 21)
AGENTS = {"王敏": "A-WANG22", "李航": "A-HANG33", "赵强": "A-ZHAQ44"}
PHONES = ("12000001111", "12000001112")
ENTRIES = ("电话 聊了", "微信 回了", "电话 [来自:: 业主] 打来", "带看 [[客户]] 嫌小", "备注 看过")


def listing(random: Random) -> str:
    """A listing whose owner some of the colleagues called on some of the days."""
    lines = ["---", "type: listing"]
    if random.random() < 0.8:
        lines.append(f'agent: "[[{random.choice([*AGENTS, *AGENTS.values(), "谁"])}]]"')
    phone = random.choice((*PHONES, *PHONES, None))
    if phone:
        lines.append(f'owner_phone: "{phone}"')
    lines += ["---", "", "## 跟进记录", ""]
    for _ in range(random.randrange(9)):
        day = date(2026, 8, 1) + timedelta(days=random.randrange(24))
        box = random.choice(("", "", "", "[x] ", "[ ] ", "[-] "))
        named = random.choice(("", "", " @王敏", " @李航", " @A-ZHAQ44", " @没有"))
        verb, _, said = random.choice(ENTRIES).partition(" ")
        lines.append(f"- {box}{day} {verb}{named} {said}")
    return "\n".join(lines) + "\n"


def read_whole(vault):
    """Every contact that any listing tells of, from the notes themselves."""
    colleagues = stored_colleagues(vault.index.db)
    for path in vault.queries.paths():
        record = vault.open(path).note.record
        if record.type != "listing":
            continue
        holder = vault.queries.id_of(record.text("agent") or "")
        digits = [parse_phone(one).number for one in record.texts("owner_phone")]
        for entry in owner_contacts(record.entries):
            agent = colleagues.id_of(entry.agent) if entry.agent else holder
            if agent:
                at = Position(path, entry.line, entry.column, entry.column + 10)
                owner = min(digits, default=path)
                yield OwnerContact(owner=owner, agent=agent, day=entry.day, at=at)


def told(found):
    return sorted(
        (one.position, sorted(one.params.items()))
        for one in check_sharing(found, lambda path, key, item: Position(path))
        if one.code == "owner-crowded"
    )


@pytest.mark.parametrize("seed", range(12))
def test_contacts_kept_with_the_index_crowd_as_those_in_the_notes_do(vault, seed):
    random = Random(seed)
    drawn = vault("".join(f"-- 经纪人/{n}.md --\n---\nid: {i}\n---\n" for n, i in AGENTS.items()))
    places = [drawn.root / "房源" / f"{number}.md" for number in range(12)]
    places[0].parent.mkdir()
    for place in places:
        place.write_text(listing(random), encoding="utf-8")
    opened = open_vault(str(drawn.root), drawn.environ())
    told_once = 0
    for _ in range(4):
        opened.refresh(TODAY)
        found = sharing_found(opened)
        kept = told(found)
        assert kept == told(replace(found, contacts=list(read_whole(opened))))
        told_once += len(kept)
        random.choice(places).write_text(listing(random), encoding="utf-8")
    opened.close()
    assert told_once
