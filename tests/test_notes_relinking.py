"""Links respelled: each that led to the note leads to it again, every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.notes.links import link_fold, link_target
from brokernotes.notes.relinking import Called, Relinking, respelled_note

OLD = Called("阳光 3室2厅-7K2PQM", "阳光 3室2厅")
NEW = Called("阳光 带车位-7K2PQM", "阳光 带车位")


def relinking(old=OLD, new=NEW):
    names = {link_fold(old.name), link_fold(old.title)}
    return Relinking(lambda target: link_fold(target) in names, old, new)


@pytest.mark.parametrize("label", ["[急] 阳光|三房", "急 阳光 三房", "急  阳光 三房"])
def test_a_label_that_shows_a_title_with_brackets_follows(label):
    old = OLD._replace(title="[急] 阳光|三房")
    shown = label.replace("[急] 阳光|三房", "急 阳光 三房")

    assert relinking(old=old).note(f"[[{old.name}|{shown}]]") == f"[[{NEW.name}|{NEW.title}]]"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[阳光 3室2厅-7K2PQM]]", "[[阳光 带车位-7K2PQM]]"),
        ("[[阳光 3室2厅-7K2PQM|阳光 3室2厅]]", "[[阳光 带车位-7K2PQM|阳光 带车位]]"),
        ("[[阳光 3室2厅-7K2PQM|那套三房]]", "[[阳光 带车位-7K2PQM|那套三房]]"),
        ("[[阳光 3室2厅-7K2PQM#^3ack67k2p]]", "[[阳光 带车位-7K2PQM#^3ack67k2p]]"),
        ("[[房源/阳光 3室2厅-7K2PQM.md#税费|x]]", "[[房源/阳光 带车位-7K2PQM.md#税费|x]]"),
        ("![[阳光 3室2厅-7K2PQM]]", "![[阳光 带车位-7K2PQM]]"),
        ("[[ 阳光 3室2厅-7K2PQM ]]", "[[ 阳光 带车位-7K2PQM ]]"),
        ("[[阳光 3室2厅]]", "[[阳光 带车位-7K2PQM]]"),
        ("| [[阳光 3室2厅-7K2PQM\\|三房]] |", "| [[阳光 带车位-7K2PQM\\|三房]] |"),
        ("【【阳光 3室2厅-7K2PQM】】", "【【阳光 带车位-7K2PQM】】"),
        (
            "[三房](房源/%E9%98%B3%E5%85%89%203%E5%AE%A42%E5%8E%85-7K2PQM.md#^a1)",
            "[三房](房源/%E9%98%B3%E5%85%89%20%E5%B8%A6%E8%BD%A6%E4%BD%8D-7K2PQM.md#^a1)",
        ),
        (
            "[阳光 3室2厅](<../房源/阳光 3室2厅-7K2PQM.md>)",
            "[阳光 带车位](<../房源/阳光 带车位-7K2PQM.md>)",
        ),
        (
            "[x](阳光%203室2厅-7K2PQM.md)",
            "[x](阳光%20带车位-7K2PQM.md)",
        ),
        ("[[L-7K2PQM]]", "[[L-7K2PQM]]"),
        ("[[春江苑 2室-H4T0ZB|阳光 3室2厅]]", "[[春江苑 2室-H4T0ZB|阳光 3室2厅]]"),
        ("`[[阳光 3室2厅-7K2PQM]]`", "`[[阳光 3室2厅-7K2PQM]]`"),
        ("%% [[阳光 3室2厅-7K2PQM]] %%", "%% [[阳光 3室2厅-7K2PQM]] %%"),
        ("阳光 3室2厅-7K2PQM", "阳光 3室2厅-7K2PQM"),
        ("[x](https://e.cn/阳光%203室2厅-7K2PQM.md)", "[x](https://e.cn/阳光%203室2厅-7K2PQM.md)"),
        ("\\[[阳光 3室2厅-7K2PQM]]", "\\[[阳光 3室2厅-7K2PQM]]"),
    ],
)  # fmt: skip
def test_a_link_in_a_body_follows(before, after):
    text = f"---\nid: C-000001\n---\n\n见 {before} 和 {before}\r\n尾\n"

    assert relinking().note(text) == text.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"[[阳光]]"', '"[[碧云]]"'),
        ("'[[阳光|阳光]]'  # 小区", "'[[碧云|碧云]]'  # 小区"),
        ("阳光", "碧云"),
        ('"阳光.md"', '"碧云.md"'),
        ('\n  - "[[阳光]]"\n  - "[[春江苑]]"', '\n  - "[[碧云]]"\n  - "[[春江苑]]"'),
        ('["[[阳光]]", "[[春江苑]]"]', '["[[碧云]]", "[[春江苑]]"]'),
        ("阳光、春江苑", "碧云、春江苑"),
        ("阳光里", "阳光里"),
    ],
)
def test_a_link_in_front_matter_follows(before, after):
    follows = relinking(Called("阳光", "阳光"), Called("碧云", "碧云"))
    text = f"---\nid: C-000001\ncommunity: {before}\nremark: 阳光\n---\n"

    assert follows.note(text, ["community"]) == text.replace(before, after, 1)


def test_a_block_of_code_stays():
    text = "```\n[[阳光 3室2厅-7K2PQM]]\n```\n"

    assert relinking().note(text) == text


def test_a_link_in_any_other_text_of_front_matter_follows():
    text = '---\nremark: "比 [[阳光 3室2厅-7K2PQM]] 大"\naliases:\n  - 阳光 3室2厅\n---\n'

    assert relinking().note(text) == text.replace("3室2厅-7K2PQM", "带车位-7K2PQM")


def test_front_matter_that_cannot_be_edited_is_told_apart():
    text = '---\n? community\n: "[[阳光 3室2厅-7K2PQM]]"\nremark: "[[阳光 3室2厅-7K2PQM]]"\n---\n'

    assert respelled_note(relinking(), text) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('link("阳光 3室2厅-7K2PQM")', 'link("阳光 带车位-7K2PQM")'),
        ("link('房源/阳光 3室2厅-7K2PQM.md', \"x\")", "link('房源/阳光 带车位-7K2PQM.md', \"x\")"),
        ('"hasLink(\\"阳光 3室2厅-7K2PQM\\")"', '"hasLink(\\"阳光 带车位-7K2PQM\\")"'),
        ('x == "阳光 3室2厅-7K2PQM"', 'x == "阳光 3室2厅-7K2PQM"'),
        ("'[[阳光 3室2厅-7K2PQM]]'", "'[[阳光 带车位-7K2PQM]]'"),
    ],
)  # fmt: skip
def test_a_base_follows(before, after):
    text = f"views:\n  - type: table\n    filters: {before}\n"

    assert relinking().base(text) == text.replace(before, after)


NAMES = st.sampled_from(["阳光 3室2厅-7K2PQM", "阳光 3室2厅", "春江苑", "L-7K2PQM", "pic.png"])
FOLDERS = st.sampled_from(["", "房源/", "../房源/"])
ANCHORS = st.sampled_from(["", "#^3ack67k2p", "#税费", ".md"])
LABELS = st.sampled_from(["", "|阳光 3室2厅", "|三房", "|300", "\\|三房"])


@st.composite
def links(draw):
    name, folder = draw(NAMES), draw(FOLDERS)
    if draw(st.booleans()):
        return f"[[{folder}{name}{draw(ANCHORS)}{draw(LABELS)}]]"
    from urllib.parse import quote

    address = quote(folder + name) if draw(st.booleans()) else (folder + name).replace(" ", "%20")
    return f"[{draw(st.sampled_from(['', '三房', '阳光 3室2厅']))}]({address}.md)"


OTHERS = ["，", " ", "`", "\\", "!", "\n", "\r\n", "[", "]]", "x", "%%", "```\n"]
PIECES = st.one_of(links(), st.sampled_from(OTHERS))


@given(st.lists(PIECES, max_size=12))
def test_no_link_is_lost_and_nothing_else_changes(pieces):
    from brokernotes.notes.body_links import read_links

    follows = relinking()
    text = "".join(pieces)
    after = follows.note(text)

    def of(body, line_end="\n"):
        lines = body.replace("\r\n", line_end).split(line_end)
        return [use for at, line in enumerate(lines) for use in read_links(line, at)]

    before, now = of(text), of(after)
    assert len(before) == len(now)
    for was, is_now in zip(before, now, strict=True):
        if link_fold(was.target) != link_fold(is_now.target):
            assert follows.leads(was.target)
            assert link_fold(is_now.target) == link_fold(NEW.name)
    unlinked = "".join(piece for piece in pieces if "[[" not in piece and "](" not in piece)
    if unlinked == text:
        assert after == text


PLAIN = [
    "[[阳光 3室2厅-7K2PQM#^a|阳光 3室2厅]]",
    "[x](阳光%203室2厅-7K2PQM.md)",
    "[[春江苑]]", "y ", "\n", "\r\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PLAIN), max_size=10))
def test_there_and_back_is_what_it_was(pieces):
    text = "".join(pieces)
    back = Relinking(lambda target: link_fold(target) == link_fold(NEW.name), NEW, OLD)

    assert back.note(relinking().note(text)) == text


def test_a_label_never_breaks_its_link():
    follows = relinking(OLD, Called("阳光 -7K2PQM", "阳光 [急售]|x"))
    after = follows.note("[[阳光 3室2厅-7K2PQM|阳光 3室2厅]]")

    assert link_target(after) == "阳光 -7K2PQM"
