"""Load on the service: 20 users of all roles, 1–3 s think time, 10 % writes; p50, p95 and errors for each page.

    .venv/bin/luodi serve --port 8123 &
    .venv/bin/python bench/service/load.py http://127.0.0.1:8123 .luodi/demo-accounts.txt --requests 1000

Prints cores, load average and one line a page; the exit code is 1 if any page failed or its p95 is over 300 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

import requests

PUBLIC = ["/", "/policies/", "/duties/", "/goals/", "/sectors/", "/calculator/"]
LIMIT_MS = 300.0


def accounts(listing: Path) -> list[tuple[str, str]]:
    rows = (re.split(r"\s{2,}|\t|\s*\|\s*", line.strip()) for line in listing.read_text().splitlines())
    return [(row[0], row[1]) for row in rows if len(row) >= 3 and re.fullmatch(r"[a-z0-9_.-]+", row[0])]


class User(threading.Thread):
    """One person who reads pages reachable from the navigation and now and then sends a form."""

    def __init__(self, base: str, account: tuple[str, str] | None, seed: int, shared: Shared) -> None:
        super().__init__(daemon=True)
        self.base, self.account, self.shared = base, account, shared
        self.random, self.session = random.Random(seed), requests.Session()

    def run(self) -> None:
        if self.account:
            self.sign_in()
        pages = self.pages()
        while self.shared.take():
            if self.random.random() < 0.10:
                self.write()
            else:
                self.get(self.random.choice(pages))
            time.sleep(self.random.uniform(1, 3) * self.shared.think)

    def pages(self) -> list[str]:
        """The navigation of this role, and one level below the public pages."""
        home = self.session.get(self.base + "/").text
        found = set(re.findall(r'href="(/[a-z][^"#]*)"', home)) | set(PUBLIC)
        for address in list(PUBLIC[1:4]):
            found |= set(
                re.findall(r'href="(/(?:policies|duties|goals)/[^"#]+)"', self.session.get(self.base + address).text)[
                    :12
                ]
            )
        return sorted(
            a
            for a in found
            if not a.startswith(("/static", "/accounts", "/api")) and "export" not in a and "/load/" not in a
        )

    def sign_in(self) -> None:
        token = self.token("/accounts/login/")
        form = {"login": self.account[0], "password": self.account[1], "csrfmiddlewaretoken": token}
        self.session.post(self.base + "/accounts/login/", form, headers={"Referer": self.base})

    def token(self, address: str) -> str:
        return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.session.get(self.base + address).text)[1]

    def get(self, address: str) -> None:
        self.shared.timed(name_of(address), lambda: self.session.get(self.base + address))

    def write(self) -> None:
        """Move the business date of the own session there and back: a session row is written each time."""
        form = {"csrfmiddlewaretoken": self.token("/"), "business_date": "2020-10-15", "next": "/"}
        self.shared.timed(
            "POST business date",
            lambda: self.session.post(
                self.base + "/accounts/business-date/", form, headers={"Referer": self.base}, allow_redirects=False
            ),
        )


class Shared:
    """How many requests are left, and what each page took."""

    def __init__(self, total: int, think: float) -> None:
        self.left, self.think, self.lock = total, think, threading.Lock()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []

    def take(self) -> bool:
        with self.lock:
            self.left -= 1
            return self.left >= 0

    def timed(self, name: str, call) -> None:
        start = time.perf_counter()
        answer = call()
        took = (time.perf_counter() - start) * 1000
        with self.lock:
            self.times[name].append(took)
            if answer.status_code >= 400:
                self.failures.append(f"{name}: {answer.status_code}")


def name_of(address: str) -> str:
    """Pages of one kind are one line: identifiers and queries are folded away."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", address.split("?")[0])
    path = re.sub(r"^/policies/(?!$)[^/]+/clause/.*", "/policies/<slug>/clause/<article>/", path)
    return re.sub(r"^/policies/(?!<)[^/]+/", "/policies/<slug>/", path)


def report(shared: Shared) -> bool:
    """Print the table; True if every page holds."""
    print(f"cores {os.cpu_count()}  load {os.getloadavg()[0]:.2f}  requests {sum(map(len, shared.times.values()))}")
    print(f"{'page':44} {'n':>5} {'p50 ms':>8} {'p95 ms':>8}")
    slow = False
    for name, times in sorted(shared.times.items()):
        p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        slow |= p95 > LIMIT_MS
        print(
            f"{name:44} {len(times):5} {statistics.median(times):8.0f} {p95:8.0f}{'  over 300' if p95 > LIMIT_MS else ''}"
        )
    print(f"errors: {len(shared.failures)} {sorted(set(shared.failures))[:5]}")
    return not slow and not shared.failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("accounts", type=Path)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--think", type=float, default=1.0, help="factor on the 1–3 s think time")
    options = parser.parse_args()
    people = accounts(options.accounts)
    shared = Shared(options.requests, options.think)
    users = [
        User(options.base.rstrip("/"), None if number % 4 == 3 else people[number % len(people)], number, shared)
        for number in range(options.users)
    ]
    for user in users:
        user.start()
    for user in users:
        user.join()
    return 0 if report(shared) else 1


if __name__ == "__main__":
    sys.exit(main())
