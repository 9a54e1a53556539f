"""Versions: two people, frozen once published, one published at a time; official answers beside, not over."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from integration.town_policy import REGION, SLUG, town_pack
from luodi.errors import UsageError
from luodi.service.audit.models import AuditEvent
from luodi.service.policies.actions import add_version, confirm, publish, record_answer
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import current_version, load_pack, validity_on


def test_nobody_publishes_what_nobody_confirmed(people, draft):
    with pytest.raises(UsageError, match="还没有人确认"):
        publish(by=people.other, version=draft)
    with pytest.raises(Http404):
        current_version(SLUG)


def test_one_person_does_not_do_both(people, draft):
    confirm(by=people.lead, version=draft)
    with pytest.raises(UsageError, match="不能是同一人"):
        publish(by=people.lead, version=draft)
    draft.published_by = people.lead
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_a_draft_for_comments_is_never_put_in_force(people):
    pack = town_pack()
    pack.data["title"] = "试验市新材料产业若干措施（征求意见稿）"
    asked = add_version(by=people.lead, slug=SLUG, region=REGION, pack=pack)
    confirm(by=people.lead, version=asked)
    with (
        pytest.raises(UsageError, match="标题写明是“征求意见稿”，不是正式印发的文件，不能提交和发布"),
        transaction.atomic(),
    ):
        publish(by=people.other, version=asked)
    with pytest.raises(Http404):
        current_version(SLUG)


def test_the_database_wants_both_names_for_a_published_version(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=draft.pk).update(status="published")


@pytest.mark.parametrize("change", [{"pack": {}}, {"number": 9}, {"status": "draft"}, {"pack_digest": "0" * 64},
                                    {"published_at": dt.date(2020, 1, 1)}])  # fmt: skip
def test_a_published_version_is_frozen(version, change):
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).update(**change)


def test_a_version_is_never_deleted(draft):
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        PolicyVersion.objects.filter(pk=draft.pk).delete()


def test_a_draft_may_still_change(draft):
    PolicyVersion.objects.filter(pk=draft.pk).update(number=5)
    draft.refresh_from_db()
    assert draft.number == 5


def test_the_next_version_withdraws_the_one_before(people, version):
    second = add_version(by=people.lead, slug=SLUG, region=REGION, pack=town_pack(version=2))
    assert second.number == 2
    confirm(by=people.other, version=second)
    publish(by=people.lead, version=second)
    version.refresh_from_db()
    assert (version.status, current_version(SLUG)) == ("withdrawn", second)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        PolicyVersion.objects.filter(pk=version.pk).update(status="published")


@pytest.mark.parametrize(("day", "code", "words"), [
    ("2026-02-28", "not_yet", "自 2026-03-01 起施行，还有 1 天"),
    ("2026-03-01", "in_force", "有效期至 2028-12-31"),
    ("2026-03-02", "in_force", "还有 1,035 天"),
    ("2028-07-03", "in_force", "还有 181 天"),
    ("2028-07-04", "expiring", "还有 180 天"),
    ("2028-12-31", "expiring", "还有 0 天"),
    ("2029-01-01", "lapsed", "按当时口径测算，不能据此申领"),
])  # fmt: skip
def test_how_a_policy_stands_on_a_day(version, day, code, words):
    found = validity_on(version, dt.date.fromisoformat(day))
    assert found.code == code and words in found.note
    assert found.claimable is (code in ("in_force", "expiring"))


def test_a_repealed_policy_says_by_what(people, version):
    repeal = {"title": "试验市人民政府关于支持新材料产业发展的实施意见", "number": None, "article": "0", "span": [0, 4],
              "confidence": 1.0}  # fmt: skip
    pack = town_pack(id="newer")
    newer = {**pack.data, "title": "试验市新政策", "facts": {**pack.facts, "repeals": [repeal]}}
    second = add_version(by=people.lead, slug="newer", region=REGION, pack=type(pack)(newer))
    confirm(by=people.lead, version=second)
    publish(by=people.other, version=second)
    found = validity_on(version, dt.date(2026, 3, 1))
    assert (found.code, found.claimable) == ("repealed", False) and "试验市新政策" in found.note
    assert validity_on(version, dt.date(2026, 2, 28)).code == "not_yet"


def test_a_paper_without_its_own_first_day_stands_from_its_issue(people, version):
    repeal = {"title": "试验市人民政府关于支持新材料产业发展的实施意见", "number": None, "article": "0", "span": [0, 4],
              "confidence": 1.0}  # fmt: skip
    pack = town_pack(id="newer")
    facts = {**pack.facts, "repeals": [repeal], "validity": None}
    newer = {**pack.data, "title": "试验市新政策", "facts": facts, "issued_on": "2026-05-20"}
    second = add_version(by=people.lead, slug="newer", region=REGION, pack=type(pack)(newer))
    confirm(by=people.lead, version=second)
    publish(by=people.other, version=second)
    early, late = (validity_on(second, dt.date(2026, 5, day)) for day in (19, 20))
    assert (early.code, early.note) == ("not_yet", "2026-05-20 印发，这一天还没有施行。") and late.code == "in_force"
    assert [validity_on(version, dt.date(2026, 5, day)).code for day in (19, 20)] == ["in_force", "repealed"]


def test_an_answer_reaches_the_pack_and_earlier_ones_stay(people, version):
    given = {"by": people.lead, "version": version, "ambiguity": "Q1", "answered_by": "制定机关", "retroactive": False}
    assert load_pack(version).ambiguities[0]["answer"] is None
    record_answer(**given, option="difference", paper="试函〔2026〕1号", effective_from=dt.date(2026, 5, 1))
    record_answer(**given, option="full", paper="试函〔2026〕2号", effective_from=dt.date(2026, 6, 1))
    answer = load_pack(version).ambiguities[0]["answer"]
    assert (answer["option"], answer["paper"], answer["from"]) == ("full", "试函〔2026〕2号", "2026-06-01")
    assert version.answers.count() == 2
    version.refresh_from_db()
    assert version.pack["ambiguities"][0]["answer"] is None, "the published pack itself is untouched"
    assert AuditEvent.objects.filter(action="policy.ambiguity_answered").count() == 2


def test_an_answer_must_be_one_of_the_options(people, version):
    given = {"by": people.lead, "version": version, "answered_by": "制定机关", "paper": "号", "retroactive": False,
             "effective_from": dt.date(2026, 5, 1)}  # fmt: skip
    with pytest.raises(UsageError, match="不是这一问的选项"):
        record_answer(**given, ambiguity="Q1", option="maybe")
    with pytest.raises(UsageError, match="没有“Q9”"):
        record_answer(**given, ambiguity="Q9", option="full")
