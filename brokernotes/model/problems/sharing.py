"""Problems of who shares what with whom (seed, 二、房源信息管理制度)."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_SEED = N_("seed: how a house shares its listings")

KINDS: tuple[ProblemKind, ...] = (
    ProblemKind(
        code="private-quota",
        severity=Severity.WARNING,
        message=N_(
            "{agent} has {count} private listings on the market, and the house allows {quota}; "
            "this one counts as public"
        ),
        hint=N_("Make it public, or another one of: {others}."),
        about=N_(
            "The listings entered first keep their place. Whoever believes that this one is "
            "private is mistaken: colleagues see its door and its owner."
        ),
        origin=_SEED,
    ),
    ProblemKind(
        code="private-in-area",
        severity=Severity.WARNING,
        message=N_(
            "{agent} serves {area}, where the house shares every listing, and this is private"
        ),
        hint=N_("Remove `sharing`; across areas it is private by itself."),
        about=N_(
            "By area all listings are public where their holder works, and private elsewhere."
        ),
        origin=_SEED,
    ),
    ProblemKind(
        code="private-without-holder",
        severity=Severity.WARNING,
        message=N_("the listing is private, and nobody is named who holds it"),
        hint=N_("Name the holder in `agent`."),
        about=N_("Nobody may see its door, and colleagues cannot tell whom to ask."),
        origin=_SEED,
    ),
    ProblemKind(
        code="held-back",
        severity=Severity.HINT,
        message=N_(
            "the owner was in touch on {day}, and the listing was entered {days} days later"
        ),
        hint=N_("Enter a listing on the day its owner first speaks of it."),
        about=N_(
            "A listing that is kept in a pocket helps neither its owner nor the house. "
            "The day of entry is `created`; `history` shows when it was really written."
        ),
        origin=_SEED,
    ),
    ProblemKind(
        code="property-likely-twice",
        severity=Severity.HINT,
        message=N_("{other} has the same owner in the same estate"),
        hint=N_(
            "Write building and room into both; if they are one home, make one note of the two."
        ),
        about=N_(
            "What is missing of the door hides whether it is one home entered by two agents, whose "
            "owner then hears from both."
        ),
        origin=_SEED,
    ),
    ProblemKind(
        code="owner-crowded",
        severity=Severity.WARNING,
        message=N_("{agents} were in touch with the owner on {days}"),
        hint=N_("Agree on who speaks to the owner."),
        about=N_(
            "Where listings are shared, several agents call one owner: work done twice, and an "
            "owner who is tired of it. A supervisor who helps is not counted, nor one who has left."
        ),
        origin=_SEED,
    ),
)
