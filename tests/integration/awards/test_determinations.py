"""Determinations: frozen in two parts, the same bit for bit when run again, held against what is known today."""

import datetime as dt
import json
import re
from dataclasses import replace

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from integration.award_city import DAY, RESTRICTED_ITEM, SLUG, add_event, add_fact, add_unit, person
from luodi import clock
from luodi.entitlement.explain import explain
from luodi.service.accounts.models import Organisation
from luodi.service.audit.models import AuditEvent
from luodi.service.awards.actions import determine
from luodi.service.awards.determinations import changed_since, frozen
from luodi.service.awards.freezing import canonical, restricted_items, split_given, thawed, whole_given
from luodi.service.awards.models import Determination, RestrictedPart
from luodi.service.awards.wording import used_facts
from luodi.service.policies.actions import add_version, confirm, publish, record_answer
from luodi.service.registry.models import Event, Fact, FactType
from luodi.service.registry.queries import unit_input
from luodi.service.templatetags.luodi import wan_plain


def made(city, unit) -> Determination:
    office, _ = Organisation.objects.get_or_create(name="经办处", side="government")
    return determine(by=city.version.confirmed_by, organisation=office, unit=unit, version=city.version)


def stored(found: Determination) -> Determination:
    """As the database has it, the pack included."""
    return Determination.objects.select_related("policy_version__policy", "unit").get(pk=found.pk)


@pytest.fixture
def rich(city):
    """A unit with a prize, a restricted certificate, and what both ask for."""
    unit = add_unit(city, 700, name="甲测试公司")
    add_fact(unit, "本市登记纳税", True)
    add_event(city, unit, "国防科学技术进步奖", grade="二等奖", rank=1, issuer="国家局")
    add_event(city, unit, "武器装备科研生产保密资格", grade="二级", action="新认定", evidence="attested")
    return unit


def test_both_parts_together_are_the_engine_s_own_answer(crowd):
    for unit in crowd.units[:20]:
        whole = unit_input(unit, public_only=False)
        listed = unit_input(unit, public_only=False, restricted=False)
        assert whole_given(split_given(whole, listed, crowd.pack)) == whole
        held = frozen(made(crowd, unit), everything=True)
        found = explain(crowd.pack, whole, DAY)
        assert held.same and canonical(held.verdict) == canonical(found.as_json())
        assert canonical(thawed(held.verdict).as_json()) == canonical(found.as_json())


def test_parts_in_which_a_sum_is_paid_are_thawed_as_they_were(city, rich):
    halves = [{"share": [1, 2], "months": 0}, {"share": [1, 2], "months": 12, "when": "复核通过后"}]
    rules = [{**rule, "instalments": halves} for rule in city.pack.rules]
    pack = replace(city.pack, data={**city.pack.data, "rules": rules})
    found = explain(pack, unit_input(rich, public_only=False), DAY)
    paid = [rule.payments for rule in found.rules if rule.payments]
    assert paid
    again = thawed(json.loads(canonical(found.as_json())))
    assert [rule.payments for rule in again.rules if rule.payments] == paid


def test_the_page_tells_in_which_parts_a_sum_is_paid_and_by_whom(city, rich, sign_in):
    """On the unit's page and its frozen determination, which is what gets printed."""
    half = {"share": [1, 2], "span": None}
    paid = {"instalments": [{**half, "months": 0}, {**half, "months": 12, "when": "复核通过后"}],
            "application": {"from": None, "to": None, "yearly": "06-30", "span": None},
            "payers": [{**half, "name": "市财政"}, {**half, "name": "区财政"}]}  # fmt: skip
    rules = [rule if rule["amount"].get("case") else {**rule, **paid} for rule in city.pack.rules]
    pack = replace(city.pack, data={**city.pack.data, "rules": rules})
    drafter = person("again")
    version = add_version(by=drafter, slug=SLUG, region=city.version.policy.region, pack=pack)
    confirm(by=drafter, version=version, on=DAY)
    publish(by=person("other"), version=version, on=DAY)
    client = sign_in("claims_clerk", unit=rich)
    found = explain(pack, unit_input(rich, public_only=False), DAY)
    whole = next(rule for rule in found.rules if rule.payments)
    page = client.post(f"/entitled/{rich.pk}/determine/", {"policy": SLUG}, follow=True).content.decode()
    for text in (page, client.get("/my/").content.decode()):
        assert (
            "第 2 期（50%）" in text
            and "区财政（50%）" in text
            and "每年 6 月 30 日前" in text
            and "承担比例：本文未规定" not in text
        )
        assert f"复核通过后，{whole.payments[1].due}" in text
        assert f"分 2 期付：第 1 期 {wan_plain(whole.payments[0].fen)} 万元" in text, "on the printed sheet"


def test_only_what_the_policy_asks_for_is_listed_as_used(city, rich):
    FactType.objects.create(code="设备投资额", name="设备投资额", data_type="money", sensitivity="public")
    add_fact(rich, "设备投资额", 100)
    Event.objects.create(unit=rich, kind="别的政策的称号", date=DAY, source="名单", as_of=DAY, sensitivity="public")
    whole = unit_input(rich, public_only=False)
    given = {**whole, "facts": {**whole["facts"], "已迁出本市": {"value": False}}}
    names = [name for name, *_ in used_facts(given, city.pack)]
    assert {"设备投资额"} <= set(whole["facts"]) and "别的政策的称号" in {event["kind"] for event in whole["events"]}
    assert set(names) == {"本市登记纳税", "已迁出本市", "国防科学技术进步奖", "武器装备科研生产保密资格"}
    less = {**given, "facts": {name: given["facts"][name] for name in given["facts"] if name in names}}
    assert canonical(explain(city.pack, less, DAY).as_json()["rules"]) == canonical(
        explain(city.pack, given, DAY).as_json()["rules"]
    )


def test_run_again_is_the_same_whatever_is_corrected_afterwards(crowd):
    """Facts corrected, events changed and added, an official answer recorded, another day: the old one stays as it was."""
    before = {unit.pk: (made(crowd, unit), unit) for unit in crowd.units[:20]}
    kept = {pk: canonical(frozen(found, True).verdict) for pk, (found, _) in before.items()}
    for fact in Fact.objects.filter(type__code="本市登记纳税"):
        Fact.objects.create(unit=fact.unit, type=fact.type, value=not fact.value, source="更正", as_of=DAY,
                            sensitivity=fact.sensitivity, evidence=fact.evidence, supersedes=fact)  # fmt: skip
    for unit in crowd.units[:20]:
        unit.events.update(grade=None, rank=9)
        add_event(crowd, unit, "军民融合示范企业", grade="国家级", action="认定")
    entry = next(each for each in crowd.pack.ambiguities if each["rules"])
    record_answer(by=person("answering"), version=crowd.version, ambiguity=entry["id"], option=entry["options"][0]["id"],
                     paper="答复 1 号", answered_by="制定机关", effective_from=DAY, retroactive=True)  # fmt: skip
    changed = 0
    with clock.standing_on(DAY + dt.timedelta(60)):
        for pk, (found, unit) in before.items():
            found = stored(found)
            held = frozen(found, True)
            assert held.same and canonical(held.verdict) == kept[pk]
            since = changed_since(found, held)
            assert since.day and since.rules and any("示范企业" in name for name, *_ in since.come)
            changed += bool(since.sums)
            again = stored(made(crowd, unit))
            assert again.business_date != found.business_date and frozen(again, True).same
    assert changed > 5


def test_known_since_keeps_recorded_time_beside_valid_time(rich, city):
    found = made(city, rich)
    fact, events = rich.facts.get(), list(rich.events.all())
    assert found.given["facts"]["本市登记纳税"]["as_of"] == DAY.isoformat() and found.business_date == DAY
    assert found.known_since["本市登记纳税"] == fact.recorded_at.isoformat()
    part = RestrictedPart.objects.get(determination=found)
    both = found.known_since | part.known_since
    assert {both[str(event.pk)] for event in events} == {event.recorded_at.isoformat() for event in events}


def test_database_refuses_to_change_or_remove_either_part(rich, city):
    found = made(city, rich)
    for table, column, key in (("awards_determination", "sure_fen = 1", "id"),
                               ("awards_restrictedpart", "verdict_digest = ''", "determination_id")):  # fmt: skip
        for statement in (f"UPDATE {table} SET {column}", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{statement} WHERE {key} = %s", [found.pk])


def test_a_changed_archive_is_seen(rich, city, sign_in):
    found = made(city, rich)
    forged = json.loads(json.dumps(found.verdict).replace("100000000", "900000000"))
    with pgtrigger.ignore("awards.Determination:determination_is_frozen"):
        Determination.objects.filter(pk=found.pk).update(verdict=forged)
    page = sign_in("lead_officer").get(found.get_absolute_url()).content.decode()
    assert "复算不一致" in page and "复算一致" not in page


def test_officer_makes_prints_and_sees_no_restricted_part(rich, city, sign_in):
    client = sign_in("lead_officer")
    answer = client.post(f"/entitled/{rich.pk}/determine/", {"policy": SLUG})
    found = Determination.objects.get()
    assert answer.headers["Location"] == found.get_absolute_url()
    assert AuditEvent.objects.filter(action="awards.determined").count() == 1
    page = client.get(found.get_absolute_url()).content.decode()
    main = page.partition("<main")[2]
    assert "复算一致" in main and found.number in main and "国防科技奖励配套" in main and "有的事项不在此页列出" in main
    assert not [word for word in (*city.restricted_titles(), "新认定", "二级", "50 万元") if word in main]
    stored = json.dumps([found.given, found.verdict, found.known_since], ensure_ascii=False)
    assert RESTRICTED_ITEM in restricted_items(city.pack)
    assert not [word for word in (*city.restricted_titles(), "新认定", RESTRICTED_ITEM) if word in stored]
    assert found.number in client.get(f"/entitled/{rich.pk}/").content.decode()


def test_unit_s_own_people_make_and_see_all_of_it_others_nothing(rich, city, sign_in):
    client = sign_in("claims_clerk", rich)
    address = client.post(f"/entitled/{rich.pk}/determine/", {"policy": SLUG}).headers["Location"]
    page = client.get(address).content.decode()
    assert "保密资格" in page and "复算一致" in page
    other = add_unit(city, 701)
    client = sign_in("claims_clerk", other)
    assert client.get(address).status_code == 404
    assert client.post(f"/entitled/{rich.pk}/determine/", {"policy": SLUG}).status_code == 404
    assert sign_in("lead_officer", region="990100").get(address).status_code == 404
    assert sign_in("leader").get(address).status_code == 404


def test_own_page_names_papers_that_end_and_the_step_that_brings_most(rich, city, sign_in):
    paper = rich.events.get(kind="武器装备科研生产保密资格")
    paper.particulars = {"valid_to": (DAY + dt.timedelta(40)).isoformat()}
    paper.save()
    add_event(city, rich, "国防技术发明奖", grade="三等奖", particulars={"valid_to": "没有"})
    ended = Fact.objects.get(unit=rich)
    ended.valid_to = DAY - dt.timedelta(3)
    ended.save()
    page = sign_in("claims_clerk", rich).get("/my/").content.decode()
    assert "武器装备科研生产保密资格 二级" in page and ">40 天<" in page and "已过期 3 天" in page
    steps = page.partition("还差什么，上一档是什么")[2].partition("</section>")[0]
    gains = [int(fen) for fen in re.findall(r'class="money" value="(\d+)"', steps)]
    assert gains and gains == sorted(gains, reverse=True) and "上一档" in steps and "还差什么" in steps
