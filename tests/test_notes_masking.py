import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.notes.masking import HIDDEN, find_blocks, mask_spans


def hidden_lines(body):
    blocks = find_blocks(body, body.split("\n"))
    return sorted(blocks.hidden), blocks.unclosed


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a `b` c", "a ··· c"),
        ("a `b c", "a `b c"),
        ("a ``b`c`` d", "a ······· d"),
        (r"a \`b` c", r"a \`b` c"),
        ("涨 5%% 到 6", "涨 5%% 到 6"),
        ("%%a%% b %%c%%", "····· b ·····"),
        ("a <!-- b --> c", "a ·········· c"),
        ("a <!-- b", "a <!-- b"),
        ("`%%` b %%", "···· b %%"),
    ],
)
def test_only_what_closes_on_its_line_is_masked(line, shown):
    assert mask_spans(line).replace(HIDDEN, "·") == shown


@given(st.lists(st.sampled_from(["`", "``", "%%", "<!--", "-->", "\\", "a", " "])).map("".join))
def test_a_masked_line_keeps_its_length(line):
    assert len(mask_spans(line)) == len(line)


@pytest.mark.parametrize(
    ("body", "hidden", "unclosed"),
    [
        ("a\n```\nb\n```\nc", [1, 2, 3], None),
        ("a\n~~~~ md\nb\n~~~\n~~~~~\nc", [1, 2, 3, 4], None),
        ("a\n```\nb", [1, 2], 1),
        ("```a```\nb", [], None),
        ("$$\nx\n$$\nb", [0, 1, 2], None),
        ("$$ x $$\nb", [], None),
        ("%%\nx\n%%\nb", [0, 1, 2], None),
        ("%% x %%\nb", [], None),
        ("a %% x\nb %% c", [], None),
        ("<!--\nx\n-->\nb", [0, 1, 2], None),
        ("<!-- x\nb", [0, 1], 0),
        ("- a\n  ```\n  b\n- c", [1, 2], None),
        ("- a\n  ```\n  b", [1, 2], 1),
        ("- ```\n  b\n- c", [0, 1], None),
        ("text\n    ```\nb", [], None),
        ("> ```\n> b\nc", [0, 1], None),
        ("```\n%%\n```\nb", [0, 1, 2], None),
    ],
)
def test_blocks_hide_their_lines(body, hidden, unclosed):
    assert hidden_lines(body) == (hidden, unclosed)
