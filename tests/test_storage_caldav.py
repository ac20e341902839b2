"""Servers of every habit: what they answer, and what is made of it."""

import http.server
import itertools
import threading

import pytest
import requests

from brokernotes.errors import RefusedError, SystemRefusedError
from brokernotes.storage.caldav import CalendarServer, ItemChangedError, ItemRefusedError
from brokernotes.storage.caldav_library import client

DAV = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
END = "</d:multistatus>"


def ok(href, props):
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>{props}</d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


def gone(href, status="404 Not Found"):
    return f"<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 {status}</d:status></d:response>"


class Stub:
    """Answers what it is told to, in turn, and remembers what it was asked."""

    def __init__(self):
        self.answers, self.asked = [], []
        stub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_any(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode()
                stub.asked.append((self.command, self.path, dict(self.headers.items()), body))
                status, headers, text = stub.answers.pop(0)
                data = text.encode()
                self.send_response(status)
                for name, value in {"Content-Type": "application/xml", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_PROPFIND = do_REPORT = do_PUT = do_DELETE = do_MKCALENDAR = do_GET = do_any

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def says(self, *answers):
        for one in answers:
            status, text, *headers = one if isinstance(one, tuple) else (207, one)
            self.answers.append((status, headers[0] if headers else {}, text))

    @property
    def methods(self):
        return [one[0] for one in self.asked]


@pytest.fixture
def stub():
    made = Stub()
    yield made
    made.server.shutdown()
    made.server.server_close()
    made.thread.join()


@pytest.fixture
def server(stub):
    made = CalendarServer(stub.url, "wang", lambda: "s3cret")
    yield made
    made.close()


def token(text):
    return f"<d:sync-token>{text}</d:sync-token>"


def etag(value):
    return f"<d:getetag>{value}</d:getetag>"


def test_changes_are_told_since_a_token_and_the_collection_is_none_of_its_items(stub, server):
    stub.says(DAV + ok("/f/", etag("9")) + ok("/f/%E8%B7%9F.ics", etag('"1"')) + gone("/f/b.ics")
              + token("t2") + END)  # fmt: skip
    found = server.changes("/f/", "t1")

    assert found.token == "t2"
    assert found.etags == {"/f/%E8%B7%9F.ics": '"1"', "/f/b.ics": None}
    assert not found.is_whole
    assert "<sync-token>t1</sync-token>" in stub.asked[0][3]


def test_an_answer_that_was_cut_is_asked_on(stub, server):
    cut = gone("/f/", "507 Insufficient Storage")
    stub.says(DAV + ok("/f/a.ics", etag("1")) + cut + token("t1") + END,
              DAV + ok("/f/b.ics", etag("2")) + token("t2") + END)  # fmt: skip
    found = server.changes("/f/", "")

    assert (set(found.etags), found.token, found.is_whole) == ({"/f/a.ics", "/f/b.ics"}, "t2", True)


def test_a_token_that_the_server_forgot_is_not_insisted_on(stub, server):
    stub.says((403, '<d:error xmlns:d="DAV:"><d:valid-sync-token/></d:error>'),
              DAV + ok("/f/a.ics", etag("1")) + token("new") + END)  # fmt: skip
    found = server.changes("/f/", "old")

    assert (found.token, found.is_whole) == ("new", True)


def test_a_server_without_tokens_is_asked_for_the_list(stub, server):
    stub.says((501, ""), DAV + ok("/f/", etag("9")) + ok("/f/a.ics", etag("1")) + END)
    found = server.changes("/f/", "")

    assert (found.token, found.etags, found.is_whole) == ("", {"/f/a.ics": "1"}, True)
    assert stub.methods == ["REPORT", "PROPFIND"]


def test_a_collection_that_is_gone_is_none(stub, server):
    stub.says((404, ""), (404, ""), (404, ""))

    assert server.changes("/f/", "t") is None


def test_many_items_are_fetched_in_parts_and_missing_ones_left_out(stub, server):
    data = "<c:calendar-data>BEGIN:VCALENDAR</c:calendar-data>"
    stub.says(DAV + ok("/f/0.ics", etag("1") + data) + gone("/f/1.ics") + END, DAV + END)
    found = server.fetch("/f/", [f"/f/{n}.ics" for n in range(150)])

    assert {href: one.etag for href, one in found.items()} == {"/f/0.ics": "1"}
    assert [one[3].count("<href>") for one in stub.asked] == [100, 50]


@pytest.mark.parametrize(
    ("status", "error"), [(412, ItemChangedError), (400, ItemRefusedError), (403, ItemRefusedError),
                          (409, ItemRefusedError), (500, ItemRefusedError)],
)  # fmt: skip
def test_one_item_s_refusal_is_its_own(stub, server, status, error):
    stub.says((status, ""))

    with pytest.raises(error):
        server.put("/f/a.ics", b"x", '"1"')


def test_what_is_put_says_what_it_replaces(stub, server):
    stub.says((201, "", {"ETag": '"2"'}), (204, ""), (404, ""))

    assert server.put("/f/a.ics", b"x", None) == '"2"'
    assert server.put("/f/a.ics", b"x", '"2"') == ""
    server.delete("/f/a.ics", '"3"')
    assert stub.asked[0][2]["If-None-Match"] == "*"
    assert stub.asked[1][2]["If-Match"] == '"2"'
    assert stub.asked[2][2]["If-Match"] == '"3"'
    assert server.counted.writes == 3


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_server_that_cannot_now_ends_the_run(stub, server, status):
    stub.says((status, ""))

    with pytest.raises(SystemRefusedError, match=str(status)):
        server.put("/f/a.ics", b"x", None)


def test_a_wrong_password_ends_the_run_and_is_not_repeated(stub, server):
    challenge = {"WWW-Authenticate": 'Basic realm="x"'}
    stub.says((401, "", challenge), (401, "", challenge), (401, "", challenge))

    with pytest.raises(RefusedError) as error:
        server.home()
    assert "s3cret" not in str(error.value)


def principal(inside):
    return DAV + ok("/", inside) + END


def test_calendars_are_found_from_the_root_or_where_it_points(stub, server):
    home = "<c:calendar-home-set><d:href>/wang/</d:href></c:calendar-home-set>"
    kind = "<d:resourcetype><d:collection/><c:calendar/></d:resourcetype>"
    takes = '<c:supported-calendar-component-set><c:comp name="VTODO"/>' \
        "</c:supported-calendar-component-set>"  # fmt: skip
    named = "<d:displayname>跟进</d:displayname>"
    stub.says((404, ""),
              principal("<d:current-user-principal><d:href>/p/</d:href></d:current-user-principal>"),
              principal(home),
              DAV + ok("/wang/", "<d:resourcetype><d:collection/></d:resourcetype>")
              + ok("/wang/f/", kind + takes + named) + END)  # fmt: skip
    found = server.home()

    assert [one[1] for one in stub.asked] == ["/", "/.well-known/caldav", "/p/", "/wang/"]
    assert found.href == "/wang/"
    (only,) = found.collections
    assert (only.href, only.name) == ("/wang/f/", "跟进")
    assert only.takes("VTODO")
    assert not only.takes("VEVENT")


def test_an_address_without_calendars_is_said_to_be_one(stub, server):
    stub.says((404, ""), (404, ""))

    with pytest.raises(RefusedError, match="no calendar server"):
        server.home()


def test_a_server_that_makes_no_calendars_says_what_to_make(stub, server):
    stub.says((403, ""))

    with pytest.raises(RefusedError, match="跟进"):
        server.make("/wang/", "bn-x", "跟进 <&>", "VTODO")


def test_no_line_leads_from_an_encrypted_one_to_a_plain_one_nor_to_another_s():
    encrypted, plain = (
        client("https://x.example/", "u", "p"),
        client("http://127.0.0.1:9/", "u", "p"),
    )

    assert "https://" in encrypted.session.adapters
    assert "http://" not in encrypted.session.adapters
    assert {"http://", "https://"}.isdisjoint(plain.session.adapters)
    assert "http://127.0.0.1:9/" in plain.session.adapters
    encrypted.close()
    plain.close()


def test_a_redirection_to_another_server_is_not_followed(stub, server):
    stub.says((302, "", {"Location": "http://127.0.0.2:9/"}))

    with pytest.raises(SystemRefusedError):
        server.changes("/f/", "")


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghi"))
    + ']><d:multistatus xmlns:d="DAV:"><d:response><d:href>&i;</d:href></d:response>' + END
)  # fmt: skip


@pytest.mark.parametrize("text", ["<<<", DAV, BOMB], ids=["none", "cut", "bomb"])
def test_xml_that_cannot_be_read_ends_the_run_in_words(stub, server, text):
    stub.says(text, (404, ""))  # the library asks once more where no password was asked for

    with pytest.raises(SystemRefusedError, match="cannot be read"):
        server.changes("/f/", "t")


def test_an_answer_that_is_too_long_ends_the_run_and_is_not_read(stub, server, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.caldav_library.LARGEST_ANSWER", 1 << 20)
    too_long = DAV + " " * (1 << 20) + END
    stub.says(too_long, too_long)  # the library asks once more where no password was asked for

    with pytest.raises(SystemRefusedError, match="more than 1 MB"):
        server.changes("/f/", "t")


@pytest.mark.parametrize("status", [400, 403, 422, 500, 507])
def test_whatever_a_server_says_of_a_question_it_does_not_know_the_list_is_asked_for(
    stub, server, status
):
    stub.says((status, ""), DAV + ok("/f/a.ics", etag("1")) + END)

    assert server.changes("/f/", "").etags == {"/f/a.ics": "1"}


def test_items_of_other_servers_and_collections_are_not_believed(stub, server):
    others = ("https://evil.example/x.ics", "/other/x.ics", "/f/../other/x.ics", "/f/%2e%2e/x.ics")
    stub.says(DAV + "".join(ok(one, etag("1")) for one in others)
              + ok(f"{stub.url}f/a.ics", etag("2")) + END)  # fmt: skip

    assert server.changes("/f/", "t").etags == {"/f/a.ics": "2"}


def test_what_is_written_follows_a_redirection_on_the_same_server_only():
    answer = requests.Response()
    answer.url, answer.status_code = "https://x.example/f/a.ics", 301
    found = {}
    made = client("https://x.example/", "u", "p")
    for method in ("PUT", "REPORT", "PROPFIND"):
        for target in ("https://evil.example/a.ics", "/g/a.ics"):
            answer.request = requests.PreparedRequest()
            answer.request.method = method
            answer.headers["Location"] = target
            found[method, target] = made.session.get_redirect_target(answer)
    made.close()

    assert [key for key, one in found.items() if one is None] == [
        ("PUT", "https://evil.example/a.ics"), ("REPORT", "https://evil.example/a.ics"),
    ]  # fmt: skip
