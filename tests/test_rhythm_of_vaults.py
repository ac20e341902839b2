"""Whatever the notes of a vault say, nobody with one phone is asked for twice too near."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from brokernotes.features.ranking import Asked
from brokernotes.joint import due_of, open_vault
from brokernotes.model.occurrences import UNASKED

TODAY = date(2026, 11, 25)
LAST = TODAY + timedelta(days=40)
AGENTS = {"王敏": "A-WANG22", "陈浩": "A-CHEN22", "李航": "A-H4NG22"}
# One number in several forms.
PHONES = {
    "1": ("13800138000", "+86 138-0013-8000", "138 0013 8000 (妻子)"),
    "2": ("13900139000", "0086 13900139000", "１３９００１３９０００"),
    "3": ("021-58881234", "(021) 5888 1234", "+86 21 58881234"),
}
NUMBERS = st.tuples(st.sampled_from("123"), st.integers(0, 2))
COUNTING = {"电话", "微信", "推荐", "回访", "跟进", "祝福"}
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from([*sorted(COUNTING), "带看", "面谈", "备注"]),
        st.sampled_from(["", " [结果:: 未接]", " [来:: 客]", " 确认 11-26 15:00"]),
        st.sampled_from(["", *AGENTS]),
    ),
    max_size=3,
)
CLIENTS = st.lists(
    st.tuples(st.lists(NUMBERS, max_size=2), st.sampled_from([*AGENTS]), ENTRIES,
              st.sampled_from(["在看", "磋商", "老客户", "新客"])),
    max_size=4,
)  # fmt: skip
LISTINGS = st.lists(
    st.tuples(NUMBERS, st.sampled_from([None, 0, 1, 2, 3]), st.sampled_from([*AGENTS]), ENTRIES),
    max_size=3,
)


def spelled(number):
    return PHONES[number[0]][number[1]]


def logged(entries):
    lines = ["", "## 跟进记录", ""]
    for ago, verb, rest, who in sorted(entries):
        by = f" @{who}" if who else ""
        lines.append(f"- {TODAY - timedelta(days=ago)} {verb}{by} x{rest}")
    return "\n".join(lines)


def write(folder, name, lines, entries=()):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("---\n" + "\n".join(lines) + "\n---\n" + logged(entries) + "\n", "utf-8")


def client_id(number):
    return f"C-AAAA{number}A"


def write_vault(folder, clients, listings, gap, prefix):
    """The notes of a vault; the prefix is another order of their files."""
    rules = f"format: 1\nlanguage: zh\ncadence: {{min_gap: {gap}, daily: 1000}}\n"
    (folder / "brokernotes.yaml").write_text(rules, "utf-8")
    for name, id_ in AGENTS.items():
        write(folder, f"经纪人/{name}.md", [f"id: {id_}", "type: agent", f"name: {name}"])
    for number, (phones, agent, entries, stage) in enumerate(clients):
        numbers = ", ".join(f'"{spelled(one)}"' for one in phones)
        lines = [f"id: {client_id(number)}", "type: client", f"stage: {stage}",
                 f'agent: "[[{agent}]]"', "created: 2026-09-01", f"phone: [{numbers}]"]  # fmt: skip
        write(folder, f"客源/{prefix(number)}.md", lines, entries)
    for number, (phone, owner, agent, entries) in enumerate(listings):
        lines = [f"id: L-BBBB{number}B", "type: listing", "status: 在售", f'agent: "[[{agent}]]"',
                 "created: 2026-09-01", f'owner_phone: "{spelled(phone)}"']  # fmt: skip
        if owner is not None and owner < len(clients):
            lines.append(f'owner: ["[[{prefix(owner)}]]"]')
        write(folder, f"房源/{prefix(number)}房.md", lines, entries)


def planned(clients, listings, gap, prefix=lambda number: f"n{number}"):
    """What `due` asks of everybody: by key the day and the agent; each sees their own of it."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "vault"
        folder.mkdir()
        write_vault(folder, clients, listings, gap, prefix)
        vault = open_vault(str(folder), {"XDG_CACHE_HOME": home, "HOME": home})
        vault.refresh(TODAY, None)
        now = datetime.combine(TODAY, time(12))

        def asked(**whom):
            return {
                reason.key: (max(reason.due, TODAY), reason.agent)
                for item in due_of(vault, Asked(now=now, until=LAST, **whom))
                for reason in item.reasons
                if reason.kind in UNASKED
            }

        found = asked(show_all=True)
        for agent in AGENTS.values():
            own = {key: what for key, what in found.items() if what[1] == agent}
            assert asked(agent=agent) == own
        vault.close()
    return found


def persons(clients, listings):
    """By the ids of notes the numbers and notes that are one person with it, our own way."""
    groups = [
        ({client_id(n)}, {one[0] for one in phones}) for n, (phones, *_) in enumerate(clients)
    ]
    for number, (phone, owner, *_) in enumerate(listings):
        owners = {client_id(owner)} if owner is not None and owner < len(clients) else set()
        groups.append(({f"L-BBBB{number}B"} | owners, {phone[0]}))
    merged = []
    for notes, numbers in groups:
        near = [one for one in merged if one[0] & notes or one[1] & numbers]
        for one in near:
            merged.remove(one)
        merged.append((notes.union(*(one[0] for one in near)),
                       numbers.union(*(one[1] for one in near))))  # fmt: skip
    return [notes for notes, _ in merged]


def last_said(clients, listings, notes):
    """Days on which somebody of these notes was contacted unasked."""
    logs = {client_id(n): one[2] for n, one in enumerate(clients)}
    logs |= {f"L-BBBB{n}B": one[3] for n, one in enumerate(listings)}
    for note in notes:
        for ago, verb, rest, _ in logs.get(note, ()):
            if verb in COUNTING and not rest:
                yield TODAY - timedelta(days=ago)


NO_LOG = ()
# The owner has another number than the listing, which is a third one's.
BY_LISTING = (
    [([("1", 0)], "王敏", NO_LOG, "在看"), ([("2", 0)], "陈浩", NO_LOG, "在看")],
    [(("2", 1), 0, "李航", NO_LOG)],
    2,
)


@example(*BY_LISTING)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CLIENTS, LISTINGS, st.integers(1, 4))
def test_no_two_contacts_with_one_phone_are_nearer_than_the_rule(clients, listings, gap):
    found = planned(clients, listings, gap)

    for notes in persons(clients, listings):
        calls = sorted({what for key, what in found.items() if key.split("/")[0] in notes})
        assert all((later - day).days >= gap for (day, _), (later, _) in pairwise(calls)), calls
        for said in last_said(clients, listings, notes):
            assert all((day - said).days >= gap for day, _ in calls), (said, calls)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CLIENTS, LISTINGS, st.integers(1, 4))
def test_the_order_of_files_does_not_matter(clients, listings, gap):
    assert planned(clients, listings, gap) == planned(
        clients, listings, gap, prefix=lambda number: f"n{9 - number}"
    )
