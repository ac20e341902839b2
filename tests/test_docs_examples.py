"""Pages show what their commands print."""

import runpy
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIVE = runpy.run_path(str(ROOT / "docs" / "generate.py"))["LIVE"]


@pytest.fixture
def with_output(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    from examples import with_output

    return with_output


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
@pytest.mark.parametrize(("name", "language"), LIVE.items())
def test_the_output_on_a_page_is_real(with_output, name: str, language: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert with_output(text, language) == text


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
def test_a_page_is_a_session_with_files_and_a_clock(with_output) -> None:
    page = """\
<!-- session: empty -->
<!-- clock: 2026-11-23T09:00 -->
```console
$ brokernotes init shop --language en
$ cd shop
```
<!-- append: inbox.md -->
```text
Ms Li called
```
```console
$ cat inbox.md
$ brokernotes log nobody call
old output
```
```console
$ make run
as it stands
```
"""
    shown = with_output(page, "en")

    assert "\nMs Li called\n$ brokernotes log nobody call\n" in shown
    assert "brokernotes: no note is called nobody" in shown
    assert "old output" not in shown
    assert shown.endswith("$ make run\nas it stands\n```\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
def test_all_that_a_command_prints_arrives_although_it_leaves_at_once(tmp_path) -> None:
    from pseudo_terminal import on_terminal

    program = """
import os
print(*range(20_000), sep="\\n", flush=True)
os._exit(7)
"""
    said, code = on_terminal([sys.executable, "-c", program], tmp_path, {})

    assert (said.split(), code) == ([*map(str, range(20_000))], 7)
