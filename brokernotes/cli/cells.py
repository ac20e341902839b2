"""The values of notes as programs bind to them, and as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.console import plain_cell
from brokernotes.language import N_
from brokernotes.model.phones import mask_phones_in_text
from brokernotes.model.query_keys import is_derived
from brokernotes.model.schema import Field, Kind, Schema

if TYPE_CHECKING:
    from brokernotes.storage.queries import NoteRow


_NAMES = ("title", "aliases")


class Cells:
    """Values of one run's notes; what links lead to is looked up once.

    Args:
        app: of the run.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._schema = app.vault.rules.schema
        self._ids: dict[str, str | None] = {}
        self._titles: dict[str, str] = {}

    def whole(self, row: NoteRow, values: Mapping[str, Any]) -> dict[str, Any]:
        """A note in the shape programs bind to: every field that is set."""
        shape: dict[str, Any] = {
            "id": row.id, "type": row.type, "path": row.path,
            "title": mask_phones_in_text(row.title),
        }  # fmt: skip
        for field in self._schema.fields(row.type).values():
            if field.key in values and field.key not in shape:
                shape[field.key] = self.plain(field, values[field.key])
        if row.invalid:
            shape["invalid"] = list(row.invalid)
        return shape | self._hidden(row)

    def chosen(self, fields: Sequence[Field], values: Mapping[str, Any]) -> dict[str, Any]:
        """The asked fields of a note, None where one is not set."""
        return {field.key: self.plain(field, values.get(field.key)) for field in fields}

    def asked(
        self, row: NoteRow, fields: Sequence[Field], values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The same, and which of them are kept from the viewer."""
        shape = self.chosen(fields, values)
        return shape | self._hidden(row, frozenset(shape))

    def _hidden(self, row: NoteRow, asked: frozenset[str] | None = None) -> dict[str, Any]:
        """The keys whose values are kept from the viewer (`--as`), if there are any."""
        if not self._app.as_option:
            return {}
        from brokernotes.cli.viewing import kept_keys

        kept = [key for key in kept_keys(self._app, row) if asked is None or key in asked]
        return {"hidden": kept} if kept else {}

    def plain(self, field: Field, value: Any) -> Any:
        """A value for programs: ids for links, phones masked, also where a name holds one."""
        if value is None:
            return None
        if isinstance(value, list):
            return [self.plain(field, item) for item in value]
        if field.kind is Kind.LINK:
            return self._id(value) or value
        if field.kind is Kind.PHONE:
            from brokernotes.model.values import mask_phone

            return mask_phone(value)
        return mask_phones_in_text(value) if field.key in _NAMES else value

    def shown(self, field: Field, value: Any) -> str:
        """A value of `plain` as people read it: words for ids, titles for links."""
        if value is None:
            return ""
        code = self._app.language.code
        if isinstance(value, list | tuple):
            joint = "、" if code == "zh" else ", "
            return joint.join(self.shown(field, item) for item in value)
        vocabulary = self._schema.vocabulary(field)
        if vocabulary is not None:
            return vocabulary.label(str(value), code)
        if field.kind is Kind.LINK:
            return self._title(str(value))
        if field.kind is Kind.BOOL:
            return self._app.text(N_("yes") if value else N_("no"))
        if field.key == "layout" and code == "en" and is_derived(field):
            return str(value).replace("室", " bed ").replace("厅", " living").strip()
        if field.kind is Kind.DATETIME:
            return str(value).replace("T", " ")
        return plain_cell(value)

    def _id(self, target: str) -> str | None:
        if target not in self._ids:
            self._ids[target] = self._app.vault.queries.id_of(target)
        return self._ids[target]

    def _title(self, id_: str) -> str:
        if id_ not in self._titles:
            self._titles[id_] = self._app.vault.queries.titles([id_]).get(id_, id_)
        return mask_phones_in_text(self._titles[id_])


def to_json(app: App, row: NoteRow, values: Mapping[str, Any]) -> dict[str, Any]:
    """One note in the shape programs bind to."""
    return Cells(app).whole(row, values)


def shown_value(app: App, schema: Schema, field: Field, value: Any) -> str:
    """One value as people read it."""
    return Cells(app).shown(field, value)
