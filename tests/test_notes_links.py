import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.notes.links import link_fold, link_shown, link_target, obsidian_uri, wikilink
from tests.examples import many


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[[阳光花园]]", "阳光花园"),
        ("[[阳光花园|那边]]", "阳光花园"),
        ("[[阳光花园#跟进记录]]", "阳光花园"),
        ("[[阳光花园#^3ack67k2p|那次]]", "阳光花园"),
        ("[[阳光花园\\|那边]]", "阳光花园"),
        ("[[communities/阳光花园.md]]", "communities/阳光花园"),
        ("【【阳光花园】】", "阳光花园"),
        ("[那边](communities/%E9%98%B3%E5%85%89.md)", "communities/阳光"),
        ("[那边](<阳光 花园.md>)", "阳光 花园"),
        ("阳光花园", "阳光花园"),
        (" 阳光花园 ", "阳光花园"),
        ("L-7K2PQM", "L-7K2PQM"),
        ("[[#heading]]", ""),
        ("[[]]", ""),
    ],
)
def test_a_link_leads_to_a_name_path_or_id(text, target):
    assert link_target(text) == target


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[[阳光花园|那边]]", "那边"),
        ("[[communities/阳光花园]]", "阳光花园"),
        ("阳光花园", "阳光花园"),
    ],
)
def test_a_link_shows_its_alias_or_its_name(text, shown):
    assert link_shown(text) == shown


def test_a_link_is_written_with_an_alias_only_where_it_says_more():
    assert wikilink("阳光花园-7K2PQM", "阳光花园") == "[[阳光花园-7K2PQM|阳光花园]]"
    assert wikilink("阳光花园", "阳光花园") == "[[阳光花园]]"
    assert wikilink("阳光花园") == "[[阳光花园]]"


def test_a_title_with_brackets_does_not_end_the_link_that_shows_it():
    assert wikilink("三房-7K2PQM", "[急] 阳光|三房]]") == "[[三房-7K2PQM|急 阳光 三房]]"
    assert wikilink("三房-7K2PQM", "[|]") == "[[三房-7K2PQM]]"


def test_names_are_compared_without_folder_case_and_composition():
    assert link_fold("clients/Zoe\u0301") == link_fold("ZOÉ")
    assert link_fold("a") != link_fold("b")


def test_obsidian_opens_a_note_by_vault_and_path():
    assert obsidian_uri("店", "clients/李 女士.md", block="3ack") == (
        "obsidian://open?vault=%E5%BA%97&file=clients%2F%E6%9D%8E%20%E5%A5%B3%E5%A3%AB%23%5E3ack"
    )


@settings(max_examples=many(100))
@given(
    st.text(
        st.characters(exclude_characters="[]|#^【】\\", exclude_categories=("C", "Z")), min_size=1
    )
)
def test_what_is_written_leads_where_it_should(name):
    name = name.removesuffix(".md") or "x"

    assert link_target(wikilink(name, "shown")) == name.removesuffix(".md")
