"""The part of `show` that says how easily a listing sells, and what else it is classed by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from brokernotes.classes import Classes
from brokernotes.cli.app import App
from brokernotes.cli.cells import Cells
from brokernotes.features.prime import UNKNOWN, Judged
from brokernotes.features.prime_sentences import LABELS, MEANING, reason, signs_json
from brokernotes.language import N_
from brokernotes.model.lifecycle import CLOSED_BY_OTHERS, CLOSED_BY_US
from brokernotes.model.query_keys import query_fields

AXES = ("tax", "age", "residential", "in_area")
MARKS = {"yes": "+", "no": "-", "unknown": "?"}


class ListingClasses:
    """What `show` says of one listing.

    Args:
        app: of the run.
        values: of the listing, as JSON speaks of them.
    """

    def __init__(self, app: App, values: Mapping[str, Any]) -> None:
        self._app = app
        self._values = values
        self._classes = Classes(app.fresh, app.today, app.agent)

    @property
    def is_told(self) -> bool:
        """Whether it may still be sold or let."""
        return self._values.get("status") not in CLOSED_BY_US | CLOSED_BY_OTHERS

    def json(self) -> dict[str, Any]:
        """`prime`, `prime_signs` and the axes that are known."""
        judged = self._classes.judge(self._values)
        schema = self._app.vault.rules.schema
        shape: dict[str, Any] = {
            "prime": judged.kind,
            "prime_signs": signs_json(judged, self._app.language, schema),
        }
        known = ((key, self._classes.value(key, self._values)) for key in AXES)
        return shape | {key: value for key, value in known if value is not None}

    def lines(self) -> list[str]:
        """The class, its signs one a line, and the axes."""
        app, judged = self._app, self._classes.judge(self._values)
        language, schema = app.language, app.vault.rules.schema
        lines = [self._class_line(judged)]
        for sign in judged.signs:
            label, why = app.text(LABELS[sign.key]), reason(sign, language, schema)
            mark = MARKS[sign.verdict]
            lines.append(f"{mark} " + app.text(N_("{label}: {reason}"), label=label, reason=why))
        axes = self._axes_line()
        return [*lines, axes] if axes else lines

    def _class_line(self, judged: Judged) -> str:
        app = self._app
        label = app.vault.rules.schema.vocabularies["prime"].label(judged.kind, app.language.code)
        line = app.text(N_("{kind}: {meaning}"), kind=label, meaning=app.text(MEANING))
        open_ = len(judged.of(UNKNOWN))
        if not open_:
            return line
        one, many = N_("{count} sign not known"), N_("{count} signs not known")
        joint = "；" if app.language.code == "zh" else "; "
        return line + joint + app.language.plural(one, many, open_)

    def _axes_line(self) -> str:
        fields = query_fields(self._app.vault.rules.schema, "listing")
        cells, code = Cells(self._app), self._app.language.code
        told = []
        for key in AXES:
            value = self._classes.value(key, self._values)
            if value is not None:
                field = fields[key]
                unit = f" {field.unit}" if field.unit else ""
                told.append(f"{field.label(code)} {cells.shown(field, value)}{unit}")
        return " · ".join(told)
