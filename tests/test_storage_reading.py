import os
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brokernotes.errors import NotFoundError, RefusedError
from brokernotes.model.problems import PROBLEMS
from brokernotes.storage import reading
from brokernotes.storage.reading import read_bytes, read_text
from brokernotes.storage.stamps import stamp_of
from brokernotes.storage.walking import scan
from tests.examples import many

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")


@pytest.fixture
def note(tmp_path):
    def write(data):
        (tmp_path / "a.md").write_bytes(data)
        return read_text(str(tmp_path), "a.md")

    return write


def found(source):
    return [(one.code, one.position.line, one.position.column) for one in source.problems]


def test_a_note_comes_as_text_bytes_and_stamp(tmp_path, note):
    source = note("\ufeff---\r\nid: C-1\n".encode())

    assert source.text == "\ufeff---\r\nid: C-1\n"
    assert source.data == (tmp_path / "a.md").read_bytes()
    assert source.stamp == stamp_of((tmp_path / "a.md").stat())
    assert source.is_exact
    assert not source.is_torn
    assert source.problems == ()


def test_the_stamp_is_the_one_the_scan_gives(tmp_path, note):
    assert note(b"x").stamp == scan(str(tmp_path)).notes["a.md"]


def test_an_empty_note_is_read(note):
    assert note(b"").text == ""


def test_equal_bytes_have_equal_digests(note):
    assert note(b"a").digest == note(b"a").digest != note(b"b").digest
    assert len(note(b"a").digest) == 32


def test_the_first_byte_that_is_no_utf8_is_pointed_at(note):
    source = note("\ufeff第一行\r\n第二\r第".encode() + b"\xffx\xfe")

    assert found(source) == [("not-utf8", 3, 2)]
    assert source.problems[0].params == {"byte": "0xFF", "encoding": "damaged UTF-8"}
    assert source.text.endswith("第\ufffdx\ufffd")
    assert not source.is_exact


def test_a_first_column_is_counted_without_the_byte_order_mark(note):
    assert found(note(b"\xef\xbb\xbf\xff")) == [("not-utf8", 1, 1)]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("姓名: 李女士\n电话: 微信同号".encode("gbk"), "GBK"),
        ("姓名".encode("utf-16"), "UTF-16"),
        ("姓名: 李女士".encode()[:-1], "damaged UTF-8"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff", "binary"),
    ],
)
def test_the_encoding_is_guessed(note, data, encoding):
    assert note(data).problems[0].params["encoding"] == encoding


def test_nul_bytes_are_counted_and_kept(note):
    source = note(b"a\nb\0\0")

    assert found(source) == [("nul-byte", 2, 2)]
    assert source.problems[0].params == {"count": 2}
    assert source.text == "a\nb\0\0"
    assert source.is_exact


def test_nul_bytes_are_found_beside_broken_ones(note):
    assert [code for code, *_ in found(note(b"\xff\0"))] == ["not-utf8", "nul-byte"]


def test_of_a_file_too_big_nothing_is_read(tmp_path):
    (tmp_path / "a.md").write_bytes(b"x" * 11)

    source = read_text(str(tmp_path), "a.md", limit=10)

    assert (source.text, source.data, source.is_exact) == ("", b"", False)
    assert source.problems[0].params == {"size": 11, "limit": 10}
    assert read_bytes(str(tmp_path / "a.md"), 10)[0] is None
    assert read_bytes(str(tmp_path / "a.md"), 11)[0] == b"x" * 11


def test_of_fifty_megabytes_nothing_is_read(tmp_path):
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(50_000_000)

    source = read_text(str(tmp_path), "a.md")

    assert source.problems[0].code == "file-too-big"
    assert source.data == b""


def test_a_file_that_is_not_there_is_not_found(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for path in ("none.md", "none/a.md", "file/a.md"):
        with pytest.raises(NotFoundError, match=path):
            read_text(str(tmp_path), path)


@pytest.mark.parametrize(
    "path", ["../a.md", "/etc/passwd", "clients/../../a.md", "", ".", "a//b.md", "a\0.md", "./a.md"]
)
def test_a_path_out_of_the_vault_is_refused(tmp_path, path):
    with pytest.raises(RefusedError):
        read_text(str(tmp_path), path)


@posix
def test_links_are_not_read_through(tmp_path):
    vault, outside = tmp_path / "vault", tmp_path / "outside"
    vault.mkdir()
    outside.mkdir()
    (outside / "a.md").write_text("secret")
    (vault / "clients").symlink_to(outside)
    (vault / "a.md").symlink_to(outside / "a.md")

    with pytest.raises(RefusedError, match="symbolic link"):
        read_text(str(vault), "clients/a.md")
    source = read_text(str(vault), "a.md")

    assert source.problems[0].params == {"reason": "a symbolic link"}
    assert source.text == ""


@posix
def test_folders_and_pipes_are_reported_without_waiting(tmp_path):
    (tmp_path / "folder.md").mkdir()
    os.mkfifo(tmp_path / "pipe.md")

    for name in ("folder.md", "pipe.md"):
        source = read_text(str(tmp_path), name)
        assert [one.code for one in source.problems] == ["unreadable"]
        assert not source.is_exact


def test_a_file_without_permission_is_reported(tmp_path, monkeypatch):
    (tmp_path / "a.md").write_bytes(b"x")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(reading, "read_bytes", refuse)

    source = read_text(str(tmp_path), "a.md")

    assert source.problems[0].params == {"reason": "Permission denied"}


def changing(monkeypatch, path, times):
    """Grow the file right after each of the first reads."""
    real = os.read
    left = [times]

    def read(descriptor, size):
        data = real(descriptor, size)
        if left[0]:
            left[0] -= 1
            with path.open("ab") as file:
                file.write(b"+")
        return data

    monkeypatch.setattr(os, "read", read)


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path, note, monkeypatch):
    note(b"x")
    changing(monkeypatch, tmp_path / "a.md", 1)

    source = read_text(str(tmp_path), "a.md")

    assert source.data == b"x+"
    assert source.stamp == stamp_of((tmp_path / "a.md").stat())
    assert not source.is_torn


def test_a_file_that_never_stops_changing_is_called_torn(tmp_path, note, monkeypatch):
    note(b"x")
    changing(monkeypatch, tmp_path / "a.md", 99)

    source = read_text(str(tmp_path), "a.md")

    assert source.is_torn
    assert source.stamp != stamp_of((tmp_path / "a.md").stat())


def test_bytes_that_come_in_pieces_are_all_read(tmp_path, note, monkeypatch):
    note(b"0123456789")
    real = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: real(descriptor, min(size, 3)))

    assert read_text(str(tmp_path), "a.md").data == b"0123456789"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bytes")


@given(st.binary(max_size=200) | st.text(max_size=60).map(str.encode))
@settings(max_examples=many(200))
def test_any_bytes_give_a_text_and_worded_problems(folder, data):
    (folder / "a.md").write_bytes(data)

    source = read_text(str(folder), "a.md")

    assert source.data == data
    if source.is_exact:
        assert source.text.encode() == data
    else:
        assert source.problems
    for problem in source.problems:
        kind = PROBLEMS[problem.code]
        assert "{" not in (kind.message + kind.hint).format_map(problem.params)
