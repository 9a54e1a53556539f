"""The way to publication: legal check, signing and publishing, by two people; what stands still, what follows, who it is."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from integration.policies.drafts import ALL, post, settle, walk
from integration.town_policy import REGION, TEXT
from luodi.errors import UsageError
from luodi.service.accounts.models import Membership
from luodi.service.duties.models import Duty, Goal
from luodi.service.policies.drafting import decide, decide_many, upload
from luodi.service.policies.models import PolicyVersion, VersionStep
from luodi.service.policies.publication import take_step
from luodi.service.policies.rows import all_rows, open_rows


def test_nothing_open_may_be_submitted(people, bench):
    with pytest.raises(UsageError, match="没有核对完"):
        walk(bench, people.lead, "submit")
    settle(bench, people.lead)
    decide(by=people.lead, version=bench, key="duties-0", verdict="doubt", note="牵头不明")
    with pytest.raises(UsageError, match="其中存疑 1 条"):
        walk(bench, people.lead, "submit")


def test_two_people_put_it_in_force(client, people, bench):
    decide_many(by=people.lead, version=bench, keys=["duties-0"], looked_at=[])
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign", "publish")
    bench.refresh_from_db()
    assert (bench.status, bench.confirmed_by, bench.published_by) == ("published", people.lead, people.other)
    said = bench.pack["confirmed"][0]
    assert said["by"] == str(people.lead) and "未逐条看过 1 条" in said["note"]
    assert f"采纳 {sum(row.last.verdict == 'accept' for row in all_rows(bench))} 条" in said["scope"]
    assert list(VersionStep.objects.values_list("move", flat=True)) == ["upload", "submit", "pass", "sign", "publish"]
    slug = bench.policy.slug
    assert (
        Duty.objects.filter(policy=bench.policy).count() == 1 and Goal.objects.filter(policy=bench.policy).count() == 1
    )
    for address in (
        f"/policies/{slug}/",
        f"/policies/{slug}/text/",
        f"/duties/?policy={slug}",
        f"/calculator/?policy={slug}",
    ):
        assert bench.policy.title in client.get(address).content.decode(), address


@pytest.mark.parametrize("moves", [["pass"], ["pass", "sign"], ["pass", "sign", "publish"]])
def test_who_edited_last_takes_no_later_step(people, bench, moves):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, *moves[:-1])
    with pytest.raises(UsageError, match="不能由同一人"):
        walk(bench, people.lead, moves[-1])
    bench.refresh_from_db()
    bench.published_by = people.lead
    with pytest.raises(IntegrityError), transaction.atomic():
        bench.save(update_fields=["published_by"])


def test_what_was_submitted_stands_still_until_it_is_returned(people, bench):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    with pytest.raises(UsageError, match="内容不能再改"):
        decide(by=people.lead, version=bench, key="duties-0", verdict="accept")
    with pytest.raises(DatabaseError, match="stands still"), transaction.atomic():
        PolicyVersion.objects.filter(pk=bench.pk).update(pack={})
    with pytest.raises(UsageError, match="请填写意见或理由"):
        take_step(by=people.other, version=bench, move="return", may=ALL)
    take_step(by=people.other, version=bench, move="return", may=ALL, note="第二条的牵头单位不对")
    decide(by=people.lead, version=bench, key="duties-0", verdict="accept")
    bench.refresh_from_db()
    assert (bench.status, bench.confirmed_by) == ("draft", None)


def test_the_next_version_takes_the_place_and_withdrawal_takes_it_off(client, people, bench):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign", "publish")
    newer = TEXT.replace("5家以上", "8家以上").encode()
    second = upload(by=people.other, data=newer, name="b.txt", region=REGION, policy=bench.policy, organisation="某局")
    settle(second, people.other)
    walk(second, people.other, "submit")
    walk(second, people.lead, "pass", "sign", "publish")
    bench.refresh_from_db()
    assert (bench.status, second.number) == ("withdrawn", 2)
    assert Goal.objects.get(policy=bench.policy).target == 8
    walk(second, people.other, "withdraw")
    assert client.get(f"/policies/{bench.policy.slug}/").status_code == 404


def test_the_page_of_a_version_tells_the_next_step_and_offers_another_seat(client, people, bench):
    client.force_login(people.lead)
    address = f"/workbench/{bench.pk}/register/"
    assert f"核对事实（{len(open_rows(bench))} 条）" in client.get(address).content.decode()
    *_, last = open_rows(bench)
    settle(bench, people.lead)
    decide(by=people.lead, version=bench, key=last.key, verdict="undo")
    answer = post(client, bench, key=last.key, verdict="accept", last="")
    assert answer["Location"] == f"/workbench/{bench.pk}/rules/"
    number = len(bench.pack["rules"])
    assert f"看测算规则（{number} 条还没有定）" in client.get(address).content.decode()
    done = client.post(f"/workbench/{bench.pk}/rules-together/", {"as_proposed": "1"}, follow=True).content.decode()
    assert f"{number} 条规则按拟定的办，其中 {number} 条没有打开看过" in done and "提交合法性审核" in done
    bench.refresh_from_db()
    assert {rule["paid_why"] for rule in bench.pack["rules"]} == {"按文本拟定，经核对确认"}
    assert {row.verdict for row in bench.decisions.filter(key__startswith="rule-")} == {"accept"}
    walk(bench, people.lead, "submit")
    assert "审核通过，由有“合法性审核”权限的人办理" in client.get(address).content.decode()
    office = people.other.memberships.get().organisation
    Membership.objects.create(user=people.other, organisation=office, role="legal_reviewer")
    client.force_login(people.other)
    page = client.get(f"/workbench/{bench.pk}/").content.decode()
    assert "切换为“试验市经济和信息化局 · 合法性审核”" in page
    client.force_login(people.lead)
    assert "须由另一人办理" in client.get(f"/workbench/{bench.pk}/").content.decode()


def test_a_draft_for_comments_is_read_but_not_submitted(people):
    text = TEXT.replace("的实施意见\n", "的实施意见（征求意见稿）\n", 1)
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    (note,) = [row for row in all_rows(version) if row.kind == "diagnostics"]
    assert "征求意见稿" in note.text and note.is_open
    settle(version, people.lead)
    with pytest.raises(UsageError, match="不是正式印发的文件"):
        walk(version, people.lead, "submit")


def test_the_password_is_asked_for_before_a_version_is_published_and_the_step_goes_on(client, people, bench):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign")
    people.other.set_password("a-long-password")
    people.other.save()
    client.force_login(people.other)
    asked = client.post(f"/workbench/{bench.pk}/step/", {"move": "publish", "note": "按签批发布"})
    bench.refresh_from_db()
    assert asked["Location"].startswith("/accounts/confirm/") and bench.status == "signed"
    page = client.get(asked["Location"]).content.decode()
    assert "请再输入一次密码" in page and "other 的密码" in page
    done = client.post(asked["Location"], {"password": "a-long-password"})
    bench.refresh_from_db()
    assert done["Location"] == f"/workbench/{bench.pk}/" and bench.status == "published"
    assert bench.steps.get(move="publish").note == "按签批发布"
    # within some minutes it is not asked for again
    withdrawn = client.post(f"/workbench/{bench.pk}/step/", {"move": "withdraw", "note": "口径有误"})
    assert withdrawn["Location"] == f"/workbench/{bench.pk}/"
