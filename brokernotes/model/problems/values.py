"""Problems of values: what a field or a log entry says cannot be read, or cannot be meant."""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_NUMBERS = (
    ProblemKind(
        code="bad-number",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a number"),
        hint=N_("Write digits with at most one point, such as 2.8."),
        about=N_("A number that cannot be read is left out of every comparison and sum."),
    ),
    ProblemKind(
        code="bad-int",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a whole number"),
        hint=N_("Write digits only, such as 3."),
        about=N_("A count that cannot be read is left out of every search and match."),
    ),
    ProblemKind(
        code="bad-money",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not an amount of money"),
        hint=N_("Write a number, with its unit if it is not {unit}, such as 620, 620万 or 5500元."),
        about=N_(
            "An amount that cannot be read is not used. The whole value has to be the amount; "
            "terms such as 各付 have fields of their own."
        ),
    ),
    ProblemKind(
        code="bad-area",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not an area"),
        hint=N_("Write square metres, such as 118.5 or 118.5㎡."),
        about=N_("An area that cannot be read is left out of every search and match."),
    ),
    ProblemKind(
        code="implausible",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is outside {low} to {high} {unit}"),
        hint=N_("It was read as {reading}; if {other} is meant, write the unit with the number."),
        about=N_(
            "A price typed in 元 where 万元 is meant is ten thousand times too high. The amount is "
            "not used until its unit is written; it is never guessed from its size."
        ),
    ),
    ProblemKind(
        code="out-of-range",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not between {low} and {high}"),
        hint=N_("Correct the number."),
        about=N_(
            "A number that cannot be true is not used, so that no search is led astray by it."
        ),
    ),
    ProblemKind(
        code="range-in-value",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is a range, and one number is due"),
        hint=N_("Write {low} and {high} into the two fields for the least and the most."),
        fixable=True,
        about=N_("A client's range has two fields, such as `budget_min` and `budget_max`."),
    ),
    ProblemKind(
        code="unset-word",
        severity=Severity.HINT,
        message=N_("{key}: “{value}” counts as not set"),
        hint=N_("Leave the value empty until it is known; `check --fix --only unset-word` does."),
        asked=True,
        about=N_("面议, 待定 and 暂无 say that there is no value yet. They are kept as they are."),
    ),
)

_WORDS = (
    ProblemKind(
        code="bad-bool",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is neither yes nor no"),
        hint=N_("Write true or false."),
        about=N_("Read are true and false, yes and no, 是 and 否, 有 and 无."),
    ),
    ProblemKind(
        code="bad-phone",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not one phone number"),
        hint=N_("Start with the number and put words after it, such as 13800138000 (妻子)."),
        about=N_(
            "People are told apart by their phones, so a number that cannot be read hides them."
        ),
    ),
    ProblemKind(
        code="bad-birthday",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a birthday"),
        hint=N_("Write 06-08, 1985-06-08, or for the lunar calendar L06-08 or L1985-06-08."),
        about=N_(
            "A birthday may lack its year. L marks a lunar one, L06+ the leap sixth month; "
            "“农历六月初八” and “1985年6月8日” are read, too."
        ),
    ),
    ProblemKind(
        code="birthday-age",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is an age, from which no day can be told"),
        hint=N_(
            "Write the day, with the year of birth where it is known: L1967-06-08. Who is 60 as "
            "China counts (虚岁) in 2026 was born in 2026 - 60 + 1 = 1967."
        ),
        about=N_(
            "An age is another one next year. Of a lunar birthday with its year both counts are "
            "told: the years lived (周岁) and China's (虚岁)."
        ),
    ),
    ProblemKind(
        code="lunar-impossible",
        severity=Severity.ERROR,
        message=N_(
            "{key}: no year from 1900 to 2100 has the leap month, or the day in it, of “{value}”"
        ),
        hint=N_("Leave out the + where the month is no leap month."),
        about=N_(
            "A leap month follows the second to the eleventh month, and few of them have 30 days: "
            "nobody was born on another day."
        ),
    ),
    ProblemKind(
        code="bad-location",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a place on the map"),
        hint=N_("Write latitude, then longitude, such as 31.2304,121.4737."),
        about=N_("Maps disagree on the order; here the latitude comes first."),
    ),
    ProblemKind(
        code="bad-consent",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a purpose and a date"),
        hint=N_("Write what was agreed to and since when, such as 发布 2026-08-20."),
        about=N_(
            "A consent counts for one purpose and from one day on; without both it proves nothing."
        ),
    ),
    ProblemKind(
        code="bad-published",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a platform and a date"),
        hint=N_("Write where the listing stands and since when, such as 贝壳 2026-08-20."),
        about=N_("When a listing leaves the market, each platform named here has to take it down."),
    ),
    ProblemKind(
        code="full-width",
        severity=Severity.WARNING,
        message=N_("{key}: “{value}” is written in full-width characters"),
        hint=N_("Write {plain} instead."),
        fixable=True,
        about=N_("They are read here, but Obsidian and other tools see a text and not a number."),
    ),
)

_DATES = (
    ProblemKind(
        code="bad-date",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a date"),
        hint=N_("Write year, month and day, such as 2026-08-20 or 2026-08-20 14:30."),
        about=N_("A date that cannot be read reminds nobody."),
    ),
    ProblemKind(
        code="date-ambiguous",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” does not say which day of which year"),
        hint=N_("Write year, month and day, such as 2026-08-20."),
        about=N_(
            "A note is read for years. A word such as 明天, a day without its year, or 03/04/2026 "
            "means another day to the next reader, so it is not used until a person decides."
        ),
    ),
    ProblemKind(
        code="date-impossible",
        severity=Severity.ERROR,
        message=N_("{key}: there is no “{value}” in the calendar"),
        hint=N_("Correct the month or the day."),
        about=N_("A date that does not exist is never moved to a day nearby."),
    ),
    ProblemKind(
        code="weekday-mismatch",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” names another weekday than that of {date}"),
        hint=N_("Correct the date, or remove the weekday."),
        about=N_("One of the two is a slip, and only a person knows which."),
    ),
    ProblemKind(
        code="bad-time",
        severity=Severity.ERROR,
        message=N_("{key}: “{value}” is not a time of day"),
        hint=N_("Write hours and minutes, such as 14:30, 14:30-15:15 or 下午2点半."),
        about=N_("An appointment whose time cannot be read has no time in the calendar."),
    ),
    ProblemKind(
        code="time-ambiguous",
        severity=Severity.WARNING,
        message=N_("{key}: “{value}” is taken as {reading}"),
        hint=N_("Write two digits for the hour, such as 15:00, or say 上午 or 下午."),
        about=N_("3点 is three in the morning as it stands, and hardly ever meant so."),
    ),
)

_CARDS = (
    ProblemKind(
        code="id-card",
        severity=Severity.ERROR,
        message=N_("an identity-card number stands here"),
        hint=N_(
            "Remove it; keep the paper where papers are kept, and write only that it was seen."
        ),
        about=N_(
            "A note is copied to every clone and kept by git for good. The law asks to keep no "
            "more of a person than the work needs; nobody needs this number to sell a home."
        ),
    ),
    ProblemKind(
        code="bank-card",
        severity=Severity.ERROR,
        message=N_("a bank-card number stands here"),
        hint=N_("Remove it; payments are agreed on paper."),
        about=N_("Bank accounts are sensitive data by law, and a note is copied to every clone."),
    ),
)

KINDS: tuple[ProblemKind, ...] = _NUMBERS + _WORDS + _DATES + _CARDS
