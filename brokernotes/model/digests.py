"""Fingerprints of bytes, for telling whether something changed.

`hashlib` loads all of OpenSSL before it hands out Blake2, which takes a short
command longer than opening the index; the part that does the work is there alone.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
    from _sha1 import sha1  # type: ignore[import-not-found]
except ImportError:  # another Python than CPython
    from hashlib import blake2b, sha1

__all__ = ["blake2b", "sha1"]
