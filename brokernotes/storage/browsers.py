"""A page made into a picture or a PDF by a browser that is on the machine.

Chromium and its kin print headless; nothing is fetched, and the folder they keep their profile
in is made for the one run and thrown away after it.
"""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from brokernotes.errors import SystemRefusedError, UsageError
from brokernotes.language import N_

VARIABLE = "BROKERNOTES_BROWSER"
SCALE = 2  # pixels of a picture for one of the page
_SECONDS = 60  # a browser that takes longer hangs
_HIGHEST = 32_000  # px of one picture; higher ones many programs do not open

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser", "brave",
)  # fmt: skip
_MAC = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Brave Browser.app/Contents/MacOS/Brave Browser",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
    r"BraveSoftware\Brave-Browser\Application\brave.exe",
)
_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
    "--disable-extensions", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-breakpad", "--hide-scrollbars", "--disable-dev-shm-usage",
    "--proxy-server=127.0.0.1:9",
    "--user-agent=brokernotes",  # a PDF says by what it was made: not by which machine
)  # fmt: skip
_MEASURE = (
    "<script>addEventListener('load',()=>{document.documentElement.dataset.bn="
    "Math.ceil(document.querySelector('main').getBoundingClientRect().height)})</script>"
)
# Draws each photo upright and no larger than it must be; what it told beside the picture is gone.
_SHRINK = (
    "<script>addEventListener('load',()=>{const made=[...document.images].map(i=>{"
    "const w=i.naturalWidth,h=i.naturalHeight;if(!w||!h)return '';"
    "const s=Math.min(1,%d/Math.max(w,h)),c=document.createElement('canvas');"
    "c.width=Math.max(1,Math.round(w*s));c.height=Math.max(1,Math.round(h*s));"
    "const g=c.getContext('2d');g.fillStyle='#fff';g.fillRect(0,0,c.width,c.height);"
    "g.imageSmoothingQuality='high';g.drawImage(i,0,0,c.width,c.height);"
    "return c.toDataURL('image/jpeg',.8).split(',')[1]||''});"
    "document.documentElement.innerHTML='<body>'+"
    "made.map(one=>'<p data-bn=\"'+one+'\"></p>').join('')})</script>"
)
_SHRUNK = re.compile(r'<p data-bn="([A-Za-z0-9+/=]*)">')
_TOGETHER = 40_000_000  # characters of photos that are shown to the browser at once
_MEASURED = re.compile(r'data-bn="(\d+)"')
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def find_browser(environ: Mapping[str, str], platform: str = sys.platform) -> str | None:
    """A browser that can print.

    Args:
        environ: `BROKERNOTES_BROWSER` names one, by its path or its name on PATH.
        platform: as `sys.platform` has it.

    Returns:
        Its path; None: there is none.

    Raises:
        UsageError: the one that is named is not there.
    """
    asked = environ.get(VARIABLE)
    if asked:
        found = shutil.which(os.path.expanduser(asked), path=environ.get("PATH"))
        if found is None:
            raise UsageError(
                N_("{variable} is {value}, and there is no such program"),
                variable=VARIABLE,
                value=asked,
            )
        return found
    for name in _NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found is not None:
            return found
    return next((path for path in _usual(environ, platform) if Path(path).is_file()), None)


def _usual(environ: Mapping[str, str], platform: str) -> Iterator[str]:
    """Where browsers are put without being on PATH."""
    home = environ.get("HOME", "")
    if platform == "darwin":
        yield from (f"{folder}/{app}" for folder in ("/Applications", f"{home}/Applications")
                    for app in _MAC)  # fmt: skip
    elif platform == "win32":
        folders = [environ.get(name) for name in
                   ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]  # fmt: skip
        yield from (f"{folder}\\{rest}" for folder in folders if folder for rest in _WINDOWS)
    else:
        yield from (
            "/opt/google/chrome/chrome",
            "/snap/bin/chromium",
            "/opt/microsoft/msedge/msedge",
        )


def browser(environ: Mapping[str, str]) -> str:
    """The browser that prints.

    Raises:
        UsageError: there is none.
    """
    found = find_browser(environ)
    if found is None:
        raise UsageError(
            N_("PNG and PDF need a browser to print them, and none is found here"),
            hint=N_(
                "Install Chromium, Chrome or Edge, or name one in {variable}; --format wechat, "
                "html and md need none."
            ),
            variable=VARIABLE,
        )
    return found


class Printer:
    """Prints pages with a browser.

    Args:
        environ: for the browser, and where temporary folders lie.

    Raises:
        UsageError: there is no browser.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._browser = browser(environ)

    def pdf(self, page: str) -> bytes:
        """A page as PDF, on A4 as its style says.

        Raises:
            SystemRefusedError: the browser made none.
        """
        with self._folder() as folder:
            target = Path(folder, "page.pdf")
            self._run(folder, page, f"--print-to-pdf={target}", "--no-pdf-header-footer")
            return self._made(target, b"%PDF")

    def png(self, page: str, width: int) -> bytes:
        """A whole page as one long picture.

        Args:
            page: HTML, its content in `<main>`.
            width: of the page in px; the picture has twice as many, a very long one as many.

        Raises:
            UsageError: it is too long for one picture.
            SystemRefusedError: the browser made none.
        """
        # Browsers have windows of 500 px at least: the page itself is made narrow.
        narrow = f"<style>html,body,main{{width:{width}px;max-width:{width}px}}</style></head>"
        page = _POLICY.sub("", page.replace("</head>", narrow, 1))
        with self._folder() as folder:
            measuring = page.replace("</body>", f"{_MEASURE}</body>", 1)
            said = self._run(folder, measuring, f"--window-size={width},1000", "--dump-dom")
            found = _MEASURED.search(said)
            if found is None:
                raise self._failed(said)
            height = int(found[1])
            scale = SCALE if height * SCALE <= _HIGHEST else 1
            if height > _HIGHEST:
                raise UsageError(
                    N_("this is too long for one picture"),
                    hint=N_("Name fewer listings, or make a PDF: --format pdf."),
                )
            target = Path(folder, "page.png")
            self._run(
                folder, page, f"--window-size={width},{height}",
                f"--force-device-scale-factor={scale}", f"--screenshot={target}",
            )  # fmt: skip
            return self._made(target, b"\x89PNG")

    def shrunk(self, photos: Sequence[str], side: int) -> list[bytes]:
        """Photos made smaller, as JPEG.

        Args:
            photos: as `data:` addresses.
            side: px of the longer side that is not exceeded.

        Returns:
            Each of them; empty: it cannot be drawn.

        Raises:
            SystemRefusedError: the browser made nothing.
        """
        made: list[bytes] = []
        while len(made) < len(photos):
            some = [photos[len(made)]]
            for photo in photos[len(made) + 1 :]:
                if sum(map(len, some)) + len(photo) > _TOGETHER:
                    break
                some.append(photo)
            images = "".join(f'<img src="{one}">' for one in some)
            page = f"<!doctype html><html><body>{images}{_SHRINK % side}</body></html>"
            with self._folder() as folder:
                said = _SHRUNK.findall(self._run(folder, page, "--dump-dom"))
            if len(said) != len(some):
                raise self._failed("")
            made += map(base64.b64decode, said)
        return made

    def _folder(self) -> tempfile.TemporaryDirectory[str]:
        """Where the page and the profile lie meanwhile; a snap reads only its own folder."""
        where = None
        if "/snap/" in self._browser:
            own = Path(self._environ.get("HOME", "~"), "snap/chromium/common").expanduser()
            where = str(own) if own.is_dir() else None
        return tempfile.TemporaryDirectory(
            prefix="brokernotes-", dir=where, ignore_cleanup_errors=True
        )

    def _run(self, folder: str, page: str, *words: str) -> str:
        source = Path(folder, "page.html")
        source.write_text(page, encoding="utf-8")
        # As root, which only machines without people are, Chromium has no sandbox.
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        command = [
            self._browser, *_FLAGS, *(("--no-sandbox",) if is_root else ()),
            f"--user-data-dir={Path(folder, 'profile')}", *words, source.as_uri(),
        ]  # fmt: skip
        return self._spoken(command)

    def _spoken(self, command: Sequence[str]) -> str:
        """What the browser wrote; it and all it started are ended when it takes too long."""
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(self._environ),
            start_new_session=os.name == "posix",
        ) as process:
            try:
                out, _ = process.communicate(timeout=_SECONDS)
            except subprocess.TimeoutExpired as error:
                _end(process)
                raise self._failed("") from error
            except BaseException:
                _end(process)
                raise
        return out.decode("utf-8", "replace")

    def _made(self, target: Path, start: bytes) -> bytes:
        try:
            data = target.read_bytes()
        except OSError:
            data = b""
        if not data.startswith(start):
            raise self._failed("")
        return data

    def _failed(self, _: str) -> SystemRefusedError:
        return SystemRefusedError(
            N_("{browser} was asked to print and made nothing"),
            hint=N_("Another browser may: name it in {variable}; --format html needs none."),
            browser=self._browser,
            variable=VARIABLE,
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the browser and what it started; they are a group of their own."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
