"""Drafts of policies in the workbench (工作台): a file becomes a draft version, and people decide fact by fact."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from luodi import clock
from luodi.document.tree import Document
from luodi.entitlement.loading import load_rules
from luodi.errors import UsageError
from luodi.policy.build import build
from luodi.policy.compile import Compiled, compile_document
from luodi.policy.decisions import Decision, decided_pack
from luodi.policy.facts import HeadField
from luodi.service.accounts.models import Organisation
from luodi.service.audit.actions import record
from luodi.service.jobs.actions import queue
from luodi.service.jobs.models import Job
from luodi.service.policies.actions import add_version, screened
from luodi.service.policies.inheritance import carry_answers, inherit, last_version
from luodi.service.policies.models import (
    FactDecision,
    Policy,
    PolicyText,
    PolicyVersion,
    Proposal,
    ScreenedText,
    VersionStep,
)
from luodi.service.policies.rows import TITLE, all_rows

Verdict = FactDecision.Verdict
RULE_SET = (Verdict.CORRECT, Verdict.ACCEPT)
"""Verdicts on a rule under which it is handled as the decision says."""
KEEP = "keep"
"""Not a verdict of its own: what was taken over from the last version stands, now that a person has looked at it."""


class AlreadyThere(UsageError):
    """The same file was uploaded before; ``version`` is the draft or version that it became."""

    def __init__(self, message: str, version: PolicyVersion) -> None:
        super().__init__(message)
        self.version = version


class Overtaken(UsageError):
    """Somebody else decided on the same fact in the meantime."""


def upload(*, by: Any, data: bytes, name: str, region: str, policy: Policy | None, organisation: str) -> PolicyVersion:
    """Screen a file, compile it and keep it as the next draft of ``policy`` (None: a new policy).

    Raises:
        MarkedText: a mark of secrecy; nothing was written but an audit row without content.
        ContentError: the file is no text that can be read.
        UsageError: the same text already stands as a version of this policy.
    """
    document = screened(by=by, data=data, name=name, organisation=organisation)
    return keep_draft(by=by, document=document, region=region, policy=policy, organisation=organisation)


AT_ONCE = 60_000
"""Characters: up to here a text is read while the page waits, a longer one by a job."""


def load_later(*, by: Any, document: Document, version: PolicyVersion, organisation: Organisation) -> Job:
    """Keep a long text that passed the screen and queue its being checked as the official text of a version."""
    from luodi.service.policies.tasks import load_screened  # noqa: PLC0415 - the task comes back here

    policy = version.policy
    with transaction.atomic():
        kept = keep_screened(
            by=by, document=document, region=policy.region, policy=policy, organisation=str(organisation)
        )
        return queue(load_screened, by=by, organisation=organisation, about=f"{len(kept.text):,} 字", text=str(kept.pk),
                     version=str(version.pk))  # fmt: skip


def upload_later(*, by: Any, document: Document, region: str, policy: Policy | None, organisation: Organisation) -> Job:
    """Keep a long text that passed the screen and queue its reading; the job's page shows how far it is."""
    from luodi.service.policies.tasks import read_screened  # noqa: PLC0415 - the task comes back here

    refuse_known(region, document, policy)
    with transaction.atomic():
        kept = keep_screened(by=by, document=document, region=region, policy=policy, organisation=str(organisation))
        return queue(read_screened, by=by, organisation=organisation, about=f"{len(kept.text):,} 字", text=str(kept.pk))


def keep_screened(
    *, by: Any, document: Document, region: str, policy: Policy | None, organisation: str
) -> ScreenedText:
    """Keep the text of a file that passed the screen for the job that reads it."""
    return ScreenedText.objects.create(
        text=document.text.source, kind=document.format, name=document.name, sha256=document.sha256,
        notes=[list(note) for note in document.notes], region=region, policy=policy, by=by, organisation=organisation,
    )  # fmt: skip


def keep_draft(*, by: Any, document: Document, region: str, policy: Policy | None, organisation: str) -> PolicyVersion:
    """Compile a screened document and keep it as the next draft; as :func:`upload`."""
    refuse_known(region, document, policy)
    compiled = compile_document(document)
    pack = build(compiled, {"id": policy.slug if policy else _slug(region, document.sha256)})
    with transaction.atomic():
        version = add_version(by=by, slug=pack.id, region=region, pack=pack)
        version.edited_by = by
        version.save(update_fields=["edited_by"])
        PolicyText.objects.create(
            policy_version=version, text=document.text.source, sha256=document.sha256, loaded_by=by
        )
        Proposal.objects.create(
            policy_version=version, pack=dict(pack.data), head=_head(compiled), follows=last_version(version), by=by,
            organisation=organisation,
        )  # fmt: skip
        _first_step(version, by, organisation)
        taken_over = _take_over(version, by)
        record(by=by, action="policy.uploaded", about=version, organisation=organisation, sha256=document.sha256,
               format=document.format, recognised=sum(note.code == "ocr" for note in document.notes), facts=len(compiled.facts), diagnostics=len(compiled.diagnostics),
               taken_over=taken_over)  # fmt: skip
    return version


def _take_over(version: PolicyVersion, by: Any) -> int:
    """Decisions, settings and answers of the last version where the fact is the same; how many decisions."""
    old = version.proposal.follows
    if old is None:
        return 0
    taken = inherit(version, old)
    facts = {row.key: row.fact for row in all_rows(version)}
    FactDecision.objects.bulk_create([each.row(version, facts.get(each.key)) for each in taken])
    _make_anew(version, by)
    carry_answers(old, version)
    return len(taken)


def _slug(region: str, sha256: str) -> str:
    """A new policy's name in addresses: its region and the first characters of its file's digest."""
    return f"{region or 'p'}-{sha256[:8]}"


def refuse_known(region: str, document: Document, policy: Policy | None) -> None:
    """A new policy of the same file, or a second draft of the same text beside one that is on its way.

    Raises:
        AlreadyThere: with the version that is there. A published version may be followed by one of the same text: that is
            how a wrong reading is put right. The same file whose pictures are recognised this time has another text.
    """
    sha256 = document.sha256
    if policy is None:
        known = Policy.objects.filter(slug=_slug(region, sha256)).first()
        kept = known.versions.exclude(status="discarded").order_by("-number") if known else None
        there = (kept.exclude(status="withdrawn").first() or kept.first()) if kept is not None else None
    else:
        there = policy.versions.filter(
            status__in=("draft", *PolicyVersion.SUBMITTED), text__sha256=sha256, proposal__isnull=False
        ).first()  # fmt: skip
    read = getattr(there, "text", None)
    if there is not None and (read is None or read.sha256 != sha256 or read.text == document.text.source):
        raise AlreadyThere(
            f"这份文件已经上传过，是第 {there.number} 版（{there.get_status_display()}），没有另存。请打开它接着办；"
            "要更正已发布的内容，请在“属于哪一份政策”里选这份政策，另出一版。", there,
        )  # fmt: skip


def _head(compiled: Compiled) -> dict[str, Any]:
    return {
        fact.name: {"article": fact.article, "span": list(fact.span), "confidence": fact.confidence}
        for fact in reversed([fact for fact in compiled.facts if isinstance(fact, HeadField)])
    }


def _first_step(version: PolicyVersion, by: Any, organisation: str) -> None:
    VersionStep.objects.create(
        policy_version=version, move="upload", source="", target="draft", by=by, organisation=organisation,
        day=clock.today(),
    )  # fmt: skip


def decisions_of(version: PolicyVersion) -> list[Decision]:
    """All decisions of a version, oldest first."""
    rows = version.decisions.order_by("recorded_at", "id").values_list("key", "verdict", "after")
    return [Decision(key, verdict, after) for key, verdict, after in rows]


@transaction.atomic
def decide(
    *, by: Any, version: PolicyVersion, key: str, verdict: str, before: Any = None, after: Mapping[str, Any] | None = None,
    note: str = "", organisation: str = "", last: str | None = None,
) -> FactDecision:  # fmt: skip
    """Keep one decision and make the draft's pack anew from all of them.

    ``last`` is the decision on this key that the person had before their eyes (empty: none; None: not asked).

    Raises:
        Overtaken: another decision came in between.
        UsageError: the version is no draft any more, or a doubt or rejection gives no reason.
        ContentError: what was entered makes no pack.
    """
    held = _held(version)
    if verdict in (Verdict.DOUBT, Verdict.REJECT) and not note.strip():
        raise UsageError("请写明理由：存疑和不采纳都要让后来的人知道为什么。")
    if last is not None:
        _refuse_overtaken(held, key, last)
    if verdict == KEEP:
        verdict, after, note = _kept(held, key, note)
    _refuse_without_title(verdict, [key])
    if after is None and key.startswith("added-"):  # what a person added is told again by each later decision
        stands = held.standing_decisions().get(key)
        after = stands.after if stands else None
    kept = FactDecision.objects.create(
        policy_version=held,
        key=key,
        verdict=verdict,
        before=before,
        after=after,
        note=note.strip(),
        by=by,
        decided_on=clock.today(),
    )
    _make_anew(held, by)
    if key.startswith(("rule-", "ambiguity-")):
        load_rules(held.pack)  # refuses what the calculation could not run
    record(by=by, action="policy.fact_decided", about=held, organisation=organisation, key=key, verdict=str(verdict))
    return kept


@transaction.atomic
def decide_many(
    *, by: Any, version: PolicyVersion, keys: Collection[str], looked_at: Collection[str], verdict: str = Verdict.ACCEPT,
    organisation: str = "",
) -> int:  # fmt: skip
    """One verdict on several rows; each says that it was given in bulk and whether the row had been opened."""
    held = _held(version)
    _refuse_without_title(verdict, keys)
    taken_over = held.standing_decisions() if verdict != Verdict.UNDO else {}
    waiting = {key: row for key, row in taken_over.items() if row.to_be_seen}
    rows = [
        FactDecision(
            policy_version=held, key=key, verdict=waiting[key].verdict if key in waiting else verdict,
            after=waiting[key].after if key in waiting else None, note=waiting[key].note if key in waiting else "",
            bulk=True, looked_at=key in looked_at, by=by, decided_on=clock.today(),
        )
        for key in keys
    ]  # fmt: skip
    FactDecision.objects.bulk_create(rows)
    _make_anew(held, by)
    unseen = sum(not row.looked_at for row in rows)
    record(by=by, action="policy.facts_decided_in_bulk", about=held, organisation=organisation, facts=len(rows), verdict=str(verdict),
           not_looked_at=unseen)  # fmt: skip
    return len(rows)


@transaction.atomic
def set_rules(
    *, by: Any, version: PolicyVersion, said: Mapping[str, Mapping[str, Any]], note: str, looked_at: Collection[str],
    verdict: str = Verdict.CORRECT, organisation: str = "",
) -> int:  # fmt: skip
    """The same handling for several rules (``verdict``: set by a person, or accepted as proposed); each setting says that it was given in bulk and
    whether the rule had been opened.

    ``said`` is by rule what is entered for it, laid over what was entered before.

    Raises:
        UsageError: the version is no draft any more.
        ContentError: what was entered makes no pack, or no rules that run.
    """
    held = _held(version)
    rules = {rule["id"]: rule for rule in held.pack["rules"]}
    earlier = {key: row.after for key, row in held.standing_decisions().items() if row.verdict in RULE_SET}
    rows = [
        FactDecision(
            policy_version=held, key=f"rule-{name}", verdict=verdict, before=dict(rules[name]),
            after={**(earlier.get(f"rule-{name}") or {}), **entered}, note=note.strip(), bulk=True,
            looked_at=f"rule-{name}" in looked_at, by=by, decided_on=clock.today(),
        )
        for name, entered in said.items()
    ]  # fmt: skip
    FactDecision.objects.bulk_create(rows)
    _make_anew(held, by)
    load_rules(held.pack)  # refuses what the calculation could not run
    record(by=by, action="policy.rules_set_in_bulk", about=held, organisation=organisation, rules=len(rows),
           not_looked_at=sum(not row.looked_at for row in rows))  # fmt: skip
    return len(rows)


def _refuse_without_title(verdict: str, keys: Collection[str]) -> None:
    """No paper is put in force without the title by which every page calls it.

    Raises:
        UsageError: the title is said to be unstated.
    """
    if verdict == Verdict.NOT_STATED and TITLE in keys:
        raise UsageError("标题不能记为“本文未规定”：每一页都用它称呼这份政策。请从封面、红头或印发通知补录，写明来源。")


def _kept(version: PolicyVersion, key: str, note: str) -> tuple[str, Any, str]:
    """The decision that was taken over, said again.

    Raises:
        UsageError: there is none on this key.
    """
    last = version.standing_decisions().get(key)
    if last is None:
        raise UsageError("这一条没有从上一版沿用的结论。请刷新页面后再看。")
    return last.verdict, last.after, note.strip() or last.note


def _held(version: PolicyVersion) -> PolicyVersion:
    """The version under a row lock, while it is a draft.

    Raises:
        UsageError: it is not.
    """
    held = PolicyVersion.objects.select_for_update().get(pk=version.pk)
    if held.status != PolicyVersion.Status.DRAFT:
        raise UsageError(f"这一版已是“{held.get_status_display()}”，内容不能再改。需要修改的，请先由办理人退回。")
    return held


def _refuse_overtaken(version: PolicyVersion, key: str, last: str) -> None:
    newest = version.standing_decisions().get(key)
    if newest is not None and str(newest.pk) != last:
        raise Overtaken(
            f"{newest.by}刚刚对同一条作了“{newest.get_verdict_display()}”。您的这次没有保存；请看过对方的结论再决定。"
        )


def _make_anew(version: PolicyVersion, by: Any, confirmed: list[dict[str, Any]] | None = None) -> None:
    pack = decided_pack(version.proposal.pack, decisions_of(version), confirmed or [])
    version.pack, version.pack_digest, version.edited_by = dict(pack.data), pack.digest, by
    version.save(update_fields=["pack", "pack_digest", "edited_by"])


def confirmed_rows(version: PolicyVersion) -> list[dict[str, Any]]:
    """Who stands for the facts, one row a person, as the pack carries it."""
    latest = version.standing_decisions()
    rows = []
    for person, origin, day in dict.fromkeys(_standing(row) for row in latest.values()):
        own = [row for row in latest.values() if _standing(row) == (person, origin, day)]
        settings = [row for row in own if row.key.startswith(("rule-", "ambiguity-"))]
        counts = [
            f"{label} {n} 条"
            for verdict, label in Verdict.choices
            if (n := sum(row.verdict == verdict for row in own if row not in settings))
        ]
        counts += [f"规则和口径 {len(settings)} 项"] if settings else []
        bulk = sum(row.bulk for row in own)
        unseen = sum(not row.looked_at for row in own)
        note = f"其中批量办理 {bulk} 条（未逐条看过 {unseen} 条）" if bulk else ""
        note = f"沿用第 {origin.number} 版的结论，句子没有变" if origin else note
        on = (day or clock.today()).isoformat()
        rows.append({"scope": "、".join(counts), "by": str(person), "on": on, "note": note})
    return rows


def _standing(row: FactDecision) -> tuple[Any, Any, Any]:
    """Who stands for a decision: what was taken over is told apart by version and day."""
    return row.by, row.inherited_from, row.decided_on if row.inherited_from else None


def seal(*, by: Any, version: PolicyVersion) -> None:
    """Write into the pack who confirmed what; the content stands still from here on. Within a transaction."""
    if hasattr(version, "proposal"):
        editor = version.edited_by
        _make_anew(version, editor or by, confirmed_rows(version))
