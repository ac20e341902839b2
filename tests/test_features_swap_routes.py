"""Where those who sell in an estate buy next."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.swap_chains import DAYS_APART, Sale, chains_of
from brokernotes.features.swap_routes import Buyer, Home, Places, find_moves, routes_of

DAY = date(2026, 6, 1)
PLACES = Places({"书香名邸": "M-SHU", "书香": "M-OLD", "闵行": "闵行", "阳光花园": "M-SUN"})


def sale(number, estate, seller, buyer, days=0):
    return Sale(
        id=f"D-{number}",
        home=f"L-{estate}{number}",
        estate=estate,
        sellers=(seller,),
        buyers=(buyer,),
        day=DAY + timedelta(days=days),
    )


def routes(homes=(), buyers=(), sales=()):
    found = routes_of(find_moves(homes, buyers, list(sales), PLACES))
    return [(one.start, one.goal, one.count, one.by_how()) for one in found]


def test_a_sale_and_a_purchase_of_one_person_are_a_way():
    sales = [sale(1, "X", "ann", "bob"), sale(2, "Y", "cy", "ann", 40)]

    assert routes(sales=sales) == [("X", "Y", 1, {"deal": 1})]


def test_deals_years_apart_are_two_matters():
    sales = [sale(1, "X", "ann", "bob"), sale(2, "Y", "cy", "ann", DAYS_APART)]
    assert routes(sales=sales)

    sales = [sale(1, "X", "ann", "bob"), sale(2, "Y", "cy", "ann", DAYS_APART + 1)]
    assert not routes(sales=sales)


def test_who_moves_twice_is_followed_home_by_home():
    sales = [
        sale(1, "X", "ann", "bob"), sale(2, "Y", "cy", "ann", 30),
        sale(3, "Y", "ann", "di", 400), sale(4, "Z", "ed", "ann", 420),
    ]  # fmt: skip

    assert routes(sales=sales) == [("X", "Y", 1, {"deal": 1}), ("Y", "Z", 1, {"deal": 1})]


def test_buying_a_home_and_selling_it_again_is_no_way():
    bought = sale(1, "X", "cy", "ann")
    sold = Sale(
        id="D-2", home=bought.home, estate="X", sellers=("ann",), buyers=("bob",), day=bought.day
    )

    assert not routes(sales=[bought, sold])


def test_an_owner_who_sells_wants_what_the_client_note_says():
    home = Home(id="L-1", estate="X", owners=("ann",))
    looking = Buyer(id="ann", is_looking=True, places=("Y", "Z"), purpose="school")

    assert routes([home], [looking]) == [("X", "Y", 1, {"demand": 1}), ("X", "Z", 1, {"demand": 1})]
    (first, _) = routes_of(find_moves([home], [looking], [], PLACES))
    assert first.purposes() == {"school": 1}
    assert not routes([Home(id="L-1", estate="X", owners=("ann",), is_for_sale=False)], [looking])
    assert not routes([home], [Buyer(id="ann", places=("Y",))])


def test_a_demand_without_a_place_goes_nowhere_known():
    home = Home(id="L-1", estate="X", owners=("ann",))

    assert routes([home], [Buyer(id="ann", is_looking=True)]) == [("X", None, 1, {"demand": 1})]


def test_who_has_to_sell_first_leaves_that_home_even_if_it_names_no_owner():
    home = Home(id="L-1", estate="X")
    looking = Buyer(id="ann", is_looking=True, places=("Y",), sells_first="L-1")

    assert routes([home], [looking]) == [("X", "Y", 1, {"demand": 1})]


def test_a_former_owner_still_counts_after_the_sale():
    looking = Buyer(id="ann", is_looking=True, places=("Y",))

    assert routes([], [looking], [sale(1, "X", "ann", "bob")]) == [("X", "Y", 1, {"demand": 1})]


def test_words_are_read_as_the_places_they_name():
    assert PLACES.read("想换到书香名邸附近", "M-SUN") == ("M-SHU",)
    assert PLACES.read("同小区或闵行三房", "M-SUN") == ("M-SUN", "闵行")
    assert PLACES.read("去苏州陪父母", "M-SUN") == ("去苏州陪父母",)
    assert Places({"": "x"}).read("去苏州", None) == ("去苏州",)


def test_who_is_known_in_several_ways_counts_once_as_the_surest_says():
    home = Home(id="L-1", estate="X", owners=("ann",), route="书香名邸")
    looking = Buyer(id="ann", is_looking=True, places=("M-SHU",))

    assert routes([home], [looking]) == [("X", "M-SHU", 1, {"demand": 1})]
    assert routes(
        [home], [looking], [sale(1, "X", "ann", "bob"), sale(2, "M-SHU", "cy", "ann")]
    ) == [("X", "M-SHU", 1, {"deal": 1})]


def test_deals_hang_together_by_who_sells_here_and_buys_there():
    sales = [
        sale(1, "X", "ann", "zoe"), sale(2, "Y", "ben", "ann", 10), sale(3, "Z", "cy", "ben", 20),
        sale(4, "W", "xi", "yu"),
    ]  # fmt: skip
    (chain,) = chains_of(sales)

    assert [one.id for one in chain.sales] == ["D-1", "D-2", "D-3"]
    assert chain.people == ("ann", "ben")


def test_a_circle_of_swaps_is_told_once_and_ends():
    sales = [sale(1, "X", "ann", "ben"), sale(2, "Y", "ben", "ann")]
    (chain,) = chains_of(sales)

    assert {one.id for one in chain.sales} == {"D-1", "D-2"}


people = st.sampled_from("abcd")
drawn_sales = st.lists(
    st.builds(
        sale, st.integers(0, 10**6), st.sampled_from("XYZ"), people, people, st.integers(0, 1500)
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(drawn_sales)
def test_every_way_of_deals_is_two_deals_of_one_person_and_each_is_used_once(sales):
    by_id = {one.id: one for one in sales}
    moves = find_moves([], [], sales, PLACES)

    for move in moves:
        sold, bought = (by_id[id_] for id_ in move.deals)
        assert move.person in sold.sellers
        assert move.person in bought.buyers
        assert (move.start, move.goal) == (sold.estate, bought.estate)
        assert abs((sold.day - bought.day).days) <= DAYS_APART
    assert len({(move.person, move.deals[0]) for move in moves}) == len(moves)
    assert len({(move.person, move.deals[1]) for move in moves}) == len(moves)


@given(drawn_sales)
def test_routes_count_distinct_people_and_chains_hold_every_link(sales):
    moves = find_moves([], [], sales, PLACES)
    naive = {}
    for move in moves:
        naive.setdefault((move.start, move.goal), set()).add(move.person)

    assert {(one.start, one.goal): one.count for one in routes_of(moves)} == {
        way: len(who) for way, who in naive.items()
    }
    chained = {id_ for chain in chains_of(sales) for id_ in (one.id for one in chain.sales)}
    assert chained == {id_ for move in moves for id_ in move.deals}
