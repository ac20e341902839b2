"""Fingerprints of bytes, for telling whether something changed.

`hashlib` loads all of OpenSSL before it hands out Blake2, which takes a short
command longer than opening the index; the part that does the work is there alone.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # another Python than CPython
    from hashlib import blake2b

__all__ = ["blake2b"]
