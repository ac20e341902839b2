"""A note's text as one viewer may read it, whatever shape it is in."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.blotting import BLOT
from brokernotes.features.hidden import Hidden
from brokernotes.features.sharing import Sight, hidden_keys
from brokernotes.features.withholding import withhold
from brokernotes.model.rules import Rules, builtin_schema
from brokernotes.notes.note import NoteReader

SCHEMA = builtin_schema()
READER = NoteReader(Rules())
PRIVATE = Hidden(sight=Sight("private", "A-1"))
CLIENT = Hidden(sight=Sight("client", "A-1"))
HIDDEN = sorted(hidden_keys("listing", Sight("private"), SCHEMA))


def told(text: str, hidden: Hidden = PRIVATE, path: str = "listings/home.md") -> str:
    return withhold(path, textwrap.dedent(text).lstrip("\n"), hidden, READER).text


def test_hidden_values_leave_an_empty_line_each():
    text = told(
        """
        ---
        id: L-7K2PQM
        type: listing
        room: "1201"   # 边套
        owner:
          - "[[王太太]]"
          - "[[王先生]]"
        price: 600
        ---
        body
        """
    )

    assert text == "---\nid: L-7K2PQM\ntype: listing\n#\n#\n#\n#\nprice: 600\n---\nbody\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_stay_as_they_are(newline):
    text = "---\ntype: listing\nroom: 1201\nprice: 600\n---\n\n看江\n".replace("\n", newline)
    found = withhold("listings/home.md", text, PRIVATE, READER).text

    assert found == text.replace("room: 1201", "#" if newline != "\r" else "")


@pytest.mark.parametrize(
    "block",
    [
        "{type: listing, room: 1201}",
        "type: listing\nroom: &a 1201\nprice: *a",
        "type: listing\n? room\n: 1201",
        "type: listing\nroom: 1201\nroom: 1202",
        "type: listing\nRoom: 1201",
        "type: listing\n房号: 1201",
        "type: listing\n  room: 1201",
        "type: listing\nroom: >\n  1201\n  1202",
        "type: listing\nroom: '1201\n  1202'",
        "type: listing\nroom: [1201,\n 1202]",
        "type: listing\nnotes: {room: 1201}",
        "type: listing\nroom： 1201",
        "type: listing\n<<<<<<< mine\nroom: 1201\n=======\nroom: 1202\n>>>>>>> theirs",
        "type: listing\nprice: 'x\nroom: 1201",
        "\ttype: listing\n\troom: 1201",
    ],
)
def test_whatever_shape_the_front_matter_has_nothing_of_it_is_read(block):
    text = f"---\n{block}\n---\n\nbody\n"

    assert "1201" not in withhold("listings/home.md", text, PRIVATE, READER).text


@pytest.mark.parametrize("text", ["", "room: 1201\n", "---\nroom: 1201\n", "no front matter 1201"])
def test_what_is_no_note_yet_does_not_raise(text):
    withhold("listings/home.md", text, PRIVATE, READER)


def test_entries_and_log_keys_of_the_owner_s_mind_go():
    text = told(
        """
        ---
        type: listing
        ---
        ## 跟进记录

        - 2026-11-01 电话 谈过 [心理价:: 499] [下次:: 2026-11-30] ^3e0000001
        - 2026-11-02 报价 出 468 [价:: 468] ^3e0000002
          - 太太不肯
        - [ ] 2026-11-30 议价 到 490 ^3e0000003
        - 2026-11-03 还价 回 500 (底价:: 495) ^3e0000004
        - 2026-11-04 带看 喜欢 ^3e0000005
        """
    )

    assert text.splitlines()[5:] == [
        "- 2026-11-01 电话 谈过 [下次:: 2026-11-30] ^3e0000001", "", "", "", "",
        "- 2026-11-04 带看 喜欢 ^3e0000005",
    ]  # fmt: skip


def test_the_section_about_the_owner_ends_at_the_next_heading_of_its_level():
    text = told(
        """
        ---
        type: listing
        ---
        ## 业主情况

        急卖

        ### 家里

        还债

        ## 卖点与不足

        看江
        """
    )

    assert [line for line in text.splitlines()[3:] if line] == [
        "## 业主情况", "## 卖点与不足", "看江",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    ["7-1201", "7号楼1201", "7幢 2单元 1201室", "7#1201", "7栋", "二单元？2单元", "十二层", "12楼",
     "电话13800001111", "业主心理价 480 万", "他说底价480"],
)  # fmt: skip
def test_prose_is_blotted_where_it_says_a_hidden_value(said):
    text = told(
        f"""
        ---
        type: listing
        building: "7"
        unit: "2"
        room: "1201"
        floor: 12
        ---
        {said}，南北通
        """
    )
    left = text.splitlines()[-1]

    assert said not in left
    assert left.endswith("，南北通")


@pytest.mark.parametrize(
    "said", ["2026-11-12", "12:01", "600万", "112011", "A1201B", "70号", "7 年"]
)
def test_what_only_looks_like_it_stays(said):
    text = told(
        f"""
        ---
        type: listing
        building: "7"
        room: "1201"
        floor: 12
        ---
        {said}
        """
    )

    assert text.endswith(f"{said}\n")


def test_a_line_of_prose_that_reads_like_a_hidden_field_goes():
    text = told("---\ntype: listing\n---\n- 底价：四百八\n业主姓名: 王\n- 价格：600\n")

    assert text == "---\ntype: listing\n---\n\n\n- 价格：600\n"


def test_a_client_is_called_by_the_salutation():
    text = told(
        """
        ---
        type: client
        title: 司徒晓岚 三房
        name: 司徒晓岚
        salutation: 司徒女士
        ---
        司徒晓岚要三房，13800001111
        """,
        CLIENT,
        "clients/x.md",
    )

    assert "title: 司徒女士 三房" in text
    assert text.endswith("司徒女士要三房，138****1111\n")


def test_an_offer_on_a_private_listing_is_hidden_in_the_other_client_s_note():
    hidden = Hidden(private=frozenset({"阳光花园 3室"}))
    text = told(
        """
        ---
        type: client
        name: 张伟
        ---
        ## 跟进记录

        - 2026-11-01 报价 [[阳光花园 3室]] 出 468 ^3e0000001
        - 2026-11-02 报价 [[虹桥雅苑]] 出 300 ^3e0000002
        """,
        hidden,
        "clients/x.md",
    )

    assert "468" not in text
    assert "300" in text
    assert "name: 张伟" in text


def test_what_was_kept_back_is_counted():
    found = withhold(
        "listings/home.md",
        "---\ntype: listing\nroom: 1201\nowner_phone:\n---\n## 跟进记录\n\n- 2026-11-02 报价 468\n",
        PRIVATE,
        READER,
    )

    assert (found.keys, found.entries) == (("room",), 1)


KEYS = st.sampled_from(HIDDEN)
VALUES = st.from_regex(r"[甲乙丙丁]{3}[0-9]{4}", fullmatch=True)


@given(
    st.lists(st.tuples(KEYS, VALUES), min_size=1, max_size=5, unique_by=lambda pair: pair[0]),
    st.sampled_from(["{}", '"{}"', "'{}'", "[{}]", "\n  - {}\n  - {}", ">\n  {}", "{} # {}"]),
    st.text(alphabet="看房电话，1 \n-[]::#", max_size=40),
)
def test_no_hidden_value_is_left_in_the_text(pairs, style, prose):
    block = "\n".join(
        f"{key}: {style.replace('{}', value)}" if not style.startswith("\n")
        else f"{key}:{style.replace('{}', value)}"
        for key, value in pairs
    )  # fmt: skip
    said = "".join(
        f"{prose}{value}" for key, value in pairs if SCHEMA.fields("listing")[key].kind == "text"
    )
    text = f"---\ntype: listing\nprice: 600\n{block}\n---\n{said}\n"
    left = withhold("listings/home.md", text, PRIVATE, READER)

    for _, value in pairs:
        assert value not in left.text
    assert "price: 600" in left.text
    assert left.text.count("\n") == text.count("\n")


def test_a_blot_is_no_markup():
    assert not set(BLOT) & set("*_[]`#|:\"'")
