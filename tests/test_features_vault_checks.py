import time
from typing import Any

import pytest

from brokernotes.errors import Position
from brokernotes.features.checking import check_vault
from brokernotes.features.vault_checks import Door, FoundLink, LostEntry, VaultFacts, is_copy


def check(**facts: Any):
    lists = ("ids", "phones", "doors", "same_names", "disagreements", "links", "names", "lost")
    known: dict[str, Any] = {
        **dict.fromkeys(lists, ()),
        "at": lambda path, key, item: Position(path, 2, 1),
    }
    known.update(facts)
    return check_vault(VaultFacts(**known))


def said(problems):
    return [(p.code, p.position.path, p.params.get("other")) for p in problems]


def test_nothing_is_wrong_with_nothing():
    assert check() == []


def test_the_oldest_keeps_the_id_and_all_others_are_told():
    assert said(check(ids=[("C-9F3DWA", ["b.md", "a.md", "c.md"])])) == [
        ("duplicate-id", "a.md", "b.md"),
        ("duplicate-id", "c.md", "b.md"),
    ]


def test_a_copy_never_keeps_the_id():
    assert said(check(ids=[("C-9F3DWA", ["li 2.md", "li.md"])])) == [
        ("copied-note", "li 2.md", "li.md")
    ]


@pytest.mark.parametrize(
    "name",
    [
        "李女士 2",
        "李女士 (1)",
        "李女士（2）",
        "李女士 copy",
        "李女士 的副本",
        "李女士的冲突副本",
        "li (conflicted copy 2026-08-20)",
        "li (Wang's conflicted copy 2026-08-20)",
        "li.sync-conflict-20260820-101112-ABCDEFG",
    ],
)
def test_names_of_copies_are_known(name):
    assert is_copy(f"clients/{name}.md")


@pytest.mark.parametrize(
    "name", ["李女士 浦东三房", "阳光花园 3室2厅", "春江苑2", "12", "copyright"]
)
def test_names_of_notes_are_no_copies(name):
    assert not is_copy(f"listings/{name}.md")


def test_both_clients_of_one_phone_are_told_with_the_number_masked():
    problems = check(phones=[("13800138000", ["a.md", "b.md"])])

    assert said(problems) == [("shared-phone", "a.md", "b.md"), ("shared-phone", "b.md", "a.md")]
    assert {p.params["phone"] for p in problems} == {"138****8000"}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("3号楼", "2单元", "0301室"), ("3", "2", "301"), True),
        (("３", None, "301"), ("3", None, "301"), True),
        (("A座", None, "1201"), ("a", None, "1201"), True),
        (("3", "1", "301"), ("3", "2", "301"), False),
        (("3", None, "301"), ("3", None, "3010"), False),
    ],
)
def test_a_home_is_the_same_however_its_door_is_written(one, other, is_same):
    doors = [Door("a.md", "阳光花园", *one), Door("b.md", "communities/阳光花园", *other)]

    assert bool(check(doors=doors)) is is_same


def test_doors_of_two_estates_differ():
    doors = [Door("a.md", "阳光花园", "3", None, "301"), Door("b.md", "春江苑", "3", None, "301")]

    assert check(doors=doors) == []


def test_a_dead_link_names_what_is_likely_meant():
    link = FoundLink("a.md", "阳光花圆", "community", [(4, 12), (9, 3)])

    problems = check(links=[link], names=["阳光花园", "春江苑"])

    assert [p.params["likely"] for p in problems] == ["阳光花园", "阳光花园"]
    assert [(p.position.line, p.position.column) for p in problems] == [(4, 12), (9, 3)]


def test_a_dead_link_like_nothing_names_nothing():
    (found,) = check(links=[FoundLink("a.md", "zzz", "", [(4, 1)])], names=["阳光花园"])

    assert found.params["likely"] is None


def test_a_link_to_two_notes_is_neither():
    (found,) = check(links=[FoundLink("a.md", "阳光", "", [(4, 1)], "alias", ("b", "c"))])

    assert (found.code, found.params["candidates"]) == ("ambiguous-link", ["b", "c"])


@pytest.mark.parametrize("by", ["id", "alias"])
def test_a_detour_is_hinted_at(by):
    (found,) = check(links=[FoundLink("a.md", "x", "", [(4, 1)], by, ("b",))])

    assert (found.code, found.params["name"]) == (f"link-by-{by}", "b")


def test_a_link_to_the_wrong_kind_of_note_is_a_warning_whatever_way_it_was_found():
    link = FoundLink("a.md", "li", "community", [(4, 1)], "id", ("li",), "client", ("community",))

    (found,) = check(links=[link])

    assert (found.code, found.params["type"], found.params["wanted"]) == (
        "link-type", "client", ["community"],
    )  # fmt: skip


def test_a_lost_entry_is_said_with_its_words():
    (found,) = check(lost=[LostEntry("a.md", "3afq6m4x9", "2026-08-20 到店")])

    assert (found.code, found.params["text"]) == ("entry-missing", "2026-08-20 到店")


def test_many_dead_links_in_a_big_vault_take_little_time():
    names = [f"小区{i} 3室2厅-{i:06d}" for i in range(3000)]
    links = [FoundLink("a.md", f"不在{i}", "", [(i, 1)]) for i in range(200)]
    start = time.perf_counter()

    assert len(check(links=links, names=names)) == 200
    assert time.perf_counter() - start < 5
