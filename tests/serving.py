"""`ical serve` in a process of its own, and requests to it."""

import http.client
import json
import queue
import re
import subprocess
import sys
import threading
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.drawing import NOW, DrawnVault
from tests.waiting import SECONDS

# Whoever starts the tests in the background, or with nohup, has these ignored.
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
from brokernotes.__main__ import main
main()
"""


class Got(NamedTuple):
    """An answer; `headers` with names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Serving:
    """A server on a free port of this machine, until the block ends."""

    def __init__(self, drawn: DrawnVault, *words: str, now: str = NOW):
        self.drawn = drawn
        self.words = words
        environ = drawn.environ(BROKERNOTES_NOW=now, BROKERNOTES_LANG="en")
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "ical", "serve", "--port", "0", *words],
            cwd=drawn.root, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self.lines = queue.Queue()
        self.read = []
        self.pump = threading.Thread(target=self._pump, daemon=True)
        self.pump.start()
        self.base = re.search(r" at (http\S+), Ctrl-C", self.line("serving "))[1]

    def _pump(self):
        for line in self.process.stderr:
            self.lines.put(line.rstrip("\n"))

    def line(self, part):
        """Wait for a line of its talk that holds a text."""
        while True:
            line = self.lines.get(timeout=SECONDS)
            self.read.append(line)
            if part in line:
                return line

    def urls(self, agent=None):
        """The addresses by calendar."""
        everyone = [word for word in self.words if word == "--all-agents"]
        who = [word for word in self.words if word.startswith(("--agent=", "--as="))]
        said = self.drawn.run("ical", "serve", "--show", "--json", *everyone, *who)
        assert said.exit == 0, said.err
        rows = json.loads(said.out)
        return {row["calendar"]: row["url"] for row in rows if agent in (None, row["agent"])}

    def get(self, url, method="GET", **headers):
        """Ask for a URL; headers with `_` for `-`."""
        parts = urlsplit(url)
        link = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request(method, parts.path, headers=named)
        given = link.getresponse()
        got = Got(given.status, {k.lower(): v for k, v in given.getheaders()}, given.read())
        link.close()
        return got

    def end(self, how):
        """Send a signal; exit code and what it said on standard output."""
        self.process.send_signal(how)
        code = self.process.wait(SECONDS)
        return code, self.process.stdout.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.pump.join()
        self.process.stdout.close()
        self.process.stderr.close()
