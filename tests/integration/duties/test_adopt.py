"""What of a paper becomes a task on the board: assignments, and tasks that its sentences give."""

import io
from urllib.parse import unquote

import openpyxl
import pytest

from integration.town_policy import REGION, people  # noqa: F401 - a fixture
from luodi.service.accounts.models import User
from luodi.service.duties.models import Duty, Goal
from luodi.service.policies.models import Policy
from luodi.service.publishing import publish_file

PAPER = """试验市工程渣土整治工作方案

试政办发〔2026〕9号

一、工作目标

全面完成整治。

二、职责分工

（一）市城市管理局：牵头制定方案，6月底前摸清底数。

（二）市公安局、市交通运输局：查处违规运输。

三、工作保障

办公室设在市城市管理局，市财政局负责安排经费，市审计局负责监督。
"""


@pytest.mark.usefixtures("people")
def test_a_plan_without_brackets_fills_the_board(tmp_path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(PAPER, "utf-8")
    publish_file(file, "plan", REGION, None, "lead", "other")
    tasks = Duty.objects.filter(policy=Policy.objects.get(slug="plan"))
    assert [(task.article, task.title) for task in tasks] == [
        ("二.(一)", "牵头制定方案，6月底前摸清底数"),
        ("二.(二)", "查处违规运输"),
        ("三", "工作保障"),
    ]
    assert [[role.as_written for role in task.roles.all()] for task in tasks] == [
        ["市城市管理局"], ["市公安局", "市交通运输局"], ["市城市管理局", "市财政局", "市审计局"],
    ]  # fmt: skip


RULES = """试验市辅助器具管理办法

试残联规〔2026〕2号

第一条 本办法所称辅助器具是指残疾人使用的,特别生产的器械。

第二条 市残联制定管理规范,编制年度预算,协调全市辅助器具服务工作,并指导各区开展需求调查。

市辅具中心负责开展适配评估和质量监督。市财政局负责落实经费。

第三条 建立适度适配制度。对首次申请的，补贴60%，费用由市、区分别负担。

第四条 本办法自2026年2月1日起施行，有效期5年。
"""


@pytest.mark.usefixtures("people")
def test_a_task_that_a_sentence_gives_is_called_by_that_sentence(client, tmp_path) -> None:
    file = tmp_path / "rules.txt"
    file.write_text(RULES, "utf-8")
    publish_file(file, "rules", REGION, None, "lead", "other")
    (task,) = Duty.objects.filter(policy=Policy.objects.get(slug="rules"))
    assert (task.article, task.title) == ("第二条", "开展适配评估和质量监督")
    page = client.get("/policies/rules/").content.decode()
    assert page.count("落实经费") == 1 and "建立适度适配制度</a>" in page
    assert "残疾人使用的，特别生产的器械" in page  # marks as papers print them
    guide = client.get("/policies/rules/papers/guide/").content.decode()
    assert "市、区（各自比例本文未写明）" in guide


LAW = """试验市制造业促进条例

第一条　鼓励企业增加研发投入。

第二条　本条例自2026年5月1日起施行。
"""


@pytest.mark.usefixtures("people")
def test_pages_of_a_paper_without_tasks_and_goals_await_nobody(client, tmp_path) -> None:
    file = tmp_path / "law.txt"
    file.write_text(LAW, "utf-8")
    publish_file(file, "law", REGION, None, "lead", "other")
    for address, words in (("/duties/", "责任单位：本文未规定"), ("/goals/", "目标：本文未规定")):
        page = client.get(f"{address}?policy=law").content.decode()
        assert words in page and "还没有列入看板" not in page


PLAN = """试验市职业教育实施方案

试政办发〔2026〕9号

一、工作目标

到2028年，实践性教学课时占总课时一半以上。
"""


@pytest.mark.usefixtures("people")
def test_half_of_a_whole_is_a_share_on_every_page(client, tmp_path) -> None:
    file = tmp_path / "half.txt"
    file.write_text(PLAN, "utf-8")
    publish_file(file, "half", REGION, None, "lead", "other")
    (goal,) = Goal.objects.filter(policy__slug="half", quantified=True)
    assert (goal.target, goal.unit) == (50, "%")
    assert "50%" in client.get("/goals/?policy=half").content.decode()
    assert "不低于 50%" in client.get("/policies/half/").content.decode()


LONG = """试验市激励办法

试政发〔2026〕7号

一、对推进质量工作成效突出、积极落实各项措施并按时报送统计资料的区，在安排下一年度经费时给予倾斜。（市市场监管局负责）

二、本办法自2026年2月1日起施行，有效期5年。
"""


@pytest.mark.usefixtures("people")
def test_a_task_without_a_heading_stands_whole_in_the_breakdown(client, tmp_path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(LONG, "utf-8")
    publish_file(file, "long", REGION, None, "lead", "other")
    (task,) = Duty.objects.filter(policy=Policy.objects.get(slug="long"))
    assert task.title == "对推进质量工作成效突出、积极落实各项…"  # as boards call it
    client.force_login(User.objects.get(username="lead"))
    answer = client.get("/duties/export.xlsx?policy=long")
    told = openpyxl.load_workbook(io.BytesIO(answer.content))["责任分解表"]["B2"].value
    assert told == "对推进质量工作成效突出、积极落实各项措施并按时报送统计资料的区，在安排下一年度经费时给予倾斜"
    assert "试验市激励办法" in unquote(answer["Content-Disposition"])
