"""Which room may import which, and where the world enters."""

import ast
import functools
from pathlib import Path

import pytest

import brokernotes

SOURCE = Path(brokernotes.__file__).parent
BASE = {"", "errors", "language", "light_dataclasses", "lazy_patterns"}
MAY_IMPORT = {
    "lazy_patterns": set(),
    "light_dataclasses": set(),
    "errors": {"", "light_dataclasses", "lazy_patterns"},
    "catalogue": set(),
    "language": {"", "catalogue"},
    "model": {*BASE, "model"},
    "notes": {*BASE, "model", "notes"},
    "storage": {*BASE, "model", "notes", "storage"},
    "features": {*BASE, "model", "notes", "features"},
    "joint": {*BASE, "model", "notes", "features", "storage", "joint", "classes", "viewing"},
    "classes": {*BASE, "model", "notes", "features", "storage"},
    "casework": {*BASE, "model", "notes", "features", "storage"},
    "inspection": {
        *BASE,
        "model",
        "notes",
        "features",
        "storage",
        "joint",
        "classes",
        "inspection",
        "sharing_map",
    },
    "mends": {*BASE, "model", "notes", "features", "storage", "joint", "classes", "inspection"},
    "scripting": {*BASE, "model", "notes", "features", "storage", "joint", "classes", "inspection"},
    "sharing_map": {*BASE, "model", "notes", "features", "storage"},
    "viewing_history": {*BASE, "model", "notes", "features", "storage", "viewing"},
    "viewing": {
        *BASE,
        "model",
        "notes",
        "features",
        "storage",
        "sharing_map",
        "viewing_history",
    },
    "cli": None,  # joins them all
    "": {"", "scripting", "cli"},  # the package itself and `python -m`
    "locale": {""},
}
MODULES = sorted(SOURCE.rglob("*.py"))
ENTRANCES = ("cli", "locale", "__main__.py", "scripting.py")
BELOW_CLI = [path for path in MODULES if not {path.parent.name, path.name} & set(ENTRANCES)]


def room(name: str) -> str:
    """The part of `brokernotes.…` a module belongs to; empty: the package itself."""
    first = name.split(".")[1] if "." in name else ""
    return "" if first in ("__main__", "__version__") else first


def name_of(path: Path) -> str:
    parts = ("brokernotes", *path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


@functools.cache
def imported(path: Path) -> frozenset[str]:
    """Every module of the package that is imported, wherever the import stands."""
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            module = node.module or ""
            found |= {f"{module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(name for name in found if name.split(".")[0] == "brokernotes")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_from_the_rooms_below_it(path):
    here = room(name_of(path))
    allowed = MAY_IMPORT[here]
    if allowed is None:
        return
    beyond = {name for name in imported(path) if room(name) not in allowed}

    assert not beyond, f"{name_of(path)} may not import {sorted(beyond)}"


def test_storage_and_features_never_meet_but_where_they_are_joined():
    joining = set()
    for path in MODULES:
        rooms = {room(name) for name in imported(path)}
        if {"storage", "features"} <= rooms | {room(name_of(path))}:
            joining.add(room(name_of(path)))

    assert joining <= {
        "cli", "casework", "classes", "joint", "inspection", "mends", "scripting",
        "sharing_map", "viewing", "viewing_history",
    }  # fmt: skip


@pytest.mark.parametrize("path", BELOW_CLI, ids=name_of)
def test_clock_and_environment_enter_where_somebody_calls(path):
    """`time.time` and `time_ns` stamp caches and the journal, never what is told."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            told = f"{owner}.{node.attr}"
            assert told not in ("os.environ", "os.getenv", "sys.argv", "sys.stdin"), node.lineno
            assert node.attr not in ("utcnow", "today") or owner not in ("date", "datetime")
            assert not (node.attr == "now" and owner in ("date", "datetime")), node.lineno
            assert told not in ("sys.stdout", "sys.stderr", "sys.exit"), node.lineno


def test_no_module_is_named_after_nothing():
    names = {path.stem for path in MODULES} | {path.parent.name for path in MODULES}

    assert not names & {"utils", "util", "helpers", "common", "manager", "misc", "base", "core"}


def test_every_test_of_a_module_is_named_after_it():
    known = {"_".join(path.relative_to(SOURCE).with_suffix("").parts) for path in MODULES}
    known |= {path.parent.name for path in MODULES}
    for test in Path(__file__).parent.glob("test_storage_*.py"):
        name = test.stem.removeprefix("test_")
        assert any(name == one or name.startswith(f"{one}_") for one in known), test.name
