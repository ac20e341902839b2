"""Printing pages with a browser that is on the machine."""

from __future__ import annotations

import base64
import os
import random
import re
import struct
import sys
import zlib

import pytest

from brokernotes.errors import SystemRefusedError, UsageError
from brokernotes.features.owner_report import advice_on
from brokernotes.features.owner_report_page import owner_page
from brokernotes.features.owner_report_texts import OwnerReport, OwnerVoice
from brokernotes.features.paper import PHONE
from brokernotes.features.photos import _upright, stripped
from brokernotes.features.proposals import Fact
from brokernotes.light_dataclasses import replace
from brokernotes.storage.browsers import Printer, browser, find_browser
from tests.test_features_owner_report import situation
from tests.test_features_proposals import TODAY, made, offered, proposal_page, voice


def program(folder, name, text="#!/bin/sh\nexit 0\n"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return str(path)


def test_the_one_that_is_named_comes_first(tmp_path):
    program(tmp_path / "bin", "chromium")
    own = program(tmp_path, "own-browser")
    environ = {"PATH": str(tmp_path / "bin"), "BROKERNOTES_BROWSER": own}

    assert find_browser(environ) == own
    assert find_browser({**environ, "BROKERNOTES_BROWSER": ""}).endswith("chromium")


def test_a_mac_s_applications_are_looked_at(tmp_path):
    app = tmp_path / "Applications" / "Chromium.app" / "Contents" / "MacOS"
    path = program(app, "Chromium")

    assert find_browser({"PATH": "", "HOME": str(tmp_path)}, "darwin") == path


def test_without_a_browser_it_is_said_which_forms_need_none(monkeypatch):
    monkeypatch.setattr("brokernotes.storage.browsers.find_browser", lambda _: None)
    with pytest.raises(UsageError) as raised:
        browser({})

    assert "html and md need none" in raised.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize("form", ["pdf", "png"])
def test_a_browser_that_makes_nothing_is_told(tmp_path, form):
    environ = {"PATH": os.environ["PATH"], "BROKERNOTES_BROWSER": program(tmp_path, "lazy")}
    printer = Printer(environ)
    with pytest.raises(SystemRefusedError):
        printer.pdf("<main></main>") if form == "pdf" else printer.png("<main></main>", PHONE)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
@pytest.mark.parametrize(("height", "scale"), [(16_000, 2), (16_001, 1), (32_000, 1)])
def test_a_very_long_picture_has_fewer_pixels_and_nothing_is_cut_off(tmp_path, height, scale):
    said = tmp_path / "said"
    script = f"""#!/bin/sh
echo "$@" >> {said}
for word in "$@"; do
  case $word in
    --dump-dom) echo '<html data-bn="{height}">' ;;
    --screenshot=*) printf '\\211PNG\\r\\n\\032\\n' > "${{word#--screenshot=}}" ;;
  esac
done
"""
    environ = {"PATH": os.environ["PATH"], "BROKERNOTES_BROWSER": program(tmp_path, "b", script)}
    Printer(environ).png("<main></main>", PHONE)

    taken = said.read_text().splitlines()[-1]
    assert f"--window-size={PHONE},{height} --force-device-scale-factor={scale} " in taken


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_what_is_too_long_for_a_picture_is_refused_and_not_cut_off(tmp_path):
    script = "#!/bin/sh\necho '<html data-bn=\"32001\">'\n"
    environ = {"PATH": os.environ["PATH"], "BROKERNOTES_BROWSER": program(tmp_path, "b", script)}
    with pytest.raises(UsageError) as raised:
        Printer(environ).png("<main></main>", PHONE)

    assert "PDF" in raised.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_photos_are_handed_to_the_browser_a_few_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("brokernotes.storage.browsers._TOGETHER", 40)
    script = """#!/bin/sh
for word in "$@"; do page=$word; done
grep -o '<img src="[^"]*"' "${page#file://}" | sed 's/.*,/<p data-bn="/; s/$/><\\/p>/'
"""
    environ = {"PATH": os.environ["PATH"], "BROKERNOTES_BROWSER": program(tmp_path, "b", script)}
    uris = [f"data:image/png;base64,{'QUJD' * n}" for n in (1, 2, 1)]

    assert Printer(environ).shrunk(uris, 100) == [b"ABC", b"ABCABC", b"ABC"]


# -- with a real one


@pytest.fixture(scope="module")
def printer():
    environ = dict(os.environ)
    if find_browser(environ) is None:
        reason = "no browser is installed; run .ci/readers.sh"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return Printer(environ)


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def size_of(png):
    return struct.unpack(">II", png[16:24])


@pytest.mark.slow
@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_proposal_is_printed_on_a4(printer, code):
    pdf = printer.pdf(proposal_page(made(offered(), code=code)))

    assert pages_of(pdf) == 1
    (width, height) = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf).groups()
    assert (round(float(width)), round(float(height))) == (595, 842)


@pytest.mark.slow
def test_a_single_home_with_photos_begins_under_the_heading(printer):
    proposal = made(offered())
    shown = tuple(stripped(painted(300, 200)) for _ in range(5))
    facts = tuple(Fact(str(n), f"label {n}", "a value") for n in range(40))
    home = replace(proposal.homes[0], photos=shown, facts=facts)
    one = pages_of(printer.pdf(proposal_page(replace(proposal, homes=(home,)))))

    assert one == 2  # and not a page of heading, one of the home and one of the rest


@pytest.mark.slow
def test_three_homes_take_no_more_pages_than_one_each_and_the_comparison(printer):
    pdf = printer.pdf(proposal_page(made(*[offered()] * 3)))

    assert 2 <= pages_of(pdf) <= 4


@pytest.mark.slow
def test_a_long_picture_is_as_wide_as_a_phone_and_as_long_as_the_page(printer):
    width, one = size_of(printer.png(proposal_page(made(offered())), PHONE))
    _, three = size_of(printer.png(proposal_page(made(*[offered()] * 3)), PHONE))

    assert width == 2 * PHONE
    assert one > 1500
    assert three > 2 * one


@pytest.mark.slow
def test_a_report_to_an_owner_is_one_page(printer):
    report = OwnerReport(
        name="阳光花园 3室2厅", owner="周先生", first="2026-10-22", last="2026-11-21",
        situation=situation(516, showings=6, dear=2, changed=40),
        advice=advice_on(situation(516), TODAY), sender="王敏", day="2026-11-21",
    )  # fmt: skip
    page = owner_page(OwnerVoice(report, voice()))

    assert pages_of(printer.pdf(page)) == 1
    width, height = size_of(printer.png(page, PHONE))
    assert width == 2 * PHONE
    assert height < 6 * PHONE


def painted(width, height):
    """A PNG of noise, which no packing makes small, with EXIF."""
    noise = random.Random(7)
    rows = b"".join(b"\0" + noise.randbytes(3 * width) for _ in range(height))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"eXIf", struct.pack(">2sIHHII", b"II", 42, 1, 1, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def size_of_jpeg(data):
    at = 2
    while True:
        marker, length = struct.unpack_from(">HH", data, at)
        if 0xFFC0 <= marker <= 0xFFC2:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length


def uri(data, kind="png"):
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


@pytest.mark.slow
def test_a_large_photo_becomes_small_and_tells_nothing(printer):
    photo = painted(900, 600)
    small, damaged, tiny = printer.shrunk([uri(photo), uri(b"no photo"), uri(painted(9, 6))], 300)

    assert size_of_jpeg(small) == (300, 200)
    assert len(small) * 10 < len(photo)
    assert not re.search(b"Exif|GPS|tEXt", small)
    assert damaged == b""
    assert size_of_jpeg(tiny) == (9, 6)
    assert size_of_jpeg(stripped(small).data) == (300, 200)


@pytest.mark.slow
def test_a_photo_that_was_taken_sideways_stands_upright(printer):
    (lying,) = printer.shrunk([uri(painted(60, 40))], 60)
    turned = lying[:2] + _upright(6) + lying[2:]
    (small,) = printer.shrunk([uri(turned, "jpeg")], 30)

    assert size_of_jpeg(small) == (20, 30)


@pytest.mark.slow
def test_a_pdf_does_not_say_on_which_machine_it_was_made(printer):
    pdf = printer.pdf(proposal_page(made(offered())))

    assert not re.search(rb"Mozilla|Linux|Windows|Macintosh|Chrome/", pdf)
