"""Looking at the computer: clock, encodings, disk, file system, versions."""

from __future__ import annotations

import locale
import os
import shutil
import sqlite3
import sys
from datetime import datetime
from importlib import metadata
from zoneinfo import ZoneInfo

from brokernotes.language import N_
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.storage.health import Finding, Report

_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "9p", "afpfs",
            "webdav", "davfs", "fuse.davfs2", "drvfs")  # fmt: skip
_CLOUDS = (
    "iCloud",
    "Mobile Documents",
    "Dropbox",
    "OneDrive",
    "坚果云",
    "Nutstore",
    "Google Drive",
)
_LITTLE, _TIGHT = 100 * 1024**2, 1024**3  # bytes free
_FEW_WATCHES = 8192
_INOTIFY = "/proc/sys/fs/inotify/max_user_watches"
_MOUNTS = "/proc/self/mounts"


class Streams(NamedTuple):
    """What standard output and input encode with."""

    out: str
    typed: str


def look_at_machine(zone: ZoneInfo | None, moment: datetime, streams: Streams) -> list[Finding]:
    """What is to be said of clock, encodings and versions.

    Args:
        zone: of the vault; None: there is no vault.
        moment: now, with any zone.
        streams: their encodings.
    """
    report = Report("machine")
    if zone is not None:
        _zone(report, zone, moment)
    _encodings(report, streams)
    _versions(report)
    return report.findings


def _zone(report: Report, zone: ZoneInfo, moment: datetime) -> None:
    here = moment.astimezone()
    there = moment.astimezone(zone)
    if here.utcoffset() == there.utcoffset():
        report.ok("clock", N_("it is {time} here and in the vault's zone, {zone}"),
                  time=f"{there:%Y-%m-%d %H:%M}", zone=zone.key)  # fmt: skip
        return
    report.note(
        "zone-differs",
        N_("it is {here} on this computer and {there} in the vault's zone, {zone}"),
        N_("All times are the vault's. If that is wrong, change `timezone` in brokernotes.yaml."),
        here=f"{here:%H:%M}", there=f"{there:%Y-%m-%d %H:%M}", zone=zone.key,
    )  # fmt: skip


def _encodings(report: Report, streams: Streams) -> None:
    if sys.getfilesystemencoding().lower().replace("-", "") not in ("utf8", "utf8b"):
        report.trouble(
            "file-names",
            N_("file names are read as {encoding}, which cannot say Chinese"),
            N_("Set the environment: `LC_ALL=C.UTF-8`"),
            encoding=sys.getfilesystemencoding(),
        )
    name = locale.setlocale(locale.LC_CTYPE, None)
    if streams.out.lower().replace("-", "") in ("utf8", "utf8sig"):
        report.ok("encodings", N_("texts are shown as UTF-8 (locale {locale})"), locale=name)
        return
    report.note(
        "encodings",
        N_("texts are shown as {encoding} (locale {locale}); what it lacks becomes `?`"),
        N_("Set the environment: `PYTHONUTF8=1`, or a locale such as `LC_ALL=C.UTF-8`"),
        encoding=streams.out, locale=name,
    )  # fmt: skip


def _versions(report: Report) -> None:
    versions = [f"Python {sys.version.split()[0]}", f"SQLite {sqlite3.sqlite_version}"]
    for name in ("brokernotes", "click", "icalendar"):
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            report.trouble(
                "package-absent",
                N_("the package {name} is not installed"),
                N_("`pip install --upgrade brokernotes`"),
                name=name,
            )
    report.ok("versions", "{versions}", versions=" · ".join(versions))


def look_at_disk(root: str, folders: int) -> list[Finding]:
    """What is to be said of the file system the vault lies on.

    Args:
        root: the vault's folder.
        folders: how many folders it has, for the watcher.
    """
    report = Report("disk")
    if not os.access(root, os.W_OK):
        report.trouble(
            "read-only",
            N_("nothing can be written in {root}"),
            N_("Check its owner and permissions, and whether the disk is mounted read-only."),
            root=root,
        )
    _space(report, root)
    _kind(report, root)
    rules = os.path.join(root, "BROKERNOTES.YAML")
    if os.path.exists(rules) and "BROKERNOTES.YAML" not in os.listdir(root):
        report.note(
            "case-insensitive",
            N_("this disk takes `Li.md` and `li.md` for one file, which others do not"),
        )
    _watches(report, folders)
    return report.findings


def _space(report: Report, root: str) -> None:
    free = shutil.disk_usage(root).free
    shown = f"{free / 1024**3:.1f}"
    if free < _LITTLE:
        report.trouble(
            "disk-full",
            N_("only {size} GB are free on the disk"),
            N_("Make room: on a full disk nothing more can be written."),
            size=shown,
        )
    elif free < _TIGHT:
        report.note("disk-tight", N_("only {size} GB are free on the disk"), "", size=shown)
    else:
        report.ok("disk", N_("{size} GB are free on the disk"), size=shown)


def _kind(report: Report, root: str) -> None:
    kind = _file_system(root)
    if kind in _NETWORK:
        report.note(
            "network-drive",
            N_("the vault lies on a network drive ({kind}): changes of others are noticed late"),
            N_("`brokernotes watch --poll` looks by itself."),
            kind=kind,
        )
    cloud = next((name for name in _CLOUDS if name in root), None)
    if cloud:
        report.note(
            "cloud-folder",
            N_("the vault lies in {name}, which makes copies when two devices save at once"),
            N_("`brokernotes check --only copied-note` finds them; git alone is safer."),
            name=cloud,
        )


def _file_system(root: str) -> str:
    """The type of file system a folder lies on; empty where the system does not say."""
    best, kind = "", ""
    try:
        with open(_MOUNTS, encoding="utf-8", errors="replace") as file:
            for line in file:
                _, place, found = line.split(" ")[:3]
                place = place.replace("\\040", " ")
                if (root + "/").startswith(place.rstrip("/") + "/") and len(place) >= len(best):
                    best, kind = place, found
    except OSError:
        return ""
    return kind


def _watches(report: Report, folders: int) -> None:
    try:
        with open(_INOTIFY, encoding="ascii") as file:
            most = int(file.read())
    except (OSError, ValueError):
        return
    if most < max(_FEW_WATCHES, 2 * folders):
        report.note(
            "inotify",
            N_("the system lets all programs together watch {most} folders; the vault has {count}"),
            N_("`sudo sysctl fs.inotify.max_user_watches=524288`"),
            most=most, count=folders,
        )  # fmt: skip
