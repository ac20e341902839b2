"""How many examples Hypothesis tries: all of them in CI, fewer where somebody waits.

What a run at the desk finds is kept in `.hypothesis` and tried again in the next one.
"""

import os

USUAL = 40  # where a test does not say it, and a hundred in CI


def many(count: int) -> int:
    """So many in CI, two fifths of them elsewhere."""
    return count if os.environ.get("CI") else count * 2 // 5
