"""The CalDAV server other tests push to: that it is one, counts, stops and comes again."""

import http.client

import pytest

from tests.radicale_server import Heard, Radicale

pytestmark = pytest.mark.ics_clients

TODO = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//tests//EN\r\nBEGIN:VTODO\r\nUID:one\r\n"
    "DTSTAMP:20261121T010000Z\r\nSUMMARY:回访 李女士\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def test_an_item_put_is_listed_and_given_back_and_each_request_counted(radicale) -> None:
    url = radicale.collection("跟进")
    assert radicale.ask("MKCALENDAR", url).status == 201
    put = radicale.ask("PUT", url + "one.ics", TODO, If_None_Match="*")
    listed = radicale.ask("PROPFIND", url, Depth="1")

    assert put.status == 201
    assert put.headers["etag"].encode() in listed.body
    assert radicale.requests == [
        Heard("MKCALENDAR", "/wang/跟进/"),
        Heard("PUT", "/wang/跟进/one.ics"),
        Heard("PROPFIND", "/wang/跟进/"),
    ]
    assert radicale.writes == radicale.requests[:2]
    assert "SUMMARY:回访 李女士" in radicale.objects("跟进")["one.ics"].decode()
    radicale.forget_requests()
    assert radicale.requests == []


def test_nobody_enters_with_a_wrong_password_or_another_s_collection(radicale) -> None:
    url = radicale.collection("it")
    radicale.ask("MKCALENDAR", url)

    assert radicale.ask("PUT", url + "one.ics", TODO, user="li").status == 403
    radicale.passwords["wang"] = "guessed"
    assert radicale.ask("PUT", url + "one.ics", TODO).status == 401


def test_a_stale_etag_is_refused(radicale) -> None:
    url = radicale.collection("it")
    radicale.ask("MKCALENDAR", url)
    first = radicale.ask("PUT", url + "one.ics", TODO).headers["etag"]
    changed = TODO.replace("李女士", "罗先生")

    assert radicale.ask("PUT", url + "one.ics", changed, If_Match=first).status == 204
    assert radicale.ask("PUT", url + "one.ics", TODO, If_Match=first).status == 412


def test_a_server_stopped_comes_again_where_it_was_with_what_it_held(radicale) -> None:
    url = radicale.collection("it")
    radicale.ask("MKCALENDAR", url)
    radicale.ask("PUT", url + "one.ics", TODO)
    radicale.stop()
    with pytest.raises(ConnectionRefusedError):
        radicale.ask("GET", url + "one.ics")
    radicale.start()

    assert "SUMMARY:回访 李女士" in radicale.ask("GET", url + "one.ics").body.decode()
    assert len(radicale.requests) == 3  # of before and after


def test_a_server_dies_with_the_write_taken_and_not_answered(radicale) -> None:
    url = radicale.collection("it")
    radicale.ask("MKCALENDAR", url)
    radicale.stop()
    radicale.start(dies_after_writes=2)
    assert radicale.ask("PUT", url + "one.ics", TODO).status == 201
    with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
        radicale.ask("PUT", url + "two.ics", TODO.replace("UID:one", "UID:two"))
    radicale.stop()
    radicale.start()

    assert radicale.objects("it").keys() == {"one.ics", "two.ics"}


def test_two_servers_stand_beside_each_other(radicale, tmp_path) -> None:
    with Radicale(tmp_path / "other") as other:
        radicale.ask("MKCALENDAR", radicale.collection("it"))

        assert other.url != radicale.url
        assert other.requests == []
