"""What all tests share."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.drawing import DrawnVault
from tests.examples import USUAL
from tests.radicale_server import Radicale
from tests.transcripts import replay

# A busy machine is no failure; in CI Hypothesis has a profile of its own that says the same.
settings.register_profile("house", deadline=None, max_examples=USUAL)
if not os.environ.get("CI"):
    settings.load_profile("house")


_ROOM = 1 << 30  # bytes; far more than is drawn at a time


def _keep_in_memory() -> None:
    """Have the vaults drawn in memory, where there is room: a third of the time is the disk's.

    In CI they are on the disk.
    """
    memory = "/dev/shm"
    if not os.environ.get("CI") and os.access(memory, os.W_OK | os.X_OK):
        system = os.statvfs(memory)
        has_room = system.f_bavail * system.f_frsize > _ROOM
        if has_room and not system.f_flag & os.ST_NOEXEC:  # the hooks that are drawn are run
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)


_keep_in_memory()

GOLDEN_FOLDER = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the files of tests/golden anew; read their diff before you commit it",
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with a file of tests/golden: `golden("sample.ics", actual)`."""

    def compare(name: str, actual: bytes) -> None:
        path = GOLDEN_FOLDER / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual)
        assert path.exists(), f"{name} is missing: run pytest --update-golden"
        assert actual == path.read_bytes()

    return compare


@pytest.fixture
def vault(tmp_path: Path) -> Callable[..., DrawnVault]:
    """Draw a vault: `vault("-- clients/zhang.md -- …", language="zh")`."""

    def draw(text: str = "", language: str = "zh") -> DrawnVault:
        drawn = DrawnVault(tmp_path, language)
        drawn.draw(text)
        return drawn

    return draw


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[Radicale]:
    """A CalDAV server of its own on the loopback, with two users (tests/radicale_server.py)."""
    with Radicale(tmp_path / "radicale") as server:
        yield server


@pytest.fixture
def transcript(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], None]:
    """Replay a session of tests/transcripts: `transcript("check.txt")`."""

    def compare(name: str) -> None:
        said, written = replay(name, tmp_path, update=request.config.getoption("--update-golden"))
        if not request.config.getoption("--update-golden"):
            assert said == written

    return compare
