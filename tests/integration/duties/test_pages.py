"""The pages as each role, their forms, and the files exported from them."""

import datetime as dt
import io
import re

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from luodi.service.audit.models import AuditEvent
from luodi.service.duties import actions
from luodi.service.duties.board import board
from luodi.service.duties.breakdown import lines_of
from luodi.service.duties.models import JointReport, Milestone, Observation, Part

FIRST = "二.(一)"
SECRET_TO_THE_LEAD = "走访三家企业"
PEOPLE = (None, "经信甲", "经信乙", "发改甲", "国土甲", "东区甲", "督查甲")


@pytest.fixture
def reported(running):
    """A part was sent to the lead, the joint report was sent and adopted."""
    actions.save_part(
        duty=running.duty(FIRST), unit=running.units["fg"], period="2026-03", place=running.seat("发改甲", FIRST), version=0,
        text=SECRET_TO_THE_LEAD, no_progress=False, submit=True,
    )  # fmt: skip
    report = actions.save_report(
        duty=running.duty(FIRST), period="2026-03", place=running.seat("经信甲", FIRST), version=0,
        text="=1+1 汇总进展", no_progress=False, behind=False, submit=True,
    )  # fmt: skip
    actions.decide_report(report=report, adopt=True, place=running.seat("督查甲", FIRST), version=report.version)
    return running


def address(town, article=FIRST, tail=""):
    return f"/duties/{town.duty(article).pk}/{tail}"


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_opens_for_everybody_and_holds_only_what_they_may_read(enter, reported, person):
    client, town = enter(person), reported
    goal = town.goal("建成基地")
    pages = ["/duties/", "/duties/?policy=test-town&state=逾期", address(town), f"{address(town)}?all=1",
             f"/duties/unit/{town.units['fg'].pk}/", f"/duties/unit/{town.units['gt'].pk}/", "/goals/", f"/goals/{goal.pk}/"]  # fmt: skip
    texts = {}
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        texts[page] = response.content.decode()
        assert "style=" not in texts[page] and "onclick" not in texts[page]
        assert texts[page].count("<h1") == 1
    everything = "".join(texts.values())
    assert (SECRET_TO_THE_LEAD in everything) == (person in ("经信甲", "经信乙", "发改甲"))
    assert ("汇总进展" in everything) == (person in ("经信甲", "经信乙", "发改甲", "督查甲"))


def test_board_says_role_state_and_rule_in_words(enter, reported):
    text = enter(None).get("/duties/").content.decode()
    for word in (
        "牵<span",
        "配<span",
        "正常推进",
        "未设节点",
        "图例和状态规则",
        "责任状态规则第 1 版",
        "展开 3 个",
        "市不存在局",
    ):
        assert word in text, word
    reports = '<th scope="row">最近一期报告'
    assert reports not in text
    assert reports in enter("督查甲").get("/duties/").content.decode()


def test_board_filters_by_unit_part_and_state(enter, running):
    def duties(query):
        text = enter(None).get(f"/duties/?{query}").content.decode()
        return set(re.findall(r'class="task">([^<]+)<', text))

    fg = running.units["fg"].pk
    assert duties("") == {"壮大骨干", "统筹规划", "健全机制"}
    assert duties(f"unit={fg}&part=lead") == {"统筹规划"}
    assert duties("state=未设节点") == {"统筹规划", "健全机制"}
    assert duties("state=逾期") == {"壮大骨干"}  # the March report is not in


def test_board_text_is_there_to_be_copied(enter, running):
    text = enter(None).get("/duties/").content.decode()
    area = re.search(r'<textarea id="board-text"[^>]*>(.*?)</textarea>', text, re.S)
    assert area and "市经信委\t牵头\t\t牵头" in area.group(1)


def test_unknown_policy_is_not_found(enter, town):
    assert enter(None).get("/duties/?policy=nothing").status_code == 404


def test_lead_proposes_supervisor_accepts_on_the_page(enter, town):
    data = {"what": "milestone", "target": str(town.duty(FIRST).pk), "move": "propose", "title": "印发方案",
            "due": "2026-09-30", "weight": "2"}  # fmt: skip
    assert enter("经信甲").post(address(town, tail="act/"), data).status_code == 302
    milestone = Milestone.objects.get()
    page = enter("督查甲").get(address(town)).content.decode()
    assert "认可" in page and f'value="{milestone.pk}"' in page
    data = {"what": "milestone", "target": str(milestone.pk), "move": "accept", "version": "1"}
    assert enter("督查甲").post(address(town, tail="act/"), data).status_code == 302
    milestone.refresh_from_db()
    assert milestone.state == "accepted"


def test_a_limit_that_the_text_states_becomes_a_milestone_when_the_lead_proposes_it(enter, town):
    everybody = enter(None)
    page = everybody.get(address(town)).content.decode()
    assert "2026-06-30</time> 前：建立骨干名录" in page and "申报名录" not in page and "没有规定完成日期" not in page
    assert "据此拟定节点" not in page
    assert "没有规定完成日期" in everybody.get(address(town, "三.(一)")).content.decode()
    lead = enter("经信甲")
    assert '<a href="?limit=0#acts">据此拟定节点' in lead.get(address(town)).content.decode()
    form = lead.get(address(town), {"limit": "0"}).content.decode()
    assert 'value="建立骨干名录"' in form and 'value="2026-06-30"' in form
    for odd in ("1", "-1", "x"):
        assert 'value="2026-06-30"' not in lead.get(address(town), {"limit": odd}).content.decode()
    lead.post(address(town, tail="act/"), {"what": "milestone", "target": str(town.duty(FIRST).pk), "move": "propose",
                                           "title": "建立骨干名录", "due": "2026-06-30", "weight": "1"})  # fmt: skip
    page = lead.get(address(town)).content.decode()
    assert "已设节点" in page and "据此拟定节点" not in page


def test_the_table_of_tasks_names_the_limits_of_the_text(town):
    shown = board(town.duty(FIRST).policy, dt.date(2026, 4, 20))
    assert [line.due for line in lines_of(shown, None)] == [
        "未设节点（原文时限 2026-06-30）", "未设节点（原文时限 2026-12-31）", "未设节点",
    ]  # fmt: skip


def test_lead_may_withhold_progress_from_the_public(enter, running):
    version = running.duty(FIRST).version
    data = {"what": "duty", "target": str(running.duty(FIRST).pk), "move": "withhold", "version": str(version)}
    assert enter("发改甲").post(address(running, tail="act/"), data).status_code == 403
    assert enter("经信甲").post(address(running, tail="act/"), data).status_code == 302
    for page in ("/duties/", address(running), f"/duties/unit/{running.units['jx'].pk}/"):
        public, office = enter(None).get(page).content.decode(), enter("督查甲").get(page).content.decode()
        assert "进展不公开" in public and "逾期 " not in public and "印发方案" not in public
        assert "逾期 " in office
    assert enter(None).get("/duties/?state=逾期").content.decode().count('class="task"') == 0


def test_refused_form_comes_back_with_what_was_typed(enter, town):
    data = {"what": "milestone", "target": str(town.duty(FIRST).pk), "move": "propose", "title": "印发方案",
            "due": "明年", "weight": "2"}  # fmt: skip
    response = enter("经信甲").post(address(town, tail="act/"), data)
    text = response.content.decode()
    assert response.status_code == 422 and 'value="明年"' in text and "年-月-日" in text
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("person", [None, "发改甲", "经信乙", "督查甲"])
def test_a_form_sent_without_the_right_is_refused(enter, town, person):
    data = {"what": "milestone", "target": str(town.duty(FIRST).pk), "move": "propose", "title": "节点",
            "due": "2026-09-30", "weight": "1"}  # fmt: skip
    assert enter(person).post(address(town, tail="act/"), data).status_code == 403
    assert not Milestone.objects.exists()


def test_record_of_another_duty_is_not_reached(enter, running):
    milestone = running.duty(FIRST).milestones.get()
    data = {"what": "milestone", "target": str(milestone.pk), "move": "undo", "version": "2", "note": "x"}
    assert enter("督查甲").post(address(running, "三.(一)", "act/"), data).status_code == 404


def test_part_is_written_by_its_unit_only(enter, running):
    fg, jx = running.units["fg"].pk, running.units["jx"].pk
    page = address(running, tail=f"part/2026-03/{fg}/")
    assert enter("发改甲").get(page).status_code == 200
    assert enter("东区甲").get(page).status_code == 403
    assert enter("发改甲").get(address(running, tail=f"part/2026-03/{jx}/")).status_code == 403
    assert enter("发改甲").get(address(running, tail=f"part/1999-01/{fg}/")).status_code == 404
    assert enter(None).get(page).status_code == 302
    data = {"version": "0", "text": "完成调研", "submit": "1"}
    assert enter("发改甲").post(page, data).status_code == 302
    assert Part.objects.get().state == "submitted"
    assert "不能修改" in enter("发改甲").get(page).content.decode()


def test_sending_twice_makes_one_report(enter, running):
    page = address(running, tail="report/2026-03/")
    data = {"version": "0", "text": "汇总", "submit": "1"}
    assert enter("经信甲").post(page, data).status_code == 302
    assert enter("经信甲").post(page, data).status_code in (409, 422)
    assert JointReport.objects.count() == 1


def test_conflict_shows_both_texts_and_loses_none(enter, running):
    page = address(running, tail="report/2026-03/")
    enter("经信甲").post(page, {"version": "0", "text": "先保存的", "save": "1"})
    response = enter("经信甲").post(page, {"version": "0", "text": "后提交的", "save": "1"})
    text = response.content.decode()
    assert response.status_code == 409 and "先保存的" in text and "后提交的" in text
    version = JointReport.objects.get().version
    assert f'name="version" value="{version}"' in text
    assert enter("经信甲").post(page, {"version": str(version), "text": "合并后的", "save": "1"}).status_code == 302
    assert JointReport.objects.get().text == "合并后的"


def test_lead_notes_the_contact_on_the_page(enter, running):
    unit = running.units["jfq"].pk
    assert "登记联系已办" in enter("经信甲").get(address(running, tail="report/2026-03/")).content.decode()
    assert enter("经信甲").post(address(running, tail=f"contact/2026-03/{unit}/")).status_code == 302
    assert Part.objects.get().state == "contacted"
    assert enter("督查甲").post(address(running, tail=f"contact/2026-03/{unit}/")).status_code == 403


def test_goal_is_reported_and_attested_by_two_people(enter, town):
    goal = town.goal("建成基地")
    data = {"what": "observation", "target": str(goal.pk), "move": "report", "measure": str(goal.measures.get().pk),
            "value": "9", "as_of": "2026-04-15", "basis": "认定名单"}  # fmt: skip
    assert enter("经信甲").post(f"/goals/{goal.pk}/act/", data).status_code == 302
    observation = Observation.objects.get()
    assert "9家" not in enter(None).get("/goals/").content.decode()
    attest = {"what": "observation", "target": str(observation.pk), "move": "attest", "version": "1"}
    assert enter("经信甲").post(f"/goals/{goal.pk}/act/", attest).status_code == 403
    assert enter("经信乙").post(f"/goals/{goal.pk}/act/", attest).status_code == 302
    text = enter(None).get("/goals/").content.decode()
    assert "9家" in text and "缺口 <strong>1家" in text and "<svg" in text and "认定名单" not in text


def test_goal_without_a_number_is_not_taken_for_zero(enter, town):
    goal = town.goal("建成基地")
    data = {"what": "observation", "target": str(goal.pk), "move": "report", "measure": str(goal.measures.get().pk),
            "value": "", "as_of": "2026-04-15", "basis": "名单"}  # fmt: skip
    response = enter("经信甲").post(f"/goals/{goal.pk}/act/", data)
    assert response.status_code == 422 and "不要填 0" in response.content.decode()
    assert "未填报" in enter(None).get("/goals/").content.decode()


# --- exports


@pytest.mark.parametrize("person", [None, "发改甲", "经信乙"])
@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_export_needs_its_right(enter, reported, person, form):
    assert enter(person).get(f"/duties/export.{form}").status_code == (302 if person is None else 403)


def test_xlsx_keeps_text_as_text_and_says_what_it_is(enter, reported):
    reported.duty(FIRST)
    response = enter("督查甲").get("/duties/export.xlsx?policy=test-town")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet, note = book["责任分解表"], book["说明"]
    assert [cell.value for cell in sheet[1]] == ["序号", "任务", "条款", "牵头单位", "配合单位", "时限", "状态", "进展"]
    assert (sheet["A2"].value, sheet["B2"].value, sheet["D2"].value) == (1, "壮大骨干", "市经信委")
    assert sheet["H2"].value == "2026年3月：=1+1 汇总进展"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    facts = {row[0].value: row[1].value for row in note.iter_rows()}
    assert facts["业务日期"] == "2026-04-20" and facts["行数"] == "3" and facts["导出人"].startswith("督查甲")


@pytest.mark.parametrize("dangerous", ["=1+1", "+1", "-1+2", "@SUM(A1)", "=cmd|' /C calc'!A0", "https://example.org"])
def test_dangerous_text_in_a_cell_stays_text(dangerous):
    from luodi.service.duties.breakdown import About, Line
    from luodi.service.duties.spreadsheet import spreadsheet

    line = Line(1, dangerous, "一", dangerous, dangerous, dangerous, dangerous, dangerous)
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet([line], About(dangerous, (("筛选条件", dangerous),)))))
    row = book["责任分解表"][2]
    assert [cell.data_type for cell in row] == ["n", "s", "s", "s", "s", "s", "s", "s"]
    assert row[1].value == dangerous and row[1].hyperlink is None and book["说明"]["B2"].value == dangerous


def east_asian_font(style):
    """The font for Chinese that a style names itself or takes from the style it rests on."""
    while style is not None:
        found = style.element.find(f".//{qn('w:rFonts')}")
        if found is not None and found.get(qn("w:eastAsia")):
            return found.get(qn("w:eastAsia"))
        style = style.base_style
    return None


def test_docx_is_a4_with_east_asian_fonts(enter, reported):
    response = enter("督查甲").get("/duties/export.docx")
    paper = docx.Document(io.BytesIO(response.content))
    section = paper.sections[0]
    assert {round(section.page_width.mm), round(section.page_height.mm)} == {210, 297}
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert len(rows) == 4 and rows[1][1] == "壮大骨干" and "汇总进展" in rows[1][7]
    cells = [paragraph for row in paper.tables[0].rows for cell in row.cells for paragraph in cell.paragraphs]
    written = [paragraph for paragraph in [*cells, paper.paragraphs[0]] if paragraph.text]
    assert written and all(east_asian_font(paragraph.style) for paragraph in written)
    assert "共 3 项" in paper.paragraphs[-1].text


def test_export_follows_the_filter_and_the_reader(enter, reported):
    response = enter("经信甲").get(f"/duties/export.xlsx?unit={reported.units['fg'].pk}&part=lead")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["责任分解表"]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["统筹规划"]
    assert SECRET_TO_THE_LEAD.encode() not in response.content


def test_export_is_in_the_audit_log(enter, reported):
    before = AuditEvent.objects.count()
    enter("督查甲").get("/duties/export.docx?state=逾期")
    event = AuditEvent.objects.order_by("sequence").last()
    assert AuditEvent.objects.count() == before + 1
    assert (event.action, event.data["form"], event.data["filters"]) == ("duties.export", "docx", "状态：逾期")


def test_old_name_today_in_brackets(enter, reported, business_day):
    business_day.set("2026-07-01")
    response = enter("督查甲").get("/duties/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["责任分解表"]
    assert sheet["D2"].value == "市经信委（今市经信局）"
    assert "市国土局（今市规划和自然资源局）" in sheet["E3"].value


def test_after_the_policy_lapsed_the_board_stands_still(enter, reported, business_day):
    business_day.set("2030-01-01")
    text = enter(None).get("/duties/").content.decode()
    assert "已失效" in text and f"有效期至 {dt.date(2028, 12, 31)}" in text
