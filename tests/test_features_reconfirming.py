"""When a demand is confirmed again, and what settles that."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from brokernotes.features.reconfirming import Limits, find_tipped
from tests.followup_notes import client, day, derived, entry

LIMITS = Limits()


def reconfirm(*entries, **values):
    found = derived(client(*entries, **values)).occurrences
    return [one for one in found if one.kind == "reconfirm_demand"]


def rejected(on, id_=None):
    return entry(on, "note", id=id_, reaction="reject")


def shown(on, id_=None, *links):
    return entry(on, "showing", id=id_, links=links or ("春江苑",), interest=3)


REJECTED = [rejected("11-01", "aaaaaaaa1"), rejected("11-05", "aaaaaaaa2"),
            rejected("11-09", "aaaaaaaa3")]  # fmt: skip
SHOWN = [shown(f"11-0{at}", f"bbbbbbbb{at}") for at in range(1, 6)]


def test_three_homes_turned_down_ask_for_the_demand_again():
    assert not reconfirm(*REJECTED[:2])
    (found,) = reconfirm(*reversed(REJECTED))

    assert found.key == "C-9F3DWA/reconfirm_demand/aaaaaaaa3"
    assert (found.due, found.reason) == (day("11-09"), "reconfirm-rejected")
    assert found.rule == {"name": "cadence.reconfirm_rejected", "value": 3, "origin": "ours"}


def test_the_key_stays_when_more_is_turned_down():
    (found,) = reconfirm(*REJECTED, rejected("11-12", "aaaaaaaa4"))

    assert found.key.endswith("/aaaaaaaa3")


def test_five_showings_without_an_offer_ask_too():
    assert not reconfirm(*SHOWN[:4])
    (found,) = reconfirm(*SHOWN)
    assert (found.key, found.reason) == (
        "C-9F3DWA/reconfirm_demand/bbbbbbbb5",
        "reconfirm-showings",
    )

    offer = entry("11-03 20:00", "offer", amount=580)
    assert not reconfirm(*SHOWN, offer)
    assert not reconfirm(*SHOWN, entry("11-06", "offer", amount=580))
    assert not reconfirm(*SHOWN[:4], entry("11-25", "showing", "planned", id="bbbbbbbb9"))


def test_a_confirmed_demand_settles_it_and_counts_anew():
    assert not reconfirm(*REJECTED, confirmed_on=day("11-09"))
    assert reconfirm(*REJECTED, confirmed_on=day("10-31"))
    told = entry("11-10", "call", demand="confirmed")
    assert not reconfirm(*REJECTED, told)
    assert not reconfirm(*REJECTED, told, rejected("11-12"), rejected("11-13"))
    again = [rejected("11-12"), rejected("11-13"), rejected("11-14", "aaaaaaaa7")]
    assert [one.key[-9:] for one in reconfirm(*REJECTED, told, *again)] == ["aaaaaaaa7"]
    assert reconfirm(*REJECTED, entry("11-10", "call", demand="changed"))


def test_who_no_longer_looks_is_not_asked():
    for values in (
        {"stage": "closing"}, {"stage": "inactive"}, {"stage": "paused"}, {"do_not_contact": True}
    ):  # fmt: skip
        assert not reconfirm(*REJECTED, **values)


def test_what_was_corrected_does_not_count():
    fixed = entry("11-10", "note", corrects="aaaaaaaa2", text="其实是考虑")

    assert not reconfirm(*REJECTED, fixed)


days = st.integers(0, 60).map(lambda n: day("2026-09-01") + timedelta(n))
logs = st.lists(
    st.builds(
        lambda on, kind: {
            "reject": entry(on.isoformat(), "note", reaction="reject"),
            "show": shown(on.isoformat()),
            "offer": entry(on.isoformat(), "offer"),
            "confirm": entry(on.isoformat(), "call", demand="confirmed"),
            "other": entry(on.isoformat(), "call"),
        }[kind],
        days,
        st.sampled_from(["reject", "show", "offer", "confirm", "other"]),
    ),
    max_size=20,
)


@given(logs, days)
def test_nothing_is_asked_before_as_much_happened_after_the_last_confirmation(log, confirmed):
    found = find_tipped(log, confirmed, LIMITS)
    if found is None:
        return
    assert found.entry.day > confirmed
    upto = [one for one in log if confirmed < one.day <= found.entry.day]
    least = {"rejected": ("note", 3), "showings": ("showing", 5)}[found.why]
    assert sum(one.verb == least[0] for one in upto) >= least[1]


@given(logs)
def test_a_confirmation_of_the_last_day_settles_everything(log):
    last = max((one.day for one in log), default=day("11-01"))

    assert find_tipped(log, last, LIMITS) is None
