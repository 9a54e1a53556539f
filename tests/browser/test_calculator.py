"""The calculator as a new visitor uses it: questions to the end, without JavaScript, on a desk and on a phone; printed."""

from __future__ import annotations

import re

import pytest

from browser.conftest import press
from browser.pictures import keep
from browser.test_walk import accessibility

LONGEST = 30


def answer(page) -> None:
    """Fill the page as somebody would who holds a title and a prize, and leave open what is not known."""
    for group in page.locator("fieldset").all():
        boxes = group.locator("input[type=checkbox]")
        radios = group.locator("input[type=radio]")
        if boxes.count():
            for box in boxes.all()[:2]:
                box.check()
        elif radios.count():
            radios.first.check()
    for field in page.locator(".question input[name]:not([type=hidden]):not([type=checkbox]):not([type=radio])").all():
        label = page.locator(f"label[for='{field.get_attribute('id')}']").inner_text()
        field.fill("2020-05-20" if re.search(r"日期|哪一天|何时", label) else "0" if "领取" in label else "1")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_questions_lead_to_a_result_that_prints_on_one_page(visit, width, tmp_path):
    visitor = visit(None, width, javascript=False)
    page = visitor.open("/calculator/")
    press(page, page.locator("text=开始回答"))
    asked = 0
    while page.locator("button[value=next]").count():
        answer(page)
        press(page, page.locator("button[value=next]"))
        asked += 1
        assert page.url == f"{visitor.site.address}/calculator/", "answers must not stand in the address"
        assert asked < LONGEST
    text = page.inner_text("main")

    assert asked >= 2
    for words in ("可确定金额", "最高可能金额", "测算结果仅供参考", "预计可享", "依据原文"):
        assert words in text
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    if width == "desktop":
        keep(page, "calculator-result", tmp_path)
        printed = page.pdf(format="A4", prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert visitor.complaints == []


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_questions_and_result_are_accessible(visit, width):
    visitor = visit(None, width)
    page = visitor.open("/calculator/")
    press(page, page.locator("text=开始回答"))
    problems = accessibility("first question", page)
    answer(page)
    press(page, page.locator("button[value=next]"))
    if page.locator("button[value=result]").count():
        press(page, page.locator("button[value=result]"))
    problems += accessibility("result", page)
    assert problems == []


def test_a_wrong_credit_code_is_explained_and_kept(visit):
    page = visit(None).open("/calculator/")
    page.fill("#code", "91330100MA27XXXXX0")
    press(page, page.locator("button[value=code]"))
    assert page.locator("[role=alert]").is_visible()
    assert "校验" in page.inner_text("main") or "信用代码" in page.inner_text("[role=alert]")
    assert page.input_value("#code") == "91330100MA27XXXXX0"
