"""The parts that colleagues play in one transaction, by side.

Names are the trade's (found: the five and five roles of agent cooperation networks);
`paperwork_agent` (权证, who files the transaction) stands beside them since small firms
share with that person, too. Shares are never constants: they stand in the rules.
"""

from __future__ import annotations

from brokernotes.light_dataclasses import NamedTuple


class RoleKind(NamedTuple):
    """One part somebody may play.

    Attributes:
        id: for programs and for the tables of `commission`.
        side: `listing` or `client`.
        note_type: of the note that has its field.
        key: of that field, which overrules what the logs say.
    """

    id: str
    side: str
    note_type: str
    key: str


ROLES: tuple[RoleKind, ...] = (
    *(
        RoleKind(key, "listing", "listing", key)
        for key in (
            "entry_agent",
            "maintainer",
            "surveyor",
            "document_agent",
            "key_holder",
            "exclusive_agent",
        )
    ),
    *(
        RoleKind(key, "client", "deal", key)
        for key in (
            "referrer",
            "first_showing_agent",
            "cooperator",
            "closing_agent",
            "finance_advisor",
        )
    ),
    # The same key as the listing's document_agent, another job: transfer and mortgage papers.
    RoleKind("paperwork_agent", "client", "deal", "document_agent"),
)
ROLE_KINDS = {role.id: role for role in ROLES}

FIRST_SHOWING_DAYS = 90  # ours: how long a first showing is worth its role
