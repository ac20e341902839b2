"""Roles that a person typed against what the log of the same note tells."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from brokernotes.features.vault_checks import FoundRole
from brokernotes.model.folding import fold_text
from brokernotes.model.roles import ROLE_KINDS
from brokernotes.storage import check_queries
from brokernotes.storage.neighbours import Colleagues, stored_colleagues

if TYPE_CHECKING:
    from brokernotes.storage.vault import Vault

_KEPT = "role_checks"  # in the index
# Roles that a note's own log tells: the type of note, the key of the field, the entry's verb.
_TOLD_ROLES = (
    ("listing", "surveyor", "survey"),
    ("listing", "document_agent", "entrust"),
    ("listing", "key_holder", "key_in"),
    ("listing", "exclusive_agent", "exclusive"),
    ("deal", "closing_agent", "sign"),
)


def contradicted_roles(vault: Vault) -> list[FoundRole]:
    """Roles typed against the log of the same note; an unchanged note is not read again."""
    verbs, db = vault.rules.schema.verbs, vault.index.db
    wanted: dict[str, str] = {}
    for note_type, key, verb in _TOLD_ROLES:
        words = [fold_text(word) for word in verbs[verb].spellings()]
        wanted.update(check_queries.typed_roles(db, note_type, key, words))
    if not wanted:
        return []
    colleagues = stored_colleagues(db)
    kept = json.loads(vault.index.meta(_KEPT) or "{}")
    known = kept.get("notes", {}) if kept.get("colleagues") == colleagues.state else {}
    notes = {
        path: known[path]
        if known.get(path, [""])[0] == digest
        else [digest, _roles_of(vault, path, colleagues)]
        for path, digest in sorted(wanted.items())
    }
    if notes != known:
        told = {"colleagues": colleagues.state, "notes": notes}
        vault.index.remember(_KEPT, json.dumps(told, ensure_ascii=False))
    return [FoundRole(*row) for _, rows in notes.values() for row in rows]


def _roles_of(vault: Vault, path: str, colleagues: Colleagues) -> list[list[str]]:
    from brokernotes.features.roles import Case, derive_roles

    record = vault.open(path).note.record
    is_deal = record.type == "deal"
    case = Case(
        listing=None if is_deal else record,
        deal=record if is_deal else None,
        today=date.max,
        id_of=vault.queries.id_of,
        agent_of=colleagues.id_of,
    )
    titles = vault.queries.titles
    rows: list[list[str]] = []
    for role in derive_roles(case).values():
        if role.over is not None and role.is_unexplained:
            names = titles([role.agent, role.over.agent])
            value, other = (names.get(one.agent, one.agent) for one in (role, role.over))
            key = ROLE_KINDS[role.role].key
            rows.append([path, key, value, other, str(role.over.day)])
    return rows
