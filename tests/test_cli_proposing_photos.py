"""Photos on their way into a paper: how many, how large, and only where a form shows them."""

from __future__ import annotations

import base64
import re
import sys

import pytest

from brokernotes.cli.proposing_photos import LARGE, MOST_OF_HOME, SMALL
from tests.test_cli_propose import DRAWING, HOME, PIXEL


@pytest.fixture
def drawn(vault):
    return vault(DRAWING, language="zh")


def photo(size):
    """A JPEG of a size, its picture filled with what draws nothing."""
    return PIXEL + b"\0" * (size - len(PIXEL))


def hang(drawn, photos, home=HOME):
    """Put photos under the strengths of a home."""
    (drawn.root / "照片").mkdir(exist_ok=True)
    for name, data in photos.items():
        (drawn.root / "照片" / name).write_bytes(data)
    shown = "".join(f"![[{name}]]\n" for name in photos)
    drawn.write(home, drawn.read(home) + f"\n## 照片\n\n{shown}")


def page(drawn, *words):
    done = drawn.run("propose", "C-9F3DWA", *words, "--no-log", "--format", "html")
    assert done.exit == 0, done.err
    photos = [base64.b64decode(one) for one in re.findall(r'src="data:[^,]*,([^"]+)"', done.out)]
    return photos, done.err


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr("brokernotes.storage.browsers.find_browser", lambda *_: None)


def test_without_a_browser_large_photos_are_left_out_and_it_is_said(drawn, no_browser):
    hang(drawn, {"a.jpg": photo(SMALL), "b.jpg": photo(SMALL + 1), "c.jpg": photo(LARGE + 5)})
    photos, said = page(drawn, "L-7K2PQM")

    assert [len(one) // 100_000 for one in photos] == [3, 3]
    assert "c.jpg is left out: over 1 MB" in said


def test_small_photos_ask_no_browser(drawn, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.browsers.find_browser", lambda *_: 1 / 0)
    hang(drawn, {"a.jpg": photo(SMALL - 2)})

    assert len(page(drawn, "L-7K2PQM")[0]) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_large_photos_are_what_a_browser_made_of_them(drawn, monkeypatch, tmp_path):
    small = base64.b64encode(PIXEL + b"\xff\xd9").decode()
    browser = tmp_path / "browser"
    browser.write_text(f"""#!/bin/sh\necho '<p data-bn="{small}"></p><p data-bn=""></p>'\n""")
    browser.chmod(0o755)
    hang(drawn, {"a.jpg": photo(4_000_000), "b.jpg": photo(4_000_001), "c.jpg": photo(500)})
    monkeypatch.setattr("brokernotes.storage.browsers.find_browser", lambda *_: str(browser))
    photos, said = page(drawn, "L-7K2PQM")

    assert [len(one) for one in photos] == [len(PIXEL) + 2, 502]
    assert "b.jpg is left out: it is damaged" in said


def test_many_homes_show_fewer_photos_each(drawn, monkeypatch, no_browser):
    hang(drawn, {f"{n}.jpg": photo(500) for n in range(MOST_OF_HOME + 1)})
    photos, said = page(drawn, "L-7K2PQM")
    assert len(photos) == MOST_OF_HOME
    assert f"the first {MOST_OF_HOME} photos of" in said

    monkeypatch.setattr("brokernotes.cli.proposing_photos.MOST_OF_ALL", 5)
    photos, said = page(drawn, "L-7K2PQM", "L-7K2PQN")
    assert len(photos) == 2
    assert "the first 2 photos of" in said


def test_a_form_without_photos_reads_none_and_says_nothing_of_them(drawn, monkeypatch):
    monkeypatch.setattr("brokernotes.cli.proposing_photos.read_attachments", lambda *_: 1 / 0)
    hang(drawn, {"a.jpg": b"damaged"})
    for form in ("wechat", "md"):
        done = drawn.run("propose", "C-9F3DWA", "L-7K2PQM", "--no-log", "--format", form)
        assert (done.exit, "left out" in done.err) == (0, False)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_browser_that_makes_nothing_stops_no_page(drawn, monkeypatch, tmp_path):
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexit 1\n")
    browser.chmod(0o755)
    hang(drawn, {"a.jpg": photo(SMALL + 1), "b.jpg": photo(LARGE + 1)})
    monkeypatch.setattr("brokernotes.storage.browsers.find_browser", lambda *_: str(browser))
    photos, said = page(drawn, "L-7K2PQM")

    assert len(photos) == 1
    assert "b.jpg is left out: over 1 MB" in said


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_photo_that_a_browser_would_make_larger_goes_as_it_is(drawn, monkeypatch, tmp_path):
    browser = tmp_path / "browser"
    (tmp_path / "larger").write_text(base64.b64encode(photo(SMALL + 900)).decode())
    script = f"""#!/bin/sh\nprintf '<p data-bn="%s"></p>' "$(cat {tmp_path}/larger)"\n"""
    browser.write_text(script)
    browser.chmod(0o755)
    hang(drawn, {"a.jpg": photo(SMALL + 1)})
    monkeypatch.setattr("brokernotes.storage.browsers.find_browser", lambda *_: str(browser))

    assert [len(one) for one in page(drawn, "L-7K2PQM")[0]] == [SMALL + 3]
