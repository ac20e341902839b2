"""What an import shows: the columns, the rows, the sum, the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from brokernotes.cli.app import App
from brokernotes.cli.console import Column as Shown
from brokernotes.cli.importing_vault import Import
from brokernotes.cli.outcomes import writer_json
from brokernotes.cli.width import fit, pad
from brokernotes.cli.writers import Flags
from brokernotes.errors import Severity
from brokernotes.features.importing_findings import finding_severity, finding_text
from brokernotes.features.importing_mapping import filled_keys
from brokernotes.features.importing_merge import TEXT_KEY, Difference
from brokernotes.features.importing_plan import ACTIONS, Plan, Step
from brokernotes.features.importing_rows import Placed
from brokernotes.features.importing_words import OUT, TEXT
from brokernotes.language import N_
from brokernotes.model.schema import Kind
from brokernotes.model.values import mask_phone, mask_phones_in_text
from brokernotes.storage.imports import mapping_path

if TYPE_CHECKING:
    from brokernotes.storage.drafts import Written

_ROWS = 20  # on a terminal; a pipe gets them all
_FINDINGS = 30
_ACTIONS = {
    "add": N_("add"),
    "update": N_("update"),
    "skip": N_("skip"),
    "conflict": N_("conflict"),
    "refuse": N_("left out"),
}
_SUMS = {  # hints are told by their number
    "row-twice": (
        N_("{count} row is about the same as another"),
        N_("{count} rows are about the same as another"),
    ),
    "row-keyless": (
        N_("{count} row has nothing to be recognised by once it is changed"),
        N_("{count} rows have nothing to be recognised by once they are changed"),
    ),
    "row-aside": (
        N_("{count} row is a sum or the headings once more"),
        N_("{count} rows are sums or the headings once more"),
    ),
}
_STYLES = {"add": "good", "update": "bold", "conflict": "warning", "refuse": "error", "skip": "dim"}
_SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.HINT: N_("hint"),
}


# -- columns


def show_columns(app: App, opened: Import, *, whole: bool) -> None:
    """How the file was read and what becomes of its columns; beside the result.

    Args:
        app: of the run.
        opened: the sheet.
        whole: also columns that are as the last time.
    """
    sheet = opened.sheet
    if sheet.encoding is not None:
        say = N_("{path}: {encoding}, cells parted by {delimiter}, headings in line {line}")
    else:
        say = N_("{path}: sheet {sheet}, headings in row {line}")
    app.console.say(
        app.text(
            say,
            path=sheet.path,
            encoding=(sheet.encoding or "").upper(),
            delimiter={"\t": "TAB"}.get(sheet.delimiter or "", f"“{sheet.delimiter}”"),
            sheet=sheet.name,
            line=opened.header,
        )
    )
    if sheet.is_cut:
        app.console.say(app.text(N_("rows behind ten thousand blank ones were not looked at")))
    if opened.saved and opened.is_unchanged and not whole:
        kept = mapping_path(opened.mapping.name)
        app.console.say(app.text(N_("columns as last time: {path}"), path=kept))
        return
    heads = [app.text(one) for one in (N_("column"), N_("becomes"), N_("for example"), N_("by"))]
    lines = [heads]
    for column in opened.columns:
        sample = next((one for one in opened.samples[column.at] if one), "")
        why = app.text(column.why, column=column.other) if column.other else app.text(column.why)
        lines.append([column.label, _target(app, opened, column.target),
                      mask_phones_in_text(" ".join(sample.split())), why])  # fmt: skip
    widths = fit(lines, [6, 8, 6, 0], app.console.width)
    for line in lines:
        parts = [pad(cell, width) for cell, width in zip(line, widths, strict=True) if width]
        app.console.say("  ".join(parts).rstrip())


def _target(app: App, opened: Import, target: str) -> str:
    if target == OUT:
        return app.text(N_("(left out)"))
    if target == TEXT:
        return app.text(N_("(text of the note)"))
    fields = app.vault.rules.schema.fields(opened.kind)
    labels = [fields[key].label(app.language.code) for key in filled_keys(target, opened.kind)
              if key in fields]  # fmt: skip
    joint = "、" if app.language.code == "zh" else ", "
    return f"{target} {joint.join(labels)}"


# -- result


def show_result(
    app: App, opened: Import, plan: Plan, written: Written | None, flags: Flags
) -> None:
    """The rows, the sum and the findings."""
    if flags.as_json:
        app.console.json(_json(app, opened, plan, written))
        return
    steps = [step for step in plan.steps if step.action != "skip"] if flags.dry_run else [
        step for step in plan.steps if step.action in ("conflict", "refuse")
    ]  # fmt: skip
    if flags.dry_run:
        steps = [*plan.made, *steps]
    _show_steps(app, opened, steps)
    _show_findings(app, opened, plan)
    _show_sum(app, plan, flags)


def _show_steps(app: App, opened: Import, steps: list[Step]) -> None:
    limit = _ROWS if app.console.is_terminal else len(steps)
    # What wants a decision comes first where not all are shown.
    urgent = sorted(steps, key=lambda one: (one.action != "conflict", one.action == "add"))
    chosen = steps if len(steps) <= limit else urgent[:limit]
    rows = [_row(app, opened, step) for step in chosen]
    columns = [
        Shown("row", app.text(N_("row")), right=True),
        Shown("action", app.text(N_("action")), shown=lambda row: app.text(_ACTIONS[row["action"]]),
              style=lambda row: _STYLES[row["action"]]),
        Shown("title", app.text(N_("note")), least=12),
        Shown("difference", app.text(N_("difference")), least=10),
    ]  # fmt: skip
    app.console.rows(rows, columns, "table")
    if len(steps) > limit:
        app.console.say(
            app.text(N_("… and {count} more; --json shows all"), count=len(steps) - limit)
        )


def _row(app: App, opened: Import, step: Step) -> dict[str, Any]:
    differences = step.conflicts or step.changes
    joint = "；" if app.language.code == "zh" else "; "
    shown = [_difference(app, opened, one) for one in differences[:3]]
    if len(differences) > 3:
        shown.append("…")
    return {
        "row": ", ".join(str(row) for row in step.entry.rows) or "-",
        "action": step.action,
        "title": step.title,
        "difference": joint.join(shown),
    }


def _difference(app: App, opened: Import, one: Difference) -> str:
    field = app.vault.rules.schema.fields(opened.kind).get(one.key)
    label = field.label(app.language.code) if field else one.key.removeprefix(TEXT_KEY)
    empty = app.text(N_("(empty)"))
    hide = mask_phone if field is not None and field.kind is Kind.PHONE else mask_phones_in_text
    old, new = (hide(text) if text else empty for text in (one.old, one.new))
    return f"{label}: {old} → {new}"


def _show_findings(app: App, opened: Import, plan: Plan) -> None:
    found = plan.findings
    hints = Counter(one.finding.code for one in found if _severity(one) is Severity.HINT)
    told = [one for one in found if _severity(one) is not Severity.HINT]
    for one in told[:_FINDINGS]:
        severity = _severity(one)
        label = app.text(_SEVERITIES[severity])
        where = opened.sheet.place(one.row, one.column)
        app.console.say(f"{where}: {label}[{one.finding.code}] {_message(app, one)}")
    if len(told) > _FINDINGS:
        more = len(told) - _FINDINGS
        app.console.say(app.text(N_("… and {count} more; --json shows all"), count=more))
    for code, (single, plural) in _SUMS.items():
        if hints[code]:
            app.console.say(app.language.plural(single, plural, hints[code]))


def _severity(one: Placed) -> Severity:
    return finding_severity(one.finding.code)


def _message(app: App, one: Placed) -> str:
    return mask_phones_in_text(finding_text(one.finding.code, one.finding.params, app.language))


def _show_sum(app: App, plan: Plan, flags: Flags) -> None:
    counts = plan.counts()
    parts = [f"{app.text(_ACTIONS[action])} {counts[action]}" for action in ACTIONS]
    if plan.made:
        parts.insert(1, app.text(N_("estates made {count}"), count=len(plan.made)))
    kept = sum(step.kept for step in plan.steps)
    if kept:
        parts.append(
            app.language.plural(
                N_("{count} value changed by hand stays"),
                N_("{count} values changed by hand stay"),
                kept,
            )
        )
    warnings = sum(_severity(one) is Severity.WARNING for one in plan.findings)
    if warnings:
        parts.append(app.language.plural(N_("{count} finding"), N_("{count} findings"), warnings))
    app.console.say(" · ".join(parts))
    if flags.dry_run:
        app.console.say(app.text(N_("Nothing was written.")))
    if counts["conflict"]:
        app.console.say(
            app.text(
                N_("Where they disagree the note stays; `--prefer file` takes the file's values, "
                   "`--prefer note` settles it for the note.")
            )
        )  # fmt: skip


# -- JSON


def _json(app: App, opened: Import, plan: Plan, written: Written | None) -> dict[str, object]:
    sheet = opened.sheet
    shape: dict[str, object] = {"file": sheet.path, "kind": opened.kind}
    if sheet.encoding is not None:
        shape |= {"encoding": sheet.encoding, "delimiter": sheet.delimiter}
    else:
        shape["sheet"] = sheet.name
    shape["header"] = opened.header
    shape["mapping"] = [
        {"column": one.label, "key": one.target, "keys": list(filled_keys(one.target, opened.kind))
         if one.target not in (TEXT, OUT) else []}
        for one in opened.columns
    ]  # fmt: skip
    shape["counts"] = {**plan.counts(), "communities": len(plan.made)}
    shape["rows"] = [
        *(_step_json(app, opened, one, one.title) for one in plan.made),
        *(_step_json(app, opened, one) for one in plan.steps),
    ]
    if written is not None:
        outcome = writer_json(written, id_=None, path="")
        shape |= {key: outcome[key] for key in ("changed", "operation", "commit")
                  if key in outcome}  # fmt: skip
    else:
        shape["changed"] = False
    return shape


def _step_json(app: App, opened: Import, step: Step, made: str = "") -> dict[str, object]:
    return {
        "row": step.entry.rows[0] if step.entry.rows else None,
        "rows": step.entry.rows,
        "type": "community" if made else opened.kind,
        "action": step.action,
        "id": step.ref if step.ref[1:2] == "-" else None,
        "path": step.path or None,
        "title": step.title or None,
        "changes": [_difference_json(app, opened, one) for one in step.changes],
        "conflicts": [_difference_json(app, opened, one) for one in step.conflicts],
        "problems": [_finding_json(app, opened, one) for one in step.entry.findings],
    }


def _difference_json(app: App, opened: Import, one: Difference) -> Mapping[str, object]:
    field = app.vault.rules.schema.fields(opened.kind).get(one.key)
    hide = mask_phone if field is not None and field.kind is Kind.PHONE else mask_phones_in_text
    return {"key": one.key, "old": hide(one.old) if one.old else None,
            "new": hide(one.new) if one.new else None}  # fmt: skip


def _finding_json(app: App, opened: Import, one: Placed) -> Mapping[str, object]:
    return {
        "at": opened.sheet.place(one.row, one.column),
        "row": one.row,
        "column": one.label or None,
        "severity": str(_severity(one)),
        "code": one.finding.code,
        "message": _message(app, one),
    }
