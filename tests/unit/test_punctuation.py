"""Marks on pages and in papers stand as Chinese papers print them."""

import pytest

from luodi.policy.punctuation import widened


@pytest.mark.parametrize(
    ("folded", "printed"),
    [
        ("在本市注册,且上年度营业收入1,200万元以上;有场所", "在本市注册，且上年度营业收入1,200万元以上；有场所"),
        ("艺术基金(一般项目)申报指南", "艺术基金（一般项目）申报指南"),
        ("工业企业(含软件企业,不含园区)", "工业企业（含软件企业，不含园区）"),
        ("《办法》(云政发〔2026〕8号)", "《办法》（云政发〔2026〕8号）"),
    ],
)
def test_marks_behind_chinese_words_are_wide(folded: str, printed: str) -> None:
    assert widened(folded) == printed == widened(printed)


@pytest.mark.parametrize(
    "text", ["四.(三).2#1", "1.(2)", "原文：“在本市注册,且(含分支)”", "8:30—17:00", "ISO(9001)", "1,309 元", "一.(一)"]
)
def test_numbers_addresses_and_quotations_stay(text: str) -> None:
    assert widened(text) == text
