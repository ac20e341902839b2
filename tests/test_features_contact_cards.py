"""Contacts for a phone: the same bytes each time, read back by a program that is not ours."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.contact_cards import VERSIONS, Contact, full_name, render_cards

LI = Contact(
    ref="C-9F3DWA",
    title="李女士 浦东三房",
    salutation="李女士",
    name="李静",
    phones=("138 0013 8000", "021-58881234 (公司)", "13800138000"),
    url="obsidian://open?vault=vault&file=clients%2Fli",
)
ODD = Contact(ref="clients/odd.md", title="A; B, C\\n " + "长" * 40, phones=("+1 415 555 0100",))


def rendered(*contacts, version="4.0"):
    return render_cards(contacts, version=version, language="zh", category="客源")


def unfolded(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("version", VERSIONS)
def test_cards_are_golden(golden, version):
    golden(f"contacts-{version}.vcf", rendered(LI, ODD, version=version))


def test_what_the_calendar_calls_her_finds_her():
    assert full_name(LI) == "李女士 李静 浦东三房"
    assert (
        full_name(Contact(ref="x", title="李女士", salutation="李女士", name="李静"))
        == "李女士 李静"
    )
    assert full_name(Contact(ref="x", title="Ms Li Pudong", salutation="Ms Li")) == "Ms Li Pudong"
    assert full_name(Contact(ref="x", title="浦东三房")) == "浦东三房"


def test_a_number_stands_once_and_what_is_none_or_masked_not_at_all():
    card = Contact(
        ref="x", title="x", phones=("138****8000", "wrong", "13800138000", "13800138000")
    )

    assert [line for line in unfolded(rendered(card)) if "TEL" in line] == [
        "TEL;TYPE=cell:13800138000"
    ]


def test_a_client_without_a_phone_is_no_contact():
    assert rendered(Contact(ref="x", title="x", phones=("138****8000",))) == b""


def test_the_order_given_does_not_matter():
    assert rendered(LI, ODD) == rendered(ODD, LI)


def test_uids_differ_from_every_other_client_s_and_stay():
    uids = [re.findall("UID:(.*)\r", rendered(one).decode())[0] for one in (LI, ODD)]

    assert len(set(uids)) == 2
    assert uids[0] == re.findall("UID:(.*)\r", rendered(LI, version="3.0").decode())[0]


@given(st.text(min_size=1), st.text(), st.sampled_from(VERSIONS))
def test_any_text_makes_one_card_of_whole_lines(title, name, version):
    card = Contact(ref="C-1", title=title, name=name, phones=("13800138000",))
    data = rendered(card, version=version)

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    data.decode()
    lines = unfolded(data)
    assert lines[0] == "BEGIN:VCARD"
    assert lines[-2:] == ["END:VCARD", ""]
    assert len([line for line in lines if line.startswith("TEL")]) == 1
    assert "\n" not in "".join(lines)
