import pytest
from hypothesis import given
from hypothesis import strategies as st

from brokernotes.model.enums import CLOSED
from brokernotes.model.milestones import (
    FIXED,
    STEPS,
    TEMPLATES,
    order_of,
    papers_of,
    steps_before,
    template_of,
)
from brokernotes.model.records import Record
from brokernotes.model.rules import builtin_schema
from brokernotes.model.terms import OPEN
from brokernotes.notes.rulebook import read_rules

PAPERS = {paper.id for paper in OPEN["paper"]}
SALE_LOAN = [
    *("定金", "签约", "网签", "资金监管", "面签", "批贷", "缴税"),
    *("过户", "抵押登记", "放款", "交房", "户口迁出", "尾款"),
]


def deal(**values):
    return Record(path="成交/x.md", type="deal", id=None, values=values)


def words(steps):
    labels = {step.id: step.zh for step in CLOSED["deal_step"]}
    return [labels[step] for step in steps]


def test_the_orders_are_those_of_the_design():
    assert words(TEMPLATES["sale_loan"]) == SALE_LOAN
    assert words(TEMPLATES["sale_cash"]) == (
        ["定金", "签约", "网签", "资金监管", "缴税", "过户", "交房", "户口迁出", "尾款"]
    )
    assert words(TEMPLATES["lease"]) == ["定金", "签约", "押金首期", "备案", "交房"]


def test_steps_vocabulary_templates_and_fields_speak_of_the_same_things():
    schema = builtin_schema()
    assert set(STEPS) == {step.id for step in CLOSED["deal_step"]}
    assert set(TEMPLATES) == {one.id for one in CLOSED["deal_template"]}
    for step in STEPS.values():
        assert step.field in schema.fields("deal"), step
        assert step.verb in schema.verbs, step
        assert {*step.papers, *filter(None, [step.proof])} <= PAPERS, step
        assert step.origin == "ours" or step.source, step
    for order in TEMPLATES.values():
        assert set(order) <= set(STEPS)


@pytest.mark.parametrize(
    ("values", "template"),
    [
        ({"template": "sale_cash", "transaction": "lease"}, "sale_cash"),
        ({"transaction": "lease"}, "lease"),
        ({"transaction": "sale", "rent": 7000}, "sale_loan"),
        ({"rent": 7000}, "lease"),
        ({"price": 620}, "sale_loan"),
        ({}, "sale_loan"),
    ],
)
def test_a_template_follows_from_what_the_deal_is_about(values, template):
    assert template_of(deal(**values)) == template


def test_a_citys_own_order_holds_for_the_templates_it_names():
    rules, problems = read_rules(
        "format: 1\ndeals:\n  city: 上海\n  cities:\n    上海:\n"
        "      全款买卖: [定金, 网签, 签约, tax_payment, 过户]\n"
    )
    assert problems == []
    settings = rules.other["deals"]
    assert words(order_of("sale_cash", settings)) == ["定金", "网签", "签约", "缴税", "过户"]
    assert order_of("lease", settings) == TEMPLATES["lease"]


def test_own_papers_take_the_place_of_the_built_in_ones():
    rules, problems = read_rules(
        "format: 1\ndeals:\n  papers:\n    过户: [产证, 公证委托书]\n    缴税: 完税凭证\n"
    )
    assert problems == []
    settings = rules.other["deals"]
    assert papers_of(STEPS["transfer"], settings) == ("title_deed", "公证委托书")
    assert papers_of(STEPS["tax_payment"], settings) == ("tax_receipts",)
    assert papers_of(STEPS["net_signing"], settings) == STEPS["net_signing"].papers


@given(
    st.permutations(SALE_LOAN).flatmap(
        lambda steps: st.integers(2, len(steps)).map(lambda count: steps[:count])
    )
)
def test_any_order_that_holds_deposit_and_signing_is_taken_and_no_other(steps):
    rules, problems = read_rules(
        f"format: 1\ndeals:\n  city: X\n  cities:\n    X:\n      sale_loan: [{', '.join(steps)}]\n"
    )
    order = words(order_of("sale_loan", rules.other["deals"]))
    if {"定金", "签约"} <= set(steps):
        assert (order, problems) == (steps, [])
    else:
        assert order == SALE_LOAN
        assert [one.code for one in problems] == ["rules-step-missing"]


@given(st.sampled_from(sorted(TEMPLATES)), st.randoms(use_true_random=False))
def test_what_must_come_before_a_step_stands_before_it_in_any_order(template, random):
    order = list(TEMPLATES[template])
    random.shuffle(order)
    for step in order:
        before = steps_before(step, order)
        assert step not in before
        assert before <= set(order)
        for first in before:
            assert steps_before(first, order) <= before
    for step in TEMPLATES[template]:
        place = TEMPLATES[template].index(step)
        assert steps_before(step, TEMPLATES[template]) <= set(TEMPLATES[template][:place])


def test_what_no_order_may_lack_is_in_all_of_ours():
    assert all(set(FIXED) <= set(order) for order in TEMPLATES.values())
