"""The rules of a vault, read once and then remembered as plain values.

With them stands the digest that indexes are stamped with, so that neither YAML nor the field
table need be loaded to know that an index is of these rules.
"""

from __future__ import annotations

import os

from brokernotes import __version__
from brokernotes.errors import Problem
from brokernotes.light_dataclasses import NamedTuple
from brokernotes.model import __file__ as _model_file
from brokernotes.model.rules import Rules
from brokernotes.notes.rulebook import Plain, checked_rules, from_plain, rules_digest
from brokernotes.storage.reading import Source
from brokernotes.storage.remembered import recall, remember

_KEPT = "rules.kept"


class VaultRules(NamedTuple):
    """What the file of rules says.

    Attributes:
        rules: its settings over the defaults.
        problems: what is wrong in it.
        digest: another for other rules or another field table.
    """

    rules: Rules
    problems: list[Problem]
    digest: str


def vault_rules(source: Source, cache: str | None) -> VaultRules:
    """The rules of a vault; those without a problem are remembered, which spares the YAML.

    Args:
        source: the file of rules.
        cache: folder of the vault's caches.
    """
    tables = _stamps_of_tables()
    made_of = (source.text, tables)
    kept: tuple[str, Plain] | None = recall(cache, _KEPT, made_of) if tables else None
    if kept is not None:
        digest, plain = kept
        return VaultRules(from_plain(plain), [], digest)
    plain, problems = checked_rules(source.text)
    problems = [*source.problems, *problems]
    digest = rules_digest(source.text)
    if tables and not problems:
        remember(cache, _KEPT, made_of, (digest, plain))
    return VaultRules(from_plain(plain), problems, digest)


def _stamps_of_tables() -> tuple[object, ...]:
    """Name, size and times of every module that may hold a table; empty: they are no files."""
    folder = os.path.dirname(_model_file)
    try:
        with os.scandir(folder) as entries:
            stamps = [
                (entry.name, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
                for entry in entries
                if entry.name.endswith(".py") and (found := entry.stat())
            ]
    except OSError:
        return ()
    return (__version__, folder, *sorted(stamps))
