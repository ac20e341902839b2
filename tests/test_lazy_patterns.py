import re

import pytest

from brokernotes.lazy_patterns import lazy_pattern


def test_a_pattern_is_compiled_when_it_is_first_used(monkeypatch):
    compiled = []
    compile_ = re.compile
    monkeypatch.setattr(re, "compile", lambda *how: compiled.append(how) or compile_(*how))
    found = lazy_pattern(r"(\d+) ?室", re.IGNORECASE)
    assert (found.pattern, compiled) == (r"(\d+) ?室", [])
    assert [one[1] for one in (found.match("3室"), found.search("共3 室"))] == ["3", "3"]
    assert found.match("x") is None
    assert found.sub("-", "3室2厅") == "-2厅"
    assert found.flags & re.IGNORECASE
    assert set(compiled) == {(r"(\d+) ?室", re.IGNORECASE)}


def test_bytes_are_searched_too():
    assert lazy_pattern(rb"[0-9]+").findall(b"12 3") == [b"12", b"3"]


def test_what_a_pattern_does_not_have_is_told():
    with pytest.raises(AttributeError):
        lazy_pattern("x").no_such_method  # noqa: B018
