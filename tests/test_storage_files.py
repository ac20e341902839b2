import errno
import os
import stat
import sys

import pytest

from brokernotes.errors import ChangedMeanwhileError, RefusedError, SystemRefusedError
from brokernotes.storage import files, placing
from brokernotes.storage.files import create, remove_leftovers, write_if_unchanged
from brokernotes.storage.stamps import stamp_of
from brokernotes.storage.walking import scan

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")

OLD = "旧\n".encode()
NEW = "旧\n- 2026-08-20 带看 ^3afq6m4x9\n".encode()
LONG = "clients/" + "阳" * 84 + ".md"  # 255 bytes: no suffix fits


@pytest.fixture
def vault(tmp_path):
    (tmp_path / "clients").mkdir()
    (tmp_path / "clients/a.md").write_bytes(OLD)
    return tmp_path


def everything(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir())


def write(vault, before=OLD, after=NEW, path="clients/a.md"):
    return write_if_unchanged(str(vault), path, before, after)


# Replacing


def test_a_note_is_replaced_and_its_new_stamp_returned(vault):
    stamp = write(vault)

    assert (vault / "clients/a.md").read_bytes() == NEW
    assert (
        stamp == stamp_of((vault / "clients/a.md").stat()) == scan(str(vault)).notes["clients/a.md"]
    )
    assert everything(vault) == ["clients/a.md"]


def test_equal_bytes_write_nothing(vault):
    before = (vault / "clients/a.md").stat()

    assert write(vault, OLD, OLD) == stamp_of(before)


def test_a_note_that_changed_since_is_left_alone(vault):
    (vault / "clients/a.md").write_bytes(b"newer")

    with pytest.raises(ChangedMeanwhileError, match="has changed"):
        write(vault)

    assert (vault / "clients/a.md").read_bytes() == b"newer"
    assert everything(vault) == ["clients/a.md"]


def test_a_note_that_grew_huge_is_not_taken_for_an_empty_one(vault):
    with (vault / "clients/a.md").open("wb") as file:
        file.truncate(5_000_000)

    with pytest.raises(ChangedMeanwhileError):
        write(vault, b"")


def test_a_note_that_is_gone_is_not_brought_back(vault):
    (vault / "clients/a.md").unlink()

    with pytest.raises(ChangedMeanwhileError, match="is gone"):
        write(vault)

    assert everything(vault) == []


def test_a_name_of_255_bytes_can_be_written(vault):
    (vault / LONG).write_bytes(OLD)

    write(vault, path=LONG)

    assert (vault / LONG).read_bytes() == NEW


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_the_files_mode_stays(vault, mode):
    (vault / "clients/a.md").chmod(mode)

    write(vault)

    assert stat.S_IMODE((vault / "clients/a.md").stat().st_mode) == mode


@posix
def test_a_write_protected_note_is_not_replaced(vault):
    (vault / "clients/a.md").chmod(0o444)

    with pytest.raises(SystemRefusedError, match="no permission"):
        write(vault)

    assert (vault / "clients/a.md").read_bytes() == OLD


@posix
def test_the_temporary_file_is_nobody_elses_to_read(vault, monkeypatch):
    modes = []
    real = os.write

    def spy(descriptor, data):
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", spy)
    write(vault)

    assert modes == [0o600]


@posix
def test_links_are_not_written_through(vault, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "b.md").write_bytes(OLD)
    (vault / "clients/b.md").symlink_to(outside / "b.md")
    (vault / "deals").symlink_to(outside)

    for path in ("clients/b.md", "deals/b.md"):
        with pytest.raises(RefusedError, match="symbolic link"):
            write(vault, path=path)
    with pytest.raises(RefusedError, match="symbolic link"):
        create(str(vault), "deals/c.md", NEW)

    assert (outside / "b.md").read_bytes() == OLD
    assert everything(outside) == ["b.md"]


@pytest.mark.parametrize("path", ["../a.md", "/tmp/a.md", "clients/../../a.md", "a\0.md", "", "a/"])
def test_a_path_out_of_the_vault_is_refused(vault, path):
    with pytest.raises(RefusedError):
        write(vault, path=path)
    with pytest.raises(RefusedError):
        create(str(vault), path, NEW)


# Failing at every step


class PowerCutError(BaseException):
    """Nothing after it runs: stands for a process that is killed."""


CALLS = ("open", "write", "fchmod", "fsync", "close", "replace", "link")


def failing_at(monkeypatch, step, error):
    """Make the `step`-th call that changes the disk fail; returns how many calls there were."""
    count = [0]

    def wrap(real):
        def call(*args, **kwargs):
            count[0] += 1
            if count[0] == step:
                if real is os.close:
                    real(*args)
                raise error
            return real(*args, **kwargs)

        return call

    for name in CALLS:
        if hasattr(os, name):
            monkeypatch.setattr(os, name, wrap(getattr(os, name)))
    return count


def steps(action):
    with pytest.MonkeyPatch.context() as patch:
        count = failing_at(patch, 0, None)
        action()
    return count[0]


def outcome(action):
    """What a refusal says of the file; empty when there was none."""
    try:
        action()
    except SystemRefusedError as error:
        return next(words for words in ("cannot write", "is written, but") if words in str(error))
    return ""


def test_a_write_that_fails_at_any_step_leaves_the_old_or_the_new_bytes(vault):
    note = vault / "clients/a.md"
    total = steps(lambda: write(vault))
    assert total >= 10
    seen = set()
    for number in (errno.ENOSPC, errno.EIO):
        for step in range(1, total + 1):
            note.write_bytes(OLD)
            with pytest.MonkeyPatch.context() as patch:
                failing_at(patch, step, OSError(number, os.strerror(number)))
                said = outcome(lambda: write(vault))
            seen.add((said, note.read_bytes()))
            assert everything(vault) == ["clients/a.md"]

    assert seen == {("cannot write", OLD), ("is written, but", NEW), ("", NEW)}


def test_a_power_cut_at_any_step_leaves_the_old_or_the_new_bytes(vault):
    note = vault / "clients/a.md"
    leftovers = 0
    for step in range(1, steps(lambda: write(vault)) + 1):
        note.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(files, "discard", lambda path: None)  # nothing tidies up any more
            patch.setattr(placing, "discard", lambda path: None)
            failing_at(patch, step, PowerCutError())
            with pytest.raises(PowerCutError):
                write(vault)
        assert note.read_bytes() in (OLD, NEW)
        found = scan(str(vault))
        assert list(found.notes) == ["clients/a.md"]
        leftovers += len(found.leftovers)
        remove_leftovers(str(vault), found.leftovers)
        assert everything(vault) == ["clients/a.md"]

    assert leftovers


def test_a_new_note_that_fails_at_any_step_is_whole_or_absent(vault):
    note = vault / "clients/b.md"

    def make():
        create(str(vault), "clients/b.md", NEW)

    seen = set()
    for step in range(1, steps(make) + 1):
        note.unlink(missing_ok=True)
        with pytest.MonkeyPatch.context() as patch:
            failing_at(patch, step, OSError(errno.ENOSPC, "No space left on device"))
            said = outcome(make)
        seen.add((said, note.read_bytes() if note.exists() else None))
        assert set(everything(vault)) <= {"clients/a.md", "clients/b.md"}

    assert seen == {("cannot write", None), ("is written, but", NEW), ("", NEW)}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "no permission"),
        (errno.ENAMETOOLONG, "the name is too long"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_refusal_of_the_system_is_said_in_plain_words(vault, monkeypatch, number, words):
    def refuse(*_):
        raise OSError(number, "Input/output error")

    monkeypatch.setattr(os, "replace", refuse)

    with pytest.raises(SystemRefusedError) as caught:
        write(vault)

    assert str(caught.value) == f"cannot write clients/a.md: {words}" or words in str(caught.value)
    assert caught.value.exit_code == 74


@posix
def test_a_real_limit_on_file_size_leaves_the_note_whole(vault):
    import resource
    import signal

    old_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    old_handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, old_limit[1]))
    try:
        with pytest.raises(SystemRefusedError, match="no file of this size"):
            write(vault, after=b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old_limit)
        signal.signal(signal.SIGXFSZ, old_handler)

    assert (vault / "clients/a.md").read_bytes() == OLD
    assert everything(vault) == ["clients/a.md"]


# Somebody else writing


def after_each_replace(monkeypatch, *actions):
    real = os.replace
    left = list(actions)

    def replace(source, target):
        real(source, target)
        if left:
            left.pop(0)()

    monkeypatch.setattr(os, "replace", replace)


def test_a_note_taken_away_right_after_is_written_once_more(vault, monkeypatch):
    note = vault / "clients/a.md"
    after_each_replace(monkeypatch, note.unlink)

    write(vault)

    assert note.read_bytes() == NEW


def test_a_note_put_back_to_its_old_bytes_is_written_once_more(vault, monkeypatch):
    note = vault / "clients/a.md"
    after_each_replace(monkeypatch, lambda: note.write_bytes(OLD))

    write(vault)

    assert note.read_bytes() == NEW


def test_a_note_taken_away_twice_is_an_error_that_says_what_should_stand_there(vault, monkeypatch):
    note = vault / "clients/a.md"
    after_each_replace(monkeypatch, note.unlink, note.unlink)

    with pytest.raises(ChangedMeanwhileError) as caught:
        write(vault)

    assert caught.value.params["wanted"] == NEW.decode()
    assert "{wanted}" in caught.value.hint


def test_an_editor_that_saved_right_after_keeps_what_it_saved(vault, monkeypatch):
    note = vault / "clients/a.md"
    after_each_replace(monkeypatch, lambda: note.write_bytes(b"the editor's"))

    with pytest.raises(ChangedMeanwhileError) as caught:
        write(vault)

    assert note.read_bytes() == b"the editor's"
    assert caught.value.params["wanted"] == NEW.decode()


def test_an_editor_that_saved_while_the_bytes_went_to_the_disk_is_noticed(vault, monkeypatch):
    note = vault / "clients/a.md"
    real = os.fsync

    def save_and_sync(descriptor):
        note.write_bytes(b"the editor's")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", save_and_sync)

    with pytest.raises(ChangedMeanwhileError):
        write(vault)

    assert note.read_bytes() == b"the editor's"
    assert everything(vault) == ["clients/a.md"]


# Creating


def test_a_new_note_is_written_with_its_folders(vault):
    stamp = create(str(vault), "deals/2026/d.md", NEW)

    assert (vault / "deals/2026/d.md").read_bytes() == NEW
    assert stamp == stamp_of((vault / "deals/2026/d.md").stat())
    assert everything(vault) == ["clients/a.md", "deals/2026/d.md"]


@posix
def test_a_new_note_gets_the_mode_new_files_get(vault):
    (vault / "usual").touch()

    create(str(vault), "b.md", NEW)

    assert (vault / "b.md").stat().st_mode == (vault / "usual").stat().st_mode


def test_nothing_is_overwritten(vault):
    (vault / "clients/folder.md").mkdir()

    for path in ("clients/a.md", "clients/folder.md"):
        with pytest.raises(RefusedError, match="is there already"):
            create(str(vault), path, NEW)

    assert (vault / "clients/a.md").read_bytes() == OLD


@posix
def test_a_dangling_link_is_not_written_through(vault):
    (vault / "b.md").symlink_to(vault / "target.md")

    with pytest.raises(RefusedError, match="is there already"):
        create(str(vault), "b.md", NEW)

    assert not (vault / "target.md").exists()


def test_a_name_taken_at_the_last_moment_is_not_overwritten(vault, monkeypatch):
    real = os.link

    def take_and_link(source, target):
        (vault / "b.md").write_bytes(b"theirs")
        real(source, target)

    monkeypatch.setattr(os, "link", take_and_link)

    with pytest.raises(RefusedError, match="is there already"):
        create(str(vault), "b.md", NEW)

    assert (vault / "b.md").read_bytes() == b"theirs"
    assert everything(vault) == ["b.md", "clients/a.md"]


def test_a_disk_without_second_names_gets_new_notes_too(vault, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)

    create(str(vault), "b.md", NEW)
    with pytest.raises(RefusedError, match="is there already"):
        create(str(vault), "clients/a.md", NEW)

    assert (vault / "b.md").read_bytes() == NEW
    assert everything(vault) == ["b.md", "clients/a.md"]


def test_a_file_where_a_folder_should_be_is_said(vault):
    with pytest.raises(SystemRefusedError, match=r"clients/a\.md/b\.md"):
        create(str(vault), "clients/a.md/b.md", NEW)


# Leftovers


def test_only_our_own_temporary_files_are_removed(vault):
    for name in (".bn-1a2b3c.tmp", "keep.tmp", ".other"):
        (vault / "clients" / name).touch()

    remove_leftovers(
        str(vault),
        ["clients/.bn-1a2b3c.tmp", "clients/keep.tmp", "clients/a.md", "clients/.bn-none.tmp"],
    )

    assert everything(vault) == ["clients/.other", "clients/a.md", "clients/keep.tmp"]


def test_many_new_files_are_written_whole_and_never_over_anything(tmp_path):
    root = str(tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "there.md").write_bytes(b"mine")
    told = []
    files.create_all(root, [(f"b/{n}.md", b"x" * n) for n in range(450)], told.append)

    assert told == [200, 400, 450]
    assert [len((tmp_path / "b" / f"{n}.md").read_bytes()) for n in range(450)] == [*range(450)]
    with pytest.raises(RefusedError):
        files.create_all(root, [("a/new.md", b"n"), ("a/there.md", b"x")])
    assert (tmp_path / "a" / "there.md").read_bytes() == b"mine"
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["there.md"]
