"""Policies for persons, and sums that grow with what is spent: what the calculator asks and what it holds out."""

import datetime as dt
import html
import json

import pytest
from django.utils.html import strip_tags

from integration.award_city import person
from luodi.service.policies.actions import add_version, confirm, publish
from proposed_pack import pack

URL = "/calculator/"
DAY = dt.date(2025, 6, 1)


@pytest.fixture
def in_force(db, client):
    """Put a small policy in force and stand on a day of it."""

    def put(*articles: str) -> str:
        drafter = person("drafter")
        version = add_version(by=drafter, slug="small", region="990100", pack=pack(*articles))
        confirm(by=drafter, version=version, on=DAY)
        publish(by=person("publisher"), version=version, on=DAY)
        session = client.session
        session["business_date"] = DAY.isoformat()
        session.save()
        return "small"

    return put


def words(page) -> str:
    return html.unescape(strip_tags(page.content.decode()))


def test_a_policy_for_persons_asks_no_kind_of_unit(client, in_force):
    slug = in_force("对全职来本市就业的博士毕业生,每人一次性给予5万元生活补贴。")
    page = client.post(URL, {"do": "start", "policy": slug})
    assert "哪一类单位" not in words(page) and "博士" in words(page)
    shown = []
    facts = {name.partition(":")[2]: 1 for name in _steps(client, page, shown)}
    result = words(client.post(URL, {"answers": json.dumps({"policy": slug, "facts": facts}), "do": "result"}))
    assert "哪一类" not in result and "单位类型" not in result
    assert "再多" not in result  # one more person is no tier
    assert any("为本人测算的填 1" in each for each in shown)


def test_a_policy_for_enterprises_still_asks(client, in_force):
    slug = in_force("对首次认定为高新技术企业的企业,一次性给予20万元奖励。")
    assert "您是哪一类单位" in words(client.post(URL, {"do": "start", "policy": slug}))


def _steps(client, page, shown: list[str] | None = None) -> list[str]:
    """The steps of all questions, each passed over; ``shown`` takes the pages."""
    found = []
    while 'name="step"' in (text := html.unescape(page.content.decode())):
        (shown if shown is not None else []).append(text)
        step = text.partition('name="step" value="')[2].partition('"')[0]
        answers = text.partition('name="answers" value="')[2].partition('"><')[0]
        found.append(step)
        page = client.post(URL, {"answers": answers, "step": step, "do": "next"})
    return found


def test_what_a_share_of_costs_could_bring_is_no_tier(client, in_force):
    slug = in_force(
        "对企业上年度研发费用,按8%给予补助,最高不超过60万元。",
        "对年度营业收入首次达到1亿元、5亿元的企业,分别给予20万元、50万元奖励。",
    )
    texts = _facts(client, slug)
    facts = dict.fromkeys(texts, True) | {"上年度研发费用": 1_000_000, "年度营业收入": 200_000_000}
    given = {"policy": slug, "kind": "enterprise", "facts": facts, "done": ["kind"]}
    result = words(client.post(URL, {"answers": json.dumps(given), "do": "result"}))
    assert "按实际发生的数额计发，上年度研发费用达到" in result
    assert "上一档：上年度研发费用" not in result and "上一档：年度营业收入达到" in result
    given["facts"]["年度营业收入"] = 90_000_000
    result = words(client.post(URL, {"answers": json.dumps(given), "do": "result"}))
    assert "年度营业收入为9,000万元，不在给付的任何一档" in result
    assert "还差什么：年度营业收入达到10,000万元（现为9,000万元），可再多 20 万元" in result


def _facts(client, slug: str) -> list[str]:
    page = client.post(
        URL, {"answers": json.dumps({"policy": slug}), "step": "kind", "kind": "enterprise", "do": "next"}
    )
    return [step.partition(":")[2] for step in _steps(client, page) if step.startswith("fact:")]
