"""Versions read piece by piece are what the whole reader makes of them."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader
from brokernotes.notes.version_reading import VersionReader
from brokernotes.notes.versions import version_of

DEMO = Path(__file__).parent.parent / "vault"
WHOLE = NoteReader(Rules())
QUICK = VersionReader(NoteReader(Rules()))
_LINES = st.sampled_from(
    [
        "---", "id: L-7K2PQM", "type: listing", "price: 620", "price: 很贵", "标签x: 1", "tags:",
        "  - 急售", "", "", "# 说明", "随便一句", "## 跟进记录", "## 跟进记录", "## Log",
        "##跟进记录",
        "- 2026-08-18 09:10 电话 问底价 ^3ack67k2p", "- 2026-08-18 09:10 电话 问底价",
        "- [ ] 2026-08-18 09:10 带看 [[阳光]] 东门 ^a1", "- 2026-08-18 电话 x [意向:: 3] ^a2",
        "  - 还价", "- 2026-08-18 09:10", "* 2026/8/19 微信 y", "```", "%%", "<!-- x", "-->", "$$",
        "- 2026-08-18 备注 <!-- x ^a3", "跟进", "===", "\t- 2026-08-18 电话 z", "<<<<<<< HEAD",
    ]
)  # fmt: skip


def test_the_notes_of_the_demo_are_read_alike():
    notes = sorted(DEMO.rglob("*.md"))
    assert len(notes) > 50
    for place in notes:
        path, text = place.relative_to(DEMO).as_posix(), place.read_text("utf-8")
        assert QUICK.read(path, text) == version_of(WHOLE.read(path, text)), path


@given(st.lists(_LINES, max_size=14), st.lists(_LINES, max_size=8), st.sampled_from("\n \r"))
def test_any_lines_are_read_alike(head, log, end):
    text = "---\nid: L-7K2PQM\n" + "\n".join(head) + "\n\n## 跟进记录\n\n" + "\n".join(log) + end

    assert QUICK.read("房源/a.md", text) == version_of(WHOLE.read("房源/a.md", text))


@given(st.lists(_LINES, max_size=20))
def test_any_note_is_read_alike(lines):
    text = "\n".join(lines)

    assert QUICK.read("房源/a.md", text) == version_of(WHOLE.read("房源/a.md", text))


def test_what_is_common_to_two_versions_is_one_object():
    text = (
        "---\nid: L-7K2PQM\ntype: listing\n---\n\n## 跟进记录\n\n"
        "- 2026-08-18 09:10 电话 问底价 ^3ack67k2p\n"
    )
    first = QUICK.read("房源/a.md", text)
    second = QUICK.read("房源/a.md", text + "- 2026-08-19 09:10 电话 再问 ^3ack67k3p\n")

    assert second.values is first.values
    assert second.entries["^3ack67k2p"] is first.entries["^3ack67k2p"]
