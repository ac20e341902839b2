import errno
import marshal
import os
import sys
import unicodedata

import pytest

from brokernotes.errors import SystemRefusedError
from brokernotes.model.problems import PROBLEMS
from brokernotes.storage import walking
from brokernotes.storage.stamps import stamp_of
from brokernotes.storage.walking import printable, scan, top_folder

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and odd names of POSIX")


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    root.mkdir()

    def draw(*paths):
        for path in paths:
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(path.encode())
        return root

    return draw


def reported(found):
    return [(one.code, one.position.path) for one in found.problems]


def test_every_note_comes_with_its_stamp_and_every_other_file_by_name(vault):
    root = vault(
        "clients/李女士.md", "收件箱.md", "notes/deep/er.md", "pictures/a.jpg", "brokernotes.yaml"
    )

    found = scan(str(root))

    assert set(found.notes) == {"clients/李女士.md", "收件箱.md", "notes/deep/er.md"}
    assert found.notes["收件箱.md"] == stamp_of((root / "收件箱.md").stat())
    assert found.others == ["brokernotes.yaml", "pictures/a.jpg"]
    assert found.problems == []
    assert found.leftovers == []
    assert marshal.loads(marshal.dumps(found.notes)) == found.notes


def test_the_top_folder_of_a_path():
    assert top_folder("clients/旧/李女士.md") == "clients"
    assert top_folder("收件箱.md") == ""


def test_hidden_generated_and_template_folders_are_left_out(vault):
    root = vault(
        ".git/x.md",
        ".obsidian/x.md",
        ".trash/x.md",
        ".hidden.md",
        "templates/x.md",
        "Views/x.md",
        "calendar/x.ics",
        "clients/.git/x.md",
        "clients/templates/x.md",
    )

    found = scan(str(root))

    assert list(found.notes) == ["clients/templates/x.md"]
    assert found.others == []


def test_other_folders_can_be_left_out(vault):
    assert list(scan(str(vault("templates/x.md", "旧/x.md")), ["旧"]).notes) == ["templates/x.md"]


def test_capital_extensions_are_notes(vault):
    assert list(scan(str(vault("clients/A.MD"))).notes) == ["clients/A.MD"]


def test_a_folder_named_like_a_note_is_reported_and_its_notes_are_read(vault):
    found = scan(str(vault("clients/x.md/y.md")))

    assert reported(found) == [("folder-as-note", "clients/x.md")]
    assert list(found.notes) == ["clients/x.md/y.md"]


@posix
def test_links_are_not_followed_but_reported(vault, tmp_path):
    root = vault("clients/a.md")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (root / "clients/alias.md").symlink_to("a.md")
    (root / "clients/dangling.md").symlink_to("none.md")
    (root / "clients/loop.md").symlink_to("loop.md")
    (root / "clients/outside.md").symlink_to(outside / "secret.md")
    (root / "clients/picture.jpg").symlink_to("/etc/passwd")
    (root / "deals").symlink_to(outside)
    (root / "again").symlink_to(root)
    (root / "sibling").symlink_to(str(root) + "-2")

    found = scan(str(root))

    assert list(found.notes) == ["clients/a.md"]
    assert found.others == []
    assert reported(found) == [
        ("symlink-skipped", "again"),
        ("symlink-skipped", "clients/alias.md"),
        ("symlink-skipped", "clients/dangling.md"),
        ("symlink-skipped", "clients/loop.md"),
        ("outside-link", "clients/outside.md"),
        ("outside-link", "clients/picture.jpg"),
        ("outside-link", "deals"),
        ("outside-link", "sibling"),
    ]


@posix
def test_the_vault_itself_may_be_a_link(vault, tmp_path):
    root = vault("clients/a.md")
    (root / "clients/alias.md").symlink_to(root / "clients/a.md")
    (tmp_path / "link").symlink_to(root)

    found = scan(str(tmp_path / "link"))

    assert list(found.notes) == ["clients/a.md"]
    assert reported(found) == [("symlink-skipped", "clients/alias.md")]


@posix
def test_a_pipe_named_like_a_note_is_reported_not_read(vault):
    root = vault("clients/a.md")
    os.mkfifo(root / "clients/pipe.md")

    assert reported(scan(str(root))) == [("unreadable", "clients/pipe.md")]


def test_a_placeholder_in_the_cloud_stands_for_its_note(vault):
    found = scan(str(vault("clients/.张三.md.icloud", "pictures/.厅.jpg.icloud")))

    assert reported(found) == [("cloud-placeholder", "clients/张三.md")]
    assert found.notes == {}
    assert found.others == ["pictures/厅.jpg"]


def test_a_temporary_file_of_a_broken_write_is_a_leftover_and_no_note(vault):
    found = scan(str(vault("clients/.bn-1a2b3c.tmp")))

    assert found.leftovers == ["clients/.bn-1a2b3c.tmp"]
    assert found.others == []


@posix
def test_names_that_are_no_utf8_are_reported_and_left_out(vault):
    root = vault("clients/a.md")
    for name in (b"clients/\xc0\xce.md", b"clients/\xff.jpg"):
        os.close(os.open(os.fsencode(root) + b"/" + name, os.O_CREAT | os.O_WRONLY))

    found = scan(str(root))

    assert list(found.notes) == ["clients/a.md"]
    assert found.others == []
    assert reported(found) == [
        ("unsafe-name", "clients/\\xc0\\xce.md"),
        ("unsafe-name", "clients/\\xff.jpg"),
    ]


def test_a_name_is_given_as_the_file_system_spells_it(vault):
    decomposed = unicodedata.normalize("NFD", "clients/Café.md")
    root = vault(decomposed)

    assert list(scan(str(root)).notes) == [
        "clients/" + file.name for file in (root / "clients").iterdir()
    ]


def test_an_unreadable_folder_is_reported_and_the_rest_is_read(vault, monkeypatch):
    root = vault("clients/a.md", "deals/b.md")
    real = walking._scan_folder

    def refuse(found, top, prefix):
        if prefix == "clients/":
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(found, top, prefix)

    monkeypatch.setattr(walking, "_scan_folder", refuse)

    found = scan(str(root))

    assert list(found.notes) == ["deals/b.md"]
    assert reported(found) == [("unreadable", "clients")]
    assert found.problems[0].params == {"reason": "Permission denied"}


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_folder_without_permission_is_reported(vault):
    root = vault("clients/a.md")
    (root / "clients").chmod(0)
    try:
        assert reported(scan(str(root))) == [("unreadable", "clients")]
    finally:
        (root / "clients").chmod(0o700)


def test_a_folder_gone_meanwhile_is_no_problem(vault, monkeypatch):
    root = vault("clients/a.md")
    real = walking._scan_folder

    def vanish(found, top, prefix):
        if prefix:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory")
        return real(found, top, prefix)

    monkeypatch.setattr(walking, "_scan_folder", vanish)

    assert reported(scan(str(root))) == []


def test_by_path_and_by_descriptor_find_the_same(vault, monkeypatch):
    root = str(vault("clients/a.md", "clients/李.md", "clients/.DS_Store", "x/y/z.md", "x/y.jpg"))
    here = scan(root)
    monkeypatch.setattr(walking, "_BY_DESCRIPTOR", not walking._BY_DESCRIPTOR)
    there = scan(root)

    assert there.notes == here.notes
    assert (there.others, there.problems) == (here.others, here.problems)


@posix
def test_a_folder_of_notes_alone_is_taken_in_one_go(vault, monkeypatch):
    root = vault("clients/a.md", "clients/李.md", "clients/.bn-1.tmp", "clients/.b.md.icloud")
    monkeypatch.setattr(walking, "_keep_notes", None)  # what takes them one by one
    monkeypatch.setattr(walking, "_scan_entries", lambda *_: ["clients/"])
    real = walking._take_notes
    monkeypatch.setattr(
        walking,
        "_take_notes",
        lambda found, prefix, *rest: bool(prefix) and real(found, prefix, *rest),
    )

    found = scan(str(root))

    assert found.notes == {
        path: stamp_of((root / path).stat()) for path in ("clients/a.md", "clients/李.md")
    }
    assert found.leftovers == ["clients/.bn-1.tmp"]
    assert reported(found) == [("cloud-placeholder", "clients/b.md")]


@posix
def test_a_note_removed_between_its_listing_and_its_stamp_hides_no_other(vault, monkeypatch):
    root = vault("clients/a.md", "clients/b.md")
    real = os.listdir
    monkeypatch.setattr(
        walking.os,
        "listdir",
        lambda folder: [*real(folder), *[b"gone.md"] * (b"clients" in folder)],
    )

    assert set(scan(str(root)).notes) == {"clients/a.md", "clients/b.md"}


def test_a_time_that_no_64_bits_hold_is_compared_all_the_same(vault):
    root = vault("clients/a.md", "clients/b.md")
    try:
        os.utime(root / "clients/a.md", (20_000_000_000, 20_000_000_000))
    except (OSError, OverflowError):
        pytest.skip("this file system has no such year")
    found = scan(str(root))

    assert set(found.notes) == {"clients/a.md", "clients/b.md"}
    assert scan(str(root)) == found


def test_a_vault_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(SystemRefusedError, match="cannot read the folder"):
        scan(str(tmp_path / "none"))


def test_every_problem_of_a_scan_can_be_worded(vault):
    root = vault("clients/x.md/y.md", "clients/.张三.md.icloud")
    for problem in scan(str(root)).problems:
        kind = PROBLEMS[problem.code]
        assert kind.severity is problem.severity
        assert "{" not in (kind.message + kind.hint).format_map(problem.params)


def test_a_printable_path_keeps_what_is_utf8():
    assert printable("clients/李.md") == "clients/李.md"
    assert printable("a\udcff李") == "a\\xff李"
