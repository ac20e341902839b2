"""The answers of a subscription, without a socket."""

import gzip

import pytest

from brokernotes.features.feeds import Feed, FeedKey, answer, find_feed, refusal

TOKEN, OTHER = "a" * 64, "b" * 64
TOKENS = {FeedKey("A-1", "showings"): TOKEN, FeedKey("", "all"): OTHER}
FEED = Feed("BEGIN:VCALENDAR\r\nSUMMARY:带看\r\nEND:VCALENDAR\r\n".encode(), 1_795_000_000)
DATE = "Fri, 18 Nov 2026 00:00:00 GMT"


def headers(given):
    return dict(given.headers)


@pytest.mark.parametrize(
    ("target", "found"),
    [
        (f"/{TOKEN}/showings.ics", FeedKey("A-1", "showings")),
        (f"/{OTHER}/all.ics", FeedKey("", "all")),
        (f"/{TOKEN}/showings.ics?x=1", FeedKey("A-1", "showings")),
        (f"http://calendar.example/{TOKEN}/showings.ics", FeedKey("A-1", "showings")),
        (f"/{TOKEN}/all.ics", None),
        (f"/{TOKEN}/showings.ics/", None),
        (f"/{TOKEN}/", None),
        (f"/{TOKEN}", None),
        (f"/{TOKEN[:-1]}/showings.ics", None),
        (f"/{TOKEN.upper()}/showings.ics", None),
        (f"//{TOKEN}/showings.ics", None),
        (f"/../{TOKEN}/showings.ics", None),
        ("/", None),
        ("", None),
        ("*", None),
        ("//[/showings.ics", None),
        ("/带看/showings.ics", None),
        ("/\udcff/showings.ics", None),
    ],
)
def test_only_the_whole_token_with_its_calendar_opens(target, found):
    assert find_feed(target, TOKENS) == found


def test_a_token_that_is_empty_or_short_opens_nothing():
    assert find_feed("//all.ics", {FeedKey("", "all"): ""}) is None
    assert find_feed("/abc/all.ics", {FeedKey("", "all"): "abc"}) is None


def test_a_calendar_is_sent_with_what_readers_need():
    given = answer({}, FEED)

    assert (given.status, given.body) == (200, FEED.data)
    assert headers(given)["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers(given)["Content-Length"] == str(len(FEED.data))
    assert headers(given)["Last-Modified"].endswith(" GMT")
    assert headers(given)["Cache-Control"].startswith("private")
    assert headers(given)["Vary"] == "Accept-Encoding"
    assert not {"Content-Disposition", "Content-Encoding", "Server"} & headers(given).keys()


def test_packed_it_is_the_same_and_bears_another_etag():
    plain, packed = answer({}, FEED), answer({"accept-encoding": "br, gzip"}, FEED)

    assert gzip.decompress(packed.body) == plain.body
    assert headers(packed)["Content-Encoding"] == "gzip"
    assert headers(packed)["ETag"] != headers(plain)["ETag"]
    assert packed == answer({"accept-encoding": "gzip"}, FEED)  # no time of packing in it


@pytest.mark.parametrize(
    ("accepted", "packs"),
    [
        ("gzip", True),
        ("x-gzip", True),
        ("deflate, gzip;q=0.5", True),
        ("*", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("identity", False),
        ("*;q=0", False),
        ("gzip;q=much", False),
        ("", False),
    ],
)
def test_it_is_packed_for_whom_it_is_good(accepted, packs):
    given = answer({"accept-encoding": accepted}, FEED)

    assert ("Content-Encoding" in headers(given)) is packs


@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"x", {tag}', "*"])
@pytest.mark.parametrize("packs", [True, False])
def test_what_the_reader_has_is_not_sent_again(form, packs):
    request = {"accept-encoding": "gzip"} if packs else {}
    tag = headers(answer(request, FEED))["ETag"]
    given = answer({**request, "if-none-match": form.format(tag=tag)}, FEED)

    assert (given.status, given.body) == (304, b"")
    assert headers(given)["ETag"] == tag
    assert "Content-Length" not in headers(given)


@pytest.mark.parametrize("known", ['"other"', "", "x", '""'])
def test_what_it_does_not_have_is_sent(known):
    assert answer({"if-none-match": known}, FEED).status == 200


def test_the_date_counts_where_there_is_no_etag():
    seen = headers(answer({}, FEED))["Last-Modified"]
    later = Feed(FEED.data, FEED.changed + 1)

    assert answer({"if-modified-since": seen}, FEED).status == 304
    assert answer({"if-modified-since": seen}, later).status == 200
    assert answer({"if-modified-since": seen, "if-none-match": '"x"'}, FEED).status == 200


@pytest.mark.parametrize("since", ["yesterday", "", "Fri, 99 Nov 2026 00:00:00 GMT", "0" * 400])
def test_a_date_that_is_none_is_passed_over(since):
    assert answer({"if-modified-since": since}, FEED).status == 200


def test_a_refusal_says_nothing_of_the_program():
    assert dict(refusal(405).headers)["Allow"] == "GET, HEAD"
    assert "Retry-After" in dict(refusal(503).headers)
    for status in (404, 405, 503):
        given = refusal(status)
        assert len(given.body) == int(headers(given)["Content-Length"])
        assert b"brokernotes" not in given.body
