import os

import pytest

from brokernotes.errors import ChangedMeanwhileError, RefusedError, SystemRefusedError
from brokernotes.storage.calendars import CalendarFile, calendar_file, calendar_folder


def test_a_file_is_made_with_its_folders(tmp_path) -> None:
    file = calendar_file(str(tmp_path / "a" / "b" / "x.ics"))

    assert file.data is None
    assert file.write(b"one")
    assert (tmp_path / "a" / "b" / "x.ics").read_bytes() == b"one"


def test_equal_bytes_are_not_written(tmp_path) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(b"one")
    os.utime(path, ns=(1, 1))

    assert not calendar_file(str(path)).write(b"one")
    assert path.stat().st_mtime_ns == 1


def test_other_bytes_replace_what_was_read(tmp_path) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(b"one")

    assert calendar_file(str(path)).write(b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["x.ics"]


def test_what_somebody_wrote_meanwhile_stays(tmp_path) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(b"one")
    file = calendar_file(str(path))
    path.write_bytes(b"theirs")

    with pytest.raises(ChangedMeanwhileError):
        file.write(b"two")
    assert path.read_bytes() == b"theirs"


def test_a_link_a_person_names_is_followed(tmp_path) -> None:
    (tmp_path / "real.ics").write_bytes(b"one")
    (tmp_path / "link.ics").symlink_to("real.ics")

    calendar_file(str(tmp_path / "link.ics")).write(b"two")

    assert (tmp_path / "real.ics").read_bytes() == b"two"
    assert (tmp_path / "link.ics").is_symlink()


def test_within_a_vault_no_link_is_followed(tmp_path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.ics").write_bytes(b"one")
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "calendar").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "vault" / "x.ics").symlink_to(tmp_path / "elsewhere" / "x.ics")

    for rel in ("calendar/x.ics", "x.ics", "../elsewhere/x.ics"):
        with pytest.raises(RefusedError):
            CalendarFile(str(tmp_path / "vault"), rel)


def test_a_folder_in_a_file_s_place_is_refused(tmp_path) -> None:
    (tmp_path / "x.ics").mkdir()

    with pytest.raises(RefusedError):
        calendar_file(str(tmp_path / "x.ics"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_that_may_not_be_read_is_the_system_s_refusal(tmp_path) -> None:
    path = tmp_path / "x.ics"
    path.write_bytes(b"one")
    path.chmod(0)

    with pytest.raises(SystemRefusedError):
        calendar_file(str(path))


def test_a_folder_lists_its_calendar_files_of_a_beginning(tmp_path) -> None:
    for name in ("bn-b.ics", "bn-a.ics", "other.ics", "bn-c.txt"):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "bn-d.ics").mkdir()
    (tmp_path / "bn-e.ics").symlink_to("bn-a.ics")

    found = list(calendar_folder(str(tmp_path), "bn-"))

    assert [(file.rel, file.data) for file in found] == [
        ("bn-a.ics", b"bn-a.ics"),
        ("bn-b.ics", b"bn-b.ics"),
    ]
    assert list(calendar_folder(str(tmp_path / "none"), "bn-")) == []


def test_a_file_is_removed_if_it_is_what_was_read(tmp_path) -> None:
    for name in ("same.ics", "touched.ics"):
        (tmp_path / name).write_bytes(b"one")
    same, touched = (calendar_file(str(tmp_path / f"{name}.ics")) for name in ("same", "touched"))
    (tmp_path / "touched.ics").write_bytes(b"theirs")

    same.remove()
    touched.remove()

    assert [each.name for each in tmp_path.iterdir()] == ["touched.ics"]
