"""The pages that only read, over the whole demo: doors by role, small cells, audit; nothing restricted gets out."""

import datetime as dt
import html
import re
from collections import Counter

import pytest
from django.utils.timezone import localtime

from luodi.service.accounts.models import Membership, User
from luodi.service.accounts.permissions import Permission
from luodi.service.accounts.roles import ROLES
from luodi.service.audit.actions import record
from luodi.service.audit.models import AuditEvent
from luodi.service.demo.load import business_date, cities, packs_of
from luodi.service.duties.unit_page import own_page
from luodi.service.policies.models import Policy
from luodi.service.registry.models import Event, Fact, FactType, SectorEntry, Unit

pytestmark = pytest.mark.django_db
DIFFERENT = {role.permissions: code for code, role in ROLES.items()}.values()  # one role for each set of permissions
SENTINELS = ("哨兵事项甲乙丙", "哨兵发证单位", "哨兵事实值", "哨兵情形")


@pytest.fixture(autouse=True)
def standing(demo, monkeypatch):
    monkeypatch.setenv("LUODI_TODAY", business_date().isoformat())


@pytest.fixture
def as_role(client):
    """Sign in as some demo person of a role in the first city (None: nobody)."""

    def sign_in(role: str | None):
        if role is None:
            client.logout()
            return client
        seat = Membership.objects.filter(role=role, organisation__region="330100", user__is_demo=True).first()
        client.force_login(seat.user)
        session = client.session
        session["membership"] = str(seat.pk)
        session.save()
        return client

    return sign_in


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def slugs() -> list[str]:
    return [name for spec in cities() for name in packs_of(spec)]


@pytest.mark.parametrize("role", [None, *ROLES])
def test_three_doors_and_what_this_role_may_do(as_role, role):
    text = page(as_role(role), "/")
    for door in ("企业与单位", "政府部门", "公众"):
        assert f">{door}</h2>" in text
    held = ROLES[role].permissions if role else frozenset()
    main = text.split("<main", 1)[1]
    for address, needed in (("/entitled/", Permission.VIEW_ENTITLED), ("/totals/", Permission.VIEW_TOTALS),
                            ("/audit/", Permission.VIEW_AUDIT), ("/my/", Permission.VIEW_OWN_UNIT)):  # fmt: skip
        assert (f'href="{address}"' in main) is (needed in held), address
    assert ("可以先做" in text) is (role is not None)


def test_the_first_page_says_what_is_in_force_on_the_day(as_role, monkeypatch):
    client = as_role(None)
    assert "现行有效" in page(client, "/") and "尚未施行" in page(client, "/")
    monkeypatch.setenv("LUODI_TODAY", "2026-11-23")
    text = page(client, "/")
    assert "已失效" in text and "不能据此申领" in text and "现行有效" in text


def test_a_visitor_stands_on_another_day(as_role):
    client = as_role(None)
    client.post("/accounts/business-date/", {"business_date": "2021-12-31", "next": "/"})
    assert "即将到期" in page(client, "/")


@pytest.mark.parametrize("role", [None, *DIFFERENT])
def test_every_page_opens_for_every_role(as_role, role):
    client = as_role(role)
    for slug in slugs():
        for tail in ("", "text/", "register/", "clause/0/", "facts.json"):
            assert client.get(f"/policies/{slug}/{tail}").status_code == 200
        assert client.get(f"/sectors/?policy={slug}").status_code == 200
    held = ROLES[role].permissions if role else frozenset()
    audit = client.get("/audit/").status_code
    assert audit == (302 if role is None else 200 if Permission.VIEW_AUDIT in held else 403)


def cells(text: str) -> dict[tuple[str, str], str]:
    """What stands in the number column, by sector and technology."""
    found = {}
    for section in text.split("<section")[1:]:
        sector = re.search(r"<h2[^>]*>([^<]+)</h2>", section).group(1)
        for name, value in re.findall(r'<tr><th scope="row">([^<]+)</th><td class="number">([^<]+)</td>', section):
            found[sector, name] = value.strip()
    return found


def test_small_cells_are_withheld_from_the_public(as_role):
    text = page(as_role(None), "/sectors/?policy=hangzhou-2018-mci")
    shown = cells(text)
    numbers = [int(value) for value in shown.values() if value.isdigit()]
    assert numbers and not [number for number in numbers if 0 < number < 5]
    assert "不显示" in shown.values()
    names = Unit.objects.filter(sector_entries__isnull=False).values_list("name", flat=True)
    assert not [name for name in names if name in text]


def test_officers_see_the_units_that_list_themselves(as_role):
    text = page(as_role("lead_officer"), "/sectors/?policy=hangzhou-2018-mci")
    listed = SectorEntry.objects.filter(unit__region="330100", published_on__lte=business_date())
    real = Counter(listed.values_list("sector", "technology"))
    assert {place: int(value) for place, value in cells(text).items() if value != "0"} == real
    assert listed.first().unit.name in text


def test_officers_of_another_city_see_what_the_public_sees(as_role):
    public = cells(page(as_role(None), "/sectors/?policy=yunlan-2026-mci"))
    assert cells(page(as_role("lead_officer"), "/sectors/?policy=yunlan-2026-mci")) == public


def test_no_listing_shows_before_its_day(as_role, monkeypatch):
    first = SectorEntry.objects.filter(unit__region="330100").order_by("published_on").first().published_on
    monkeypatch.setenv("LUODI_TODAY", (first - dt.timedelta(1)).isoformat())
    assert set(cells(page(as_role("lead_officer"), "/sectors/?policy=hangzhou-2018-mci")).values()) == {"0"}


def test_the_audit_page_lists_and_verifies(as_role):
    client = as_role("audit_admin")
    text = page(client, "/audit/?verify=1")
    assert "审计链完好" in text and "设定演示账户口令" in text
    assert "luodi-demo-2020" not in text


def test_the_audit_page_calls_policies_and_facts_by_name(as_role):
    client = as_role("audit_admin")
    record(by=None, action="policy.fact_decided", key="benefits-8", verdict="accept", paper="")
    record(by=None, action="policy.published", slug=slugs()[0])
    text = page(client, "/audit/")
    assert "事实：奖补第 9 条；处理：采纳<" in text and "benefits-8" not in text and "文号：；" not in text
    assert f"政策：《{Policy.objects.get(slug=slugs()[0]).title}》" in text


def test_each_role_is_told_a_step(as_role):
    for role in DIFFERENT:
        text = page(as_role(role), "/").split("可以先做", 1)[1].split("</section>", 1)[0]
        held = ROLES[role].permissions
        assert "<li>" in text, role
        assert ('href="/people/"' in text) is (Permission.MANAGE_ACCOUNTS in held), role
        assert ('href="/jobs/"' in text) is (Permission.MANAGE_SYSTEM in held), role
    assert "各单位发起的任务" in page(as_role("system_admin"), "/jobs/")
    assert "本单位发起的任务" in page(as_role("lead_officer"), "/jobs/")


def test_the_audit_log_is_searched(as_role):
    client = as_role("audit_admin")
    some = AuditEvent.objects.exclude(actor_name="").first()
    day, area = localtime(some.at).date(), some.action.partition(".")[0]
    expected = AuditEvent.objects.filter(action__startswith=f"{area}.", at__date=day, actor_name=some.actor_name)
    text = page(client, f"/audit/?who={some.actor_name}&area={area}&since={day}&until={day}")
    assert f"{expected.count()} 条" in text and set(re.findall(r'data-label="操作人">([^<]*)<', text)) == {
        some.actor_name
    }
    assert "没有符合的记录" in page(client, "/audit/?who=没有这个人")
    assert "没有符合的记录" in page(client, f"/audit/?since={day + dt.timedelta(400)}")
    refused = client.get("/audit/?since=昨天")
    assert refused.status_code == 422 and "年-月-日" in refused.content.decode()


def test_the_first_page_tells_what_a_unit_has_to_send(as_role):
    text = page(as_role("liaison"), "/")
    seat = Membership.objects.filter(role="liaison", organisation__region="330100", user__is_demo=True).first()
    own = own_page(seat, business_date())
    owed = len(own.owed)
    assert (f"待报送 {owed} 项" if owed else "没有待报送的进展") in text and f"/duties/unit/{own.unit.pk}/" in text
    assert "待报送" not in page(as_role("intake"), "/") and "待报送" not in page(as_role(None), "/")


PUBLIC_ADDRESSES = (
    "/",
    "/policies/",
    "/calls/",
    "/sectors/",
    "/duties/",
    "/goals/",
    "/calculator/",
    "/api/openapi.json",
    "/audit/",
)
OFFICE_ADDRESSES = ("/entitled/", "/totals/")


@pytest.mark.parametrize(
    "role", [None, *(code for code in DIFFERENT if Permission.VIEW_RESTRICTED_FACTS not in ROLES[code].permissions)]
)
def test_restricted_facts_and_events_reach_nobody_without_the_right(as_role, role):
    unit = Unit.objects.filter(region="330100", kind="enterprise", organisation=None).first()
    common = {
        "unit": unit,
        "source": "测试",
        "as_of": business_date(),
        "sensitivity": "restricted",
        "evidence": "attested",
    }
    Event.objects.create(kind=SENTINELS[0], issuer=SENTINELS[1], tag=SENTINELS[3], date=business_date(), **common)
    kind = FactType.objects.create(
        code="哨兵", name="哨兵", data_type="text", sensitivity="restricted", evidence="attested"
    )
    Fact.objects.create(type=kind, value=SENTINELS[2], **common)
    client = as_role(role)
    addresses = [*PUBLIC_ADDRESSES, *OFFICE_ADDRESSES, f"/entitled/{unit.pk}/", f"/api/units/{unit.pk}"]
    addresses += [f"/policies/{slug}/{tail}" for slug in slugs() for tail in ("", "text/", "register/", "facts.json")]
    opened = 0
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code < 500, address
        opened += answer.status_code == 200
        text = html.unescape(answer.content.decode("utf-8", errors="replace"))
        assert not [word for word in SENTINELS if word in text], address
    assert opened > 10


def test_demo_people_carry_no_rights_of_their_own(demo):
    assert not User.objects.filter(is_demo=True, is_superuser=True).exists()
    assert not User.objects.filter(is_demo=True, is_staff=True).exists()
