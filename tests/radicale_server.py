"""A Radicale on the loopback, with its users in a temporary folder: the CalDAV server of tests.

`.ci/readers.sh` installs it; without it, tests that ask for one are skipped.

    def test_nothing_is_sent_twice(radicale):
        ...
        radicale.forget_requests()
        push()
        assert radicale.writes == []
"""

import base64
import http.client
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

import pytest

from tests.serving import Got
from tests.waiting import SECONDS, until

PASSWORDS = {"wang": "wang 的密码", "li": "li's"}
WRITES = frozenset({"PUT", "DELETE", "PROPPATCH", "MKCALENDAR", "MKCOL", "MOVE", "POST"})
_VENV = Path(__file__).parent.parent / ".ci" / "cache" / "radicale-venv" / "bin"
# The program itself; only that it waits for no disk, since what it holds need not last.
_WITHOUT_DISK = """
import os
os.fsync = lambda _: None
from radicale.__main__ import run
run()
"""
_CONFIG = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/storage
hook = {hook}
[logging]
level = info
"""
_REQUEST = re.compile(
    r"^\[.*\] \[INFO\] ([A-Z]+) request for '(.*?)'(?: with depth '\w+')? received from ",
    re.MULTILINE,
)
_held: set[int] = set()  # ports of servers that are stopped and will come again


class Heard(NamedTuple):
    """A request the server was sent, whatever it answered; `path` without escapes."""

    method: str
    path: str


def _command() -> list[str]:
    """How it is started; skips, or fails where it is promised."""
    if (_VENV / "radicale").exists():
        return [str(_VENV / "python"), "-c", _WITHOUT_DISK]
    if found := shutil.which("radicale"):
        return [found]
    reason = "radicale is not installed; run .ci/readers.sh"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _free_ports() -> Iterator[int]:
    """Of this process's own twelve: others test beside it, and a port is free while it is stopped.

    Below those that systems give to outgoing connections.
    """
    first = 20000 + os.getpid() % 1000 * 12
    for port in range(first, first + 12):
        with socket.socket() as one:
            if port not in _held and one.connect_ex(("127.0.0.1", port)):
                yield port


class Radicale:
    """A server with users, until the block ends; it keeps its port and data when stopped.

    Args:
        folder: for its data, users, settings and log.
        passwords: by user; each sees only what is below `/user/`.
    """

    def __init__(self, folder: Path, passwords: Mapping[str, str] = PASSWORDS) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.passwords = dict(passwords)
        self.user, self.password = next(iter(self.passwords.items()))
        self._command = _command()
        self._log = folder / "log"
        self._log.touch()
        self._forgotten = 0
        self._process: subprocess.Popen[bytes] | None = None
        users = "".join(f"{user}:{password}\n" for user, password in self.passwords.items())
        (folder / "users").write_text(users, encoding="utf-8")
        self.port = 0
        for self.port in _free_ports():
            if self._started(""):
                _held.add(self.port)
                return
        raise AssertionError(self._talk())

    # -- running

    def start(self, *, dies_after_writes: int | None = None) -> None:
        """Start it again.

        Args:
            dies_after_writes: it is gone when it has taken so many, before it answers the last.
        """
        hook = ""
        if dies_after_writes is not None:
            taken = self.folder / "taken"
            taken.unlink(missing_ok=True)
            hook = (
                f"echo >> {taken}; [ $(wc -l < {taken}) -lt {dies_after_writes} ] || "
                f"kill -9 $(cat {self.folder / 'pid'})"
            )
        assert self._started(hook), self._talk()

    def stop(self) -> None:
        """Stop it, as one does by hand; nothing happens where it is stopped."""
        if self._process:
            self._process.terminate()
            self._process.wait(SECONDS)
            self._process = None

    def _started(self, hook: str) -> bool:
        """Whether it listens now; False where it ended at once, as for a port just taken."""
        assert self._process is None, "it runs"
        config = self.folder / "config"
        words = _CONFIG.format(port=self.port, folder=self.folder, hook=hook)
        config.write_text(words, encoding="utf-8")
        before = len(self._talk())
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._command, "--config", str(config)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        (self.folder / "pid").write_text(str(self._process.pid), encoding="utf-8")
        until(
            lambda: (
                "Radicale server ready" in self._talk()[before:] or self._process.poll() is not None
            ),
            "Radicale",
        )
        if self._process.poll() is None:
            return True
        self._process = None
        return False

    def _talk(self) -> str:
        return self._log.read_text("utf-8", errors="replace")

    # -- what it was asked

    @property
    def requests(self) -> list[Heard]:
        """All it was sent since it was made or `forget_requests`, in the order they came."""
        return [Heard(*each) for each in _REQUEST.findall(self._talk())][self._forgotten :]

    @property
    def writes(self) -> list[Heard]:
        """Those of the requests that ask for a change."""
        return [heard for heard in self.requests if heard.method in WRITES]

    def forget_requests(self) -> None:
        """Count from here."""
        self._forgotten += len(self.requests)

    # -- asking it

    @property
    def url(self) -> str:
        """Its root, where clients look for what there is."""
        return f"http://127.0.0.1:{self.port}/"

    def collection(self, name: str, user: str | None = None) -> str:
        """The address of one of a user's collections."""
        return f"{self.url}{quote(user or self.user)}/{quote(name)}/"

    def ask(
        self, method: str, url: str, body: str = "", *, user: str | None = None, **headers: str
    ) -> Got:
        """Send one request; `headers` with `_` for `-`."""
        name = user or self.user
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        login = base64.b64encode(f"{name}:{self.passwords[name]}".encode()).decode()
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        try:
            link.request(
                method,
                urlsplit(url).path,
                body.encode(),
                {"Authorization": f"Basic {login}"} | named,
            )
            given = link.getresponse()
            names = {key.lower(): value for key, value in given.getheaders()}
            return Got(given.status, names, given.read())
        finally:
            link.close()

    def objects(self, name: str, user: str | None = None) -> dict[str, bytes]:
        """What a collection holds now, by name, as another client would be given it."""
        url = self.collection(name, user)
        listed = self.ask("PROPFIND", url, user=user, Depth="1").body.decode()
        paths = re.findall(r"<href>([^<]+\.ics)</href>", listed)
        root = self.url.rstrip("/")
        return {
            unquote(path.rpartition("/")[2]): self.ask("GET", root + path, user=user).body
            for path in paths
        }

    def __enter__(self) -> "Radicale":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        _held.discard(self.port)
