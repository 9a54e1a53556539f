"""The stack of papers: what rests on what, clause by clause, from the text, the pack and officers' records."""

import re

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from integration.town_policy import REGION, SLUG, TEXT, town_pack
from luodi.document.reading import parse
from luodi.errors import UsageError
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.service.audit.models import AuditEvent
from luodi.service.policies.actions import add_version, confirm, publish
from luodi.service.policies.link_actions import add_link, end_link
from luodi.service.policies.links import OWN_PLACE, stack
from luodi.service.policies.models import ClauseLink
from luodi.service.policies.queries import current_version, load_pack

HOME = f"/policies/{SLUG}/"
CALL = """试验市经信局关于印发支持新材料产业发展实施细则的通知

试经信〔2026〕9号

各有关单位：

根据《试验市人民政府关于支持新材料产业发展的实施意见》（试政发〔2026〕3号），制定本细则。

一、申报条件

（一）基地面积。园区面积不小于100亩。

本细则自2026年5月1日起施行。
"""


@pytest.fixture
def detail(people, version):
    """Detail rules that name the town's policy in their text."""
    pack = build(compile_document(parse(CALL, "detail")), {"id": "detail-2026", "version": 1})
    made = add_version(by=people.lead, slug="detail-2026", region=REGION, pack=pack)
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    return current_version("detail-2026")


def linked(people, policy, **given):
    values = {"article": "", "relation": "details", "other": None, "title": "", "number": "", "clause": "", "taken": ""}
    return add_link(by=people.lead, policy=policy, **(values | given))


def plain(page) -> str:
    return re.sub(r"<[^>]+>|\s", "", page.content.decode())


def test_papers_above_come_from_the_text(version):
    found = stack(version, load_pack(version))
    assert [(paper.title, paper.words) for paper in found.above] == [("江岭省新材料产业条例", ("上位依据",))]
    assert found.below == ()


def test_papers_that_rest_on_this_one_are_found(client, version, detail):
    found = stack(version, load_pack(version))
    assert [(paper.slug, paper.words) for paper in found.below] == [("detail-2026", ("细化本文",))]
    above = stack(detail, load_pack(detail)).above
    assert [paper.slug for paper in above] == [SLUG]
    assert "以本文为依据的文件细化本文《试验市经信局关于印发" in plain(client.get(HOME))


def test_a_recorded_link_shows_on_both_clauses(client, people, version, detail):
    linked(people, detail.policy, article="一.(一)", other=version.policy, clause="三.(一)", taken="面积标准")
    here = plain(client.get(f"{HOME}clause/三.(一)/"))
    assert (
        "相关文件和适用次序本条细化本文《试验市经信局关于印发" in here and "面积标准" in here and "以本条为准" in here
    )
    there = plain(client.get("/policies/detail-2026/clause/一.(一)/"))
    assert "细化《试验市人民政府关于支持" in there and "三.(一)" in there


def test_papers_count_in_order(people, version, detail):
    for relation in ("executes", "details", "amends"):
        linked(people, detail.policy, article="一.(一)", relation=relation, other=version.policy, clause="三.(一)")
    linked(people, version.policy, article="三.(一)", relation="basis", title="某省办法", clause="第三条")
    rows = stack(version, load_pack(version)).of_clause({"三.(一)"})
    assert [entry.word for _, entry in rows] == ["上位依据", "修改本文", "细化本文", "执行本文"]
    assert [entry.place < OWN_PLACE for _, entry in rows] == [True, True, False, False]


def test_a_link_is_ended_with_a_reason_and_stays(people, version):
    link = linked(people, version.policy, title="某省办法", relation="basis")
    with pytest.raises(UsageError, match="已经登记"):
        linked(people, version.policy, title="某省办法", relation="basis")
    with pytest.raises(UsageError, match="原因"):
        end_link(by=people.lead, link=link, reason=" ")
    end_link(by=people.lead, link=link, reason="登记有误")
    assert "某省办法" not in {paper.title for paper in stack(version, load_pack(version)).above}
    kept = ClauseLink.objects.get()
    assert (kept.ended_why, kept.ended_by) == ("登记有误", people.lead)
    actions = set(AuditEvent.objects.filter(action__startswith="policy.link").values_list("action", flat=True))
    assert actions == {"policy.link_added", "policy.link_ended"}
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        kept.delete()


def test_a_paper_is_not_linked_to_itself(people, version):
    with pytest.raises(UsageError, match="同一份"):
        linked(people, version.policy, other=version.policy)


def test_an_officer_records_and_ends_by_the_page(client, people, version, detail):
    client.force_login(people.lead)
    page = client.get(f"{HOME}links/?article=三.(一)").content.decode()
    assert re.search(r'<option value="三.\(一\)" selected', page)
    wrong = client.post(f"{HOME}links/", {"relation": "details", "other": "detail-2026", "clause": "九"})
    assert wrong.status_code == 422 and "没有条款“九”" in wrong.content.decode()
    nothing = client.post(f"{HOME}links/", {"relation": "details"})
    assert nothing.status_code == 422 and "填写对方文件的标题" in nothing.content.decode()
    given = {
        "article": "三.(一)",
        "relation": "basis",
        "title": "《某省办法》",
        "number": "省政〔2025〕1号",
        "clause": "第三条",
    }
    assert client.post(f"{HOME}links/", given).status_code == 302
    link = ClauseLink.objects.get()
    assert (link.other_title, link.other_article) == ("某省办法", "第三条")
    assert "撤下这条" in client.get(f"{HOME}links/").content.decode()
    client.post(f"{HOME}links/{link.pk}/end/", {"reason": "登记有误"})
    link.refresh_from_db()
    assert link.ended_on is not None


def test_an_office_of_another_region_may_not(client, people, version):
    from luodi.service.accounts.models import Membership, Organisation, User

    far = User.objects.create(username="far", display_name="far")
    office = Organisation.objects.create(name="外地经信局", side="government", region="330100")
    Membership.objects.create(user=far, organisation=office, role="lead_officer")
    client.force_login(far)
    assert client.get(f"{HOME}links/").status_code == 403


def test_what_a_person_confirmed_in_the_pack_is_told(people, version):
    rests = [{"title": "某省办法", "number": None, "relation": "executes", "clauses": ["三.(一)"], "taken": "称号标准"}]
    made = add_version(by=people.lead, slug=SLUG, region=REGION, pack=town_pack(rests_on=rests))
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    found = stack(current_version(SLUG), load_pack(made)).above
    paper = next(paper for paper in found if paper.title == "某省办法")
    assert [(e.word, e.article, e.taken, e.source) for e in paper.entries] == [
        ("执行", "三.(一)", "称号标准", "政策包")
    ]


def test_an_article_of_the_other_paper_is_not_taken_for_an_own_one(people):
    text = TEXT.replace(
        "（二）对重大项目，", "（二）对骗取资金的，按照《江岭省新材料产业条例》第三十五条规定处理。对重大项目，"
    )
    made = add_version(
        by=people.lead,
        slug=SLUG,
        region=REGION,
        pack=build(compile_document(parse(text, SLUG)), {"id": SLUG, "version": 1}),
    )
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    paper = next(each for each in stack(current_version(SLUG), load_pack(made)).above if "新材料" in each.title)
    told = [(entry.article, entry.clause, entry.source) for entry in paper.entries]
    assert told == [("0", "", "原文"), ("三.(二)", "第三十五条", "原文")]
