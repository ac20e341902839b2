"""A computer that dies in the middle of writing; for a forked child."""

import os

from brokernotes.storage import whole_writes


def die_after(files):
    """End this process, as a power cut does, before one more file is put in its place.

    Args:
        files: that are written before.
    """
    original, taken = whole_writes.Step.take, []

    def take(one, root):
        if len(taken) == files:
            os._exit(9)
        taken.append(one)
        original(one, root)

    whole_writes.Step.take = take
