"""What stands in the way of showing a listing outside; only `check --publishable` asks.

Origins name the law or rule with its article. Of those marked as remembered the text was not
at hand when this was written: look them up before you rely on them.
"""

from __future__ import annotations

from brokernotes.errors import Severity
from brokernotes.language import N_
from brokernotes.model.problems.kinds import ProblemKind

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_OPTION = "--publishable"

_LISTING = (
    ProblemKind(
        code="publish-status",
        severity=_ERROR,
        message=N_("the listing is not on the market (status: {value}), and not to be advertised"),
        hint=N_("Take the advertisements down, then empty `published`."),
        about=N_("An advertisement for a home nobody can have is a false one."),
        origin=N_(
            "what is published is true and on offer: Housing Lease Regulation (2025), article "
            "16 (found); for sales, Brokerage Measures, article 25 (remembered)"
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-consent",
        severity=_ERROR,
        message=N_("the owner's written consent to publishing is not on record"),
        hint=N_("Have it signed, and write its day into `publish_consent`."),
        about=N_("Without the owner's written consent a home is not shown to the public."),
        origin=N_(
            "Housing Lease Regulation (2025), article 23 (found); for sales, Brokerage "
            "Measures, article 22 (remembered)"
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-unentrusted",
        severity=_ERROR,
        message=N_("there is no written entrustment"),
        hint=N_("Have one signed, and write it into `entrustment`: 独家 or 非独家."),
        about=N_("Who was not entrusted in writing may look for buyers, but not advertise."),
        origin=N_("no written entrustment, no publication: Fuzhou notice of 2013 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-entrustment-ended",
        severity=_ERROR,
        message=N_("the entrustment ended on {value}"),
        hint=N_("Renew it and write the new `entrust_until`, or take the advertisements down."),
        about=N_("The right to advertise ends with the entrustment it rests on."),
        origin=N_("no written entrustment, no publication: Fuzhou notice of 2013 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-seized",
        severity=_ERROR,
        message=N_("the home is under seizure ({value})"),
        hint=N_("Publish it when the seizure is lifted, and remove it from `encumbrances`."),
        about=N_("A home whose title a court or an authority restricts is not advertised."),
        origin=N_("Provisions on Real Estate Advertisements (order 80), article 5, item 3 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-code",
        severity=_ERROR,
        message=N_("the city's verification code is missing"),
        hint=N_("Apply for it, and write it into `verification_code`."),
        about=N_(
            "Some cities allow no advertisement without a valid code, which must stand in it. The "
            "rules say whether yours does: `publish.verification_code`."
        ),
        origin=N_("Shenzhen, codes of listings (2021) (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-unconfirmed",
        severity=_ERROR,
        message=N_(
            "nobody reached the owner or saw the home in the last {days} days (last: {last})"
        ),
        hint=N_("Call the owner, ask about price and status, and log it."),
        about=N_(
            "A price or a status that nobody has confirmed for a month is not known to be true. A "
            "contact with the owner counts, and an inspection."
        ),
        origin=N_(
            "what is published is true: Housing Lease Regulation (2025), article 16 (found); "
            "the number of days is ours: `publish.confirmed_days`"
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-inspection",
        severity=_ERROR,
        message=N_("the home was not inspected"),
        hint=N_("Go there, draw up its state, and write the day into `inspected_on`."),
        about=N_("Who publishes a home has seen it."),
        origin=N_(
            "Housing Lease Regulation (2025), articles 22 and 23 (found); for sales, "
            "Brokerage Measures, article 22 (remembered)"
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-title",
        severity=_ERROR,
        message=N_("the title was not checked"),
        hint=N_("Look up the register, and write the day into `title_checked_on`."),
        about=N_("Only the register says whose home it is, and what lies on it."),
        origin=N_(
            "Housing Lease Regulation (2025), article 22 (found); for sales, Brokerage "
            "Measures, article 22 (remembered)"
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-photos",
        severity=_WARNING,
        message=N_("there are no photos of it"),
        hint=N_("Take them there, and write the day into `photos_on`."),
        about=N_("A true listing really exists, is on offer, at this price, and looks like this."),
        origin=N_("the trade's four truths of a listing (真房源) (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="publish-fact",
        severity=_ERROR,
        message=N_("{key} is not stated, and an advertisement must say it"),
        hint=N_("Fill in `{key}`."),
        about=N_(
            "An advertisement names the estate, the area, the district, the price and the agency "
            "that was entrusted (`firm` in the note of the listing's agent)."
        ),
        origin=N_(
            "Shenzhen, codes of listings (2021); the area: Advertising Law, article 26 (found)"
        ),
        option=_OPTION,
    ),
)

_WORDS = (
    ProblemKind(
        code="ad-return",
        severity=_ERROR,
        message=N_("“{text}” promises that the home gains value or brings a return"),
        hint=N_("Leave it out; say what was paid nearby, and when."),
        about=N_("Nobody can promise what a home will be worth."),
        origin=N_("Advertising Law, article 26, item 1 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="ad-travel-time",
        severity=_ERROR,
        message=N_("“{text}” tells a place by the time it takes to get there"),
        hint=N_("Say the distance: 800 metres to the metro."),
        about=N_("How long a way takes depends on who goes and when; metres do not."),
        origin=N_("Advertising Law, article 26, item 2 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="ad-promise",
        severity=_ERROR,
        message=N_("“{text}” promises a school, a household registration or a job"),
        hint=N_("Say what is: the school it belongs to this year, and whether its place is used."),
        about=N_("Places at school and registrations are the authorities' to give."),
        origin=N_("Provisions on Real Estate Advertisements (order 80), article 18 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="ad-superlative",
        severity=_ERROR,
        message=N_("“{text}” claims to be the first or best of all"),
        hint=N_("Say what it is, and let others compare."),
        about=N_(
            "The law names 国家级, 最高级 and 最佳 and means every word like them. What only tells "
            "a number, a time or a name (最近, 最多三人, 第一中学) is no such claim."
        ),
        origin=N_("Advertising Law, article 9, item 3 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="ad-plans",
        severity=_WARNING,
        message=N_("“{text}” tells of what is only planned or being built"),
        hint=N_("Add “以政府公布为准”, or leave it out."),
        about=N_("Plans change; an advertisement says that they are plans, and whose word counts."),
        origin=N_(
            "Advertising Law, article 26, item 4, and Provisions (order 80), article 12 "
            "(found); the wording is ours"
        ),
        option=_OPTION,
    ),
    ProblemKind(
        code="ad-area",
        severity=_WARNING,
        message=N_("“{text}” does not say whether the area is the built or the inner one"),
        hint=N_("Write 建筑面积 or 套内面积 before it."),
        about=N_("The two differ by a fifth and more, so a bare number misleads."),
        origin=N_("Advertising Law, article 26 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="ad-superstition",
        severity=_ERROR,
        message=N_("“{text}” appeals to feng shui or fortune"),
        hint=N_("Leave it out."),
        about=N_("Advertisements for homes may not."),
        origin=N_("Provisions on Real Estate Advertisements (order 80), article 8 (found)"),
        option=_OPTION,
    ),
    ProblemKind(
        code="ad-financing",
        severity=_ERROR,
        message=N_("“{text}” offers to finance the down payment"),
        hint=N_("Leave it out; the bank says what it lends."),
        about=N_("Advertisements for homes may not offer financing in any form."),
        origin=N_("Provisions on Real Estate Advertisements (order 80), article 16 (found)"),
        option=_OPTION,
    ),
)

KINDS: tuple[ProblemKind, ...] = (*_LISTING, *_WORDS)
