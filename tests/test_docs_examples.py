"""The READMEs show what the commands print."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_output_in_a_readme_is_real(name: str, language: str) -> None:
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from examples import with_output
    finally:
        sys.path.pop(0)
    text = (ROOT / name).read_text("utf-8")

    assert with_output(text, language) == text
