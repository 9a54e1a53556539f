"""Putting policies in force: adding a version, confirming, publishing, loading the text, recording official answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from luodi import clock
from luodi.document.reading import read_bytes
from luodi.document.secrecy import document_marks, places
from luodi.document.tree import Document
from luodi.errors import ContentError, UsageError
from luodi.policy.head.standing import draft_stage
from luodi.policy.pack import Pack, check_against_text
from luodi.service.accounts.permissions import four_eyes
from luodi.service.audit.actions import record
from luodi.service.policies.inheritance import carry_answers
from luodi.service.policies.models import AmbiguityAnswer, Policy, PolicyText, PolicyVersion, VersionStep
from luodi.service.policies.queries import load_pack


class MarkedText(ContentError):
    """The text bears a mark of secrecy or of an internal paper; nothing of it was kept."""


@transaction.atomic
def add_version(*, by: Any, slug: str, region: str, pack: Pack) -> PolicyVersion:
    """Add a pack as the next draft version of a policy; the policy is made with its first one."""
    policy, made = Policy.objects.get_or_create(
        slug=slug,
        defaults={"region": region, "title": pack.title, "document_number": pack.data["document_number"] or "",
                  "issuer": pack.data["issuer"] or ""},
    )  # fmt: skip
    number = 1 + (policy.versions.order_by("-number").values_list("number", flat=True).first() or 0)
    version = PolicyVersion.objects.create(policy=policy, number=number, pack=dict(pack.data), pack_digest=pack.digest)
    record(by=by, action="policy.version_added", about=version, slug=slug, number=number, digest=pack.digest,
           first=made)  # fmt: skip
    return version


@transaction.atomic
def confirm(*, by: Any, version: PolicyVersion, on: dt.date | None = None) -> None:
    """A person confirms what the pack says."""
    version.confirmed_by, version.confirmed_at = by, on or clock.today()
    version.save(update_fields=["confirmed_by", "confirmed_at"])
    record(by=by, action="policy.confirmed", about=version, on=version.confirmed_at)


@transaction.atomic
def publish(*, by: Any, version: PolicyVersion, on: dt.date | None = None) -> None:
    """A second person puts a confirmed draft out whose legal check and signing were done on paper.

    Raises:
        UsageError: not confirmed, or by the same person.
    """
    if version.confirmed_by_id is None:
        raise UsageError("这一版还没有人确认，不能发布。请先由一人核对并确认。")
    if version.confirmed_by_id == by.pk:
        raise UsageError("确认人和发布人不能是同一人。请由另一人发布。")
    source = version.status
    put_out(by=by, version=version, on=on)
    VersionStep.objects.create(
        policy_version=version, move="import", source=source, target=version.status, by=by, day=version.published_at,
        note="合法性审核和签发在线下办理",
    )  # fmt: skip


def refuse_draft(version: PolicyVersion) -> None:
    """A draft for comments or review is never put in force.

    Raises:
        UsageError: its title says that it is one.
    """
    if stage := draft_stage(version.pack["title"] or ""):
        raise UsageError(
            f"标题写明是“{stage}”，不是正式印发的文件，不能提交和发布。请在正式文件印发后上传，作为这份政策的下一版；"
            "标题读错的，在“核对事实”里更正。"
        )


def put_out(*, by: Any, version: PolicyVersion, on: dt.date | None = None) -> None:
    """Make a version the published one; the one published before is withdrawn with it. Within a transaction."""
    four_eyes(by, {"最后编辑人": version.edited_by_id, "确认人": version.confirmed_by_id}, "发布")
    refuse_draft(version)
    earlier = version.policy.versions.select_for_update().filter(status=PolicyVersion.Status.PUBLISHED)
    for other in earlier.exclude(pk=version.pk):
        carry_answers(other, version)
        other.status = PolicyVersion.Status.WITHDRAWN
        other.save(update_fields=["status"])
        record(by=by, action="policy.withdrawn", about=other, replaced_by=version.number)
    version.published_by, version.published_at = by, on or clock.today()
    version.status = PolicyVersion.Status.PUBLISHED
    version.save(update_fields=["published_by", "published_at", "status"])
    _name_policy(version)
    record(by=by, action="policy.published", about=version, on=version.published_at, digest=version.pack_digest)


def _name_policy(version: PolicyVersion) -> None:
    """The policy goes by what its published version says."""
    pack, policy = Pack(version.pack), version.policy
    policy.title = pack.title
    policy.document_number, policy.issuer = pack.data["document_number"] or "", pack.data["issuer"] or ""
    policy.save(update_fields=["title", "document_number", "issuer"])


def screened(*, by: Any, data: bytes, name: str, about: Any = None, organisation: str = "") -> Document:
    """Read an uploaded file in memory and look for marks before anything is written.

    Call it outside the transaction of what follows: the refusal is audited (without any content) in its own.

    Raises:
        MarkedText: a mark of secrecy or of an internal paper.
        ContentError: no text at all.
    """
    document = read_bytes(data, name)
    refuse_marked(document, by=by, about=about, organisation=organisation)
    return document


def load_text(*, by: Any, version: PolicyVersion, data: bytes, name: str, organisation: str = "") -> PolicyText:
    """Keep the official text of a version after screening it for marks and checking it by digest.

    Raises:
        MarkedText: a mark of secrecy or of an internal paper; the refusal is audited without any content.
        ContentError: no text at all, or another text than the pack's (both digests are named).
        UsageError: the text is already there.
    """
    return load_document(
        by=by, version=version, organisation=organisation,
        document=screened(by=by, data=data, name=name, about=version, organisation=organisation),
    )  # fmt: skip


def load_document(*, by: Any, version: PolicyVersion, document: Document, organisation: str = "") -> PolicyText:
    """Keep a text that passed the screen as the official one of a version; as :func:`load_text`."""
    pack = load_pack(version)
    try:
        notice = check_against_text(pack, document)
    except ContentError:
        with transaction.atomic():
            record(by=by, action="policy.text_refused", about=version, organisation=organisation, reason="digest",
                   sha256=document.sha256)  # fmt: skip
        raise
    with transaction.atomic():
        if PolicyText.objects.filter(policy_version=version).exists():
            raise UsageError("这一版的原文已经载入，不需要再载入。")
        text = PolicyText.objects.create(
            policy_version=version, text=document.text.source, sha256=document.sha256, loaded_by=by, notice=notice or "",
            located=_located(document, pack) if notice else None,
        )  # fmt: skip
        record(by=by, action="policy.text_loaded", about=version, organisation=organisation, sha256=document.sha256,
               same_bytes=notice is None)  # fmt: skip
    return text


def log_unreadable(error: ContentError, *, by: Any, organisation: str) -> None:
    """Audit that a file could not be taken (encrypted, a bomb, damaged …): the named outcome alone, no content, no name."""
    if not isinstance(error, MarkedText):  # that one was logged where it was found
        with transaction.atomic():
            record(by=by, action="policy.text_refused", about=None, organisation=organisation,
                   reason=getattr(error, "code", "") or "unreadable")  # fmt: skip


def refuse_marked(document: Document, *, by: Any, about: Any = None, organisation: str = "") -> None:
    """Look for marks of secrecy before anything is written; the refusal is audited without any content.

    Raises:
        MarkedText: there is one.
    """
    found = document_marks(document)
    if not found:
        return
    kinds = sorted({mark.kind for mark in found})
    with transaction.atomic():
        record(by=by, action="policy.text_refused", about=about, organisation=organisation, reason="marked",
               kinds=kinds, count=len(found))  # fmt: skip
    raise MarkedText(
        f"这份文件带有{'、'.join(kinds)}（{places(found)}），没有载入，内容一个字也没有保存；本次拒收已记入审计记录（不含内容）。"
        "本系统为非涉密系统：请立即停止在联网计算机上处理该文件，不要转发、不要改名重传，并报告本单位保密审查员；"
        "保密审查员已可在“保密拒收”中看到本次拒收。"
    )


def _located(document: Document, pack: Pack) -> dict[str, Any] | None:
    """Where articles and facts stand in a copy with other bytes; None where they do not match the pack's one to one."""
    from luodi.policy.build import build  # noqa: PLC0415
    from luodi.policy.compile import compile_document  # noqa: PLC0415

    found = build(compile_document(document)).data
    same = [a["id"] for a in found["articles"]] == [a["id"] for a in pack.data["articles"]] and all(
        _count(found["facts"][kind]) == _count(pack.facts[kind]) for kind in pack.facts
    )
    return {"articles": found["articles"], "facts": found["facts"]} if same else None


def _count(facts: Any) -> int:
    return len(facts) if isinstance(facts, list) else int(facts is not None)


@transaction.atomic
def record_answer(
    *, by: Any, version: PolicyVersion, ambiguity: str, option: str, paper: str, answered_by: str,
    effective_from: dt.date, retroactive: bool, organisation: str = "",
) -> AmbiguityAnswer:  # fmt: skip
    """Record an official answer (官方答复) with its paper; results follow it from then on.

    Raises:
        UsageError: no such question or option.
    """
    entry = next((a for a in load_pack(version).ambiguities if a["id"] == ambiguity), None)
    if entry is None:
        raise UsageError(f"口径登记里没有“{ambiguity}”。请从口径登记页面重新进入。")
    if option not in {o["id"] for o in entry["options"]}:
        raise UsageError(f"“{option}”不是这一问的选项。请从所列选项中选择。")
    answer = AmbiguityAnswer.objects.create(
        policy_version=version, ambiguity=ambiguity, option=option, paper=paper, answered_by=answered_by,
        effective_from=effective_from, retroactive=retroactive, by=by,
    )  # fmt: skip
    record(by=by, action="policy.ambiguity_answered", about=answer, organisation=organisation, ambiguity=ambiguity,
           option=option, paper=paper, effective_from=effective_from, retroactive=retroactive)  # fmt: skip
    return answer
