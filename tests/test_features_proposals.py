"""Proposals: what of a listing leaves the house, and what never does."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.matching import judge
from brokernotes.features.matching_criteria import Settings
from brokernotes.features.matching_sides import Named, home_of, want_of
from brokernotes.features.matching_texts import MatchVoice
from brokernotes.features.photos import stripped
from brokernotes.features.proposal_html import proposal_page
from brokernotes.features.proposal_making import make_proposal
from brokernotes.features.proposal_markdown import markdown
from brokernotes.features.proposal_secrets import Secrets
from brokernotes.features.proposal_wechat import MOST, wechat
from brokernotes.features.proposals import (
    ESTATE_PUBLIC,
    NOT_OF_PRIVATE,
    PUBLIC,
    Offered,
    Sender,
    Words,
    claims,
    leaks,
    names_of,
    public_home,
    public_values,
)
from brokernotes.features.tax_hints import tax_hints
from brokernotes.language import language
from brokernotes.model.rules import builtin_schema
from brokernotes.model.schema import Kind

TODAY = date(2026, 11, 21)
SCHEMA = builtin_schema()
FORMS = {"wechat": wechat, "html": proposal_page, "md": markdown}
HOME = {
    "community": "M-1", "district": "浦东", "neighborhood": "联洋", "transaction": "sale",
    "status": "for_sale", "price": 590, "price_terms": "各付", "bedrooms": 3, "living_rooms": 2,
    "bathrooms": 2, "gross_area": 110, "interior_area": 88.5, "floor_band": "middle",
    "total_floors": 18, "facing": ["south"], "decoration": "fine", "elevator": True,
    "structure": "frame", "acquired_on": "2018-05-01", "only_home": True,
    "title_checked_on": "2026-11-01", "verification_code": "DX01", "features": ["metro"],
    "selling_points": ["主卧带飘窗"], "defects": ["客厅窄"], "school": "联洋小学",
}  # fmt: skip
ESTATE = {"title": "阳光花园", "avg_price": 53000, "avg_price_on": "2026-11-01"}
CLIENT = {
    "salutation": "李女士", "intents": ["buy"], "budget_max": 600, "bedrooms_min": 3,
    "districts": ["浦东"], "must_have": ["elevator"], "nice_to_have": ["parking"],
    "homes_owned": "first", "viewing_times": ["周末"],
}  # fmt: skip
SENDER = Sender("王敏", "DX-0001", "灯下房产 金杨店", "12000001111")


def voice(code="zh"):
    return MatchVoice(language=language(code), schema=SCHEMA, named=lambda _: "阳光花园")


def offered(values=None, estate=None, *, private=False, client=None, **more):
    told = {**HOME, **(values or {})}
    told = {key: one for key, one in told.items() if one is not None}
    estate = ESTATE if estate is None else estate
    note = Named("L-1", "房源/7栋1102.md", "7栋1102 急卖")
    home = public_home(
        home_of(note, told, {}, SCHEMA), public_values(told, SCHEMA, is_private=private)
    )
    want = want_of(Named("C-1", "c.md", "李女士 难缠"), client or CLIENT, lambda _: None)
    return Offered(told, estate, private, judge(want, home, Settings()), **more)


def made(*homes, code="zh", client=None, words=None):
    words = words or Words(sender=SENDER)
    return make_proposal(client or CLIENT, homes or (offered(),), words, voice(code), TODAY)


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_a_proposal_of_two_homes_as_written_down(golden, code, form):
    second = offered({"bedrooms": 2, "gross_area": 88, "price": 660, "elevator": None,
                      "acquired_on": None, "community": None, "price_terms": "到手价"})  # fmt: skip
    ending = {"wechat": "txt"}.get(form, form)
    text = FORMS[form](made(offered(), second, code=code))

    golden(f"proposal-{code}.{ending}", text.encode())


# -- the allow-list


def planted(field):
    """A value that says which field it is of, wherever it shows."""
    if field.kind in (Kind.INT, Kind.NUMBER):
        return 4_000_000 + zlib.crc32(field.key.encode()) % 1_000_000
    if field.kind is Kind.BOOL:
        return True
    word = f"SECRET-{field.key.upper()}-SECRET"
    return [word] if field.many else word


def every_secret(private):
    allowed = set(PUBLIC) - (NOT_OF_PRIVATE if private else set())
    return {
        field.key: planted(field)
        for field in SCHEMA.fields("listing").values()
        if field.key not in allowed
    }


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("private", [False, True])
def test_nothing_beside_the_allow_list_ever_appears(code, form, private):
    secrets = every_secret(private)
    estate = {f.key: planted(f) for f in SCHEMA.fields("community").values()}
    estate = {key: one for key, one in estate.items() if key not in ESTATE_PUBLIC} | ESTATE
    demand = {*CLIENT, "lifestyle", "deal_breakers", "neighborhoods", "communities", "area_min"}
    client = {
        f.key: planted(f)
        for f in SCHEMA.fields("client").values()
        if f.key not in demand and f.kind in (Kind.TEXT, Kind.PHONE, Kind.LINK, Kind.CONSENT)
    } | CLIENT
    one = offered(secrets, estate, private=private, client=client)
    text = FORMS[form](made(one, one, code=code, client=client))

    assert "SECRET" not in text
    for value in secrets.values():
        if isinstance(value, int) and not isinstance(value, bool):
            assert str(value) not in text.replace(",", "")
    assert "7栋" not in text
    assert "难缠" not in text


def test_every_public_key_is_a_field_and_none_is_confidential():
    fields = SCHEMA.fields("listing")

    assert [key for key in PUBLIC if key not in fields or fields[key].confidential] == []


def test_the_floor_of_a_private_listing_is_not_told_by_halves():
    told = FORMS["wechat"](made(offered(private=True)))

    assert "中楼层" not in told
    assert "共 18 层" in told
    assert "中楼层" in FORMS["wechat"](made(offered()))


@given(st.dictionaries(st.sampled_from(sorted(SCHEMA.fields("listing"))), st.just("SECRET")))
def test_public_values_are_a_part_of_the_allow_list(values):
    assert set(public_values(values, SCHEMA, is_private=False)) <= set(PUBLIC)


def test_a_phone_in_free_text_is_masked_and_the_agent_s_own_is_not():
    told = FORMS["md"](made(offered({"selling_points": ["看房打13800138000"]})))

    assert "13800138000" not in told
    assert "12000001111" in told


# -- what it says


@given(
    st.lists(st.text("好房子窄亮大阳台", min_size=1, max_size=60), max_size=12),
    st.lists(st.text("临街吵旧漏水", min_size=1, max_size=60), max_size=12),
)
def test_a_home_stays_within_what_a_chat_shows(points, defects):
    told = wechat(made(offered({"selling_points": points, "defects": defects})))
    (home,) = [part for part in told.split("\n\n") if part.startswith("阳光花园")]

    assert len(home) <= MOST["zh"]
    assert "不足：" in home


def test_shortcomings_are_never_empty():
    spotless = offered({"defects": None}, client={**CLIENT, "nice_to_have": []})
    (home,) = made(spotless).homes

    assert home.shortcomings == ("目前没发现；核对过：总价、位置、几室、必须有",)


def test_a_reserved_home_says_so_first():
    (home,) = made(offered({"status": "deposit"})).homes

    assert home.shortcomings[0].startswith("已有人付定金")


@pytest.mark.parametrize(
    ("price", "expected"),
    [(583, "和小区均价（53,000 元/㎡，2026-11-01）持平"), (640, "高 9.8%"), (500, "低 14.2%")],
)
def test_the_unit_price_is_held_against_the_estate_s_average(price, expected):
    (home,) = made(offered({"price": price})).homes

    assert expected in home.against


def test_a_lease_knows_neither_tax_nor_unit_price():
    renter = {"intents": ["rent"], "rent_max": 9000, "salutation": "郑先生"}
    home = offered({"price": None, "rent": 8500, "transaction": "lease", "status": "for_lease",
                    "rent_terms": "押一付三"}, client=renter)  # fmt: skip
    (told,) = made(home, client=renter).homes

    assert (told.price, told.unit_price, told.taxes) == ("8500 元/月", "", ())


def test_without_estate_rooms_and_client_s_name_it_still_speaks():
    bare = offered({key: None for key in HOME if key not in ("status", "price")}, estate={})
    proposal = made(bare, client={"intents": ["buy"]})

    assert proposal.homes[0].name == "住宅"
    assert proposal.opening.startswith("您好，")


def test_advertising_law_is_told_with_the_place():
    found = claims(made(offered({"selling_points": ["升值空间大"]}),
                        words=Words(opening="全网最低价")))  # fmt: skip

    assert [(one.typed.home, one.typed.label, one.code) for one in found] == [
        ("", "开头的话", "ad-superlative"),
        ("阳光花园 3室2厅2卫", "卖点", "ad-return"),
    ]


@pytest.mark.parametrize("code", ["zh", "en"])
def test_our_own_words_are_clean(code):
    assert claims(made(offered(), code=code)) == []


# -- taxes


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"acquired_on": "2025-06-01"}, ("less than two", "not exempt")),
        ({"acquired_on": "2024-11-21", "only_home": True}, ("two years or more", "not exempt")),
        ({"acquired_on": "2021-11-21", "only_home": True}, ("two years or more", "so exempt")),
        ({"acquired_on": "2021-11-22", "only_home": True}, ("two years or more", "not exempt")),
        ({"acquired_on": "2015-01-01"}, ("two years or more", "still to be checked")),
        ({}, ("still to be checked", "still to be checked")),
        ({"property_type": "shop"}, ("not a dwelling",)),
    ],
)
def test_what_a_sale_is_taxed_by(values, expected):
    found = [one.message for one in tax_hints(values, {}, TODAY)]

    assert len(found) >= len(expected)
    for message, part in zip(found, expected, strict=False):
        assert part in message


@pytest.mark.parametrize(
    ("area", "homes", "expected"),
    [
        (140, "first", "1%"), (140.1, "first", "1.5%"),
        (140, "second", "1%"), (150, "second", "2%"),
    ],
)  # fmt: skip
def test_the_deed_tax_asks_for_homes_and_area(area, homes, expected):
    *_, deed = tax_hints({"gross_area": area}, {"homes_owned": homes}, TODAY)

    assert deed.params["rate"] == expected


def test_no_hint_says_what_she_pays():
    for code in ("zh", "en"):
        told = FORMS["md"](made(code=code))
        assert "您要交" not in told
        assert "you pay" not in told


# -- photos


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_a_png_keeps_what_draws_it():
    start, end = chunk(b"IHDR", b"\0" * 13), chunk(b"IEND", b"")
    png = b"\x89PNG\r\n\x1a\n" + start + chunk(b"tEXt", b"GPS") + chunk(b"eXIf", b"GPS") + end

    assert stripped(png).data == b"\x89PNG\r\n\x1a\n" + start + end


def test_a_webp_loses_its_exif_and_the_mark_of_it():
    def part(kind, body):
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    picture = part(b"VP8 ", b"draws")
    body = part(b"VP8X", b"\x0c" + b"\0" * 9) + picture + part(b"EXIF", b"GPS")
    kept = part(b"VP8X", b"\0" * 10) + picture
    riff = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body

    assert stripped(riff).data == b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + kept


def jpeg(*segments):
    parts = (b"\xff" + bytes([kind]) + struct.pack(">H", len(body) + 2) + body
             for kind, body in segments)  # fmt: skip
    return b"\xff\xd8" + b"".join(parts) + b"draws\xff\x00\xff\xd0on\xff\xd9"


def test_a_jpeg_stays_the_right_way_up():
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, 6, 0, 0) + b"GPS"
    photo = jpeg((0xE1, b"Exif\0\0" + tiff), (0xFE, b"a comment"), (0xDA, b"scan"))
    kept = stripped(photo + b"\xff\xd8 a second picture with GPS").data

    assert b"GPS" not in kept
    assert b"comment" not in kept
    assert kept.endswith(b"draws\xff\x00\xff\xd0on\xff\xd9")
    assert stripped(kept).data == kept
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in kept


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF"]))
def test_what_is_no_photo_is_none(data, start):
    found = stripped(start + data)

    assert found is None or found.data.startswith(start[:2])


# -- several homes


def test_each_of_several_homes_has_its_number_in_every_form_and_a_single_one_has_none():
    twins = made(offered(), offered())
    for form in FORMS.values():
        told = form(twins)
        assert "① 阳光花园 3室2厅2卫" in told
        assert "② 阳光花园 3室2厅2卫" in told
        assert "①" not in form(made(offered()))


@pytest.mark.parametrize(("count", "widths"), [(2, [2]), (3, [3]), (4, [2, 2]), (8, [2, 3, 3])])
def test_at_most_three_homes_stand_beside_each_other_on_the_page(count, widths):
    page = proposal_page(made(*[offered()] * count))
    heads = re.findall(r'<table class="compare"><thead><tr><th></th>(.*?)</tr>', page)

    assert [head.count("<th>") for head in heads] == widths


def test_an_eleventh_home_has_a_number_too():
    assert names_of(made(*[offered()] * 11))[10] == "11. 阳光花园 3室2厅2卫"


# -- what is not known


def test_terms_of_a_price_that_is_not_known_are_not_told():
    assert "各付" not in wechat(made(offered({"price": None})))


def test_the_deed_tax_of_a_home_of_unknown_size_takes_none_for_granted():
    for homes in ("first", None):
        *_, deed = tax_hints({}, {"homes_owned": homes}, TODAY)
        assert deed.params == {"small": "1%", "first": "1.5%", "second": "2%"}


# -- what a client asks for


def test_what_a_client_asks_for_tells_no_door_and_what_an_agent_types_does():
    door, name = re.compile("一楼"), re.compile("周大明")
    one = offered(secrets=Secrets((name,), (door,)))
    asking = {**CLIENT, "deal_breakers": ["一楼"]}
    naming = {**CLIENT, "deal_breakers": ["周大明家"]}

    assert leaks(made(one, client=asking), [one]) == []
    assert [found.home for found in leaks(made(one, client=naming), [one])] == ["L-1"]
    said = made(one, words=Words(opening="一楼的那套"))
    assert [(found.home, found.text) for found in leaks(said, [one])] == [("L-1", "一楼的那套")]


@pytest.mark.parametrize(("city", "place"), [("上海", "上海"), ("", "各地不同")])
def test_where_a_rate_is_the_city_s_its_own_tax_office_is_named(city, place):
    young = offered({"acquired_on": "2026-01-01"})
    page = proposal_page(made(young, words=Words(sender=SENDER._replace(city=city))))

    assert f"{place}，以税务部门答复为准" in page
    assert "全国，2024-12-01 起" in page  # of the deed tax
