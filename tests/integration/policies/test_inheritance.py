"""A new version takes over from the last one what is the same, says who decided it then, and shows what changed."""

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse

from integration.policies.drafts import benefit, post, row_of, settle, walk
from integration.town_policy import REGION, SLUG, TEXT
from luodi.document.reading import parse
from luodi.errors import UsageError
from luodi.policy.build import build, pack_of
from luodi.policy.compile import compile_document
from luodi.service.policies.actions import add_version, confirm, publish, record_answer
from luodi.service.policies.changes import changes
from luodi.service.policies.drafting import decide, decide_many, upload
from luodi.service.policies.models import AmbiguityAnswer, PolicyText, PolicyVersion
from luodi.service.policies.rows import all_rows, open_rows, settings_to_see

NEWER = (
    "关于修订的说明另行公布。\n\n"
    + TEXT.replace("5家以上", "8家以上").replace("为支持新材料产业发展，根据", "为支持新材料产业加快发展，根据")
    .replace("三、支持政策", "三、组织实施\n\n各区县抓好落实。\n\n四、支持政策")
)  # fmt: skip
SETTING = {"kinds": ["park"], "window_from": "2026-03-01", "window_to": "2028-12-31", "mode": "no_application",
           "paid": "once", "paid_why": "同一称号一次", "publication": "open", "condition-c1": "attest"}  # fmt: skip


@pytest.fixture
def first(people, client):
    """A version published from the workbench: one correction, one addition, a rule set, a question with its answer."""
    version = upload(by=people.lead, data=TEXT.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    words = "支持企业做大做强"
    start = TEXT.index(words)
    client.post(f"/workbench/{version.pk}/add/", {"begin": start, "until": start + len(words), "of": "qualitative_goals",
                                                  "statement": words, "save": "1"})  # fmt: skip
    post(client, version, key=benefit(version, 100), verdict="correct", kind="fixed", amount="120万元", selector="国家级",
         events="新材料产业基地", recipient="园区", frequency="once", conditions="由主管部门核定", note="原件为120万元")  # fmt: skip
    rule = version.proposal.pack["rules"][0]
    client.post(reverse("workbench:rule", args=[version.pk, rule["id"]]), SETTING | {"title": "基地奖励"})
    client.post(f"/workbench/{version.pk}/register/new/", {
        "question": "补差还是全额？", "asked_of": "市经信局", "strict_label": "补差额", "strict": "difference",
        "generous_label": "发全额", "generous": "full", "default": "open", "rules": [rule["id"]]})  # fmt: skip
    settle(version, people.lead)
    walk(version, people.lead, "submit")
    walk(version, people.other, "pass", "sign", "publish")
    version.refresh_from_db()
    return version


def look(version, by):
    """What was taken over and waits is said again, the rest accepted."""
    for row in open_rows(version):
        verdict = "keep" if row.state == "again" else "not_stated" if row.kind == "missing" else "accept"
        decide(by=by, version=version, key=row.key, verdict=verdict, before=dict(row.fact))


def next_version(people, old, text=NEWER):
    return upload(
        by=people.other, data=text.encode(), name="b.txt", region=REGION, policy=old.policy, organisation="某局"
    )


def test_what_is_the_same_is_taken_over_with_who_confirmed_then(client, people, first, on):
    on("2026-09-01")
    second = next_version(people, first)
    rows = {row.key: row for row in all_rows(second)}
    award = rows[benefit(second, 100)]
    assert (award.fact["amount"], award.article, award.state) == (120_000_000, "四.(一)", "correct")
    assert (award.last.by, award.last.decided_on, award.last.inherited_from) == (
        people.lead,
        dt.date(2026, 6, 1),
        first,
    )
    condition = award.fact["conditions"][0]
    assert NEWER[slice(*condition["span"])] == "100万元", "a place of the last text is brought over to the new one"
    added = next(row for row in rows.values() if row.kind == "qualitative_goals")
    assert NEWER[slice(*added.span)] == "支持企业做大做强" and added.state == "add"
    assert rows["references-0"].state == "again", "the sentence around the reference changed"
    assert rows["goals-0"].state == "open", "the goal says something else"
    client.force_login(people.other)
    page = client.get(f"/workbench/{second.pk}/facts/?at={award.key}").content.decode()
    assert "沿用第 1 版的结论：更正" in page and "lead，2026-06-01" in page and "原件为120万元" in page


def test_settings_questions_and_answers_go_on(people, first):
    entry = first.pack["ambiguities"][0]
    record_answer(by=people.lead, version=first, ambiguity=entry["id"], option="strict", paper="试函〔2026〕8号",
                  answered_by="市经信局", effective_from=dt.date(2026, 5, 1), retroactive=False)  # fmt: skip
    second = next_version(people, first)
    second.refresh_from_db()
    rule = second.pack["rules"][0]
    assert (rule["id"], rule["title"], rule["mode"], rule["paid"]) == (
        "四.(一)#1",
        "基地奖励",
        "no_application",
        "once",
    )
    assert rule["amount"]["by_grade"]["国家级"]["fen"] == 120_000_000
    assert rule["readings"][0]["ambiguity"] == "Q1" and second.pack["ambiguities"][0]["rules"] == [rule["id"]]
    assert second.answers.get().paper == "试函〔2026〕8号" and not settings_to_see(second)
    later = record_answer(by=people.lead, version=first, ambiguity="Q1", option="generous", paper="试函〔2026〕9号",
                          answered_by="市经信局", effective_from=dt.date(2026, 6, 1), retroactive=False)  # fmt: skip
    look(second, people.other)
    walk(second, people.other, "submit")
    walk(second, people.lead, "pass", "sign", "publish")
    assert AmbiguityAnswer.objects.get(policy_version=second, paper="试函〔2026〕9号").copied_from == later
    said = PolicyVersion.objects.get(pk=second.pk).pack["confirmed"]
    assert {(row["by"], "沿用第 1 版" in row["note"]) for row in said} == {("lead", True), ("other", False)}


def test_where_the_award_changed_the_setting_waits_for_a_look(client, people, first):
    second = next_version(people, first, TEXT.replace("50万元", "60万元"))
    assert [row.key for row in settings_to_see(second)] == ["rule-三.(一)#1", "ambiguity-Q1"]
    look(second, people.other)
    with pytest.raises(UsageError, match="2 项从上一版沿用的规则设定"):
        walk(second, people.other, "submit")
    client.force_login(people.other)
    page = client.get(f"/workbench/{second.pk}/rules/").content.decode()
    assert "看过了，仍然适用" in page and "沿用第 1 版" in page
    client.post(reverse("workbench:rule", args=[second.pk, "三.(一)#1"]), {"verdict": "keep"})
    client.post(f"/workbench/{second.pk}/register/Q1/", {"verdict": "keep"})
    second.refresh_from_db()
    rule = second.pack["rules"][0]
    assert not settings_to_see(second) and rule["mode"] == "no_application"
    assert rule["amount"]["by_grade"]["省级"]["fen"] == 60_000_000, "sums follow the new text"


def test_looking_again_keeps_what_was_decided_one_by_one_and_together(client, people, first):
    second = next_version(people, first)
    client.force_login(people.other)
    row = row_of(second, "references-0")
    assert post(client, second, key=row.key, verdict="keep", last=str(row.last.pk)).status_code == 302
    seen = row_of(second, row.key)
    assert (seen.state, seen.last.by, seen.last.inherited_from) == ("accept", people.other, None)
    waiting = [row.key for row in open_rows(second) if row.state == "again"]
    decide_many(by=people.other, version=second, keys=waiting, looked_at=[])
    assert [row.key for row in open_rows(second) if row.state == "again"] == []
    with pytest.raises(UsageError, match="没有从上一版沿用"):
        decide(by=people.other, version=second, key="goals-0", verdict="keep")


def test_the_differences_are_shown_fact_by_fact(client, people, first):
    second = next_version(people, first)
    found = changes(first, second)
    changed = [(each.label, each.degree, each.before, each.after) for each in found.facts if each.degree == "changed"]
    assert (
        "量化目标",
        "changed",
        "不低于 5 家 建成新材料产业基地（到 2028 年）",
        "不低于 8 家 建成新材料产业基地（到 2028 年）",
    ) in changed
    goal = next(each for each in found.facts if each.label == "量化目标")
    assert [words for words, differs in goal.new_sentence if differs] == ["8"]
    assert found.same > 5 and not found.rules_gone
    client.force_login(people.other)
    page = client.get(f"/workbench/{second.pk}/differences/").content.decode()
    assert "<ins>8</ins>" in page and "<del>5</del>" in page
    look(second, people.other)
    gone = upload(by=people.other, data=TEXT.replace("。（责任单位：市经信局牵头，市财政局参与）", "。").encode(), name="c.txt", region=REGION,
                  policy=first.policy, organisation="某局")  # fmt: skip
    assert ("任务分工", "gone") in [(each.label, each.degree) for each in changes(first, gone).facts]


def test_a_version_that_came_as_a_file_is_taken_as_confirmed_by_its_person(people, demo_pack):
    old = add_version(by=people.lead, slug=SLUG, region=REGION, pack=demo_pack.pack)
    confirm(by=people.lead, version=old, on=dt.date(2026, 2, 20))
    publish(by=people.other, version=old, on=dt.date(2026, 2, 21))
    PolicyText.objects.create(policy_version=old, text=demo_pack.text, sha256="0" * 64, loaded_by=people.lead)
    words, other = demo_pack.change
    second = next_version(people, old, demo_pack.text.replace(words, other))
    second.refresh_from_db()
    was = {rule["id"]: rule for rule in old.pack["rules"]}
    now = {rule["id"]: rule for rule in second.pack["rules"]}
    places = {"span", "amount", "conditions", "caps"}
    same = [name for name in was if {k: v for k, v in was[name].items() if k not in places} ==
            {k: v for k, v in now.get(name, {}).items() if k not in places}]  # fmt: skip
    assert len(same) >= len(was) - 1 and set(was) == set(now)
    assert [entry["id"] for entry in second.pack["ambiguities"]] == [entry["id"] for entry in old.pack["ambiguities"]]
    assert {each["id"] for each in old.pack["vocabulary"]["events"]} <= {
        each["id"] for each in second.pack["vocabulary"]["events"]
    }
    waiting = open_rows(second)
    assert len(waiting) < len(all_rows(second)) / 4


@pytest.fixture(params=["yunlan-2026-manufacturing", "yunlan-2026-mci"])
def demo_pack(request):
    """One of the example packs with its text, and a change of one sum in it."""
    folder = Path(__file__).parents[3] / "packs" / request.param
    text = (folder / "document.txt").read_text()
    pack = pack_of(folder)
    row = next(row for row in pack.facts["benefits"] if row["kind"] == "fixed")
    words = text[slice(*row["sentence"])]
    figure = text[slice(*row["span"])]
    return SimpleNamespace(pack=pack, text=text, change=(words, words.replace(figure, "7万元", 1)))


# --- a notice that issues several papers

NOTICE = """云州市人民政府关于印发《云州市甲奖励办法》《云州市乙扶持细则》的通知

试政发〔2026〕5号

现将《云州市甲奖励办法》《云州市乙扶持细则》印发给你们。

云州市甲奖励办法

第一条 对获得国家级新材料产业基地称号的园区，一次性给予30万元奖励。

第二条 本办法自2026年3月1日起施行，有效期至2028年12月31日。

云州市乙扶持细则

第一条 对获得省级新材料产业基地称号的园区，一次性给予5万元奖励。

第二条 本细则自2026年4月1日起施行，有效期至2028年12月31日。
"""
OF_A_PAPER = {"kinds": ["park"], "mode": "documents", "paid": "once", "paid_why": "同一称号一次", "publication": "open"}


def by_sum(version):
    """The rules of a version by what they pay, in 万元."""
    return {
        str(rule["amount"]).split("'fen': ")[1].split("}")[0].split(",")[0][:-6]: rule for rule in version.pack["rules"]
    }


@pytest.fixture
def notice(people, client):
    """A notice in force; of its first paper a window was set by hand, of its second another handling alone."""
    version = upload(
        by=people.lead, data=NOTICE.encode(), name="a.txt", region=REGION, policy=None, organisation="某局"
    )
    client.force_login(people.lead)
    windows = {"30": ("2026-05-01", "2027-04-30"), "5": ("2026-04-01", "2028-12-31")}
    for sum_, rule in by_sum(version).items():
        first, last = windows[sum_]
        place = reverse("workbench:rule", args=[version.pk, rule["id"]])
        given = OF_A_PAPER | {"title": f"基地{sum_}", "window_from": first, "window_to": last}
        assert client.post(place, given).status_code == 302
    settle(version, people.lead)
    walk(version, people.lead, "submit")
    walk(version, people.other, "pass", "sign", "publish")
    version.refresh_from_db()
    return version


def test_a_window_set_by_hand_goes_on_with_its_paper_and_any_other_follows_the_text(people, notice):
    first, second = (
        NOTICE.partition("云州市乙扶持细则\n\n第一条")[0],
        "云州市乙扶持细则\n\n第一条" + NOTICE.partition("云州市乙扶持细则\n\n第一条")[2],
    )
    head, _, paper = first.partition("云州市甲奖励办法\n\n第一条")
    later = second.replace("2026年4月1日", "2026年6月1日")  # and the papers change places
    turned = (
        head.replace("《云州市甲奖励办法》《云州市乙扶持细则》", "《云州市乙扶持细则》《云州市甲奖励办法》")
        + later
        + f"\n云州市甲奖励办法\n\n第一条{paper}"
    )
    newer = next_version(people, notice, turned)
    newer.refresh_from_db()
    rules = by_sum(newer)
    assert {sum_: rule["id"] for sum_, rule in rules.items()} == {"5": "文件1.第一条#1", "30": "文件2.第一条#1"}
    assert rules["30"]["window"] == {"from": "2026-05-01", "to": "2027-04-30"} and rules["30"]["title"] == "基地30"
    assert rules["5"]["window"] == {"from": "2026-06-01", "to": "2028-12-31"} and rules["5"]["paid"] == "once"


def test_a_notice_that_came_as_a_file_hands_on_no_window_of_its_papers(people):
    pack = build(compile_document(parse(NOTICE)), {"id": "notice-2026", "version": 1})
    old = add_version(by=people.lead, slug="notice-2026", region=REGION, pack=pack)
    confirm(by=people.lead, version=old)
    publish(by=people.other, version=old)
    PolicyText.objects.create(policy_version=old, text=NOTICE, sha256="0" * 64, loaded_by=people.lead)
    newer = next_version(people, old, NOTICE.replace("2026年4月1日", "2026年6月1日"))
    newer.refresh_from_db()
    assert by_sum(newer)["5"]["window"]["from"] == "2026-06-01"
    assert not newer.decisions.filter(key__startswith="rule-").exists()
