"""What is said of a sheet's cells and rows, beside what is said of any value."""

from __future__ import annotations

from collections.abc import Mapping

from brokernotes.errors import BrokernotesError, Severity
from brokernotes.features.problem_texts import spoken
from brokernotes.language import N_, Language
from brokernotes.model.problems import PROBLEMS

MESSAGES: Mapping[str, str] = {
    "cell-date": N_("{column}: a spreadsheet made the date {value} of what was typed here"),
    "cell-door": N_("{column}: “{value}” is no door such as 3号楼2单元501"),
    "cell-error": N_("{column}: the cell holds the spreadsheet's error {value}"),
    "cell-floors": N_("{column}: “{value}” is no floor such as 5/18"),
    "cell-formula": N_("{column}: the file keeps no value of the formula {value}"),
    "cell-layout": N_("{column}: “{value}” is no layout such as 3室2厅1卫"),
    "cell-long": N_("{column}: the text is too long for a field"),
    "cell-range": N_("{column}: “{value}” is no range such as 600-650"),
    "link-ambiguous": N_("{column}: “{value}” may mean more than one note"),
    "link-unknown": N_("{column}: there is no note {value}"),
    "one-phone": N_("{column}: the field holds one phone of the {count} in the cell"),
    "phone-rounded": N_("{column}: the phone {value} was rounded by a spreadsheet"),
    "phone-zero": N_("{column}: {value} may have lost a 0 at its beginning"),
    "row-aside": N_("the row is a sum or the headings once more; no note is made of it"),
    "row-nameless": N_("the row says neither whom nor what it is about; it is left out"),
    "row-twice": N_("the row is about the same as row {first}"),
    "row-differs": N_("{column}: row {first} says otherwise; the first one counts"),
    "row-keyless": N_("the row has no {keys}; changed later, it will be taken for a new one"),
    "status-refused": N_("the status stays: {reason}"),
    "row-forbidden": N_("{path} is left out: {reason}"),
    "note-refused": N_("{path} cannot be changed: {reason}"),
    "unset-word": N_("{column}: “{value}” is no value"),
}
_SEVERITIES = {"row-nameless": Severity.ERROR, "note-refused": Severity.ERROR,
               "row-forbidden": Severity.ERROR,
               "row-aside": Severity.HINT, "row-keyless": Severity.HINT,
               "row-twice": Severity.HINT}  # fmt: skip


def finding_text(code: str, params: Mapping[str, object], language: Language) -> str:
    """The sentence of a finding.

    Args:
        code: of it.
        params: the places of its message; `column` is the heading, `why` an error.
        language: of the one who reads it.
    """
    message = MESSAGES.get(code)
    given = {"column": "", "value": "", **spoken(params, language)}
    if isinstance(why := params.get("why"), BrokernotesError):
        given["reason"] = language.text(why.message, **spoken(why.params, language))
    if message is None:
        message = PROBLEMS[code].message
        given["key"] = given["column"]
    return language.text(message, **given)


def finding_severity(code: str) -> Severity:
    """How much it matters: an error is a row that was left out."""
    return _SEVERITIES.get(code, Severity.WARNING)
