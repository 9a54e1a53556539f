"""Papers, comparisons and links between papers at both widths: they fit, complain of nothing and pass axe."""

from __future__ import annotations

import pytest

from browser.conftest import press_button
from browser.test_walk import accessibility, assert_fits

HANGZHOU, YUNLAN = "/policies/hangzhou-2018-mci/", "/policies/yunlan-2026-mci/"
PUBLIC = (
    f"{HANGZHOU}papers/guide/四.(三).4/", f"{YUNLAN}papers/guide/", f"{HANGZHOU}papers/items/",
    "/compare/?left=hangzhou-2018-mci&right=yunlan-2026-mci&ignore=period",
)  # fmt: skip
OFFICE = (f"{HANGZHOU}papers/manual/", f"{HANGZHOU}links/?article=四.(三).2", f"{HANGZHOU}clause/四.(三).2/")


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize(("who", "pages"), [(None, PUBLIC), ("lead", OFFICE)], ids=["public", "office"])
def test_pages(visit, who, pages, width):
    visitor = visit(who, width)
    problems = []
    for address in pages:
        page = visitor.open(address)
        assert_fits(address, page)
        problems += accessibility(address, page)
    assert problems == []
    assert visitor.complaints == []


@pytest.mark.parametrize(("width", "shown"), [("desktop", ".wide-drawing"), ("phone", ".narrow-drawing")])
def test_the_drawing_of_a_comparison_is_read_without_going_sideways(visit, width, shown):
    page = visit(None, width).open("/compare/?left=hangzhou-2018-mci&right=yunlan-2026-mci&ignore=period")
    drawn = [each for each in page.locator("figure svg").all() if each.is_visible()]
    assert len(drawn) == page.locator("figure").count() == page.locator(f"{shown} svg").count()
    for svg in drawn:
        inside = svg.evaluate("""svg => [...svg.querySelectorAll("text, rect")].every((each) => {
            const [own, figure] = [each.getBoundingClientRect(), svg.closest("figure").getBoundingClientRect()];
            return own.left >= figure.left && own.right <= figure.right;
        })""")
        assert inside and svg.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width") > 0.8


def test_a_link_is_recorded_and_seen_on_the_clause(visit):
    page = visit("lead", "desktop").open(f"{HANGZHOU}links/")
    page.get_by_label("本文条款").select_option("四.(三).2")
    page.get_by_label("关系", exact=True).select_option("basis")
    page.get_by_label("文件标题").fill("某省科技奖励办法")
    page.get_by_label("对方条款").fill("第三条")
    press_button(page, "登记")
    assert page.get_by_text("已登记文件关联").is_visible()
    page.goto(page.url.replace("links/", "clause/四.(三).2/"))
    assert "某省科技奖励办法" in page.get_by_role("region", name="相关文件和适用次序").inner_text()
