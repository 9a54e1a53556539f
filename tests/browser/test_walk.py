"""Each page as each role at desktop and phone width: it answers, fits the width, complains of nothing, passes axe."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browser.conftest import WIDTHS, press
from luodi.service.accounts.roles import ROLES

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
NOT_PAGES = re.compile(r"^/(static|accounts/logout|api/openapi)|export|download|\.(xlsx|docx|json|txt)$")
# What axe cannot decide by itself, each with the reason why it holds. Anything else that is incomplete fails.
EXPLAINED = {
    ("color-contrast", "nonBmp"): "shapes (● ▲ ■) stand before a word of the same state and are hidden from readers",
    (
        "color-contrast",
        "imgNode",
    ): "words drawn in a chart: the page's ink on the figure's white ground, told again in its table",
    ("color-contrast", "shortTextContent"): "a single sign in the colours of its state, whose word stands beside it",
}

ELEMENTS = """[...new Set([...document.querySelectorAll('body *')].map(
    e => e.tagName + '.' + (e.getAttribute('class') || '') + '.' + (e.getAttribute('role') || '')))].sort().join()"""
CUT_OFF = """[...document.querySelectorAll("table.stacked")].filter(table => table.offsetParent
    && table.parentElement.scrollWidth > table.parentElement.clientWidth + 1).map(table => table.caption?.textContent)"""
MOST_ABOVE = 110  # px of header and notices on a phone
CHECKED: set[tuple[str, int, str]] = set()


def kind_of(address: str) -> str:
    """Pages of one kind differ only in an identifier, a slug or a query."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", unquote(address).split("?")[0])
    path = re.sub(r"/clause/.+", "/clause/<article>/", path)
    path = re.sub(r"^/people/\d+/", "/people/<person>/", path)
    return re.sub(r"^/policies/[^/]+/", "/policies/<slug>/", path)


def links(page) -> list[str]:
    found = page.eval_on_selector_all("a[href^='/']", "nodes => nodes.map(node => node.getAttribute('href'))")
    return [address.split("#")[0] for address in found if address and not NOT_PAGES.search(address)]


def walk(visitor, depth: int = 3):
    """Open one page of every kind that can be reached by links, and yield (kind, page)."""
    seen, queue = set(), [("/", 0)]
    while queue:
        address, level = queue.pop(0)
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        page = visitor.open(address)
        yield kind_of(address), page
        if level < depth:
            queue += [(link, level + 1) for link in links(page)]


def assert_fits(kind: str, page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{kind}: {over}px wider than the window"
    assert page.locator("h1").count() == 1, f"{kind}: one h1"
    assert page.locator("time").count() >= 1, f"{kind}: business date"
    if page.viewport_size["width"] == WIDTHS["phone"][0]:
        cut = page.evaluate(CUT_OFF)
        assert cut == [], f"{kind}: columns off the screen of a phone: {cut}"
        begins = page.locator("main").bounding_box()["y"]
        assert begins <= MOST_ABOVE, f"{kind}: {begins} px of a phone before the page begins"


def accessibility(kind: str, page) -> list[str]:
    """What axe finds; a page made of the very same kinds of elements at the same width is checked once."""
    made_of = (kind, page.viewport_size["width"], page.evaluate(ELEMENTS))
    if made_of in CHECKED:
        return []
    found = Axe().run(page, options={**WCAG, "resultTypes": ["violations", "incomplete"]}).response
    problems = [
        f"{kind}: {state} {rule['id']}: {node['html'][:160]} {[c.get('message') for c in node.get('any', [])][:1]}"
        for state in ("violations", "incomplete")
        for rule in found[state]
        for node in rule["nodes"]
        if not (state == "incomplete" and is_explained(rule["id"], node))
    ]
    if not problems:
        CHECKED.add(made_of)
    return problems


def is_explained(rule: str, node: dict) -> bool:
    keys = [(check.get("data") or {}).get("messageKey") for check in node.get("any", [])]
    return bool(keys) and all((rule, key) in EXPLAINED for key in keys)


def test_the_menu_of_a_phone_opens_without_a_script(visit):
    page = visit("lead", "phone", javascript=False).open("/")
    target = page.get_by_role("link", name="责任看板", exact=True)
    expect(target).to_be_hidden()
    page.get_by_role("button", name="菜单", exact=True).press("Enter")
    expect(target).to_be_visible()
    press(page, target)
    assert page.url.endswith("/duties/")
    with_script = visit("lead", "phone").open("/goals/")
    with_script.get_by_role("button", name="菜单", exact=True).click()
    expect(with_script.get_by_role("button", name="退出")).to_be_visible()
    assert accessibility("menu", with_script) == []
    with_script.keyboard.press("Escape")
    expect(with_script.get_by_role("button", name="退出")).to_be_hidden()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_public_pages(visit, width):
    visitor = visit(None, width)
    kinds, problems = [], []
    for kind, page in walk(visitor):
        kinds.append(kind)
        assert_fits(kind, page)
        problems += accessibility(kind, page)
    assert {"/", "/policies/", "/policies/<slug>/", "/duties/", "/goals/", "/sectors/", "/calculator/"} <= set(kinds)
    assert problems == []
    assert visitor.complaints == []


@pytest.mark.parametrize("role", sorted(ROLES))
def test_pages_of_a_role(visit, site, role):
    account = next((a for a in site.accounts if ROLES[role].name in a.role), None)
    assert account is not None, f"no demo account for {ROLES[role].name}"
    for width in ("desktop", "phone"):
        visitor = visit(account.username, width)
        problems = []
        for kind, page in walk(visitor, depth=2):
            assert_fits(kind, page)
            if width == "phone":
                problems += accessibility(kind, page)
        assert problems == []
        assert visitor.complaints == []
