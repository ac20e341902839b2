"""The verbs of the log, and the keys its `[key:: value]` fields may have.

Both tables are open: a brokerage adds verbs in its rules. A verb says whether
an entry is a contact with the person of the note, and what came of it when the
entry does not say (ours; the verbs themselves are the trade's).
"""

from __future__ import annotations

from brokernotes.light_dataclasses import dataclass

# What changes where a listing stands, and what one side of a bargain says of a price.
DEEDS = ("deposit", "sign", "deposit_cancel", "rescind", "transfer", "handover")
OFFER_VERBS = frozenset(("offer", "counter_offer", "negotiate"))


@dataclass(frozen=True, slots=True)
class Verb:
    """What was done, as the word after an entry's date says.

    Attributes:
        id: for programs.
        zh: the Chinese word, also what a Chinese vault writes.
        en: the English word.
        contact: whether it is a contact with the note's person.
        outcome: what is assumed when the entry names no outcome; None: no contact.
        words: other spellings that are read.
    """

    id: str
    zh: str
    en: str
    contact: bool = True
    outcome: str | None = "reached"
    words: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The word a vault of this language writes."""
        return self.zh if language == "zh" else self.en

    def spellings(self) -> tuple[str, ...]:
        """Everything that is read as this verb."""
        return (self.zh, self.en, self.id, *self.words)


@dataclass(frozen=True, slots=True)
class LogKey:
    """One key of an entry's fields.

    Attributes:
        id: for programs.
        zh: the Chinese key, also what a Chinese vault writes.
        en: the English key.
        kind: text, int, number, money, moment (a date, a datetime or 无), enum, term, terms,
            entry (an entry id) or change (`OLD→NEW`).
        choices: name of its vocabulary in `model.enums`.
        low: smallest plausible value of a number.
        high: largest.
        unit: of a money value without one.
        confidential: whether it tells the owner's mind.
        words: other spellings that are read.
    """

    id: str
    zh: str
    en: str
    kind: str
    choices: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    confidential: bool = False
    words: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The word a vault of this language writes."""
        return self.zh if language == "zh" else self.en

    def spellings(self) -> tuple[str, ...]:
        """Everything that is read as this key."""
        return (self.zh, self.en, self.id, *self.words)


def _verbs(table: str, *, contact: bool, outcome: str | None) -> tuple[Verb, ...]:
    rows = (line.split() for line in table.strip().splitlines())
    return tuple(
        Verb(row[0], row[1], row[2].replace("_", " "), contact, outcome, tuple(row[3:]))
        for row in rows
    )


VERBS: tuple[Verb, ...] = (
    *_verbs(
        """
        call                电话   Call                 打电话 去电
        meeting             面谈   Meeting              见面
        visit               到店   Visit                来店
        revisit             回访   Revisit
        followup            跟进   Follow-up            followup
        showing             带看   Showing
        second_showing      复看   Second_showing       二看
        accompanied_showing 陪看   Accompanied_showing
        negotiate           议价   Negotiate
        offer               报价   Offer                出价
        counter_offer       还价   Counter-offer
        price_change        调价   Price_change         改价
        deposit             定金   Deposit
        deposit_cancel      退订   Deposit_cancelled    退定
        sign                签约   Sign
        rescind             解约   Rescind
        transfer            过户   Transfer
        handover            交房   Handover
        net_signing         网签   Online_filing
        bank_interview      面签   Bank_interview
        tax_payment         缴税   Tax_payment          交税
        first_rent          押金首期 Deposit_and_first_rent
        entrust             签委托 Entrust
        exclusive           签独家 Exclusive
        """,
        contact=True,
        outcome="reached",
    ),
    *_verbs(
        """
        wechat              微信   WeChat
        sms                 短信   SMS
        recommend           推荐   Recommend
        greet               祝福   Greet
        """,
        contact=True,
        outcome="sent",
    ),
    *_verbs(
        """
        preview             空看   Preview
        survey              实勘   Survey
        key_in              收钥匙 Key_in
        key_lend            借钥匙 Key_lent
        key_back            还钥匙 Key_back
        promote             推广   Promote
        take_down           下架   Take_down
        market              行情   Market
        fund_supervision    资金监管 Fund_supervision
        loan_approval       批贷   Loan_approval
        mortgage_registration 抵押登记 Mortgage_registration
        loan_release        放款   Loan_release
        hukou_moved         户口迁出 Hukou_moved_out
        balance_payment     尾款   Balance_payment
        registration        备案   Registration
        status              状态   Status
        note                备注   Note
        removed             已移除 Removed
        """,
        contact=False,
        outcome=None,
    ),
)

SHOWING_VERBS = frozenset({"showing", "second_showing", "accompanied_showing"})

LOG_KEYS: tuple[LogKey, ...] = (
    LogKey("outcome", "结果", "outcome", "enum", "outcome"),
    LogKey("interest", "意向", "interest", "int", low=1, high=5),
    LogKey("next", "下次", "next", "moment"),
    LogKey("place", "地点", "place", "text"),
    LogKey("duration", "时长", "duration", "int", low=1, high=1440, unit="分钟"),
    LogKey("from", "来", "from", "enum", "from"),
    LogKey("owner_outcome", "业主", "owner outcome", "enum", "outcome"),
    LogKey("corrects", "更正", "corrects", "entry"),
    LogKey("amount", "价", "amount", "money", unit="万元"),
    LogKey("side", "方", "side", "enum", "side"),
    LogKey("slip", "确认书", "slip", "text"),
    LogKey("reaction", "反应", "reaction", "enum", "reaction"),
    LogKey("objections", "顾虑", "objections", "terms", "objection"),
    LogKey("demand", "需求", "demand", "enum", "demand"),
    LogKey("topic", "价值", "topic", "term", "topic"),
    LogKey("reason", "原因", "reason", "text"),
    LogKey("expected_price", "心理价", "expected price", "money", unit="万元", confidential=True),
    LogKey("reserve_price", "底价", "reserve price", "money", unit="万元", confidential=True),
    LogKey("status", "状态", "status", "change", "listing_status"),
)
