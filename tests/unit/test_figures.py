"""How pages write sums inside words that were frozen as they were said."""

import pytest

from luodi.service.templatetags.luodi import counted, in_wan


@pytest.mark.parametrize(("words", "shown"), [
    ("读到的是 25340000元", "读到的是 2,534 万元"), ("要求不低于 525,000元", "要求不低于 52.5 万元"), ("得 10000元", "得 1 万元"),
    ("高于10,000,000,000元", "高于100 亿元"), ("达到 150000000元", "达到 15,000 万元"),
    ("得 12,345元", "得 12,345元"), ("每亩 9,800元", "每亩 9,800元"), ("50万元", "50万元"), ("1.50000元", "1.50000元"),
    ("12,345.67元", "12,345.67元"), ("", ""),
])  # fmt: skip
def test_sums_of_ten_thousand_yuan_are_told_in_wan_where_two_decimals_do(words, shown):
    assert in_wan(words) == shown


def test_counts_are_set_apart_by_thousands():
    assert [counted(number) for number in (0, 999, 2046, 303484, None)] == ["0", "999", "2,046", "303,484", "—"]
