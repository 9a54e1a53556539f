"""The pages of a policy: what they show, to whom, and that figures and sentences lead to each other."""

import html
import json
import re
from urllib.parse import quote

import pytest

from integration.town_policy import REGION, SLUG, TEXT
from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.service.policies.actions import add_version, confirm, load_text, publish
from luodi.service.policies.calls import item_names
from luodi.service.policies.models import AmbiguityAnswer
from luodi.service.registry.models import GovernmentUnit, GovernmentUnitName

HOME = f"/policies/{SLUG}/"
PAGES = (
    "/policies/",
    HOME,
    f"{HOME}text/",
    f"{HOME}register/",
    f"{HOME}clause/三.(一)/",
    f"{HOME}clause/0/",
    "/sectors/",
    "/",
)


def words(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return html.unescape(answer.content.decode())


@pytest.fixture
def loaded(people, version):
    return load_text(by=people.lead, version=version, data=TEXT.encode(), name="原文.txt")


@pytest.mark.parametrize("who", [None, "lead", "supervisor", "audit", "intake", "clerk"])
def test_everybody_reads_every_page(client, people, loaded, who):
    if who:
        client.force_login(getattr(people, who))
    for page in PAGES:
        text = words(client, page)
        assert text.count("<h1") == 1 and "业务日期" in text
        assert not re.search(r'\sstyle="|<script|\son\w+="', text), page


def test_unknown_policies_and_clauses_are_not_found(client, version):
    for page, reason in (
        ("/policies/nowhere/", "没有已发布的政策“nowhere”"),
        (f"{HOME}clause/九.(九)/", "没有条款“九.(九)”"),
    ):
        text = words(client, page, 404)
        assert "没有这个页面" in text and reason in text
    assert "tried" not in words(client, "/nowhere/", 404).partition("<main")[2]


def test_a_fault_of_ours_gives_a_number_on_every_screen(client, monkeypatch):
    monkeypatch.setattr("luodi.service.policies.views.policies_by_region", lambda: 1 / 0)
    client.raise_request_exception = False
    answer = client.get("/policies/")
    page = answer.content.decode()
    assert answer.status_code == 500 and "请报编号" in page and 'name="viewport"' in page and "ZeroDivision" not in page


def test_a_draft_is_not_shown(client, draft):
    words(client, HOME, 404)
    assert "试验市" not in words(client, "/policies/")


def test_the_library_counts_what_a_policy_holds(client, version):
    facts = version.pack["facts"]
    goals = len(facts["goals"]) + len(facts["qualitative_goals"])
    assert (
        goals
        and f"任务 {len(facts['duties'])} 项 · 目标 {goals} 项 · 奖补标准 {len(facts['benefits'])} 条"
        in words(client, "/policies/")
    )


def test_the_library_is_searched_by_what_policies_say(client, version):
    title = version.policy.title
    found = words(client, "/policies/?q=新材料产业基地 国家级")
    assert "1 份政策说到“新材料产业基地 国家级”" in found and title in found
    places = found.split('<ul class="found">')[1].split("</ul>")[0]
    assert "100 万元" in places.split("</li>")[0] and f'{quote(f"{HOME}clause/三.(一)/", safe="/()")}"' in places
    assert title in words(client, "/policies/?q=试政发〔２０２６〕")
    missing = words(client, "/policies/?q=新材料产业基地 航天器")
    assert "没有一份政策说到" in missing and title not in missing
    assert "<script>" not in client.get("/policies/", {"q": "<script>alert(1)</script>"}).content.decode()


def test_the_policy_page_shows_sums_duties_goals_and_who_answers_for_it(client, version):
    text = words(client, HOME)
    for expected in ("100 万元", "50 万元", "一事一议", "市经信局", "不低于 5 家", "试政发〔2026〕3号", "江岭省新材料产业条例", "上位依据",
                     "与确认人不是同一人", "2026-02-20", "2026-02-21", "现行有效"):  # fmt: skip
        assert expected in text


CARD = """试验市人民政府关于支持剧目创作的若干措施(试行)
服务内容
1．大型剧目创作。对戏曲项目给予50万元的补助。
2．小型剧目创作。对小戏项目给予10万元的补助。
条件要求
1．依法登记。在本市登记注册。
"""


def test_a_sum_stands_under_its_own_clause_where_numbers_come_twice(client, people):
    made = add_version(by=people.lead, slug="card-2026", region="990100",
                       pack=build(compile_document(parse(CARD, "card-2026")), {"id": "card-2026", "version": 1}))  # fmt: skip
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    page = client.get("/policies/card-2026/").content.decode()
    assert "关于支持剧目创作的若干措施（试行）</h1>" in page
    captions = re.findall(r"<caption>(.*?)</caption>", page, re.S)
    assert [re.sub(r"<[^>]*>", "", each).strip() for each in captions][:2] == ["1 大型剧目创作", "2 小型剧目创作"]


TWICE = """云岭市促进集成电路产业发展若干措施

一、支持企业。对年度营业收入首次达到5亿元的企业，给予50万元奖励。

二、支持研发。对企业研发费用按10%给予补助，最高100万元。

二、支持人才。对新引进的博士，每人给予5万元补贴。

本措施自2026年2月1日起施行，有效期至2028年12月31日。
"""


def test_of_clauses_with_one_number_each_has_a_page_of_its_own(client, people):
    made = add_version(by=people.lead, slug="twice", region="990100",
                       pack=build(compile_document(parse(TWICE, "twice")), {"id": "twice", "version": 1}))  # fmt: skip
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    load_text(by=people.lead, version=made, data=TWICE.encode(), name="原文.txt")
    page = words(client, "/policies/twice/")
    captions = [re.sub(r"<[^>]*>", "", each).strip() for each in re.findall(r"<caption>(.*?)</caption>", page, re.S)]
    assert captions[:3] == ["一 支持企业", "二 支持研发", "二 支持人才"]
    links = dict.fromkeys(re.findall(r'href="(/policies/twice/clause/[^"]*\?at=\d+)"', page))
    first, second = (words(client, link) for link in links)
    assert "研发费用" in first and "博士" not in first and '<h2 id="facts-h">从本条读出的事实（1）' in first
    assert "博士" in second and "研发费用" not in second and "本文有 2 条都编号“二”" in second
    both = words(client, "/policies/twice/clause/二/")
    assert "博士" in both and "研发费用" in both and "支持研发；支持人才" in both
    text = words(client, "/policies/twice/text/")
    assert len(re.findall(r'id="a-二', text)) == len(set(re.findall(r'id="(a-二[^"]*)"', text))) == 2
    anchor = re.search(r'/policies/twice/text/#([^"]*)"', second)[1]
    assert f'id="{anchor}"' in text and anchor != "a-二"


def test_an_item_of_many_awards_has_a_name_of_one_line():
    kinds = [f"{name}剧项目" for name in ("戏曲", "歌舞", "儿童", "杂技", "木偶", "皮影", "交响", "民族管弦")]
    sums = "；".join(f"{kind}{number}0万元" for number, kind in enumerate(kinds, 1))
    made = build(compile_document(parse(f"1.创作项目补助资金的额度不超过以下标准：{sums}。\n")))
    assert item_names(made) == {"1": "戏曲剧项目等 8 项"}


def test_what_the_text_does_not_say_is_marked(client, people, version):
    pack = {**version.pack, "document_number": None, "issued_on": None}
    pack["entered"] = [
        {"field": "document_number", "value": "试政发〔2026〕3号", "source": "市政府公报", "note": "不见于文本"}
    ]
    type(version).objects.filter(pk=version.pk).update(status="withdrawn")
    version.pk, version.number, version.pack, version.status = None, 2, pack, "published"
    version._state.adding = True
    version.id = type(version)._meta.pk.default()
    version.save()
    text = words(client, HOME)
    assert "人工补录，来源：市政府公报" in text and "尚未补录" in text


def test_an_expired_policy_cannot_be_claimed_under(client, version, on):
    on("2029-01-01")
    for page in (HOME, f"{HOME}text/", f"{HOME}clause/三.(一)/", f"{HOME}register/", "/policies/", "/"):
        text = words(client, page)
        assert "已失效" in text and "不能据此申领" in text, page


def test_without_the_text_facts_stand_with_their_places(client, version):
    text = words(client, f"{HOME}text/")
    start, end = version.pack["facts"]["benefits"][0]["span"]
    assert f"原文第 {start}–{end} 字" in text and "不存放" in text
    assert "<mark>" not in text and "载入原文" not in text


def test_every_figure_leads_to_its_fact_and_back(client, loaded):
    text = words(client, f"{HOME}text/")
    figures = set(re.findall(r'class="figure" href="#(f-[a-z_0-9-]+)"', text))
    facts = set(re.findall(r'<li id="(f-[a-z_0-9-]+)"', text))
    back = set(re.findall(r'href="#(m-[a-z_0-9-]+)"', text))
    marks = set(re.findall(r'<span id="(m-[a-z_0-9-]+)"', text))
    assert figures <= facts and back == marks and {name[2:] for name in facts} == {name[2:] for name in marks}
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'class="to-facts" href="#(facts-\d+)"', text):
        assert f'id="{target}"' in text


def test_the_marked_text_is_the_text(client, loaded):
    page = words(client, f"{HOME}text/")
    body = "".join(re.findall(r'<p class="words[^"]*">(.*?)</p>', page, re.S))
    body = re.sub(r'<a class="(?:to-facts|address)".*?</a>|<span class="today-name">.*?</span>', "", body)
    assert re.sub(r"\s", "", re.sub(r"<[^>]+>", "", body)) == re.sub(r"\s", "", TEXT)


def test_marks_stand_on_the_figures_whatever_the_copy(client, people, version):
    load_text(by=people.lead, version=version, data=TEXT.replace("\n", "\r\n").encode("gb18030"), name="副本.txt")
    text = words(client, f"{HOME}text/")
    assert "100万元</mark>" in text and "50万元</mark>" in text and "文字相同" in text


def test_a_hostile_text_stays_text(client, people, version):
    from luodi.service.policies.models import PolicyText

    PolicyText.objects.create(policy_version=version, text="<script>alert(1)</script>" + " " * 400, sha256="0" * 64,
                              loaded_by=people.lead)  # fmt: skip
    answer = client.get(f"{HOME}text/").content.decode()
    assert "<script>" not in answer and "&lt;script&gt;" in answer


def test_old_names_stay_with_todays_in_brackets(client, loaded):
    unit = GovernmentUnit.objects.create(region=REGION, key="jx")
    for name, start, end in (("市经信局", None, "2026-04-30"), ("市工信局", "2026-05-01", None)):
        GovernmentUnitName.objects.create(unit=unit, name=name, short=name, valid_from=start, valid_to=end)
    for page in (f"{HOME}text/", HOME):
        plain = re.sub(r"<[^>]+>", "", words(client, page))
        assert "市经信局〔今称：市工信局〕" in plain
    assert "<mark>市工信局" not in words(client, f"{HOME}text/")


def test_a_clause_shows_its_sentence_its_facts_and_its_questions(client, loaded):
    text = words(client, f"{HOME}clause/三.(一)/")
    assert "100万元</mark>" in text and "100 万元" in text and "一事一议" not in text.split("<footer")[0]
    assert "三 支持政策" in text


def test_facts_can_be_taken_away(client, version):
    answer = client.get(f"{HOME}facts.json")
    assert "attachment" in answer["Content-Disposition"]
    taken = json.loads(answer.content)
    assert taken["facts"] == version.pack["facts"] and taken["source"]["text_sha256"]


def test_the_register_shows_options_and_takes_answers_from_those_with_the_right(client, people, version):
    text = words(client, f"{HOME}register/")
    assert "口径待定" in text and "补差额" in text and "登记官方答复" not in text
    client.force_login(people.lead)
    assert "登记官方答复" in words(client, f"{HOME}register/")
    given = {
        "option": "full",
        "paper": "试函〔2026〕8号",
        "answered_by": "试验市人民政府",
        "effective_from": "2026-05-01",
    }
    shown = client.post(f"{HOME}register/Q1/", given)
    assert shown.status_code == 200 and "登记之前：对结果的影响" in shown.content.decode()
    assert not AmbiguityAnswer.objects.exists()
    assert client.post(f"{HOME}register/Q1/", given | {"seen": "1"}).status_code == 302
    text = words(client, f"{HOME}register/")
    assert "官方答复：发全额" in text and "试函〔2026〕8号" in text


@pytest.mark.parametrize(("field", "value", "words"), [
    ("option", "", "请选择一项答复"), ("paper", "", "请填写答复文件的文号"), ("effective_from", "五月一日", "年-月-日"),
    ("effective_from", "2026-02-30", "年-月-日"), ("answered_by", "", "作出答复的机关"),
])  # fmt: skip
def test_a_wrong_answer_says_what_to_do_and_loses_nothing(client, people, version, field, value, words):
    client.force_login(people.lead)
    given = {
        "option": "full",
        "paper": "试函〔2026〕8号",
        "answered_by": "试验市人民政府",
        "effective_from": "2026-05-01",
    }
    answer = client.post(f"{HOME}register/Q1/", given | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and not AmbiguityAnswer.objects.exists()
    for kept in (value for name, value in given.items() if name not in (field, "option")):
        assert kept in page


def test_others_do_not_answer(client, people, version):
    given = {"option": "full", "paper": "号", "answered_by": "谁", "effective_from": "2026-05-01"}
    assert client.post(f"{HOME}register/Q1/", given).status_code == 302
    for user in (people.supervisor, people.clerk, people.audit):
        client.force_login(user)
        assert client.get(f"{HOME}register/Q1/").status_code == 403
        assert client.post(f"{HOME}register/Q1/", given).status_code == 403
    assert not AmbiguityAnswer.objects.exists()
    client.force_login(people.lead)
    assert client.get(f"{HOME}register/Q9/").status_code == 404


def test_officers_of_another_region_neither_load_nor_answer(client, people, version):
    from luodi.service.accounts.models import Membership, Organisation

    far = Organisation.objects.create(name="别市经信局", side="government", region="330100")
    Membership.objects.filter(user=people.lead).update(organisation=far)
    client.force_login(people.lead)
    assert client.get(f"{HOME}load/").status_code == client.get(f"{HOME}register/Q1/").status_code == 403
    assert "登记官方答复" not in words(client, f"{HOME}register/")


def test_a_policy_in_force_for_years_lapses_when_they_are_over(client, people, on):
    text = "试验市促进创新若干措施\n第一条 对获得国家级平台称号的企业，给予10万元奖励。\n第二条 本措施自2023年9月8日起施行，有效期3年。\n"
    pack = build(compile_document(parse(text, "years")), {"id": "years", "version": 1})
    made = add_version(by=people.lead, slug="years", region="990100", pack=pack)
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    on("2026-09-07")
    assert "有效期至 2026-09-07，还有 0 天" in words(client, "/policies/years/")
    on("2026-09-08")
    assert "不能据此申领" in words(client, "/policies/years/")


def test_an_answer_by_another_authority_is_told_before_it_is_recorded(client, people, version):
    client.force_login(people.lead)
    given = {
        "option": "full",
        "paper": "试财函〔2026〕1号",
        "answered_by": "试验市财政局",
        "effective_from": "2026-05-01",
    }
    address = f"{HOME}register/Q1/"
    assert 'value="试验市人民政府"' in client.get(address).content.decode()  # 制定机关, by its name
    assert "请先核对它有没有权限答复" in client.post(address, given).content.decode()
    right = given | {"answered_by": "试验市人民政府"}
    assert "有没有权限答复" not in client.post(address, right).content.decode()
    client.post(address, right | {"seen": "1", "effective_from": "2099-01-01"})
    text = words(client, f"{HOME}register/")
    assert "试财函〔2026〕1号（试验市人民政府），自 2099-01-01 起，还没有到" in text
