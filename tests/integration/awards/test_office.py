"""List, totals, export: the engine's sums, and never a trace of the items that are published as one figure."""

import io
import re

import openpyxl
import pytest
from django.db import Error, transaction

from integration.award_city import DAY, RESTRICTED_ITEM, SLUG, add_event, add_fact, add_unit
from luodi import clock
from luodi.entitlement.explain import explain
from luodi.service.accounts.permissions import Permission
from luodi.service.accounts.roles import ROLES
from luodi.service.audit.models import AuditEvent
from luodi.service.awards.actions import evaluate_region
from luodi.service.awards.contents import COLUMN
from luodi.service.awards.models import EvaluationRow, EvaluationRun, ItemRelease, RestrictedRow
from luodi.service.awards.queries import choices, totals
from luodi.service.awards.suppression import MINIMUM, SIZE_LEFT_OUT, TOTAL
from luodi.service.jobs import actions as jobs
from luodi.service.jobs.models import Job
from luodi.service.registry.queries import unit_input


def run_of(city) -> EvaluationRun:
    return evaluate_region(by=None, version=city.version)


def holders(city, count: int, start: int = 500, grade: str = "二级") -> list:
    """Units with an attested restricted qualification and nothing else."""
    found = []
    for number in range(start, start + count):
        unit = add_unit(city, number, name=f"持有单位{number}")
        add_fact(unit, "本市登记纳税", True)
        add_event(city, unit, "武器装备科研生产保密资格", grade=grade, action="新认定", evidence="attested")
        found.append(unit)
    return found


def wan(fen: int) -> str:
    return f"{fen / 1e6:,.6f}".rstrip("0").rstrip(".")


# an evaluation that comes to nothing


def test_an_evaluation_that_failed_is_told_where_the_policy_is(sign_in, city):
    office = sign_in("lead_officer")
    asked = office.post("/entitled/", {"policy": SLUG, "engine": "没有"}).headers["Location"]
    pages = [f"{place}?policy={SLUG}" for place in ("/entitled/", "/totals/", "/simulation/")] + [f"/policies/{SLUG}/"]
    for page in pages:
        assert "排队中" in office.get(page).content.decode()
    jobs.run(str(Job.objects.get().pk))
    for page in pages:
        text = office.get(page).content.decode()
        assert "未完成" in text and Job.objects.get().message in text and asked in text, page
    office.post("/entitled/", {"policy": SLUG, "engine": "duckdb"})
    jobs.run(str(Job.objects.exclude(state="refused").get().pk))
    assert all(asked not in office.get(page).content.decode() for page in pages)
    office.logout()
    assert asked not in office.get(f"/policies/{SLUG}/").content.decode()


# one engine


def test_population_and_single_explanations_agree_to_the_fen(crowd):
    run = run_of(crowd)
    rows = {
        (row.unit_id, row.rule): row
        for model in (EvaluationRow, RestrictedRow)
        for row in model.objects.filter(run=run)
    }
    assert len(rows) > 60
    for unit in crowd.units:
        for result in explain(crowd.pack, unit_input(unit, public_only=False), DAY).rules:
            row = rows.get((unit.pk, result.rule))
            if row is None:
                assert result.group in ("not", "case") and not result.upto_fen
            else:
                assert (row.group, row.sure_fen, row.upto_fen) == (result.group, result.sure_fen, result.upto_fen)


def test_page_shows_the_same_sums_as_the_engine(crowd, sign_in):
    run = run_of(crowd)
    client = sign_in("lead_officer")
    for unit in crowd.units[:25]:
        text = client.get(f"/entitled/{unit.pk}/?run={run.pk}").content.decode()
        found = explain(crowd.pack, unit_input(unit, public_only=False), DAY)
        listed = [r for r in found.rules if r.item != RESTRICTED_ITEM and r.group != "case"]
        shown = [int(value) for value in re.findall(r'class="big"><data class="money" value="(\d+)"', text)]
        assert shown == [sum(r.sure_fen for r in listed), sum(r.upto_fen for r in listed)]
        assert "登记信息在这次测算之后有更正" not in text


def test_run_freezes_what_it_rested_on(crowd):
    run = run_of(crowd)
    assert run.policy_version == crowd.version and run.business_date == DAY and run.units == len(crowd.units)
    again = run_of(crowd)
    assert again.input_digest == run.input_digest
    add_event(crowd, crowd.units[0], "军民融合示范企业", grade="省级", action="认定")
    assert run_of(crowd).input_digest != run.input_digest
    assert AuditEvent.objects.filter(action="awards.evaluated").count() == 3
    row = EvaluationRow.objects.filter(run=run).first()
    for change in (lambda: EvaluationRow.objects.filter(pk=row.pk).update(sure_fen=1), row.delete):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_correction_after_the_run_is_said_on_the_unit_s_page(crowd, sign_in):
    run = run_of(crowd)
    unit = add_unit(crowd, 901)
    add_fact(unit, "本市登记纳税", True)
    add_event(crowd, unit, "军民融合示范企业", grade="省级", action="认定")
    assert "有更正" in sign_in("lead_officer").get(f"/entitled/{unit.pk}/?run={run.pk}").content.decode()


# the list


def test_officer_runs_filters_and_pages(crowd, sign_in):
    client = sign_in("lead_officer")
    assert "还没有测算过" in client.get("/entitled/").content.decode()
    answer = client.post("/entitled/", {"policy": SLUG})
    assert client.post("/entitled/", {"policy": SLUG}).headers["Location"] == answer.headers["Location"], "asked twice"
    assert jobs.run(str(Job.objects.get().pk))
    text = client.get(answer.headers["Location"]).content.decode()
    assert "用时" in text and "已测算 90 个单位" in text and f"/entitled/?policy={SLUG}" in text
    run = EvaluationRun.objects.get()
    for rule in ("四.(三).2#1", "四.(三).3#2"):
        page = client.get("/entitled/", {"rule": rule, "group": "sure", "district": "330102"})
        wanted = EvaluationRow.objects.filter(run=run, rule=rule, group="sure", district="330102")
        assert f"{wanted.count()} 条" in page.content.decode()
    assert client.get("/entitled/?page=99").status_code == 200
    assert client.get("/entitled/?run=nonsense").status_code == 404
    assert client.get("/entitled/?policy=nowhere").status_code == 404


def test_other_region_s_officer_sees_nothing_of_this_one(crowd, sign_in):
    run = run_of(crowd)
    client = sign_in("lead_officer", region="990100")
    assert "没有已发布" in client.get("/entitled/").content.decode()
    assert client.get(f"/entitled/?policy={SLUG}").status_code == 404
    assert client.get(f"/entitled/{crowd.units[0].pk}/").status_code == 404
    assert client.get(f"/totals/?policy={SLUG}&run={run.pk}").status_code == 404


MATRIX = {
    "/entitled/": {Permission.VIEW_ENTITLED},
    "/totals/": {Permission.VIEW_TOTALS},
    "/totals/export.xlsx": {Permission.VIEW_TOTALS, Permission.EXPORT},
    "/my/": {Permission.VIEW_OWN_UNIT},
}


def test_permission_matrix(city, sign_in):
    unit = f"/entitled/{add_unit(city, 1).pk}/"
    run_of(city)
    for role in ROLES:
        client = sign_in(role)
        for address, needed in {**MATRIX, unit: {Permission.VIEW_ENTITLED}}.items():
            expected = 200 if needed <= ROLES[role].permissions else 403
            assert client.get(address).status_code == expected, (role, address)
        assert client.get("/calculator/").status_code == 200
    client.logout()
    for address in (*MATRIX, unit):
        assert client.get(address).status_code == 302


# items published as one figure


def sheet_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


def test_restricted_rows_never_appear_for_any_role(crowd, sign_in):
    few = holders(crowd, 3)
    run_of(crowd)
    for role in ROLES:
        if Permission.VIEW_RESTRICTED_FACTS not in ROLES[role].permissions:
            _sees_nothing_restricted(sign_in(role), crowd, few)


def _sees_nothing_restricted(client, city, few) -> None:
    only, own = {unit.name for unit in few}, {f"/entitled/{unit.pk}/" for unit in few}
    rules = [rule["id"].replace("#", "%23") for rule in city.pack.rules if rule["publication"] == "item_total"]
    lists = ["/entitled/", "/entitled/?restricted=1", "/entitled/?page=2", "/entitled/?group=sure", "/totals/",
             "/totals/?unit=yuan", "/calculator/", *(f"/entitled/?rule={rule}&group=sure" for rule in rules)]  # fmt: skip
    for address in lists:
        text = client.get(address).content.decode()
        assert not [name for name in only if name in text], address
    for address in own:
        main = client.get(address).content.decode().partition("<main")[2]
        assert not [word for word in (*city.restricted_titles(), "新认定", "二级") if word in main]
    answer = client.get("/totals/export.xlsx")
    if answer.status_code == 200:
        text = sheet_text(answer.content)
        assert not [name for name in only if name in text]
        assert not [line for line in text.splitlines() if line.startswith(RESTRICTED_ITEM)]


def test_item_figure_is_hidden_below_five_and_shown_from_five(city, sign_in):
    holders(city, MINIMUM - 1)
    run_of(city)
    with clock.standing_on(DAY):
        assert totals(EvaluationRun.objects.first()).items[0][2] is None
    text = sign_in("lead_officer").get("/totals/").content.decode()
    assert "2,000,000" not in text and wan(4 * 50000000) not in re.findall(r">([\d.,]+) 万元", text)
    holders(city, 1, start=600, grade="一级")
    run_of(city)
    figure = ItemRelease.objects.get()
    assert (figure.recipients, figure.sure_fen) == (5, 4 * 50000000 + 100000000)
    text = sign_in("lead_officer").get("/totals/").content.decode()
    assert "300 万元" in text


def test_one_more_holder_does_not_show_in_the_difference_of_two_figures(city):
    holders(city, 6)
    first = totals(run_of(city)).items[0][2]
    holders(city, 1, start=700, grade="一级")
    second = totals(run_of(city)).items[0][2]
    assert (second.recipients, second.upto_fen) == (first.recipients, first.upto_fen)
    holders(city, 5, start=800)
    third = totals(run_of(city)).items[0][2]
    assert third.recipients == 12


def test_reader_of_restricted_facts_leaves_a_trace(crowd, sign_in, monkeypatch):
    few = holders(crowd, 2)
    run_of(crowd)
    allowed = frozenset({*ROLES["lead_officer"].permissions, Permission.VIEW_RESTRICTED_FACTS})
    monkeypatch.setattr("luodi.service.accounts.models.Membership.permissions", property(lambda self: allowed))
    client = sign_in("lead_officer")
    assert few[0].name not in client.get("/entitled/").content.decode()
    assert AuditEvent.objects.filter(action="restricted.read").count() == 0
    assert few[0].name in client.get("/entitled/?restricted=1").content.decode()
    assert "二级" in client.get(f"/entitled/{few[0].pk}/").content.decode()
    assert AuditEvent.objects.filter(action="restricted.read").count() == 2


# totals and export


def test_totals_are_the_sums_of_the_rows(crowd):
    run = run_of(crowd)
    found = totals(run, 1)
    rows = EvaluationRow.objects.filter(run=run, upto_fen__gt=0)
    whole = found.by_award.cells[TOTAL, TOTAL]
    assert whole.upto_fen == sum(row.upto_fen for row in rows) and whole.sure_fen == sum(row.sure_fen for row in rows)
    for rule in found.awards:
        mine = [row for row in rows if row.rule == rule]
        assert found.by_award.cells[rule, TOTAL].upto_fen == sum(row.upto_fen for row in mine)
        assert found.by_award.cells[rule, TOTAL].recipients == len(mine)


def test_reader_without_the_list_sees_no_small_figure(crowd, sign_in):
    run = run_of(crowd)
    small = [c for c, f in totals(run, 1).by_award.cells.items() if f and 0 < f.recipients < MINIMUM]
    shown = totals(run).by_award.cells
    assert small and all(shown[cell] is None for cell in small)
    text = sign_in("supervisor").get("/totals/").content.decode()
    assert "单位数少" in text
    exported = sheet_text(sign_in("supervisor").get("/totals/export.xlsx").content)
    assert "不含名单" in exported
    assert not [unit.name for unit in crowd.units if unit.name in exported]


def test_export_has_no_live_formula_an_about_sheet_and_a_trace(crowd, sign_in):
    unit = add_unit(crowd, 950, name='=HYPERLINK("http://x","点我")')
    other = add_unit(crowd, 951, name="@SUM(1+1)*cmd|' /C calc'!A0")
    for each in (unit, other):
        add_fact(each, "本市登记纳税", True)
        add_event(crowd, each, "军民融合示范企业", grade="省级", action="认定")
    run = run_of(crowd)
    before = AuditEvent.objects.count()
    answer = sign_in("lead_officer").get("/totals/export.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {unit.name, other.name} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert about["业务日期"] == str(DAY) and about["输入数据摘要"] == run.input_digest and "仅供参考" in about["声明"]
    assert AuditEvent.objects.filter(action="awards.exported").count() == 1 and AuditEvent.objects.count() == before + 1


def test_export_and_page_give_the_same_figures(crowd, sign_in):
    run = run_of(crowd)
    book = openpyxl.load_workbook(io.BytesIO(sign_in("lead_officer").get("/totals/export.xlsx").content))
    found = totals(run, 1)
    for name, table in (("按单位类别", found.by_kind), ("按企业规模", found.by_size)):
        assert [row[3].value for row in book[name].iter_rows(min_row=2)][-1] == table.cells[
            TOTAL, COLUMN
        ].upto_fen / 100 / 10000
    lines = {(row[0].value, row[2].value): row[7].value for row in book["按奖励和区县"].iter_rows(min_row=2)}
    for rule, title in found.awards.items():
        whole = found.by_award.cells[rule, TOTAL]
        if whole.recipients:
            assert lines[title, "合计"] == whole.upto_fen / 100


def test_sizes_that_would_tell_small_kinds_are_left_out_and_said_so(crowd, sign_in):
    few = [add_unit(crowd, 960 + at, kind="institute") for at in range(2)]
    for each in few:
        add_fact(each, "本市登记纳税", True)
        add_event(crowd, each, "国防科学技术进步奖", grade="二等", rank=1)
    run = run_of(crowd)
    found, supervisor = totals(run), sign_in("supervisor")
    assert found.size_left_out and not found.by_size.rows
    assert SIZE_LEFT_OUT in supervisor.get("/totals/").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(supervisor.get("/totals/export.xlsx").content))
    assert [cell.value for cell in book["按企业规模"]["A"]] == ["不列出", SIZE_LEFT_OUT]
    assert not totals(run, 1).size_left_out


def test_choice_prefers_the_policy_in_force(city):
    assert [choice.slug for choice in choices()] == [SLUG] and choices()[0].validity.code == "in_force"
