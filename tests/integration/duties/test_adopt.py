"""What of a paper becomes a task on the board: assignments, and tasks that its sentences give."""

import pytest

from integration.town_policy import REGION, people  # noqa: F401 - a fixture
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
