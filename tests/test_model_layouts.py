import pytest

from brokernotes.model.layouts import Description, Layout, match_layout, parse_description


@pytest.mark.parametrize(
    ("text", "layout", "rest"),
    [
        ("三房", Layout(3), ""),
        ("两室一厅", Layout(2, 1), ""),
        ("3室2厅1卫 精装", Layout(3, 2, 1), " 精装"),
        ("3 室 2 厅", Layout(3, 2), ""),
        ("三居室", Layout(3), ""),
        ("2户", None, "2户"),
        ("一室户", Layout(1), ""),
        ("3 rooms", Layout(3), ""),
        ("2-bed flat", Layout(2), " flat"),
        ("2 bedding", None, "2 bedding"),
        ("12室", Layout(12), ""),
        ("十一房", Layout(11), ""),
        ("阳光", None, "阳光"),
    ],
)
def test_rooms_are_read_where_they_stand(text, layout, rest):
    found = match_layout(text, 0)

    assert (found and found[0]) == layout
    assert text[found[1] if found else 0 :] == rest


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("阳光花园三房", Description("阳光花园", Layout(3))),
        (" 阳光 花园 的 两室一厅 ", Description("阳光花园", Layout(2, 1))),
        ("Sunny Garden 3 rooms", Description("sunnygarden", Layout(3))),
        ("阳光花园３室", Description("阳光花园", Layout(3))),
        ("三房", None),
        ("阳光花园", None),
        ("阳光花园三房 精装", None),
        ("阳光花园十十房", None),
        ("", None),
    ],
)
def test_a_description_is_an_estate_and_rooms_and_nothing_else(text, described):
    assert parse_description(text) == described


@pytest.mark.parametrize(
    ("said", "rooms", "fits"),
    [
        (Layout(3), (3, 2, 1), True),
        (Layout(3, 2), (3, None, None), False),
        (Layout(3, 1), (3, 2, 1), False),
        (Layout(2), (None, None, None), False),
    ],
)
def test_what_is_not_said_fits_any_home(said, rooms, fits):
    assert said.fits(rooms) is fits
