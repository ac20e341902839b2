"""Printing pages with a browser that is on the machine."""

from __future__ import annotations

import os
import re
import struct
import sys

import pytest

from brokernotes.errors import SystemRefusedError, UsageError
from brokernotes.features.owner_report import advice_on
from brokernotes.features.owner_report_page import owner_page
from brokernotes.features.owner_report_texts import OwnerReport, OwnerVoice
from brokernotes.features.paper import PHONE
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
