"""Two Syncthings on this machine, the computer's and the phone's, that know only each other."""

import json
import subprocess
import urllib.request
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

PATIENCE = 60  # seconds for what takes one or two
_SILENT = (
    "globalAnnounceEnabled", "localAnnounceEnabled", "relaysEnabled", "natEnabled",
    "crashReportingEnabled", "startBrowser", "setLowPriority",
)  # fmt: skip


class Device:
    """One Syncthing on the loopback.

    Args:
        home: its folder for keys and settings.
        folder: what it shares.
        port: of its API; the one after it is for other devices.
    """

    def __init__(self, home: Path, folder: Path, port: int) -> None:
        self.home, self.folder, self.port = home, folder, port
        made = ["syncthing", "generate", f"--home={home}", "--no-default-folder"]
        subprocess.run([*made, "--skip-port-probing"], check=True, capture_output=True)
        told = subprocess.run(
            ["syncthing", f"--home={home}", "--device-id"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        self.id = told.stdout.strip()
        self.process: subprocess.Popen[bytes] | None = None

    def configure(self, other: "Device") -> None:
        """Share the folder with another device, and nothing with the world."""
        path = self.home / "config.xml"
        tree = ElementTree.parse(path)
        root = tree.getroot()
        options = root.find("options")
        for name in _SILENT:
            options.find(name).text = "false"
        options.find("listenAddress").text = f"tcp://127.0.0.1:{self.port + 1}"
        options.find("urAccepted").text = "-1"
        device = ElementTree.SubElement(root, "device", id=other.id, name="other")
        ElementTree.SubElement(device, "address").text = f"tcp://127.0.0.1:{other.port + 1}"
        shared = ElementTree.SubElement(
            root, "folder", id="vault", path=str(self.folder), rescanIntervalS="3600",
            fsWatcherEnabled="false",
        )  # fmt: skip
        for one in (self, other):
            ElementTree.SubElement(shared, "device", id=one.id)
        ElementTree.SubElement(shared, "maxConflicts").text = "-1"  # as its own page sets it
        tree.write(path)

    def start(self) -> None:
        """Run it, and wait until it answers."""
        self.process = subprocess.Popen(
            ["syncthing", "serve", f"--home={self.home}", "--no-browser", "--no-restart",
             "--no-upgrade", f"--gui-address=127.0.0.1:{self.port}", "--gui-apikey=key"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        said = []
        for line in self.process.stdout:
            said.append(line.decode())
            if b"GUI and API listening" in line:
                return
        raise AssertionError("".join(said))

    def api(self, method: str, path: str) -> object:
        """One call of the REST API."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/rest/{path}", method=method, headers={"X-API-Key": "key"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def send_to(self, other: "Device") -> None:
        """Look at the folder now, and wait until another device has all that is in it."""
        self.scan()
        self.wait_until(lambda: self._has_given_all_to(other))

    def scan(self) -> None:
        """Look at the folder now."""
        self.api("POST", "db/scan?folder=vault")

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Wait for something, looking again whenever Syncthing tells of an event."""
        since = 0
        for _ in range(PATIENCE):
            if happened():
                return
            # Answers when something happened, at the latest after a second.
            events = self.api("GET", f"events?since={since}&timeout=1")
            since = events[-1]["id"] if events else since
        raise AssertionError("it never happened")

    def _has_given_all_to(self, other: "Device") -> bool:
        done = self.api("GET", f"db/completion?folder=vault&device={other.id}")
        link = self.api("GET", "system/connections")["connections"][other.id]
        return done["completion"] == 100 and done["globalItems"] > 0 and link["connected"]

    def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.terminate()
            self.process.communicate()
