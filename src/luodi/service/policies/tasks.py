"""Work of this app that runs after the answer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.urls import reverse

from luodi import clock
from luodi.document.extract import Note
from luodi.document.reading import reread
from luodi.document.tree import Document
from luodi.errors import UsageError
from luodi.service.jobs.kinds import Done, Run, task
from luodi.service.policies.actions import load_document
from luodi.service.policies.drafting import AlreadyThere, keep_draft
from luodi.service.policies.effects import cases_of, effect_of
from luodi.service.policies.models import PolicyVersion, Reckoning, ScreenedText


@task("读取政策文件")
def read_screened(run: Run, *, text: str = "") -> Done:
    """Read a kept text into the draft of a policy; without one the file was lost before it had been screened."""
    if not text:
        raise UsageError("文件没有读完，服务中途停过；文件只在内存里，没有保存。请重新上传。")
    if run.by is None:
        raise UsageError("读取政策文件要有上传人。请登录后重新上传。")
    kept = ScreenedText.objects.select_related("policy").get(pk=text)
    run.progress(20, "正在读条款和事实")
    document = _document(kept)
    try:
        version = keep_draft(
            by=run.by, document=document, region=kept.region, policy=kept.policy, organisation=kept.organisation
        )
    except AlreadyThere as error:
        return Done(str(error), reverse("workbench:version", args=[error.version.pk]))
    return Done("已读成草稿，请逐条核对。", reverse("workbench:version", args=[version.pk]))


@task("载入政策原文")
def load_screened(run: Run, *, text: str = "", version: str = "") -> Done:
    """Check a kept text against the pack of a version and keep it as its official text."""
    if not text:
        raise UsageError("文件没有读完，服务中途停过；文件只在内存里，没有保存。请重新载入。")
    kept, found = ScreenedText.objects.get(pk=text), PolicyVersion.objects.select_related("policy").get(pk=version)
    run.progress(20, "正在与政策包核对")
    loaded = load_document(by=run.by, version=found, document=_document(kept), organisation=kept.organisation)
    words = f"原文已载入。{loaded.notice}" if loaded.notice else "原文已载入，文字摘要与政策包一致。"
    return Done(words, reverse("policies:text", args=[found.policy.slug]))


@task("测算口径的影响")
def reckon(run: Run, *, version: str, ambiguity: str, answer: dict[str, Any] | None = None) -> Done:
    """Measure whom a question touches, or what an answer would change, over the whole region, and keep what was found."""
    found = PolicyVersion.objects.select_related("policy").get(pk=version)
    run.progress(20, "正在按两种口径测算全部单位")
    if answer is None:
        rows = [asdict(touched) for touched in cases_of(found, ambiguity)]
        address = reverse("policies:cases", args=[found.policy.slug, ambiguity])
    else:
        said = {"option": answer["option"], "paper": answer["paper"], "from": answer["effective_from"],
                "retroactive": answer["retroactive"]}  # fmt: skip
        rows = [asdict(change) for change in effect_of(found, ambiguity, said)]
        address = reverse("policies:answer", args=[found.policy.slug, ambiguity])
    run.progress(90, "正在存档")
    kept = Reckoning.objects.create(
        policy_version=found, ambiguity=ambiguity, answer=answer, business_date=clock.today(), found=rows, by=run.by
    )
    return Done(f"{ambiguity} 已测算。", address if answer is None else f"{address}?reckoning={kept.pk}")


def _document(kept: ScreenedText) -> Document:
    return reread(kept.text, kept.kind, kept.name, kept.sha256, tuple(Note(*note) for note in kept.notes))
