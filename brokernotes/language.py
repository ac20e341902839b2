"""What the tool says, in the language of the one who reads it.

Source strings are English and stand in the code, marked with `N_`; the
catalogues under `locale/` translate them. Everything that makes sentences is
handed a `Language`, so nothing below the command line knows the locale.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping

from brokernotes.catalogue import Catalogue

LOCALE_FOLDER = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120
LANGUAGES = ("zh", "en")


def N_(message: str) -> str:
    """Mark a source string for the catalogues; it is translated when it is shown."""
    return message


def NP_(one: str, many: str) -> tuple[str, str]:
    """Mark a pair that another library looks up with `ngettext`; ours are two strings each."""
    return one, many


class CodeName(str):
    """What a program calls something, and what people do.

    A sentence says the label; between backticks, where code stands, the name itself.
    """

    __slots__ = ("label",)

    label: str

    def __new__(cls, name: str, label: str) -> CodeName:
        """A name and its label."""
        made = super().__new__(cls, name)
        made.label = label
        return made


class Language:
    """Translates the tool's own sentences.

    Args:
        code: `zh` or `en`.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        path = catalogue_path(code)
        try:
            self._catalogue = Catalogue(None if code == "en" else path)
        except (OSError, ValueError):
            # A damaged catalogue must not keep anybody from being told what is wrong.
            self._catalogue = Catalogue(None)

    def text(self, message: str, /, **params: object) -> str:
        """A source string in this language, with its `{name}` places filled."""
        translated = self._catalogue.gettext(message) if message else ""
        if not params:
            return translated
        shown = {name: self._shown(value) for name, value in params.items()}
        if not any(isinstance(value, CodeName) for value in params.values()):
            return translated.format_map(shown)
        pieces = translated.split("`")
        return "`".join(
            piece.format_map(params if at % 2 else shown) for at, piece in enumerate(pieces)
        )

    def _shown(self, value: object) -> object:
        """What stands in a place: the items of a list one after the other."""
        if isinstance(value, list | tuple):
            return ("、" if self.code == "zh" else ", ").join(str(item) for item in value)
        return value.label if isinstance(value, CodeName) else value

    def plural(self, one: str, many: str, count: int, /, **params: object) -> str:
        """The sentence for a number, which is also the place `{count}`.

        The source strings hold the English forms; Chinese has one, and translates both alike.
        """
        return self.text(one if count == 1 else many, **{**params, "count": count})

    def label(self, labels: Mapping[str, str]) -> str:
        """One of the labels the field table holds by language, English as a last resort."""
        return labels.get(self.code) or labels["en"]


def catalogue_path(code: str) -> str:
    """Where the translations of a language lie; English has none."""
    return os.path.join(LOCALE_FOLDER, code, "LC_MESSAGES", "brokernotes.mo")  # noqa: PTH118


@functools.cache
def language(code: str) -> Language:
    """The language of a code; unknown codes speak English."""
    return Language(code if code in LANGUAGES else "en")
