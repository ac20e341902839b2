"""Realistic front matter, and ways to spoil it, for the tests of reading and writing."""

from __future__ import annotations

from hypothesis import strategies as st

from brokernotes.notes.block import Block
from brokernotes.notes.frontmatter import read_block

KNOWN = frozenset({"id", "type", "price", "等级", "备注", "districts", "tags", "last"})

LISTING = """\
id: L-7K2PQM
type: listing
title: 阳光花园 3室2厅
community: "[[阳光花园]]"
district: 浦东
status: 在售
price: 620
gross_area: 118.5
facing:
  - 南
  - 北
owner_phone: "13800138000"
entrust_until: 2027-03-31
next_followup:
"""

BLOCKS = (
    LISTING,
    "type: client\naliases: [张总, Zhang]\ngrade: A\nviewing_at: 2026-08-20T14:30:00\nvip: true\n",
    '# seen\n等级: A\n备注: \'他说 "可以"\'\ntags:\n- 学区\n- ~\n\n- "满五"\nempty: \nnone: null\n',
    "a: x:y\nb: -5\nc: 31.2304,121.4737\nd: http://x.cn/?a=b#c\ne: []\nf: [ a ,b ]\ng:  two  \n",
    'remark: |\n  第一行\n  第二行\nfolded: >-\n  a\n  b\nlong: a\n  b\nx: "a\\tb" # so\n',
    "agent: @王敏\nprice:620\n等级：A\nlist:\n  - @name\n  - [[x]]\n  - k: v\n\tt: 1\n",
    "<<<<<<< HEAD\nprice: 1\n=======\nprice: 2\n>>>>>>> other\ncreated: {{date}}\n",
    "a: &x [b, c]\nd: *x\ne: !!str 1\n<<: *x\n? k\n: v\n",
)

PIECES = [
    " ", "  ", "\n", "\r\n", "\r", "\t", ": ", ":", "：", "\u3000", " #", "#", "- ", "-", "\n- ",
    "\n  - ", '"', "'", "[", "]", "[[", "]]", "{", "}", "{{", "}}", ",", "，", "&a", "*a",
    "!t", "|",
    ">", "%", "@", "`", "?", "? ", "~", "null", "---", "\n---\n", "...", "\n...\n", "\\", "\u2028",
    "\u0085", "\ufeff", "\x00", "\x7f", "\ud800", "\xa0", "\u200b", "a", "key: v\n", "\nPrice: 1\n",
    "price: 2\n", "张", "😀", "<%", "%>", "=======", "\n<<<<<<< x\n", "<<: x\n", "1e3", "0x1F",
]  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """A realistic block with up to a few pieces put in, taken out or doubled."""
    text = draw(st.sampled_from(BLOCKS))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        if draw(st.booleans()):
            text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
        else:
            text = text[:at] + text[at + draw(st.integers(1, 6)) :]
    return text


def note(block: str, body: str = "# 阳光花园\n") -> str:
    """A note with that block."""
    return f"---\n{block}---\n{body}"


def read_between(lines: str) -> Block:
    """Read lines that stand between a good first and a good last key."""
    block = read_block(note(f"type: client\n{lines}\nlast: ok\n"), KNOWN)
    assert block.values.pop("type") == "client"
    assert block.values.pop("last") == "ok"
    return block


def found(block: Block) -> list[tuple[str, int, int, int]]:
    """Code, line, column and end column of each finding."""
    return [finding[:4] for finding in block.findings]
