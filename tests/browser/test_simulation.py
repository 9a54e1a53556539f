"""What an officer tries out and what is frozen: the simulation, a kept scenario, a determination, at both widths."""

from __future__ import annotations

import re

import pytest

from browser.conftest import press, press_button
from browser.test_walk import accessibility, assert_fits

POLICY = "hangzhou-2018-mci"


def _money(page, label: str) -> float:
    """The sum in 万元 that stands beside a label of the outcome."""
    shown = page.locator(".sums > div", has_text=label).locator(".big").inner_text()
    return float(re.sub(r"[^0-9.+-]", "", shown))


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_changed_sum_moves_the_budget_and_is_kept_as_a_scenario(visit, width):
    visitor = visit("lead", width)
    page = visitor.open(f"/simulation/?policy={POLICY}")
    page.locator("details.card").first.locator("summary").click()
    page.get_by_label(re.compile("三等")).first.fill("120万元")  # a few recipients alone would be withheld
    page.get_by_label(re.compile("二等")).first.fill("150")
    press_button(page, "试算")
    assert page.locator("[aria-invalid=true]").count() == 1, "a sum without its unit is refused where it stands"
    page.locator("[aria-invalid=true]").fill("150万元")
    press_button(page, "试算")
    before, after, more = _money(page, "现行"), _money(page, "改动后"), _money(page, "增减")
    assert after > before > 0
    assert more == pytest.approx(after - before, abs=0.02)
    assert_fits("simulation", page)
    problems = accessibility("simulation", page)
    page.get_by_label("方案名称").fill(f"提高二等三等 {width}")
    press_button(page, "保存")
    assert page.get_by_role("heading", name=re.compile(f"提高二等三等 {width}")).first.is_visible()
    assert_fits("scenario", page)
    assert problems + accessibility("scenario", page) == []
    assert [told for told in visitor.complaints if "422" not in told] == []  # 422 is the refusal above


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_determination_is_made_and_runs_again_alike(visit, width):
    visitor = visit("lead", width)
    page = visitor.open(f"/entitled/?policy={POLICY}")
    press(page, page.locator("main table a[href^='/entitled/']").first)
    press(page, page.get_by_role("button", name=re.compile("出具测算单")))
    assert "/determinations/" in page.url
    assert page.get_by_role("status").filter(has_text="复算一致").is_visible()
    assert_fits("determination", page)
    assert accessibility("determination", page) == []
    assert visitor.complaints == []
