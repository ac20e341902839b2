"""What `check --publishable` asks of other notes, and what plain `check` says of it."""

import json

import pytest

HOME = """\
    -- listings/garden.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 阳光花园 3室2厅
    community: "[[阳光花园]]"
    district: 浦东
    status: 在售
    grade: A
    price: 620
    gross_area: 118.5
    entrustment: 独家
    publish_consent: 2026-09-01
    inspected_on: 2026-09-10
    title_checked_on: 2026-09-02
    photos_on: 2026-09-10
    agent: "[[王敏]]"
    created: 2026-09-01
    MORE
    ---
    -- agents/王敏.md --
    ---
    id: A-5K7M2P
    type: agent
    name: 王敏
    firm: 灯下房产
    ---
    -- communities/阳光花园.md --
    ---
    id: M-2B3C4D
    type: community
    ---
    """


def home(more="round: 1"):
    return HOME.replace("MORE", more)


def codes(drawn, *words):
    return [
        one["code"] for one in json.loads(drawn.run("check", "--publishable", *words, "--json").out)
    ]


def client(entry, more=""):
    return f"""-- clients/li.md --
    ---
    id: C-7K2PQM
    type: client
    {more or "salutation: 李女士"}
    created: 2026-09-01
    ---

    ## 跟进记录

    - 2026-11-19 10:00 {entry} ^3eff0dddd
    """


def test_a_confirmation_of_two_months_ago_is_too_old(vault):
    assert codes(vault(home())) == ["publish-unconfirmed"]


@pytest.mark.parametrize(
    ("entry", "more", "confirms"),
    [
        ("带看 [[garden]] [业主:: 已联系]", "", True),
        ("带看 [[garden]] [业主:: 未接]", "", False),
        ("带看 [[garden]] 喜欢", "", False),
        ("电话 业主说价格不动", "stage: 在看", False),
    ],
)
def test_an_entry_of_a_client_confirms_where_it_says_that_the_owner_was_reached(
    vault, entry, more, confirms
):
    found = codes(vault(home() + client(entry, more)))

    assert found == ([] if confirms else ["publish-unconfirmed"])


def test_a_call_in_the_owners_own_note_confirms(vault):
    drawn = vault(home('owner: "[[li]]"') + client("电话 价格不动"))

    assert codes(drawn) == []


def test_a_look_at_the_home_confirms(vault):
    survey = "\n\n    ## 跟进记录\n\n    - 2026-11-19 10:00 实勘 重拍 ^3eff0dddd\n"
    drawn = vault(home().replace("    ---\n    -- agents", f"    ---{survey}    -- agents", 1))

    assert codes(drawn) == []


def test_a_listing_sold_and_taken_down_is_no_longer_looked_at(vault):
    sold = home("published:\n      - 灯箱 2026-09-11").replace("status: 在售", "status: 我售")
    down = "\n\n    ## 跟进记录\n\n    - 2026-11-19 10:00 下架 灯箱 ^3eff0dddd\n"

    assert "publish-status" in codes(vault(sold))
    assert (
        codes(vault(sold.replace("    ---\n    -- agents", f"    ---{down}    -- agents", 1))) == []
    )


def test_the_rules_change_what_a_code_counts_as(vault):
    rules = """-- brokernotes.yaml --
    format: 1
    checks: {publish-unconfirmed: warning}
    """
    drawn = vault(home() + rules)

    said = drawn.run("check", "--publishable")

    assert said.exit == 0
    assert "May be published:" in said.out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("round: 1", []),
        ("published:\n      - 灯箱 2026-09-11", []),
        ("selling_points:\n      - 稳赚不赔", []),
        (
            "published:\n      - 灯箱 2026-09-11\n    selling_points:\n      - 稳赚不赔",
            ["published-unfit"],
        ),
    ],
)
def test_plain_check_tells_only_of_what_is_published_against_its_own_note(vault, more, told):
    assert [one["code"] for one in vault(home(more)).problems()] == told
