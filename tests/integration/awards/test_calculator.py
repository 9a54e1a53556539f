"""The calculator: only questions that matter, nothing kept on the server, and the same sums as the engine."""

import datetime as dt
import json
import logging
import re
from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session

from integration.award_city import DAY, REGION, SLUG, add_event, add_fact, add_unit
from luodi.codes.credit_code import make_credit_code
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.service.audit.models import AuditEvent
from luodi.service.awards.answers import Answers, read_answers
from luodi.service.awards.queries import choices
from luodi.service.awards.questions import RESULT, next_step, question
from luodi.service.awards.wording import worded
from luodi.service.registry.models import Event
from luodi.service.templatetags.luodi import wan
from proposed_pack import pack

URL = "/calculator/"


def hidden(page) -> str:
    found = re.search(r'name="answers" value="([^"]*)"', page.content.decode())
    return found[1].replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


def step_of(page) -> str:
    found = re.search(r'name="step" value="([^"]*)"', page.content.decode())
    return found[1] if found else ""


def post(client, page, **fields):
    return client.post(URL, {"answers": hidden(page), "step": step_of(page), "do": "next", **fields})


def start(client):
    return client.post(URL, {"do": "start", "policy": SLUG})


def test_prize_first_rank_gives_the_sum_and_asks_what_still_matters(at_day, city):
    page = start(at_day)
    assert "您是哪一类单位" in page.content.decode()
    page = post(at_day, page, kind="enterprise")
    field = next(name for name in re.findall(r'name="(events\.\d+)" value="国防科学技术进步奖"', page.content.decode()))
    page = post(at_day, page, **{field: ["国防科学技术进步奖"]})
    assert "关于“国防科学技术进步奖”" in page.content.decode()
    page = post(at_day, page, grade="一等奖", date="2020年6月30日", rank="1")
    assert step_of(page) == "fact:本市登记纳税"
    page = post(at_day, page, answer="true")
    while step_of(page):
        page = post(at_day, page)
    text = page.content.decode()
    assert "测算结果" in text and "200 万元" in text
    assert "测算结果仅供参考，不作为兑现依据" in text
    assert "尚未发布申报通知" in text and "最终以资金下达文件为准" in text
    assert "线下受理" in text and f"/policies/{SLUG}/clause/" in text


def test_shared_prize_shows_both_sums_and_names_the_reading(at_day, city):
    answers = {"policy": SLUG, "kind": "enterprise", "asked": ["国防技术发明奖"], "done": ["kind", "events"],
               "events": [{"id": "1", "kind": "国防技术发明奖", "grade": "特等奖", "date": "2020-05-01", "rank": 2}],
               "facts": {"本市登记纳税": True}}  # fmt: skip
    text = at_day.post(URL, {"answers": json.dumps(answers), "do": "result"}).content.decode()
    assert "口径待定" in text and "从严" in text and "从宽" in text and "300 万元" in text


def test_look_alike_is_refused_by_name(at_day, city):
    answers = {"policy": SLUG, "kind": "enterprise", "asked": ["国防专利奖", "国防技术发明奖", "国防科学技术进步奖"],
               "done": ["kind", "events"], "events": [{"id": "1", "kind": "国防专利奖", "date": "2020-05-01"}]}  # fmt: skip
    text = at_day.post(URL, {"answers": json.dumps(answers), "do": "result"}).content.decode()
    assert "国防专利奖不是本条所列的奖项" in text


def test_back_keeps_what_was_answered(at_day, city):
    page = post(at_day, start(at_day), kind="institute")
    page = post(at_day, page, do="back")
    text = page.content.decode()
    assert step_of(page) == "kind" and 'value="institute" checked' in text
    again = post(at_day, page, kind="institute")
    assert step_of(again) == "events"


def test_wrong_date_is_named_kept_and_can_be_mended(at_day, city):
    answers = Answers(policy=SLUG, kind="enterprise", asked=("军民融合示范企业",),
                      events=({"id": "1", "kind": "军民融合示范企业"},), done=("kind", "events"))  # fmt: skip
    page = at_day.post(
        URL, {"answers": answers.dumped(), "step": "event:1", "do": "next", "grade": "省级", "date": "去年"}
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert (
        "有 1 处需要改正" in text and "YYYY-MM-DD" in text and 'value="去年"' in text and 'value="省级" checked' in text
    )
    assert post(at_day, page, grade="省级", date="2020/3/5").status_code == 200


def test_questions_stop_when_nothing_is_open(city):
    rules = choices()[0].rules
    nothing = Answers(policy=SLUG, kind="enterprise", asked=tuple(rules.words.events), done=("kind", "events"))
    assert next_step(rules, nothing, DAY) == RESULT


def test_lapsed_policy_says_that_nothing_can_be_claimed(client, city):
    session = client.session
    session["business_date"] = "2022-03-01"
    session.save()
    answers = {"policy": SLUG, "kind": "enterprise", "asked": [], "done": ["kind", "events"]}
    assert "按当时口径测算，不能据此申领" in client.get(URL).content.decode()
    assert (
        "按当时口径测算，不能据此申领"
        in client.post(URL, {"answers": json.dumps(answers), "do": "result"}).content.decode()
    )


def test_nothing_typed_is_kept_anywhere(at_day, city, caplog):
    caplog.set_level(logging.DEBUG)
    before = AuditEvent.objects.count()
    answers = {"policy": SLUG, "kind": "enterprise", "asked": ["武器装备科研生产保密资格"], "done": ["kind", "events", "event:1"],
               "events": [{"id": "1", "kind": "武器装备科研生产保密资格", "grade": "一级", "action": "新认定", "date": "2020-05-01"}]}  # fmt: skip
    page = at_day.post(URL, {"answers": json.dumps(answers), "do": "result"})
    text = page.content.decode()
    assert "须由主管部门确认" in text and "保密主管部门" in text
    assert page.headers["Cache-Control"] == "no-store"
    assert AuditEvent.objects.count() == before
    assert all("一级" not in str(session.get_decoded()) for session in Session.objects.all())
    assert "保密资格" not in caplog.text and "一级" not in caplog.text
    assert not [
        address for address in re.findall(r'(?:href|action)="([^"]*)"', text) if "%E4%BF%9D%E5%AF%86" in address
    ]


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", "null", '{"kind":"firm"}', '{"events":[{"kind":{}}]}', '{"facts":[]}', '{"done":"kind"}', "x" * 30000],
)
def test_broken_answers_are_refused_kindly(at_day, city, broken):
    page = at_day.post(URL, {"answers": broken, "do": "next", "policy": SLUG})
    assert page.status_code == 422
    assert "从头开始" in page.content.decode()


def test_hostile_answers_never_break_the_page(at_day, city):
    for facts, events in (
        ({"本市登记纳税": {"value": {"a": 1}}}, []),
        ({"同一事项其他奖励": -5}, []),
        ({"没有这个": 1}, [{"id": "1", "kind": "没有这种"}]),
        ({}, [{"id": "1", "kind": "军民融合示范企业", "date": "2020-13-40"}]),
        ({}, [{"id": "1"}]),
    ):
        answers = {"policy": SLUG, "kind": "enterprise", "facts": facts, "events": events, "done": ["kind", "events"]}
        for does in ("result", "next", "back", "more", "change:event:9", "change:fact:x"):
            page = at_day.post(URL, {"answers": json.dumps(answers), "do": does, "step": "events"})
            assert page.status_code in (200, 422), (does, answers)


def test_unknown_policy_is_not_found(at_day, city):
    assert at_day.post(URL, {"answers": '{"policy":"nowhere"}', "do": "next"}).status_code == 404


# by credit code


def test_code_reads_public_facts_only(at_day, city):
    unit = add_unit(city, 7)
    add_fact(unit, "本市登记纳税", True)
    add_event(city, unit, "军民融合示范企业", grade="省级", action="认定")
    add_event(city, unit, "武器装备科研生产保密资格", grade="一级", action="新认定")
    add_event(city, unit, "国防科学技术进步奖", grade="特等奖", rank=1)
    text = at_day.post(URL, {"do": "code", "policy": SLUG, "code": unit.credit_code.lower()}).content.decode()
    assert unit.name in text and "30 万元" in text
    assert "公开登记" in text and "补充其他信息" in text
    Event.objects.exclude(sensitivity="public")._raw_delete("default")
    without = at_day.post(URL, {"do": "code", "policy": SLUG, "code": unit.credit_code}).content.decode()
    token = r'name="csrfmiddlewaretoken" value="[^"]*"'
    assert re.sub(token, "", text) == re.sub(token, "", without)  # what is not public makes no difference
    answers = read_answers(re.search(r'name="answers" value="([^"]*)"', text)[1].replace("&quot;", '"'))
    assert {event["kind"] for event in answers.events} == {"军民融合示范企业"}
    page = at_day.post(URL, {"answers": answers.dumped(), "do": "more"})
    assert step_of(page) == "events" and 'value="军民融合示范企业" checked' in page.content.decode()


def test_wrong_code_names_the_place(at_day, city):
    good = make_credit_code("91", REGION, "MA000001")
    wrong = good[:-1] + ("1" if good[-1] != "1" else "2")
    page = at_day.post(URL, {"do": "code", "policy": SLUG, "code": wrong})
    text = page.content.decode()
    assert page.status_code == 422 and "校验码应为" in text and f'value="{wrong}"' in text


def test_unknown_code_is_said_kindly(at_day, city):
    page = at_day.post(URL, {"do": "code", "policy": SLUG, "code": make_credit_code("91", REGION, "MA999999")})
    text = page.content.decode()
    assert page.status_code == 200 and "不影响" in text and "改用回答问题" in text


def test_internal_unit_is_not_found_by_code(at_day, city):
    unit = add_unit(city, 8, sensitivity="internal")
    text = at_day.post(URL, {"do": "code", "policy": SLUG, "code": unit.credit_code}).content.decode()
    assert unit.name not in text and "没有查到" in text


# own page


def test_own_page_shows_the_engine_s_sums_and_sources(sign_in, city):
    unit = add_unit(city, 9)
    add_fact(unit, "本市登记纳税", True)
    add_event(city, unit, "国防科学技术进步奖", grade="二等奖", rank=1)
    add_event(city, unit, "装备承制资格", grade="A类", action="初审", evidence="attested")
    text = sign_in("claims_clerk", unit).get("/my/").content.decode()
    from luodi.service.registry.queries import unit_input

    found = explain(city.pack, unit_input(unit, public_only=False), DAY)
    assert found.sure_fen == 150000000
    assert "150 万元" in text and "公开登记" in text and "有异议" in text and "装备承制资格" in text


def test_own_page_needs_the_role(sign_in, client, city):
    assert client.get("/my/").status_code == 302
    assert sign_in("supervisor").get("/my/").status_code == 403
    assert "没有对应的登记单位" in sign_in("claims_clerk").get("/my/").content.decode()


def test_dates_are_read_as_people_write_them(city):
    from luodi.service.awards.answering import _date

    assert {_date(w) for w in ("2020-6-3", "2020/6/3", "2020.06.03", "2020年6月3日")} == {"2020-06-03"}
    assert dt.date.fromisoformat(_date("2020-6-3")) == dt.date(2020, 6, 3)


LONG = "上一年度未因偷税漏税受到行政处罚、未发生较大以上安全生产事故且按时报送统计资料"


def test_who_is_somewhere_else_can_say_so_and_a_long_condition_is_asked_whole():
    rules = load_rules(pack(f"对在云岭区注册、{LONG}的企业,给予10万元奖励。"))
    asked = {
        name: question(rules, Answers(policy="x", kind="enterprise"), f"fact:{name}") for name in rules.words.facts
    }
    assert any(LONG in each.title for each in asked.values())
    place = next(each for each in asked.values() if "云岭区" in dict(each.fields[0].options))
    assert place.fields[0].options == (("云岭区", "云岭区"), ("其他", "都不是"))
    elsewhere = Answers(policy="x", kind="enterprise").with_fact(place.step.removeprefix("fact:"), "其他")
    assert explain(rules, elsewhere.unit(), DAY).upto_fen == 0


def test_numbers_and_what_shuts_out_are_told_as_people_say_them():
    rules = load_rules(pack("对常态化运营满6个月的航线,每条给予20万元补贴。", "存在严重失信行为的企业不予支持。"))
    months = next(name for name in rules.words.facts if "月" in name)
    facts = {months: {"value": 3}}
    (result,) = explain(rules, {"id": "u", "kind": "enterprise", "facts": facts, "events": []}, DAY).rules
    assert "不低于6个月" in result.reason and "3个月" in result.reason and "0000" not in result.reason
    told = question(rules, Answers(policy="x", kind="enterprise"), f"fact:{months}").title
    assert "个月" in told
    counted = next(name for name, kind in rules.words.facts.items() if kind.type == "integer")
    assert rules.words.facts[counted].question.endswith(("有多少条？", "是多少（条）？"))
    facts[months] = {"value": 7}
    (result,) = explain(
        rules, {"id": "u", "kind": "enterprise", "facts": facts | {counted: {"value": 2}}, "events": []}, DAY
    ).rules
    assert "须由主管部门确认：没有“存在严重失信行为”这种情形" in result.reason
    shut = next(name for name in rules.words.facts if "失信" in name)
    facts |= {counted: {"value": 2}, shut: {"value": True}}
    (result,) = explain(rules, {"id": "u", "kind": "enterprise", "facts": facts, "events": []}, DAY).rules
    assert result.reason == "不得有此情形：存在严重失信行为，查到或填报的是“有”"
    asked = question(rules, Answers(policy="x", kind="enterprise"), f"fact:{shut}")
    assert asked.title == "有没有这种情形：存在严重失信行为？" and asked.fields[0].options == (
        ("true", "有"),
        ("false", "没有"),
    )


def test_sums_of_odd_yuan_are_told_in_yuan():
    assert worded(Decimal("6.0000000000"), "月") == "6个月" and worded(Decimal("1200.50"), "元") == "1,200.5元"
    assert "1,666,666.67 元</data>" in wan(166_666_667) and "50.5 万元</data>" in wan(50_500_000)
