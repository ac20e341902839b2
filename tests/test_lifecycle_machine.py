"""Whatever is typed, killed or edited by hand: no listing gets where it cannot be.

A small brokerage of one home, two buyers and an owner; real commands in this process, kills in
a child. After every step listing, log, deals and clients agree, or `check` says that they do not,
and no entry that ever stood in a note is gone.
"""

import os
import re
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from brokernotes.features.lifecycle_log import logged_rounds, round_of, status_changes
from brokernotes.model.lifecycle import STATUSES, is_legal, legal_next
from tests.drawing import DrawnVault
from tests.killing import die_after

DRAWING = """
    -- brokernotes.yaml --
    format: 1
    language: zh
    -- 小区/园.md --
    ---
    id: M-000001
    type: community
    title: 园
    ---
    -- 客源/周先生-Z0W000.md --
    ---
    id: C-Z0W000
    type: client
    title: 周先生
    stage: 在看
    intents:
      - 出售
    created: 2026-06-01
    ---
    -- 客源/李女士-9F3DWA.md --
    ---
    id: C-9F3DWA
    type: client
    title: 李女士
    stage: 在看
    created: 2026-06-01
    ---
    -- 客源/陈小姐-C4EN00.md --
    ---
    id: C-C4EN00
    type: client
    title: 陈小姐
    stage: 在看
    created: 2026-06-01
    ---
    -- 房源/园 3室-7K2PQM.md --
    ---
    id: L-7K2PQM
    type: listing
    title: 园 3室
    community: "[[园]]"
    status: 在售
    grade: A
    price: 620
    rent: 8000
    gross_area: 100
    owner:
      - "[[周先生-Z0W000]]"
    owner_phone: "13900000001"
    published:
      - 贝壳 2026-06-02
    created: 2026-06-01
    ---

    ## 跟进记录

    - 2026-06-01 10:00 签委托 三个月 ^3ack67k2p
"""
LISTING = "房源/园 3室-7K2PQM.md"
WORDS = "在售 在租 租售 定金 我售 我租 他售 他租 暂缓 到期"
LABELS = dict(zip(STATUSES, WORDS.split(" "), strict=True))
DEEDS = ["签约", "退订", "解约", "过户", "交房"]
ON_THE_WAY = {
    "for_sale": ["定金", "签约"],
    "for_lease": ["定金", "签约"],
    "sale_or_lease": ["定金", "我售", "我租"],
    "deposit": ["退订", "签约"],
    "sold_by_us": ["过户", "交房", "解约", "在售", "在租"],
    "leased_by_us": ["交房", "解约", "在租"],
}
FULL = (
    "--reason", "因为", "--set", "price=600万", "--set", "rent=8000",
    "--set", "entrust_until=2039-01-01",
)  # fmt: skip
ENTRY = re.compile(r"\^([0-9a-z]{9})$", re.MULTILINE)
PEOPLE = ("C-9F3DWA", "C-C4EN00")


class Brokerage(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.drawn = DrawnVault(self.folder)
        self.drawn.draw(DRAWING)
        self.now = datetime(2026, 11, 21, 9)
        self.seen: dict[str, set[str]] = {}
        self.by_hand = False  # somebody typed a status without the rest

    def teardown(self):
        shutil.rmtree(self.folder)

    # -- what is there

    def run(self, *args):
        self.now += timedelta(minutes=1)
        return self.drawn.run(*args, now=self.now.isoformat(timespec="minutes"))

    def records(self, kind):
        from brokernotes.joint import open_vault

        with open_vault(str(self.drawn.root), self.drawn.environ()) as vault:
            folder = {"listing": "房源", "deal": "成交", "client": "客源"}[kind]
            paths = sorted((self.drawn.root / folder).glob("*.md"))
            return [
                vault.reader.read(f"{folder}/{path.name}", path.read_text("utf-8")).record
                for path in paths
            ]

    @property
    def listing(self):
        return self.records("listing")[0]

    @property
    def status(self):
        return self.listing.text("status")

    # -- what people do

    @rule(word=st.sampled_from([*LABELS.values(), *DEEDS]), buyer=st.sampled_from(PEOPLE),
          answer=st.sampled_from(["--yes", "--no"]))  # fmt: skip
    def status_says(self, word, buyer, answer):
        args = self.arguments(word, buyer, answer)
        before = self.texts()
        done = self.run(*args)
        assert done.exit in (0, 1, 2, 4), done.err
        if done.exit:
            assert self.texts() == before, "refused, and yet something was written"

    @rule(choice=st.integers(0, 99), buyer=st.sampled_from(PEOPLE))
    def a_deal_goes_on(self, choice, buyer):
        """What random words seldom hit: the way of a sale or a lease to its end, or back."""
        deeds = ON_THE_WAY.get(self.status or "")
        words = deeds or [LABELS[one] for one in legal_next(self.status)]
        self.run(*self.arguments(words[choice % len(words)], buyer, "--yes"))

    @rule(choice=st.integers(0, 99), buyer=st.sampled_from(PEOPLE))
    def and_on(self, choice, buyer):
        self.a_deal_goes_on(choice, buyer)

    def arguments(self, word, buyer, answer):
        sign_by = f"{self.now + timedelta(days=9):%Y-%m-%d}"
        args = ["status", "L-7K2PQM", word, answer, *FULL[:2]]
        if word in ("定金", "签约", "我售", "我租"):
            args += ["--buyer", buyer, "--set", "lease_months=12"]
            if word == "定金":
                args += ["--amount", "1万", "--sign-by", sign_by]
        if word == "退订":
            args += ["--settled", "退还"]
        if word in ("在售", "在租", "租售", "暂缓") and self.status == "deposit":
            args += ["--settled", "没收"]
        elif word in ("在售", "在租", "租售"):
            args += FULL[2:]
        return args

    @rule(status=st.sampled_from(list(LABELS.values())))
    def set_says(self, status):
        before = self.texts()
        done = self.run("set", "L-7K2PQM", f"status={status}", *FULL[3::2])
        if done.exit:
            assert self.texts() == before

    @rule(stage=st.sampled_from(["报价", "定金", "签约", "取消", "完成"]))
    def a_deal_is_set(self, stage):
        deals = self.records("deal")
        if deals:
            done = self.run("set", str(deals[-1].id), f"stage={stage}")
            assert done.exit in (0, 1), done.err

    @rule(words=st.sampled_from(["备注 看过", "下架 贝壳", "回访 在考虑", "带看"]))
    def something_is_logged(self, words):
        assert self.run("log", "L-7K2PQM", *words.split()).exit == 0

    @rule(buyer=st.sampled_from(PEOPLE))
    def an_offer_is_noted(self, buyer):
        done = self.run(
            "new", "deal", "--set", "listing=L-7K2PQM", "--set", f"buyer={buyer}",
            "--set", "stage=报价", "--force",
        )  # fmt: skip
        assert done.exit == 0, done.err

    @rule(days=st.integers(1, 40))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @rule(status=st.sampled_from(STATUSES), stays=st.sampled_from([False, False, True]))
    def somebody_types_a_status(self, status, stays):
        text = self.drawn.read(LISTING)
        typed = re.sub(r"^status:.*$", f"status: {LABELS[status]}", text, flags=re.MULTILINE)
        changes = status_changes(self.listing.entries, self.now.date())
        self.drawn.write(LISTING, typed)
        if changes and changes[-1].new != status:
            assert "status-unlogged" in self.codes()
        if stays:
            self.by_hand = True
        else:
            self.drawn.write(LISTING, text)

    @precondition(lambda self: not self.by_hand)
    @rule(word=st.sampled_from([*LABELS.values(), *DEEDS]), files=st.integers(0, 3))
    def the_computer_dies(self, word, files):
        self.now += timedelta(minutes=1)
        args = self.arguments(word, PEOPLE[0], "--yes")
        process = os.fork()
        if process == 0:
            try:
                die_after(files)
                self.drawn.run(*args, now=self.now.isoformat(timespec="minutes"))
            finally:
                os._exit(1)
        os.waitpid(process, 0)
        self.run("list", "listings")  # whoever comes next brings it to its end

    # -- what always holds

    def texts(self):
        return {
            str(path.relative_to(self.drawn.root)): path.read_text("utf-8")
            for path in self.drawn.root.rglob("*.md")
        }

    def codes(self):
        return {found["code"] for found in self.drawn.problems(now=self.now.isoformat())}

    @invariant()
    def no_entry_is_lost(self):
        assert set(self.seen) <= set(self.texts()), "a whole note is gone"
        for path, text in self.texts().items():
            ids = set(ENTRY.findall(text))
            assert self.seen.get(path, set()) <= ids
            self.seen[path] = ids

    @invariant()
    def every_change_in_the_log_is_legal(self):
        before = None
        for change in status_changes(self.listing.entries, self.now.date()):
            assert is_legal(change.old, change.new)
            assert before in (None, change.old)
            before = change.new

    @invariant()
    def notes_agree_or_check_says_so(self):
        listing, deals = self.listing, self.records("deal")
        wrong = list(_disagreements(listing, deals))
        if not self.by_hand:
            assert wrong == []
            changes = status_changes(listing.entries, self.now.date())
            assert not changes or changes[-1].new == listing.text("status")
            assert round_of(listing) == logged_rounds(changes)
        if wrong:
            assert {"deposit-without-deal", "deal-against-status", "two-open-deals"} & self.codes()


def _disagreements(listing, deals):
    """Told anew from the notes alone, not as the program does it."""
    status = listing.text("status")
    held = [
        deal for deal in deals
        if deal.text("stage") in ("deposit", "signed", "closing")
        and not any(
            entry.verb == ("handover" if deal.text("transaction") == "lease" else "transfer")
            for entry in deal.entries
        )
    ]  # fmt: skip
    sale = [deal for deal in held if deal.text("transaction") != "lease"]
    lease = [deal for deal in held if deal.text("transaction") == "lease"]
    if len(sale) > 1 or len(lease) > 1:
        yield "two"
    if status == "deposit" and not any(d.text("stage") in ("deposit", None) for d in deals):
        yield "bare"
    for deal in held:
        if deal.text("stage") == "deposit" and status != "deposit":
            yield "deposit elsewhere"
        if deal.text("stage") != "deposit" and status not in ("sold_by_us", "leased_by_us"):
            is_let = deal in lease and listing.text("occupant") == "tenant"
            if not is_let:
                yield "signed and offered"


_QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
TestBrokerage = Brokerage.TestCase
TestBrokerage.settings = settings(
    max_examples=10,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=_QUIET,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes: -m slow does
)


@pytest.mark.slow
class TestBrokerageAtLength(Brokerage.TestCase):
    settings = settings(
        max_examples=100, stateful_step_count=30, deadline=None, suppress_health_check=_QUIET
    )
