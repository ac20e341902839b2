"""An option that a command does not have: the one that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

# Names of one thing; a command has one of them, and people try the others.
_ALIKE = (
    ("with", "buyer", "client", "customer", "tenant"),
    ("amount", "deposit", "money", "sum"),
    ("at", "when", "date", "day", "time"),
    ("sign-by", "signing", "deadline", "due"),
    ("reason", "why", "because"),
    ("next", "promise", "remind", "follow-up"),
    ("set", "field", "key", "value"),
    ("place", "where", "location", "address"),
    ("output", "out", "file", "to"),
    ("n", "limit", "top", "count", "max"),
    ("format", "json"),
    ("dry-run", "preview", "check", "try"),
    ("note", "text", "message", "remark"),
)


def likely_option(typed: str, names: Iterable[str]) -> str | None:
    """The option somebody probably meant; None: none is near.

    Args:
        typed: with its dashes.
        names: the command's options, with theirs.
    """
    from brokernotes.notes.likeness import likely_word

    known = {name.strip("-"): name for name in names}
    bare = typed.partition("=")[0].strip("-").casefold()
    begun = [name for name in known if len(bare) > 1 and name.startswith(bare)]
    if len(begun) == 1:
        return known[begun[0]]
    near = likely_word(bare, [name for name in known if len(name) > 1])
    if near is not None:
        return known[near]
    alike = next((group for group in _ALIKE if bare in group), ())
    return next((known[name] for name in alike if name in known), None)
