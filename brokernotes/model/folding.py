"""Text as it is searched: width, case and compatibility forms aside."""

from __future__ import annotations

import unicodedata


def fold_text(text: str) -> str:
    """The form in which texts are searched: NFKC, casefolded."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()
