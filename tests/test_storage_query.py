"""Queries in SQL give what a naive filter in Python gives."""

import random
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import ArgumentError
from brokernotes.features.query_reading import Asking, read_query, read_query_of_any
from brokernotes.features.query_sentences import Explainer
from brokernotes.language import language
from brokernotes.model.folding import fold_text
from brokernotes.model.query_parsing import quoted
from brokernotes.storage.query import Ask, Order
from tests.examples import many
from tests.indexed import IndexedVault

NOW = datetime(2026, 11, 21, 9, 0)
STATUSES = {"在售": "for_sale", "在租": "for_lease", "定金": "deposit", "我售": "sold_by_us"}
FACINGS = {"南": "south", "北": "north", "东": "east"}
FEATURES = ["地铁", "学校", "花园"]
DISTRICTS = ["浦东", "徐汇", "Ｐｕｄｏｎｇ West", "静安'; DROP TABLE note; --"]
COMMUNITIES = {"阳光花园": "M-AAAAA1", "春江苑": "M-AAAAA2"}
AGENTS = {"王敏": "A-AAAAA1", "Li Hang": "A-AAAAA2"}


def invented(seed: int, count: int) -> list[dict]:
    """Listings with every value set, or not, at random."""
    rng = random.Random(seed)

    def maybe(value):
        return value if rng.random() < 0.75 else None

    homes = []
    for number in range(count):
        listed = maybe(datetime(2026, 9, 1) + timedelta(days=rng.randrange(90)))
        created = maybe(datetime(2026, 9, 1, 8) + timedelta(minutes=rng.randrange(90 * 1440)))
        community = maybe(rng.choice([*COMMUNITIES, "没有这个小区"]))
        homes.append(
            {
                "id": f"L-{number:06d}".replace("0", "Z"),
                "title": f"{rng.choice('甲乙丙')}{number % 7}",
                "price": maybe(rng.choice([200, 300, 350.5, 400, 620])),
                "bedrooms": maybe(rng.randrange(5)),
                "status": maybe(rng.choice(list(STATUSES))),
                "facing": [one for one in FACINGS if rng.random() < 0.4] or None,
                "features": [one for one in FEATURES if rng.random() < 0.4] or None,
                "district": maybe(rng.choice(DISTRICTS)),
                "listed": listed and listed.date().isoformat(),
                "created": created and created.isoformat(timespec="minutes"),
                "community": community,
                "agent": maybe(rng.choice(list(AGENTS))),
                "elevator": maybe(rng.random() < 0.5),
                "body": rng.choice(["近地铁，Ｓｃｈｏｏｌ 对面", "两梯四户 学区", ""]),
                "owner_phone": maybe(
                    rng.choice(["12000001111", "120 0000 2222 (妻子)", "１２０００００２２２２"])
                ),
            }
        )
    return homes


def note(home: dict) -> str:
    lines = ["---", "type: listing"]
    for key, value in home.items():
        if value is None or key == "body":
            continue
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {one}" for one in value)]
        elif isinstance(value, bool):
            lines.append(f"{key}: {str(value).lower()}")
        elif key in ("community", "agent"):
            lines.append(f'{key}: "[[{value}]]"')
        elif isinstance(value, str):
            lines.append(f'{key}: "{value}"')
        else:
            lines.append(f"{key}: {value}")
    return "\n".join([*lines, "---", home["body"], ""])


HOMES = invented(3, 60)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    town = IndexedVault(tmp_path_factory.mktemp("query") / "vault")
    for home in HOMES:
        town.write(f"房源/{home['id'][2:]}-{home['id'][2:]}.md", note(home))
    for name, id_ in COMMUNITIES.items():
        town.write(f"小区/{name}.md", f"---\nid: {id_}\ntype: community\n---\n")
    for name, id_ in AGENTS.items():
        town.write(f"经纪人/{name}.md", f"---\nid: {id_}\ntype: agent\nname: {name}\n---\n")
    town.refresh()
    yield town
    town.close()


@pytest.fixture(scope="module")
def asking(town):
    return Asking(
        schema=town.vault.rules.schema,
        now=NOW,
        language="en",
        find_linked=queries(town).find_linked,
        me=lambda: "A-AAAAA1",
    )


def queries(town):
    from brokernotes.storage.queries import Queries

    return Queries(town.index.db, town.vault.rules.schema)


def listed(town, asking, text):
    tree = read_query(text, "listing", asking)
    return [row.id for row, _ in queries(town).listed(Ask(type="listing", where=tree))]


# -- a naive filter: each strategy gives a query and what it means


def numbers(key, amounts, unit=""):
    def test(sign, amount):
        def holds(home):
            value = home[key]
            return value is not None and {
                ":": value == amount, "=": value == amount, ">": value > amount,
                ">=": value >= amount, "<": value < amount, "<=": value <= amount,
                "!=": False,
            }[sign]  # fmt: skip

        text = f"{key}{sign}{amount}{unit}"
        return text, (lambda home: home[key] != amount) if sign == "!=" else holds

    def span(low, high):
        low, high = sorted((low, high))
        return (
            f"{key}:{low}..{high}{unit}",
            lambda home: home[key] is not None and (low <= home[key] <= high),
        )

    signs = st.sampled_from([":", "=", "!=", ">", ">=", "<", "<="])
    return st.builds(test, signs, amounts) | st.builds(span, amounts, amounts)


def days(key):
    def text_of(back):
        return (NOW.date() - timedelta(days=back)).isoformat()

    def test(sign, back, spelling):
        day = text_of(back)
        typed = f"-{back}d" if spelling else day

        def holds(home):
            value = (home[key] or "")[:10]
            return bool(value) and {
                ":": value == day, ">": value > day, ">=": value >= day,
                "<": value < day, "<=": value <= day,
            }[sign]  # fmt: skip

        return f"{key}{sign}{typed}", holds

    def month(number):
        return f"{key}:2026-{number:02d}", lambda home: (home[key] or "").startswith(
            f"2026-{number:02d}"
        )

    def beside_month(sign, number):
        first, last = f"2026-{number:02d}-00", f"2026-{number:02d}-32"

        def holds(home):
            value = (home[key] or "")[:10]
            return bool(value) and {
                ">": value > last, ">=": value > first, "<": value < first, "<=": value < last,
            }[sign]  # fmt: skip

        return f"{key}{sign}{number}月", holds

    def moment(sign, minutes):
        at = datetime(2026, 10, 1) + timedelta(minutes=minutes)
        typed = at.isoformat(" ", timespec="minutes")
        iso = at.isoformat(timespec="minutes")
        return (
            f"created{sign}{typed}",
            lambda home: (
                home["created"] is not None
                and (home["created"] > iso if sign == ">" else home["created"] <= iso)
            ),
        )

    signs = st.sampled_from([":", ">", ">=", "<", "<="])
    beside = st.builds(beside_month, st.sampled_from([">", ">=", "<", "<="]), st.integers(9, 11))
    moments = st.builds(moment, st.sampled_from([">", "<="]), st.integers(0, 50 * 1440))
    backs = st.integers(0, 80)
    days = st.builds(test, signs, backs, st.booleans())
    return st.one_of(days, st.builds(month, st.integers(9, 12)), beside, moments)


def words(key, vocabulary):
    def test(sign, word):
        def holds(home):
            value = home[key]
            return word in value if isinstance(value, list) else value == word

        return f"{key}{sign}{word}", (lambda home: not holds(home)) if sign == "!=" else holds

    return st.builds(test, st.sampled_from([":", "=", "!="]), st.sampled_from(list(vocabulary)))


def texts(key, parts):
    def test(sign, part):
        def holds(home):
            value = fold_text(home[key] or "")
            asked = fold_text(part)
            return home[key] is not None and (value == asked if sign == "=" else asked in value)

        return f'{key}{sign}"{part}"', holds

    return st.builds(test, st.sampled_from([":", "="]), st.sampled_from(parts))


def bare(parts):
    """Words are searched in the body, of which no field of these homes holds a part."""

    def test(part):
        return (
            f'"{part}"' if " " in part else part,
            lambda home: fold_text(part) in fold_text(home["body"]),
        )

    return st.sampled_from(parts).map(test)


def links(key, names):
    def test(name, id_):
        return f"{key}:{id_ or name}", lambda home: home[key] == name

    return st.sampled_from([test(name, None) for name in names] + [
        test(name, id_) for name, id_ in names.items() if id_
    ])  # fmt: skip


PRESENCE = st.sampled_from(
    ["price", "facing", "district", "community", "elevator", "created"]
).flatmap(
    lambda key: st.sampled_from(
        [
            (f"{key}:unset", lambda home: home[key] is None),
            (f"{key}:any", lambda home: home[key] is not None),
            (f"-{key}:none", lambda home: home[key] is not None),
        ]
    )
)
LEAF = st.one_of(
    numbers("price", st.sampled_from([200, 300, 350.5, 400, 620]), "万"),
    numbers("bedrooms", st.integers(0, 5)),
    days("listed"),
    days("created"),
    words("status", STATUSES),
    words("facing", FACINGS),
    words("features", FEATURES),
    texts("district", ["浦", "浦东", "PUDONG", "'; DROP", "ｐｕｄｏｎｇ west"]),
    bare(["近地铁", "school", "梯四户 学", "学区", "SCHOOL 对"]),
    texts("title", ["甲", "1", "乙2"]),
    links("community", {**COMMUNITIES, "没有这个小区": None}),
    links("agent", {**AGENTS}),
    st.sampled_from(
        [
            ("agent:我", lambda home: home["agent"] == "王敏"),
            ("电梯:有", lambda home: home["elevator"] is True),
            ("电梯:否", lambda home: home["elevator"] is False),
            ("owner_phone:2222", lambda home: "2222" in fold_text(home["owner_phone"] or "")),
            (
                "owner_phone=12000002222",
                lambda home: "2222" in fold_text(home["owner_phone"] or ""),
            ),
            ("owner_phone=1200000222", lambda home: False),
            ("status:(在售 or 在租)", lambda home: home["status"] in ("在售", "在租")),
            ("状态：在售，在租", lambda home: home["status"] in ("在售", "在租")),
            ("状态!=在售、在租", lambda home: home["status"] not in ("在售", "在租")),
            ("status:for sale", lambda home: home["status"] == "在售"),
        ]
    ),
    PRESENCE,
)  # fmt: skip


def grown(inner):
    def all_of(parts):
        return " ".join(f"({text})" for text, _ in parts), lambda home: all(
            holds(home) for _, holds in parts
        )

    def one_of(parts):
        return " 或 ".join(f"（{text}）" for text, _ in parts), lambda home: any(
            holds(home) for _, holds in parts
        )

    def not_(part):
        return f"-({part[0]})", lambda home: not part[1](home)

    several = st.lists(inner, min_size=2, max_size=3)
    return st.builds(all_of, several) | st.builds(one_of, several) | st.builds(not_, inner)


QUERY = st.recursive(LEAF, grown, max_leaves=6)


@settings(max_examples=many(300))
@given(QUERY)
def test_results_equal_a_naive_filter(town, asking, query):
    text, holds = query

    assert set(listed(town, asking, text)) == {home["id"] for home in HOMES if holds(home)}


@settings(max_examples=many(100))
@given(QUERY, st.sampled_from(["en", "zh"]))
def test_the_plainest_spelling_reads_as_the_same_query(town, asking, query, code):
    explainer = Explainer(asking.schema, "listing", language(code))
    tree = read_query(query[0], "listing", asking)
    plain = explainer.plain(tree)
    again = read_query(plain, "listing", asking)

    assert again == tree
    assert explainer.plain(again) == plain
    assert list(explainer.lines(again)) == list(explainer.lines(tree))


FRAGMENTS = st.sampled_from(
    ["status:", "价格", ">=", "300万", "..", "agent:", "我", "(", ")", " ", "-", "or", "非", '"',
     "'; DROP TABLE note; --", "%", "_", "\\", "created", "<", "今天", "-30d", "2026-11", "none",
     "\0", "\ud800", "题", "owner_phone:", "138", "community:", "links:", "id:", "path:", "室:"]
)  # fmt: skip


@settings(max_examples=many(300))
@given(st.lists(FRAGMENTS, max_size=8).map("".join) | st.text(max_size=25))
def test_any_text_is_a_query_or_an_error_within_it(town, asking, text):
    for read in (
        lambda: read_query(text, "listing", asking),
        lambda: read_query_of_any(text, asking),
    ):
        place = (0, 1, 1)
        try:
            read()
        except ArgumentError as error:
            place = (error.start, error.end, len(error.argument))
        assert 0 <= place[0] < place[1] <= place[2]


@pytest.mark.parametrize(
    "value", ["'; DROP TABLE note; --", "x' OR '1'='1", "%", "_", "\\", '"', ":q0"]
)
def test_what_looks_like_sql_is_a_value(town, asking, value):
    for key in ("title", "district", "id", "path", "features"):
        found = listed(town, asking, f"{key}:{quoted(value)}")
        has = [
            home["id"] for home in HOMES if value in str(home.get(key, "")) and key == "district"
        ]
        assert sorted(found) == sorted(has)
    assert len(listed(town, asking, "")) == len(HOMES)


@pytest.mark.parametrize("key", ["price", "listed", "status", "title", "facing", "community"])
@pytest.mark.parametrize("descending", [False, True])
def test_what_is_not_set_stands_last_in_either_order(town, key, descending):
    ask = Ask(type="listing", keys=[key], order=[Order(key=key, descending=descending)])
    values = [values.get(key) for _, values in queries(town).listed(ask)]
    known = [value for value in values if value is not None]

    assert values == known + [None] * (len(values) - len(known))
    if key in ("price", "listed"):
        assert known == sorted(known, reverse=descending)


def test_choices_are_sorted_by_their_place_in_the_vocabulary(town):
    order = list(town.vault.rules.schema.vocabularies["listing_status"].by_id)
    ask = Ask(type="listing", keys=["status"], order=[Order(key="status")])
    values = [values["status"] for _, values in queries(town).listed(ask) if values]

    assert values == sorted(values, key=order.index)


def test_chinese_is_sorted_by_sound(tmp_path):
    town = IndexedVault(tmp_path / "sound")
    for name in ("张", "白", "李", "Abe", "zoe"):
        town.write(f"客源/{name}.md", f"---\ntype: client\ntitle: {name}\n---\n")
    town.refresh()
    titles = [row.title for row, _ in queries(town).listed(Ask(type="client"))]
    town.close()

    assert titles == ["Abe", "zoe", "白", "李", "张"]


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("owner_phone:+86-120 0000-2222", lambda phone: "2222" in phone),
        ("业主电话=120 0000 1111", lambda phone: "1111" in phone),
        ("owner_phone:０００1111", lambda phone: "1111" in phone),
        ("owner_phone:(1111 or 2222)", bool),
    ],
)
def test_a_phone_is_its_digits_however_it_is_written(town, asking, query, holds):
    phones = {home["id"]: fold_text(home["owner_phone"] or "") for home in HOMES}

    found = set(listed(town, asking, query))
    assert found == {id_ for id_, phone in phones.items() if holds(phone)}
    assert found


def test_what_the_rules_switch_off_is_no_problem(town):
    from brokernotes.storage.queries import Queries

    def problems(off):
        ask = Ask(type="listing", keys=["problems", "problem"])
        rows = Queries(town.index.db, town.vault.rules.schema, off).listed(ask)
        return [(values["problems"], values.get("problem")) for _, values in rows]

    codes = {code for _, some in problems(()) for code in some or ()}
    off = sorted(codes)[0]

    assert codes
    assert sum(count for count, _ in problems((off,))) < sum(count for count, _ in problems(()))
    assert {code for _, some in problems((off,)) for code in some or ()} == codes - {off}
    assert set(problems(codes)) == {(0, None)}
