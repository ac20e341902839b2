"""The socket of a subscription, with answers that a test decides."""

import contextlib
import http.client
import socket
import threading

import pytest

from brokernotes.errors import SystemRefusedError
from brokernotes.storage.feed_server import FeedServer, base_url, is_loopback
from tests.waiting import SECONDS

HEADERS = (("Content-Length", "2"),)


@contextlib.contextmanager
def running(respond):
    with FeedServer("127.0.0.1", 0, respond) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.port
        finally:
            server.shutdown()
            thread.join()


def raw(port, data):
    with socket.create_connection(("127.0.0.1", port), SECONDS) as link:
        link.sendall(data)
        link.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: link.recv(65536), b""))


def test_every_method_is_answered_by_one_function_over_one_connection():
    asked = []

    def respond(method, target, headers):
        asked.append((method, target, headers["accept-encoding"]))
        return 200, HEADERS, b"ok"

    with running(respond) as port:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
        bodies = []
        for method in ("GET", "HEAD", "PROPFIND", "OPTIONS"):
            link.request(method, "/x")
            bodies.append(link.getresponse().read())
        link.close()

    assert asked == [(m, "/x", "identity") for m in ("GET", "HEAD", "PROPFIND", "OPTIONS")]
    assert bodies == [b"ok", b"", b"ok", b"ok"]


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"x%d: y\r\n" % n for n in range(200)) + b"\r\n",
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\xfc\x03\x03\r\n\r\n",
        b"\r\n",
        b"",
    ],
)
def test_no_answer_names_the_program_or_repeats_what_was_asked(data, capfd):
    with running(lambda *_: (200, HEADERS, b"ok")) as port:
        said = raw(port, data)

    assert b"Server:" not in said
    assert b"ython" not in said
    assert b"xxx" not in said
    assert capfd.readouterr() == ("", "")


def test_a_body_that_nobody_reads_is_no_second_request():
    asked = []

    def respond(method, *_):
        asked.append(method)
        return 200, HEADERS, b"ok"

    inner = b"GET /inner HTTP/1.1\r\n\r\n"
    with running(respond) as port:
        said = raw(port, b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner)

    assert asked == ["POST"]
    assert said.count(b"HTTP/1.1 ") == 1


def test_a_reader_that_leaves_early_leaves_no_trace(capfd):
    gone = threading.Event()
    answered = threading.Event()

    def respond(*_):
        gone.wait(SECONDS)
        answered.set()
        return 200, (("Content-Length", "9000000"),), b"x" * 9_000_000

    with running(respond) as port:
        link = socket.create_connection(("127.0.0.1", port), SECONDS)
        link.sendall(b"GET / HTTP/1.1\r\n\r\n")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        link.close()
        gone.set()
        assert answered.wait(SECONDS)
        raw(port, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")

    assert capfd.readouterr().err == ""


def test_a_port_that_is_taken_is_said():
    def respond(*_):
        return 200, HEADERS, b"ok"

    with running(respond) as port, pytest.raises(SystemRefusedError) as raised:
        FeedServer("127.0.0.1", port, respond)
    assert str(raised.value).startswith(f"port {port} of 127.0.0.1 is taken")


@pytest.mark.parametrize("host", ["203.0.113.7", "2001:db8::7"])
def test_an_address_that_is_not_this_machine_s_is_said(host):
    with pytest.raises(SystemRefusedError, match="cannot listen"):
        FeedServer(host, 0, lambda *_: (200, HEADERS, b"ok"))


@pytest.mark.parametrize(
    ("host", "near"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("office.example", False),
    ],
)
def test_what_only_this_machine_reaches(host, near):
    assert is_loopback(host) is near


def test_addresses_are_written_as_a_reader_needs_them():
    assert base_url("127.0.0.1", 5233) == "http://127.0.0.1:5233"
    assert base_url("::1", 5233) == "http://[::1]:5233"
    assert base_url("0.0.0.0", 5233) == f"http://{socket.gethostname()}:5233"
