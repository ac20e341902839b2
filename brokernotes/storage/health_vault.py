"""Looking at the vault itself: rules, caches, journal, calendar, Obsidian's settings."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.notes.rulebook import RULES_FILE
from brokernotes.storage.health import Finding, Report
from brokernotes.storage.index import FILE_NAME as INDEX_FILE
from brokernotes.storage.journal import Journal
from brokernotes.storage.vault import Vault

_STALE = timedelta(days=1)
_CALENDAR = "calendar"
# Linter's rules that rewrite notes at each save. Found: research on Obsidian's plugins.
_LINTER_RULES = (
    "format-yaml-array", "yaml-timestamp", "yaml-key-sort", "insert-yaml-attributes",
    "remove-yaml-keys", "yaml-title", "yaml-title-alias", "move-tags-to-yaml", "file-name-heading",
    "force-yaml-escape", "convert-spaces-to-tabs", "consecutive-blank-lines",
    "space-between-chinese-japanese-or-korean-and-english-or-numbers",
)  # fmt: skip
# Plugins that write a time into every note they meet.
_STAMPING = frozenset(("update-time-on-edit", "frontmatter-modified-date"))
_LINTER = "obsidian-linter"


def look_at_vault(vault: Vault) -> list[Finding]:
    """What is to be said of the rules and the caches."""
    report = Report("vault")
    report.ok("vault", "{root}", root=vault.root)
    _rules(report, vault)
    _cache(report, vault)
    if vault.cache is not None:
        _index(report, os.path.join(vault.cache, INDEX_FILE))
        _journal(report, vault)
    return report.findings


def _rules(report: Report, vault: Vault) -> None:
    if vault.is_newer:
        report.trouble(
            "format-newer",
            N_("the vault has format {format}, newer than this program: it is only read"),
            N_("`pip install --upgrade brokernotes`"),
            format=vault.rules.format,
        )
    errors = [one for one in vault.rules_problems if one.severity is Severity.ERROR]
    if errors:
        report.trouble(
            "rules",
            N_("settings of {file} that cannot be read: {count}; defaults stand in for them"),
            N_("`brokernotes check {file}` shows where."),
            count=len(errors), file=RULES_FILE,
        )  # fmt: skip
    else:
        report.ok("rules", N_("the rules in {file} can be read"), file=RULES_FILE)


def _cache(report: Report, vault: Vault) -> None:
    if vault.cache is None:
        report.trouble(
            "cache-absent",
            N_("no folder for caches can be written: every command reads all notes anew"),
            N_("Set XDG_CACHE_HOME to a folder that can be written."),
        )
    elif not os.access(vault.cache, os.W_OK):
        report.trouble(
            "cache-read-only",
            N_("the caches in {folder} cannot be written"),
            N_("Check the owner of the folder and its permissions."),
            folder=vault.cache,
        )
    else:
        report.ok("cache", N_("caches lie in {folder}"), folder=vault.cache)


def _index(report: Report, path: str) -> None:
    """Ask SQLite about the index, without writing to it."""
    if not os.path.exists(path):
        report.ok("index-none", N_("there is no index yet; the next command makes it"))
        return
    try:
        db = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=1)
        try:
            (answer,) = db.execute("PRAGMA quick_check(1)").fetchone()
            (count,) = db.execute("SELECT count(*) FROM note").fetchone()
        finally:
            db.close()
    except sqlite3.Error as error:
        answer, count = str(error), 0
    if answer == "ok":
        report.ok("index", N_("the index is sound; notes in it: {count}"), count=count)
        return
    report.trouble(
        "index-damaged",
        N_("the index is damaged: {reason}"),
        N_("`brokernotes index --rebuild` makes it anew; the notes are not touched."),
        reason=answer,
    )


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(os.path.abspath(path).replace(os.sep, "/"))


def _journal(report: Report, vault: Vault) -> None:
    count = len(Journal(vault.cache).entries())
    if count:
        report.note(
            "journal",
            N_("log entries that are in no commit yet: {count}"),
            N_("`git add -A` and `git commit` in the vault; until then they are remembered here."),
            count=count,
        )


def look_at_calendar(root: str, now: datetime) -> list[Finding]:
    """Whether the calendar that phones show is of today.

    Args:
        root: the vault's folder.
        now: with its zone.
    """
    report = Report("calendar")
    folder = os.path.join(root, _CALENDAR)
    times = [
        os.stat(os.path.join(folder, name)).st_mtime
        for name in _names(folder)
        if name.endswith(".ics")
    ]
    if not times:
        report.note("calendar-none", N_("no calendar has been written"), N_("`brokernotes ical`"))
        return report.findings
    written = datetime.fromtimestamp(max(times), now.tzinfo)
    params = {"time": f"{written:%Y-%m-%d %H:%M}"}
    if now - written > _STALE:
        report.note("calendar-old", N_("the calendar was last written {time}"),
                    N_("`brokernotes ical`, or `brokernotes watch`, which does it each night"),
                    **params)  # fmt: skip
    else:
        report.ok("calendar", N_("the calendar was written {time}"), **params)
    return report.findings


def look_at_obsidian(
    root: str, wanted_types: str | None, templates: Mapping[str, tuple[str, str]]
) -> list[Finding]:
    """What is to be said of Obsidian's settings and of the templates.

    Args:
        root: the vault's folder.
        wanted_types: what `.obsidian/types.json` would be; None: it cannot be said.
        templates: by path, as every vault begins with it and as it would be now.
    """
    report = Report("obsidian")
    old = [
        path
        for path, (plain, own) in templates.items()
        if plain != own and _text(os.path.join(root, *path.split("/"))) == plain
    ]
    if old:
        report.note(
            "templates-old",
            N_("templates that do not ask for your own fields: {paths}"),
            N_("`brokernotes export --obsidian`"),
            paths=old,
        )
    folder = os.path.join(root, ".obsidian")
    if not os.path.isdir(folder):
        report.note(
            "obsidian-none",
            N_("the vault has no settings for Obsidian"),
            N_("`brokernotes export --obsidian` writes those for our fields."),
        )
        return report.findings
    types = _text(os.path.join(folder, "types.json"))
    if wanted_types is not None and types != wanted_types:
        report.note(
            "obsidian-types",
            N_("Obsidian does not know all our fields"),
            N_("`brokernotes export --obsidian`"),
        )
    for name in _list(os.path.join(folder, "community-plugins.json")):
        if name == _LINTER:
            _linter(report, os.path.join(folder, "plugins", name, "data.json"))
        elif name in _STAMPING:
            report.note(
                "obsidian-plugin",
                N_("the plugin {name} changes every note that is edited, which makes conflicts"),
                N_("Switch it off in Obsidian, or keep it out of the notes' folders."),
                name=name,
            )
    if not report.findings:
        report.ok("obsidian", N_("Obsidian's settings are as they should be"))
    return report.findings


def _linter(report: Report, data: str) -> None:
    try:
        settings = json.loads(_text(data) or "{}")
        rules = settings.get("ruleConfigs", {})
        on = [rule for rule in _LINTER_RULES if rules.get(rule, {}).get("enabled")]
    except (ValueError, AttributeError):
        return
    if on:
        report.note(
            "obsidian-linter",
            N_("Linter rewrites notes by {rules}, which quarrels with Obsidian and with merges"),
            N_("Switch these rules off in Linter's settings."),
            rules=on,
        )


def count_folders(root: str) -> int:
    """How many folders a watcher would watch."""
    return sum(1 for _ in _folders(root))


def _folders(root: str) -> Iterator[str]:
    for folder, inside, _ in os.walk(root):
        inside[:] = [name for name in inside if not name.startswith(".")]
        yield folder


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _text(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


def _list(path: str) -> list[str]:
    try:
        found = json.loads(_text(path) or "[]")
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
