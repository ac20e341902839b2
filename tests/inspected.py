"""A drawn vault and all that is found in it."""

from datetime import date

from brokernotes.inspection.problems import problems_of
from brokernotes.joint import open_vault

TODAY = date(2026, 11, 21)


def opened(drawn):
    vault = open_vault(str(drawn.root), drawn.environ())
    vault.refresh(TODAY)
    return vault


def codes(drawn):
    vault = opened(drawn)
    found = [one.code for one, _ in problems_of(vault, TODAY)]
    vault.index.close()
    return found
