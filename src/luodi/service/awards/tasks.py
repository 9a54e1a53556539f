"""Work of this app that runs after the answer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from luodi.errors import UsageError
from luodi.service.accounts.models import Organisation
from luodi.service.awards.actions import evaluate_region
from luodi.service.awards.scenarios import save_scenario
from luodi.service.jobs.kinds import Done, Run, task
from luodi.service.policies.models import PolicyVersion


@task("测算全部单位")
def evaluate_all(run: Run, *, version: str, engine: str = "") -> Done:
    """Evaluate the region of a policy version and keep the rows."""
    found = evaluate_region(
        by=run.by,
        version=PolicyVersion.objects.select_related("policy").get(pk=version),
        organisation=run.organisation,
        engine=engine,
        progress=run.progress,
    )
    text = (
        f"已测算 {found.units:,} 个单位，由{found.get_engine_display()} 计算，用时 {found.milliseconds / 1000:.1f} 秒；"
        f"结果按业务日期 {found.business_date} 存档。"
    )
    return Done(text, f"{reverse('awards:entitled')}?{urlencode({'policy': found.policy_version.policy.slug})}")


@task("模拟测算")
def save_simulation(run: Run, *, version: str, office: str, name: str, note: str, texts: list[str]) -> Done:
    """Simulate changes over a large population and keep the scenario."""
    if run.by is None:
        raise UsageError("模拟方案要有保存人。请登录后再保存。")
    run.progress(10, "正在按改动重新测算")
    made = save_scenario(
        by=run.by,
        organisation=Organisation.objects.get(pk=office),
        version=PolicyVersion.objects.select_related("policy").get(pk=version),
        name=name,
        note=note,
        texts=texts,
    )
    return Done(f"方案“{made}”已算完并保存。", made.get_absolute_url())
