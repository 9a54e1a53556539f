"""Load on the service: 20 users of all roles, 1–3 s think time, 10 % writes; p50, p95, slowest and errors of each page.

    .venv/bin/luodi serve --port 8123 &
    .venv/bin/python bench/service/load.py http://127.0.0.1:8123 .luodi/demo-accounts.txt --requests 1000

One user for each role of the listing, the others visitors without an account. Each first walks from page to page to
learn what the role reaches (untimed, but an error there counts), then all start together. Writes are forms read from
the pages: parts and reports saved, goal values reported, milestones proposed, slips issued, calculators answered, the
business date set. Nothing is kept on this side: every page is asked for anew.

Prints cores, load average and one line a page. Exit code 1: a page over 300 ms at p95, an error, a main page missed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import os
import random
import re
import statistics
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import requests
from forms import Form, Page

LIMIT_MS = 300.0
WRITES = 0.30, 0.08  # share of steps that write: of people with reports and steps of their own, of all others
VISITORS = 3  # of twenty
KEPT = 10  # addresses of one kind that a user keeps
DEEP = 4  # links from the first page
PLAIN = ("/", "/policies/", "/policies/<slug>/", "/policies/<slug>/text/", "/policies/<slug>/register/",
         "/policies/<slug>/clause/<article>/", "/sectors/", "/duties/", "/duties/unit/<id>/", "/duties/<id>/",
         "/goals/", "/goals/<id>/", "/calculator/")  # fmt: skip
OF_ROLES = ("/my/", "/entitled/", "/entitled/<id>/", "/totals/", "/audit/", "/duties/<id>/part/<period>/<id>/",
            "/duties/<id>/report/<period>/")  # fmt: skip
WRITTEN = ("POST business date", "POST calculator", "POST part", "POST report", "POST observation")
STEPS = {("observation", "report"), ("milestone", "propose"), ("slip", "issue")}
LOGIN = "/accounts/login/"
Account = tuple[str, str, str]


def accounts(listing: Path) -> list[Account]:
    """Name, password and role of each account in the listing."""
    rows = (re.split(r"\s{2,}", line.strip()) for line in listing.read_text().splitlines())
    named = [row for row in rows if len(row) >= 3 and re.fullmatch(r"[a-z0-9_.-]+", row[0])]
    return [(row[0], row[1], row[2].split("（")[0]) for row in named]


def seats(people: list[Account], users: int) -> list[Account | None]:
    """One account of every role, then further accounts from the end of the listing, then visitors."""
    first = {role: (name, word, role) for name, word, role in reversed(people)}
    chosen = [person for person in people if person in first.values()]
    others = [person for person in reversed(people) if person not in chosen]
    known = users - max(1, round(users * VISITORS / 20))
    return [*(chosen + others)[:known], *[None] * (users - min(known, len(people)))]


def name_of(address: str) -> str:
    """Pages of one kind are one line: identifiers and queries are folded away."""
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", address.split("?")[0])
    path = re.sub(r"/(report|part)/\d{4}[^/]+/", r"/\1/<period>/", path)
    path = re.sub(r"^(/policies/)[^/<]+/", r"\1<slug>/", path)
    path = re.sub(r"(/register/)[^/]+/", r"\1<ambiguity>/", path)
    return re.sub(r"/clause/.+", "/clause/<article>/", path)


class Shared:
    """How many steps are left, and what each page took."""

    def __init__(self, total: int, think: float) -> None:
        self.left, self.think, self.lock = total, think, threading.Lock()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.failures: list[str] = []
        self.conflicts = 0

    def take(self) -> bool:
        """Whether there is another step to do."""
        with self.lock:
            self.left -= 1
            return self.left >= 0

    def count(self, name: str) -> int:
        """How often a page was asked for."""
        return len(self.times.get(name, ()))

    def fail(self, words: str) -> None:
        """Note an error."""
        with self.lock:
            self.failures.append(words)

    def timed(self, name: str, call: Callable[[], requests.Response]) -> requests.Response | None:
        """The answer, its time noted under a name; None after an error, which is noted too."""
        start = time.perf_counter()
        try:
            answer = call()
        except requests.RequestException as error:
            self.fail(f"{name}: {type(error).__name__}")
            return None
        took = (time.perf_counter() - start) * 1000
        with self.lock:
            self.times[name].append(took)
            if answer.status_code == 409:  # another user saved the same record: refused as it must be
                self.conflicts += 1
            elif answer.status_code >= 400 or (
                name != LOGIN and LOGIN in answer.url + answer.headers.get("Location", "")
            ):
                self.failures.append(f"{name}: {answer.status_code} {answer.url}")
        return answer


class User(threading.Thread):
    """One person who reads the pages of a role and now and then sends a form."""

    def __init__(self, base: str, account: Account | None, seed: int, shared: Shared) -> None:
        super().__init__(daemon=True)
        self.base, self.account, self.shared = base, account, shared
        self.random, self.session = random.Random(seed), requests.Session()
        self.reads: dict[str, list[str]] = defaultdict(list)  # addresses by kind of page
        self.writes: dict[str, list[str]] = {"business date": ["/"], "calculator": ["/calculator/"]}

    @property
    def role(self) -> str:
        """The role's name."""
        return self.account[2] if self.account else "公众（未登录）"

    def run(self) -> None:
        time.sleep(self.random.uniform(0, 3) * self.shared.think)
        while self.shared.take():
            if self.random.random() < WRITES[len(self.writes) == 2]:
                self.write()
            else:
                self.get(self.random.choice(self.reads[self.rarest(list(self.reads))]))
            time.sleep(self.random.uniform(1, 3) * self.shared.think)

    def rarest(self, kinds: list[str]) -> str:
        """Of three kinds drawn by lot the one that all users together asked for least: rare pages get their share."""
        return min(self.random.sample(kinds, min(3, len(kinds))), key=self.shared.count)

    def get(self, address: str) -> Page | None:
        """One page, timed, with its links and forms."""
        answer = self.shared.timed(name_of(address), lambda: self.session.get(self.base + address, timeout=60))
        if answer is None or answer.status_code != 200:
            return None
        if "<h1" not in answer.text:
            self.shared.fail(f"{name_of(address)}: no heading")
        return Page(address, answer.text)

    def sign_in(self) -> None:
        """Sign in by the form, untimed: hashing a password is slow on purpose. A refusal ends the bench."""
        if self.account is None:
            return
        page = Page(LOGIN, self.session.get(self.base + LOGIN).text)
        form = next(form for form in page.forms if "password" in form.values)
        values = {**form.values, "login": self.account[0], "password": self.account[1]}
        answer = self.session.post(self.base + LOGIN, values, headers={"Referer": self.base}, allow_redirects=False)
        if answer.status_code != 302:
            raise SystemExit(f"{self.account[0]} cannot sign in: {answer.status_code}")

    def learn(self) -> None:
        """Walk from the first page; keep addresses of each kind that the role reaches, and where it finds forms."""
        fresh, walked = ["/"], Counter[str]()
        for _ in range(DEEP):
            found: list[str] = []
            for address in fresh:
                kind = name_of(address)
                walked[kind] += 1
                rich = kind in {name_of(held) for addresses in self.writes.values() for held in addresses}
                if walked[kind] <= (KEPT if rich else 3):
                    found += self._addresses(address)
            self.random.shuffle(found)
            fresh = [address for address in dict.fromkeys(found) if self._keep(address)]

    def _addresses(self, address: str) -> Iterator[str]:
        answer = self.session.get(self.base + address, timeout=60)
        if answer.status_code != 200:
            self.shared.fail(f"{address}: {answer.status_code}")
            return
        page = Page(address, answer.text)
        yield from page.links
        for form in page.forms:
            if form.method == "get":
                yield f"{form.address.split('?')[0]}?{urlencode(self.filled(form))}"
            elif (kind := writes(form)) not in ("", "business date"):
                self.writes.setdefault(kind, []).append(address)

    def _keep(self, address: str) -> bool:
        if not re.match(r"/(?!static|accounts|api)", address) or re.search(r"export|\.json", address):
            return False
        kept = self.reads[name_of(address)]
        if address in kept or len(kept) >= KEPT:
            return False
        kept.append(address)
        return True

    def filled(self, form: Form, **given: str) -> dict[str, str]:
        """The form's values with something chosen where there is a choice, and a button where it has one."""
        chosen = {name: self.random.choice(options) for name, options in form.options.items()}
        button = [form.buttons[0]] if form.buttons else []
        return {**form.values, **chosen, **dict(button), **given}

    def post(self, name: str, form: Form, **given: str) -> requests.Response | None:
        """Send a form as it stands with the given values; the page it leads to is read, as a browser does."""
        values, address = self.filled(form, **given), self.base + form.address
        answer = self.shared.timed(
            f"POST {name}",
            lambda: self.session.post(
                address, values, headers={"Referer": self.base}, allow_redirects=False, timeout=60
            ),
        )
        if answer is not None and answer.status_code == 302 and not answer.headers["Location"].startswith("http"):
            self.get(answer.headers["Location"])
        return answer if answer is not None and answer.status_code in (200, 302) else None

    def write(self) -> None:
        """One of the writes that the role has pages for, the one done least so far."""
        kind = min(self.writes, key=lambda kind: (self.shared.count(f"POST {kind}"), self.random.random()))
        page = self.get(self.random.choice(self.writes[kind]))
        if page is None:
            return
        if kind == "calculator":
            return self.calculate(page)
        form = next((form for form in page.forms if writes(form) == kind), None)
        if form is not None:  # sent or taken off the page meanwhile: then there is nothing to write
            self.post(kind, form, **self.words(form, shown_day(page)))

    def words(self, form: Form, day: dt.date) -> dict[str, str]:
        """What to write into the fields that the form has; texts are saved, not sent, so that they stay open."""
        if "business_date" in form.values:
            return {"business_date": form.values["business_date"]}
        if "text" in form.values:
            return {"text": f"负载测试 {self.random.randrange(10**6)}：按计划推进。", "submit": "", "save": "1"}
        said = {"value": str(self.random.randrange(1, 9)), "statement": "负载测试", "basis": "负载测试",
                "as_of": day.isoformat(), "title": "负载测试节点", "due": (day + dt.timedelta(60)).isoformat(),
                "weight": "1", "reason": "负载测试"}  # fmt: skip
        return {name: word for name, word in said.items() if name in form.values}

    def calculate(self, page: Page) -> None:
        """Answer the first pages of the calculator."""
        for _ in range(3):
            form = next((form for form in page.forms if ("do", "start") in form.buttons or "step" in form.values), None)
            answer = self.post("calculator", form) if form else None
            if answer is None:
                return
            page = Page("/calculator/", answer.text)


def writes(form: Form) -> str:
    """What a form writes, as far as the load sends it; empty for other forms."""
    if form.method != "post":
        return ""
    if "business_date" in form.values:
        return "business date"
    if "text" in form.values and ("save", "1") in form.buttons:
        return "part" if "/part/" in form.address else "report"
    step = (form.values.get("what", ""), form.values.get("move", ""))
    return step[0] if step in STEPS else ""


def shown_day(page: Page | None) -> dt.date:
    """The business date that the page stands on."""
    forms = page.forms if page else []
    return dt.date.fromisoformat(next(f.values["business_date"] for f in forms if f.values.get("business_date")))


def percentile(times: list[float], share: float) -> float:
    """The smallest time that a share of the times does not exceed (nearest rank: always one that was measured)."""
    return sorted(times)[math.ceil(share * len(times)) - 1]


def report(shared: Shared, took: float) -> bool:
    """Print the table; True if every page holds."""
    total = sum(map(len, shared.times.values()))
    print(f"requests {total} in {took:.0f} s   cores {os.cpu_count()}   load average {os.getloadavg()[0]:.2f}")
    print(f"{'page':44} {'n':>5} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    slow = False
    for name, times in sorted(shared.times.items()):
        p95 = percentile(times, 0.95)
        slow |= p95 > LIMIT_MS
        mark = "  over 300" if p95 > LIMIT_MS else ""
        print(f"{name:44} {len(times):5} {statistics.median(times):8.0f} {p95:8.0f} {max(times):8.0f}{mark}")
    missed = [name for name in (*PLAIN, *OF_ROLES, *WRITTEN) if name not in shared.times]
    writes = sum(len(times) for name, times in shared.times.items() if name.startswith("POST"))
    print(
        f"writes {writes} ({writes / total:.0%})   refused as conflicts {shared.conflicts}   main pages missed {missed or 'none'}"
    )
    print(f"errors {len(shared.failures)} {sorted(set(shared.failures))[:8] or ''}")
    return not (slow or missed or shared.failures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("accounts", type=Path)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--think", type=float, default=1.0, help="factor on the 1–3 s think time")
    options = parser.parse_args()
    shared = Shared(options.requests, options.think)
    people = seats(accounts(options.accounts), options.users)
    users = [User(options.base.rstrip("/"), person, number, shared) for number, person in enumerate(people)]
    for user in users:
        user.sign_in()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(User.learn, users))
    print(f"{len(users)} users: {'、'.join(user.role for user in users)}   load average {os.getloadavg()[0]:.2f}")
    start = time.monotonic()
    for user in users:
        user.start()
    for user in users:
        user.join()
    return 0 if report(shared, time.monotonic() - start) else 1


if __name__ == "__main__":
    sys.exit(main())
