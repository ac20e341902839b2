from datetime import date

import pytest

from brokernotes.features.publishable import Asked, claims, is_published, obstacles
from brokernotes.model.rules import Rules
from brokernotes.notes.note import NoteReader

TODAY = date(2026, 11, 21)
ALL_WELL = Asked(
    today=TODAY, confirmed_on=date(2026, 11, 10), has_firm=True, has_district=True
)  # fmt: skip
SOUND = """\
id: L-7K2PQM
title: 阳光花园 3室2厅
community: "[[阳光花园]]"
status: 在售
price: 620
gross_area: 118.5
entrustment: 独家
publish_consent: 2026-11-01
inspected_on: 2026-11-10
title_checked_on: 2026-11-02
photos_on: 2026-11-10
"""


def note(front=SOUND, body=""):
    text = f"---\n{front}---\n{body}"
    return NoteReader(Rules()).read("listings/garden.md", text)


def codes(front=SOUND, asked=ALL_WELL, body=""):
    return [one.code for one in obstacles(note(front, body), asked)]


def without(key):
    return "".join(line for line in SOUND.splitlines(True) if not line.startswith(f"{key}:"))


def test_nothing_stands_in_the_way_of_a_sound_listing():
    assert codes() == []


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("publish_consent", "publish-consent"),
        ("inspected_on", "publish-inspection"),
        ("title_checked_on", "publish-title"),
        ("photos_on", "publish-photos"),
        ("entrustment", "publish-unentrusted"),
        ("price", "publish-fact"),
        ("gross_area", "publish-fact"),
        ("community", "publish-fact"),
        ("status", "publish-status"),
    ],
)
def test_whatever_is_missing_stands_in_the_way(key, code):
    assert code in codes(without(key))


def test_a_consent_dated_ahead_is_none_yet():
    ahead = SOUND.replace("publish_consent: 2026-11-01", "publish_consent: 2026-11-22")

    assert codes(ahead) == ["publish-consent"]


def test_a_lease_needs_its_rent_and_no_price():
    lease = without("price").replace("在售", "在租")

    assert codes(lease) == ["publish-fact"]
    assert codes(lease + "rent: 9800\n") == []


@pytest.mark.parametrize(
    ("last", "fits"), [(date(2026, 10, 22), True), (date(2026, 10, 21), False), (None, False)]
)
def test_a_confirmation_lasts_thirty_days(last, fits):
    asked = Asked(today=TODAY, confirmed_on=last, has_firm=True, has_district=True)

    assert codes(asked=asked) == ([] if fits else ["publish-unconfirmed"])


def test_the_code_is_asked_only_where_the_city_does():
    asked = Asked(
        today=TODAY, confirmed_on=TODAY, has_firm=True, has_district=True, needs_code=True
    )  # fmt: skip

    assert codes(asked=asked) == ["publish-code"]
    assert codes(SOUND + "verification_code: DX2606\n", asked) == []


def test_an_entrustment_lasts_through_its_last_day():
    assert codes(SOUND + "entrust_until: 2026-11-21\n") == []
    assert codes(SOUND + "entrust_until: 2026-11-20\n") == ["publish-entrustment-ended"]


def test_a_seizure_is_told_at_its_place_in_the_list():
    seized = note(SOUND + "encumbrances:\n  - 抵押\n  - 查封\n")

    (found,) = obstacles(seized, ALL_WELL)

    assert found.code == "publish-seized"
    assert found.position.line == 15


BODY = """
卖点：稳赚（这一行不在卖点一节里）

## 卖点与不足

南北通透，
步行5分钟到地铁。%% 升值空间大，自己看的 %%

### 楼层

顶级。

## 业主情况

稳赚。

## 跟进记录

- 2026-11-18 10:00 电话 保证入学 ^3ed2k9q0a
"""


def test_only_what_is_published_is_read_for_claims():
    found = list(claims(note(body=BODY)))

    assert [(one.code, one.position.line, one.position.column) for one in found] == [
        ("ad-travel-time", 20, 1),
        ("ad-superlative", 24, 1),
    ]


def test_a_claim_in_a_field_stands_in_its_value():
    front = SOUND.replace("title: 阳光花园 3室2厅", 'title: "阳光花园 顶级3室"')
    found = list(claims(note(front + "selling_points:\n  - 采光好\n  - 稳赚不赔\n")))

    assert [(one.position.line, one.position.column) for one in found] == [(3, 14), (15, 5)]


def test_windows_line_ends_leave_places_where_they_are():
    text = f"---\n{SOUND}---\n{BODY}".replace("\n", "\r\n")
    found = list(claims(NoteReader(Rules()).read("listings/garden.md", text)))

    assert [one.position.line for one in found] == [20, 24]


PUBLISHED = "published:\n  - 自家小程序 2026-06-04\n  - 社区灯箱 2026-06-10\n"


@pytest.mark.parametrize(
    ("entries", "still"),
    [
        ("", True),
        ("- 2026-11-14 17:15 下架 自家小程序 ^3e8tcnx5c\n", True),
        ("- 2026-11-14 17:15 下架 自家小程序、社区灯箱 ^3e8tcnx5c\n", False),
        ("- 2026-11-14 17:15 下架 ^3e8tcnx5c\n", False),
        ("- 2026-06-05 17:15 下架 ^3e8tcnx5c\n", True),
        ("- [ ] 2026-11-14 17:15 下架 ^3e8tcnx5c\n", True),
    ],
)
def test_a_listing_is_advertised_until_every_place_took_it_down(entries, still):
    listing = note(SOUND + PUBLISHED, f"\n## 跟进记录\n\n{entries}")

    assert is_published(listing) is still
