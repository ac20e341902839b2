"""What is written of a former owner stays, under a heading that says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.owner_sections import is_about_owner, retire_owner_sections


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("## 业主情况\n急售\n", "## 前：业主情况\n急售\n"),
        ("## 业主情况\r\n\r\n急售\r\n", "## 前：业主情况\r\n\r\n急售\r\n"),
        ("# Owner #\nill\n", "# 前：Owner #\nill\n"),
        ("## 业主情况\n\n## 卖点\n采光\n", None),
        ("## 前业主：业主情况\n急售\n", None),
        ("```\n## 业主\n急售\n```\n", None),
        ("业主急售\n", None),
        ("## 业主", None),
    ],
)
def test_only_a_section_that_says_something_is_renamed(body, wanted):
    front = "---\ntype: listing\ntitle: 业主\n---\n"

    assert retire_owner_sections(front + body, "前：{title}") == front + (wanted or body)


@given(st.lists(st.sampled_from(["## 业主\n", "急售\n", "\r\n", "```\n", "---\n", "- x\n", "#"])))
def test_nothing_a_person_wrote_is_lost(lines):
    text = "".join(lines)

    again = retire_owner_sections(text, "前业主：{title}")

    assert again.replace("前业主：", "") == text
    assert retire_owner_sections(again, "前业主：{title}") == again


@pytest.mark.parametrize(
    "heading", ["前业主（至 2026-11-28）：{title}", "Former owner, until 2026: {title}"]
)
def test_a_former_owners_section_is_still_one_that_colleagues_do_not_read(heading):
    assert is_about_owner(heading.replace("{title}", "—"))
