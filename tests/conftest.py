"""What all tests share."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.drawing import DrawnVault
from tests.radicale_server import Radicale
from tests.transcripts import replay

# A busy machine is no failure; in CI Hypothesis has a profile of its own that says the same.
settings.register_profile("house", deadline=None)
if not os.environ.get("CI"):
    settings.load_profile("house")

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
