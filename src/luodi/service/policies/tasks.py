"""Work of this app that runs after the answer."""

from __future__ import annotations

from django.urls import reverse

from luodi.document.extract import Note
from luodi.document.reading import reread
from luodi.errors import UsageError
from luodi.service.jobs.kinds import Done, Run, task
from luodi.service.policies.drafting import AlreadyThere, keep_draft
from luodi.service.policies.models import ScreenedText


@task("读取政策文件")
def read_screened(run: Run, *, text: str = "") -> Done:
    """Read a kept text into the draft of a policy; without one the file was lost before it had been screened."""
    if not text:
        raise UsageError("文件没有读完，服务中途停过；文件只在内存里，没有保存。请重新上传。")
    if run.by is None:
        raise UsageError("读取政策文件要有上传人。请登录后重新上传。")
    kept = ScreenedText.objects.select_related("policy").get(pk=text)
    run.progress(20, "正在读条款和事实")
    notes = tuple(Note(*note) for note in kept.notes)
    document = reread(kept.text, kept.kind, kept.name, kept.sha256, notes)
    try:
        version = keep_draft(
            by=run.by, document=document, region=kept.region, policy=kept.policy, organisation=kept.organisation
        )
    except AlreadyThere as error:
        return Done(str(error), reverse("workbench:version", args=[error.version.pk]))
    return Done("已读成草稿，请逐条核对。", reverse("workbench:version", args=[version.pk]))
