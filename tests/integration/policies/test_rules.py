"""What a person settles beside the facts: how rules are handled, and the register of open readings."""

import datetime as dt
import re
from urllib.parse import unquote

import pytest
from django.urls import reverse

from integration.policies.drafts import benefit, post, settle, walk
from integration.town_policy import REGION, TEXT
from luodi.codes.credit_code import make_credit_code
from luodi.entitlement.explain import explain
from luodi.policy.pack import Pack
from luodi.service.duties.models import Duty
from luodi.service.policies.drafting import decide, upload
from luodi.service.policies.rows import open_rows
from luodi.service.registry.models import Event, Unit


def test_a_rule_is_handled_as_a_person_sets_it_and_follows_the_facts(client, people, bench):
    client.force_login(people.lead)
    page = client.get(f"/workbench/{bench.pk}/rules/").content.decode()
    assert "国家级：100 万元" in page and "2026-03-01 至 2028-12-31（含两端）" in page and "一事一议" in page
    rule = bench.pack["rules"][0]
    form = {"title": rule["title"], "kinds": ["park"], "window_from": "2026-03-01", "window_to": "2027-12-31",
            "mode": "no_application", "paid": "once", "paid_why": "同一称号一次", "publication": "open"}  # fmt: skip
    address = reverse("workbench:rule", args=[bench.pk, rule["id"]])
    assert client.post(address, form | {"window_to": "2025-01-01"}).status_code == 422
    assert client.post(address, form).status_code == 302
    post(client, bench, key=benefit(bench, 50), verdict="reject", note="重复")
    bench.refresh_from_db()
    kept = bench.pack["rules"][0]
    assert (kept["mode"], kept["paid"], kept["window"]["to"]) == ("no_application", "once", "2027-12-31")
    assert list(kept["amount"]["by_grade"]) == ["国家级"], "sums still follow the facts"
    client.post(address, {"verdict": "reject", "note": "由园区管委会另行办理"})
    bench.refresh_from_db()
    assert rule["id"] not in [each["id"] for each in bench.pack["rules"]]
    assert "不参加测算" in client.get(f"/workbench/{bench.pk}/rules/").content.decode()
    client.post(address, {"verdict": "accept"})
    bench.refresh_from_db()
    assert rule["id"] in [each["id"] for each in bench.pack["rules"]]


def test_a_rule_from_a_table_is_quoted_with_its_row(client, people):
    table = "标准见下表。\n\n平台级别\t奖励标准（万元）\n国家级\t500\n省级\t200\n"
    text = TEXT.replace("（二）对重大项目，", f"（二）对新认定的创新平台，给予一次性奖励，{table}\n（三）对重大项目，")
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    assert "“国家级，500”" in client.get(f"/workbench/{version.pk}/rules/").content.decode()


def test_rules_are_set_together_and_it_is_told_which_nobody_opened(client, people, bench):
    client.force_login(people.lead)
    address, rules = f"/workbench/{bench.pk}/rules-together/", [rule["id"] for rule in bench.pack["rules"]]
    opened = reverse("workbench:rule", args=[bench.pk, rules[0]])
    client.post(opened, {"title": "先单独设的", "kinds": ["park"], "mode": "quick", "paid": "once", "paid_why": "同一称号一次",
                         "publication": "open"})  # fmt: skip
    page = client.get(address).content.decode()
    assert f"没有打开看过（{len(rules) - 1}）" in page and "打开看过（1）" in page
    for wrong, words in (({}, "至少填一项"), ({"paid": "once"}, "请写明依据"), ({"mode": "quick", "rule": []}, "没有勾选"),
                         ({"window_from": "2027-01-01", "window_to": "2026-01-01"}, "结束日早于开始日")):  # fmt: skip
        answer = client.post(address, {"rule": rules} | wrong)
        assert answer.status_code == 422 and words in answer.content.decode(), wrong
    said = {"paid": "once", "paid_why": "通知第三条", "mode": "quick", "window_to": "2027-12-31", "note": "会议定的"}
    answer = client.post(address, {"rule": rules} | said, follow=True).content.decode()
    assert (
        f"已一起设定 {len(rules)} 条规则，其中 {len(rules) - 1} 条没有打开看过" in answer
        and "批量，未打开看过" in answer
    )
    bench.refresh_from_db()
    assert {(r["mode"], r["paid"], r["paid_why"], r["window"]["to"]) for r in bench.pack["rules"]} == {
        ("quick", "once", "通知第三条", "2027-12-31")
    }
    assert bench.pack["rules"][0]["title"] == "先单独设的" and bench.pack["rules"][0]["recipients"]["kinds"] == ["park"]
    kept = [row for row in bench.decisions.all() if row.key.startswith("rule-") and row.bulk]
    assert {row.key: row.looked_at for row in kept} == {f"rule-{name}": name == rules[0] for name in rules}
    again = client.post(address, {"rule": rules} | said)
    assert again.status_code == 422 and "都已经是这样" in again.content.decode()


MANY = 230


@pytest.fixture
def long_paper(people):
    clauses = "".join(
        f"（{at}）对获得省级新材料产业{at}类基地称号的园区，给予{at}万元的奖励。\n\n" for at in range(1, MANY + 1)
    )
    text = TEXT.replace("（一）对获得国家级", f"{clauses}（二三一）对获得国家级")
    return upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")


def test_many_rules_come_sheet_by_sheet_and_a_link_finds_its_rule(client, people, long_paper):
    client.force_login(people.lead)
    address, names = f"/workbench/{long_paper.pk}/rules/", [rule["id"] for rule in long_paper.pack["rules"]]
    shown, page = [], client.get(address).content.decode()
    while True:
        found = re.findall(r'<article class="card" id="r-([^"]+)"', page)
        assert len(found) <= 100 and f"共 {len(names)} 条" in page
        shown += found
        onward = re.search(r'href="(\?page=\d+)">下一页', page)
        if onward is None:
            break
        page = client.get(address + onward[1]).content.decode()
    assert shown == names
    last = names[-1]
    assert f'id="r-{last}"' in client.get(address, {"at": last}).content.decode()
    answer = client.post(reverse("workbench:rule", args=[long_paper.pk, last]), {"verdict": "accept"})
    assert unquote(answer["Location"]).endswith(f"#r-{last}")
    assert f'id="r-{last}"' in client.get(answer["Location"]).content.decode()


def test_many_rules_are_set_together_those_of_the_other_sheets_where_that_is_said(client, people, long_paper):
    client.force_login(people.lead)
    address, names = (
        f"/workbench/{long_paper.pk}/rules-together/?page=2",
        [rule["id"] for rule in long_paper.pack["rules"]],
    )
    page = client.get(address).content.decode()
    here = re.findall(r'name="here" value="([^"]+)"', page)
    assert here == names[100:200] and f"其他页的 {len(names) - 100} 条规则也这样设定" in page
    client.post(address, {"mode": "quick", "rule": here[:1], "here": here})
    long_paper.refresh_from_db()
    assert [rule["id"] for rule in long_paper.pack["rules"] if rule["mode"] == "quick"] == here[:1]
    told = client.post(
        address, {"mode": "quick", "rule": here[1:2], "here": here, "others": "1"}, follow=True
    ).content.decode()
    long_paper.refresh_from_db()
    quick = {rule["id"] for rule in long_paper.pack["rules"] if rule["mode"] == "quick"}
    assert quick == set(here[:2]) | (set(names) - set(here)) and f"已一起设定 {len(names) - 99} 条规则" in told


def test_many_facts_are_accepted_sheet_by_sheet_each_shown(client, people, long_paper):
    client.force_login(people.lead)
    address = f"/workbench/{long_paper.pk}/bulk/?kind=benefits&article="
    left = [row.key for row in open_rows(long_paper) if row.kind == "benefits"]
    sheets = 0
    while "/bulk/" in address:
        page = client.get(address).content.decode()
        keys = re.findall(r'name="key" id="[^"]+" value="([^"]+)"', page)
        assert 0 < len(keys) <= 100 and f"这里的 {len(left)} 条中" in page
        left, sheets = left[len(keys) :], sheets + 1
        address = client.post(address, {"key": keys, "kind": "benefits", "article": ""})["Location"]
    assert sheets == 3 and not [row for row in open_rows(long_paper) if row.kind == "benefits"]


def test_a_question_of_the_register_drives_both_sums(client, people, bench):
    client.force_login(people.lead)
    rule = bench.pack["rules"][0]["id"]
    form = {"question": "先省级后国家级，补差还是全额？", "asked_of": "市经信局", "strict_label": "补差额", "strict": "difference",
            "generous_label": "发全额", "generous": "full", "default": "open", "rules": [rule]}  # fmt: skip
    new = f"/workbench/{bench.pk}/register/new/"
    assert client.post(new, form | {"generous": "difference"}).status_code == 422
    assert client.post(new, form).status_code == 302
    bench.refresh_from_db()
    events = [{"id": str(at), "kind": "新材料产业基地", "grade": grade, "date": f"2026-0{at}-10", "evidence": "public_list"}
              for at, grade in ((4, "省级"), (6, "国家级"))]  # fmt: skip
    unit = {"id": "甲园区", "kind": "park", "facts": {}, "events": events}
    found = explain(Pack(bench.pack), unit, dt.date(2026, 7, 1))
    assert (found.sure_fen, found.upto_fen) == (100_000_000, 150_000_000)
    page = client.get(f"/workbench/{bench.pk}/register/").content.decode()
    assert "先省级后国家级" in page and all(
        f'{words} <span class="tag">{side}</span>' in page for words, side in (("补差额", "从严"), ("发全额", "从宽"))
    )
    client.post(f"/workbench/{bench.pk}/register/Q1/", {"verdict": "reject", "note": "已问明"})
    bench.refresh_from_db()
    assert bench.pack["ambiguities"] == [] and bench.pack["rules"][0]["readings"] == []


def test_the_effect_of_an_answer_is_shown_before_it_is_recorded_and_what_rests_on_a_clause(
    client, people, bench, monkeypatch
):
    rule = bench.pack["rules"][0]["id"]
    options = [{"id": "open", "label": "待定"}, {"id": "strict", "label": "补差额", "takes": "strict"}]
    entry = {"id": "Q1", "question": "补差还是全额？", "options": options, "default": "open", "asked_of": "市经信局",
             "answer": None, "rules": [rule], "source": "工作台登记"}  # fmt: skip
    reading = {"strict": "difference", "generous": "full", "note": "补差"}
    decide(by=people.lead, version=bench, key="ambiguity-Q1", verdict="add", after={"entry": entry, "reading": reading})
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign", "publish")
    unit = Unit.objects.create(credit_code=make_credit_code("91", REGION, "MA000001"), name="甲园区", kind="park",
                               region=REGION, district=REGION, source="登记", as_of=dt.date(2026, 1, 1))  # fmt: skip
    for month, grade in ((4, "省级"), (6, "国家级")):
        Event.objects.create(unit=unit, kind="新材料产业基地", grade=grade, date=dt.date(2026, month, 10), source="名单",
                             as_of=dt.date(2026, 6, 30), sensitivity="public", evidence="public_list")  # fmt: skip
    monkeypatch.setenv("LUODI_TODAY", "2026-07-01")
    client.force_login(people.lead)
    slug, given = bench.policy.slug, {"option": "strict", "paper": "试函〔2026〕8号", "answered_by": "市经信局",
                                      "effective_from": "2026-03-01"}  # fmt: skip
    page = re.sub(r"<[^>]+>|\s+", " ", client.post(f"/policies/{slug}/register/Q1/", given).content.decode())
    page = re.sub(r" +", " ", page)
    assert "100 万元 → 100 万元" in page and "150 万元 → 100 万元" in page and not bench.answers.exists()
    assert client.post(f"/policies/{slug}/register/Q1/", given | {"seen": "1"}).status_code == 302
    page = client.get(f"/policies/{slug}/clause/三.(一)/rests/").content.decode()
    assert rule in page and "Q1" in page and "最近一次测算" in page
    duty = client.get(f"/policies/{slug}/clause/二/rests/").content.decode()
    assert "任务（1）" in duty and f"/duties/{Duty.objects.get(policy=bench.policy).pk}/" in duty
    client.logout()
    assert "最近一次测算" not in client.get(f"/policies/{slug}/clause/三.(一)/rests/").content.decode()
