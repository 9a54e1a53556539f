"""Numerals, money, rates and counts as documents write them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.quantities.counts import find_counts
from luodi.quantities.money import find_bare_money, find_money
from luodi.quantities.numerals import numeral, scale
from luodi.quantities.periods import find_dates, find_deadlines, find_terms
from luodi.quantities.rates import find_rates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15", 15), ("1,000", 1000), ("1.5", Fraction(3, 2)), ("1.5万", 15000), ("3千", 3000), ("2万亿", 2 * 10**12),
        ("十", 10), ("十二", 12), ("二十", 20), ("二百五十", 250), ("一千零五", 1005), ("两百", 200),
        ("三万五千", 35000), ("一亿二千万", 120000000), ("二○二五", 2025), ("二〇一八", 2018),
    ],
)  # fmt: skip
def test_numerals(text, value):
    assert numeral(text) == value


@pytest.mark.parametrize("text", ["", "若干", "数百", "万元", "第一", "A"])
def test_what_is_no_numeral(text):
    assert numeral(text) is None


def test_scale_words_multiply():
    assert scale("千万") == 10**7
    assert scale("") == 1


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("奖励50万元", [500000]),
        ("1.5亿元", [150000000]),
        ("100 万元", [1000000]),
        ("五千亿元", [500000000000]),
        ("10万元、50、200万元", [100000, 500000, 2000000]),
        ("1000万、2000万、3000万元", [10000000, 20000000, 30000000]),
        ("1亿、5亿、10亿元", [100000000, 500000000, 1000000000]),
        ("8、6、4以及3、2、1万元", [80000, 60000, 40000, 30000, 20000, 10000]),
        ("20-500万元", [200000, 5000000]),
        ("3亿元至5亿元", [300000000, 500000000]),
        ("每平方米37.5元", [37.5]),
        ("5元旦晚会", []),
        ("1元件", []),
        ("补助一批企业", []),
    ],
)
def test_money(text, yuan):
    assert [one.fen / 100 for one in find_money(text)] == yuan


def test_money_keeps_place_unit_and_currency():
    (one,) = find_money("补助100元/亩,")
    assert (one.start, one.end, one.per, one.unit_inferred) == (2, 8, "亩", False)
    (dollars,) = find_money("到账500万美元")
    assert dollars.fen is None
    assert dollars.currency == "美元"
    assert find_money("给予100元/亩奖励")[0].per == "亩"
    assert find_money("10万元、50万元")[0].unit_inferred is False
    assert find_money("10、50万元")[0].unit_inferred is True


def test_a_lost_dash_makes_a_sum_suspect():
    assert [one.suspect for one in find_money("100万500万元")] == [True]
    assert find_money("每美元奖励0.015元")[0].fen is None


def test_sums_without_yuan_only_before_a_word_of_payment():
    assert [one.fen for one in find_bare_money("补助20万,面积3万平方米")] == [20000000]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("按30%", ["3/10"]), ("千分之五、5‰", ["1/200", "1/200"]), ("三分之一", ["1/3"]), ("百分之零点五", ["1/200"]), ("百分之五一次性补偿", ["1/20"]), ("百分之二十一", ["21/100"]),
        ("三成", ["3/10"]), ("1:1配套", ["1"]), ("1:0.5", ["1/2"]), ("一半", ["1/2"]), ("5、8和10%", ["1/20", "2/25", "1/10"]),
        ("50%、40%、30%", ["1/2", "2/5", "3/10"]), ("成立三成员会", []), ("第2、3条", []), ("3个百分点", []),
    ],
)  # fmt: skip
def test_rates(text, values):
    assert [str(one.value) for one in find_rates(text)] == values


def test_a_range_of_rates_has_both_ends():
    (one,) = find_rates("按10%—30%给予")
    assert (one.low, one.value) == (Fraction(1, 10), Fraction(3, 10))


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator", "low"),
    [
        ("10家以上", 10, "家", ">=", None), ("不低于5万人", 5, "万人", ">=", None), ("15%左右", 15, "%", "~", None),
        ("2万亿元", 2, "万亿元", None, None), ("1千万以上", 1, "千万", ">=", None), ("8—10个", 10, "个", None, 8),
        ("60余家", 60, "家", ">=", None), ("不超过6个月", 6, "个月", "<=", None), ("提高3个百分点", 3, "个百分点", None, None),
        ("控制在100万吨以内", 100, "万吨", "<=", None), ("十个", 10, "个", None, None), ("约50项", 50, "项", "~", None),
    ],
)  # fmt: skip
def test_counts(text, value, unit, comparator, low):
    (one,) = find_counts(text)
    assert (one.value, one.unit, one.comparator, one.low) == (value, unit, comparator, low)


def test_dates_in_both_scripts():
    assert [str(one.value) for one in find_dates("2019年1月14日、二○○九年十月二十九日、2023年2月30日")] == [
        "2019-01-14",
        "2009-10-29",
    ]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("到2020年,", "2020"), ("2025年底前", "2025"), ("到“十四五”末", "2025"), ("到2026年6月30日", "2026-06-30"),
        ("到二〇三〇年", "2030"),
    ],
)  # fmt: skip
def test_deadlines(text, when):
    (one,) = find_deadlines(text)
    assert (one.when, one.by) == (when, True)


def test_a_bare_year_is_marked_as_such():
    assert [one.by for one in find_deadlines("2020年初步建成")] == [False]


def test_terms():
    assert [(one.length, one.unit) for one in find_terms("连续5年,6个月内,5个工作日,三日")] == [
        (5, "year"),
        (6, "month"),
        (5, "working_day"),
        (3, "day"),
    ]


_ANY = st.text(
    alphabet="0123456789.,、和至—-一二十百万亿元%‰成分之年月日到底前家个人/亩约以上不超过“十四五”末 :", max_size=40
)


@given(_ANY)
def test_any_text_is_read_without_raising_and_places_lie_inside(text):
    for finder in (find_money, find_bare_money, find_rates, find_counts, find_dates, find_deadlines, find_terms):
        found = finder(text)
        assert all(0 <= one.start < one.end <= len(text) for one in found)
        assert [one.start for one in found] == sorted(one.start for one in found)
