"""What `status` takes by an option of its own, and people give by `--set`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brokernotes.errors import ArgumentError
from brokernotes.language import N_
from brokernotes.model.schema import fold

if TYPE_CHECKING:
    from brokernotes.features.assignments import Assignment
    from brokernotes.model.schema import Schema

_OPTION_WORDS = {
    "--amount": ("定金", "订金", "意向金", "诚意金", "deposit", "amount"),
    "--buyer": ("买家", "客户", "买受人", "租客", "client", "customer", "with"),
    "--price": ("成交", "成交金额", "agreed"),
    "--sign-by": ("签约", "签约日期", "签合同", "signby", "signing"),
    "--reason": ("原因", "理由", "reason", "why"),
    "--at": ("时间", "日期", "date", "when", "at"),
}


def refuse_option(assignment: Assignment, schema: Schema) -> None:
    """Say which option a value is given by, where `--set` knows no such field: 定金=5万.

    Raises:
        ArgumentError: it is an option's.
    """
    key = assignment.key
    if any(schema.find_field(one, key) for one in ("deal", "listing")):
        return
    option = next((name for name, words in _OPTION_WORDS.items() if fold(key) in words), None)
    if option is None:
        return
    start = assignment.typed.find(key)
    raise ArgumentError(
        N_("{type} notes have no field {key}"),
        assignment.typed,
        (start, start + len(key)),
        hint=N_("Write `{option} {value}`."),
        type="deal",
        key=key,
        option=option,
        value=assignment.value,
    )
