"""The real product in a real browser: ``luodi serve`` with the demo on a port and folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("LUODI_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update"]
WIDTHS = {"desktop": (1280, 900), "phone": (360, 780)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no chromium: apt-get install chromium fonts-noto-cjk"))


@dataclass(frozen=True)
class Account:
    """One demo account as the service lists it."""

    username: str
    password: str
    role: str


@dataclass(frozen=True)
class Site:
    """Where the product is served and who may sign in."""

    address: str
    accounts: tuple[Account, ...]

    def account(self, username: str) -> Account:
        return next(account for account in self.accounts if account.username == username)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home, port = tmp_path_factory.mktemp("home"), _free_port()
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "LUODI_TODAY")}
    environment["LUODI_HOME"] = str(home)
    log = open(home / "serve.log", "wb")  # noqa: SIM115 - closed with the server
    server = subprocess.Popen(
        [sys.executable, "-m", "luodi", "serve", "--port", str(port)], env=environment, cwd=ROOT, stderr=log, stdout=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, home / "serve.log")
        yield Site(address, _accounts(home / "demo-accounts.txt"))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
        log.close()
        subprocess.run([sys.executable, "-m", "luodi", "remove", "--yes"], env=environment, cwd=ROOT, check=True)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/", timeout=5).read()
            return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the service did not come up:\n{log.read_text()[-3000:]}")


def _accounts(listing: Path) -> tuple[Account, ...]:
    rows = (re.split(r"\s{2,}|\t|\s*\|\s*", line.strip()) for line in listing.read_text().splitlines())
    return tuple(
        Account(row[0], row[1], row[2]) for row in rows if len(row) >= 3 and re.fullmatch(r"[a-z0-9_.-]+", row[0])
    )


def press(page, what) -> None:
    """Press what leads to a page, and wait until that page stands: a click alone does not wait."""
    with page.expect_navigation():
        what.click()


def press_button(page, words: str) -> None:
    """Press the first button of exactly these words and wait for the page that it leads to."""
    press(page, page.get_by_role("button", name=words, exact=True).first)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses its sandbox to root
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield running
        running.close()


@dataclass(frozen=True)
class Visitor:
    """A browser context of one person at one width, and what its pages complained about."""

    context: BrowserContext
    complaints: list[str]
    site: Site

    def open(self, address: str, expect: int = 200):
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        answer = page.goto(self.site.address + address)
        assert answer is not None
        assert answer.status == expect, f"{address}: {answer.status}"
        return page


@pytest.fixture
def visit(site: Site, browser: Browser):
    """Open a browser as somebody (None: the public) at a width; complaints of the console are failures."""
    contexts = []

    def start(username: str | None = None, width: str = "desktop", javascript: bool = True) -> Visitor:
        size = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", java_script_enabled=javascript
        )
        contexts.append(context)
        visitor = Visitor(context, [], site)
        page = context.new_page()
        page.on("console", lambda message: visitor.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        if username is not None:
            account = site.account(username)
            page.goto(f"{site.address}/accounts/login/")
            page.fill("#id_login", account.username)
            page.fill("#id_password", account.password)
            press(page, page.locator("main button[type=submit]"))
            assert page.url.rstrip("/") == site.address, f"{username} could not sign in"
        return visitor

    yield start
    for context in contexts:
        context.close()
