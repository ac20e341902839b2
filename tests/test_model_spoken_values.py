import pytest

from brokernotes.model.spoken_values import in_digits, is_share


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("四百八十万", "480万"),
        ("一百二十五万五千", "125.5万"),
        ("一亿两千万", "12000万"),
        ("三百到四百万", "300到400万"),
        ("四千五", "4500"),
        ("四千五百元/月", "4500元/月"),
        ("一百二十平", "120平"),
        ("五百万以内", "500万以内"),
        ("5500块", "5500元"),
        ("十二个月", "12个月"),
    ],
)
def test_numerals_become_digits(said, digits):
    assert in_digits(said) == digits


@pytest.mark.parametrize("said", ["480", "480万", "5百万", "5 百万", "面议", "四五百", "", "万"])
def test_what_says_no_numeral_is_left_alone(said):
    assert in_digits(said) is None


@pytest.mark.parametrize("said", ["5成", "三成", "50%", "三成半"])
def test_a_share_is_no_amount(said):
    assert is_share(said)


@pytest.mark.parametrize("said", ["50", "八成新", "300万"])
def test_an_amount_is_no_share(said):
    assert not is_share(said)
