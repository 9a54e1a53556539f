"""The workbench (工作台): drafts, upload, and going through a draft fact by fact. The steps stand in ``views_steps``."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from luodi.document import ocr
from luodi.document.refusals import PICTURED
from luodi.errors import ContentError, LuodiError, UsageError
from luodi.policy.decisions import article_at
from luodi.policy.pack import Pack
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.jobs.models import Job
from luodi.service.policies import drafting
from luodi.service.policies.actions import log_unreadable, refuse_marked
from luodi.service.policies.cards import AROUND, card_of, form_of
from luodi.service.policies.fact_forms import KIND_CHOICES, FactForm
from luodi.service.policies.forms import LARGEST_FILE, UploadForm
from luodi.service.policies.marked_text import Part, in_parts, paragraphs
from luodi.service.policies.models import FactDecision, Policy, PolicyVersion
from luodi.service.policies.prefill import guess
from luodi.service.policies.reception import PATIENCE, go_on_later, receive
from luodi.service.policies.rows import Row, all_rows, settings_to_see
from luodi.service.policies.shown_text import ShownText, places_read, shown_text
from luodi.service.policies.workflow import STEPS, moves_from

Verdict = FactDecision.Verdict


def region_of(request: HttpRequest) -> str:
    """The region of the office acted for; an office without one works for every region."""
    return str(request.acting.organisation.region or "")  # type: ignore[attr-defined]


def organisation_of(request: HttpRequest) -> str:
    """The office acted for, by name."""
    return str(request.acting.organisation)  # type: ignore[attr-defined]


def version_for(request: HttpRequest, pk: uuid.UUID) -> PolicyVersion:
    """A version of the own region that was made in the workbench.

    Raises:
        Http404: none such.
        PermissionDenied: it is of another region.
    """
    found = PolicyVersion.objects.select_related(
        "policy", "proposal__follows", "text", "edited_by", "confirmed_by", "published_by"
    )
    version = get_object_or_404(found, pk=pk, proposal__isnull=False)
    if region_of(request) not in ("", version.policy.region):
        raise PermissionDenied("只能办理本地区的政策。请切换到该地区单位的身份。")
    return version


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def index(request: HttpRequest) -> HttpResponse:
    """Drafts and versions on their way, those that wait for the role in use first."""
    found = PolicyVersion.objects.filter(proposal__isnull=False).select_related("policy", "edited_by", "proposal__by")
    if region := region_of(request):
        found = found.filter(policy__region=region)
    may = request.may  # type: ignore[attr-defined]
    rows = [_listed(version, may) for version in found.order_by("-recorded_at")[:200]]
    under_way = [row for row in rows if row["version"].status not in ("published", "withdrawn")]
    context = {"waiting": [r for r in under_way if r["moves"]], "others": [r for r in under_way if not r["moves"]],
               "done": [r for r in rows if r not in under_way][:20]}  # fmt: skip
    return render(request, "workbench/index.html", context)


def _listed(version: PolicyVersion, may: Any) -> dict[str, Any]:
    rows = all_rows(version) if version.status == "draft" else []
    return {
        "version": version, "title": Pack(version.pack).title, "total": len(rows),
        "done": sum(not row.is_open for row in rows),
        "moves": [move for move in moves_from(version.status) if move.permission in may],
    }  # fmt: skip


@requires(Permission.EDIT_POLICY)
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a policy: screened for marks in memory, read, compiled, kept as a draft."""
    region = region_of(request)
    policies = Policy.objects.filter(region=region) if region else Policy.objects.all()
    sent = request.method == "POST"
    form = UploadForm(policies, request.POST if sent else None, request.FILES if sent else None)
    status = 200
    if request.method == "POST":
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE:
            form.add_error("file", "文件超过 32 MB，没有接收。请确认选对了文件；附件很多的，只传正文和含标准的附件。")
        elif form.is_valid() and (made := _uploaded(request, form, region)):
            return redirect(made) if isinstance(made, Job) else redirect("workbench:version", pk=made.pk)
        status = 422
    return render(request, "workbench/upload.html", {"form": form, "recognition": ocr.is_available()}, status=status)


def _uploaded(request: HttpRequest, form: UploadForm, region: str) -> PolicyVersion | Job | None:
    """The draft, or the job that reads a slow file or a long text; None where the file is refused."""
    file, policy = form.cleaned_data["file"], form.cleaned_data["policy"]
    office, region = request.acting.organisation, policy.region if policy else region  # type: ignore[attr-defined]
    try:
        reading = receive(file.read(), file.name, recognise=form.cleaned_data["recognise"])
        try:
            document = reading.result(timeout=PATIENCE)
        except TimeoutError:
            return go_on_later(reading, by=request.user, region=region, policy=policy, organisation=office)
        refuse_marked(document, by=request.user, organisation=str(office))
        if len(document.text.source) > drafting.AT_ONCE:
            return drafting.upload_later(
                by=request.user, document=document, region=region, policy=policy, organisation=office
            )
        version = drafting.keep_draft(
            by=request.user, document=document, region=region, policy=policy, organisation=str(office)
        )
    except drafting.AlreadyThere as error:
        form.add_error("file", str(error))
        form.there = error.version
        return None
    except (ContentError, UsageError) as error:
        if isinstance(error, ContentError):
            log_unreadable(error, by=request.user, organisation=str(office))
            form.offers_recognition = error.code in PICTURED
        form.add_error("file", str(error))
        return None
    messages.success(request, "文件已通过标志检查，读成了草稿。请逐条核对，然后提交合法性审核。")
    return version


def page_of(request: HttpRequest, version: PolicyVersion, tab: str) -> dict[str, Any]:
    """What every page of one version shows, ``leads_on`` the next thing to do, by its words and address."""
    rows = all_rows(version)
    reached = [name for name, _ in STEPS].index(version.status) if version.status != "withdrawn" else len(STEPS) - 1
    may = request.may  # type: ignore[attr-defined]
    return {
        "version": version, "policy": version.policy, "title": Pack(version.pack).title, "tab": tab, "rows": rows,
        "total": len(rows), "open": sum(row.is_open for row in rows), "decided": sum(not row.is_open for row in rows), "doubtful": sum(row.state == "doubt" for row in rows),
        "steps": [(label, at < reached, at == reached) for at, (_, label) in enumerate(STEPS)],
        "may_edit": Permission.EDIT_POLICY in may and version.status == "draft", "follows": version.proposal.follows,
        "settings": settings_to_see(version) if version.status == "draft" else [],
        "recognised": [row for row in version.pack["diagnostics"] if row["code"] == "ocr"],
        "taken_over": sum(bool(row.last and row.last.inherited_from_id) for row in rows),
        "leads_on": _leads_on(version, rows, may),
    }  # fmt: skip


@dataclass(frozen=True)
class Next:
    """What comes next on a version: on which page, and whether it is for this person (``mine``) or somebody else."""

    words: str
    page: str
    address: str
    mine: bool = True


def _leads_on(version: PolicyVersion, rows: list[Row], may: Any) -> Next | None:
    facts, rules, steps = (reverse(f"workbench:{page}", args=[version.pk]) for page in ("facts", "rules", "version"))
    if version.status == "draft" and Permission.EDIT_POLICY in may:
        if number := sum(row.is_open for row in rows):
            return Next(f"核对事实（{number} 条）", "facts", f"{facts}#bench")
        if number := len(unsettled(version)):
            return Next(f"看测算规则（{number} 条还没有定）", "rules", rules)
    moves = [move for move in moves_from(version.status) if move.target != "withdrawn"]
    if not moves:
        return None
    needed = moves[0].permission
    mine = needed in may
    words = moves[0].label if mine else f"{moves[0].label}，由有“{needed.value}”权限的人办理"
    return Next(words, "version", f"{steps}#next-h", mine)


def unsettled(version: PolicyVersion) -> list[str]:
    """Rules as the compiler proposed them, that nobody has said anything about yet."""
    said = version.standing_decisions()
    return [rule["id"] for rule in version.pack["rules"] if f"rule-{rule['id']}" not in said]


# --- going through the facts


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def facts(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The text with its marks beside what waits for a decision; ``at`` chooses a row, else the most doubtful."""
    return _facts(request, version_for(request, pk))


def _facts(request: HttpRequest, version: PolicyVersion, form: FactForm | None = None, problem: str = "", status: int = 200
           ) -> HttpResponse:  # fmt: skip
    context = page_of(request, version, "facts")
    rows: list[Row] = context["rows"]
    chosen = _chosen(rows, request.POST.get("key") or request.GET.get("at") or "")
    shown = shown_text(version.text, version.pack["source"]["format"])
    at = rows.index(chosen) if chosen else 0
    if chosen is not None:
        remember(request, version, chosen.key)
    context |= {
        "row": chosen, "card": card_of(version, chosen, rows, shown, form) if chosen else None, "problem": problem,
        "next": _neighbour(rows, at, 1), "previous": _neighbour(rows, at, -1), "next_open": _next_open(rows, chosen),
        "parts": _text(version, rows, shown), "act": request.GET.get("act"), "waiting": len(_together(rows, "", "")),
        "just": _just(request, version, rows),
        "kinds": KIND_CHOICES, "groups": _groups(rows), "silent": len(_together(rows, "missing", "")), "filter": request.GET.get("show", "open"),
        "listed": rows if request.GET.get("show") == "all" else [r for r in rows if r.is_open or r == chosen],
    }  # fmt: skip
    return render(request, "workbench/facts.html", context, status=status)


def _text(version: PolicyVersion, rows: list[Row], shown: ShownText) -> list[Part]:
    """The text with the facts marked, each mark opening its fact; what is not the paper's apart."""
    lines = shown.lines([row.line for row in rows if row.marked])
    articles = shown.articles(version.pack["articles"])
    page = reverse("workbench:facts", args=[version.pk])
    made = paragraphs(shown.text, articles, lines, {}, address=lambda key: f"{page}?at={key}&show=all#m-{key}")
    return in_parts(made, places_read(shown.text))


def _chosen(rows: list[Row], key: str) -> Row | None:
    found = next((row for row in rows if row.key == key), None)
    return found or next((row for row in rows if row.is_open), rows[0] if rows else None)


def _neighbour(rows: list[Row], at: int, step: int) -> Row | None:
    return rows[at + step] if 0 <= at + step < len(rows) else None


def _next_open(rows: list[Row], chosen: Row | None) -> Row | None:
    return next((row for row in rows if row.is_open and row != chosen), None)


def _just(request: HttpRequest, version: PolicyVersion, rows: list[Row]) -> list[Row]:
    """What the person decided last, to go back to or to undo."""
    keys = request.session.get(f"just-{version.pk}", ())
    return [row for row in rows if row.key in keys and row.last and row.last.by_id == request.user.pk]


def _groups(rows: list[Row]) -> list[tuple[str, str, int]]:
    """Kinds of facts that wait, with how many: what may be accepted together."""
    waiting = Counter((row.kind, "文首要素" if row.kind == "head" else row.label) for row in _together(rows, "", ""))
    return [(kind, label, number) for (kind, label), number in waiting.items()]


def _together(rows: list[Row], kind: str, article: str) -> list[Row]:
    """Rows of a kind or clause that wait and may be decided at once: facts accepted, missing elements said unstated."""
    waiting = [
        row for row in rows
        if row.state in ("open", "again") and row.kind != "diagnostics" and not row.must_be_entered
    ]  # fmt: skip
    if not kind:
        waiting = [row for row in waiting if row.kind != "missing"]
    return [row for row in waiting if kind in ("", row.kind) and article in ("", row.article)]


def remember(request: HttpRequest, version: PolicyVersion, key: str) -> None:
    """Which facts and rules the person has opened one by one, for the honesty of deciding in bulk."""
    request.session[f"looked-at-{version.pk}"] = [*dict.fromkeys([*looked_at(request, version), key])]


def looked_at(request: HttpRequest, version: PolicyVersion) -> list[str]:
    """The keys of what the person has opened one by one."""
    return list(request.session.get(f"looked-at-{version.pk}", []))


@require_POST
@requires(Permission.EDIT_POLICY)
def decide(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One decision on one row; then on to the next that waits."""
    version = version_for(request, pk)
    if len(keys := request.POST.getlist("key")) > 1:
        return _decide_together(request, version, keys)
    row = next((row for row in all_rows(version) if row.key == request.POST.get("key")), None)
    verdict = request.POST.get("verdict", "")
    if row is None or verdict not in (*Verdict.values, drafting.KEEP):
        raise Http404
    note, after, form = request.POST.get("note", ""), None, None
    if verdict in (Verdict.CORRECT, Verdict.ENTER):
        form = form_of(row, request.POST)
        if form is None or not form.is_valid():
            return _facts(request, version, form, "还没有保存：请看表单里的提示。", 422)
        if verdict == Verdict.ENTER and not note.strip():
            return _facts(request, version, form, "补录要写明来源：从哪里知道的（网站、文件原件、来文单位答复）。", 422)
    try:
        if form is not None:
            after = _after(version, row, form, verdict, note)
        drafting.decide(
            by=request.user, version=version, key=row.key, verdict=verdict, before=dict(row.fact) or None, after=after,
            note=note, organisation=organisation_of(request), last=request.POST.get("last", ""),
        )  # fmt: skip
    except (LuodiError, forms.ValidationError) as error:
        words = error.messages[0] if isinstance(error, forms.ValidationError) else str(error)
        return _facts(request, version, form, words, 409 if isinstance(error, drafting.Overtaken) else 422)
    return _onward(request, version, [row], verdict)


def _decide_together(request: HttpRequest, version: PolicyVersion, keys: list[str]) -> HttpResponse:
    """One verdict on rows that one card shows whole, each with all that it states; or the last ones undone."""
    rows = [row for row in all_rows(version) if row.key in keys]
    verdict = request.POST.get("verdict", "")
    if not rows or verdict not in (Verdict.ACCEPT, Verdict.NOT_STATED, Verdict.UNDO):
        raise Http404
    try:
        drafting.decide_many(
            by=request.user, version=version, keys=[row.key for row in rows], verdict=verdict, looked_at=keys,
            organisation=organisation_of(request),
        )  # fmt: skip
    except LuodiError as error:
        return _facts(request, version, None, str(error), 422)
    return _onward(request, version, rows, verdict)


def _after(version: PolicyVersion, row: Row, form: FactForm, verdict: str, note: str) -> dict[str, Any]:
    shown = shown_text(version.text, version.pack["source"]["format"])
    said = form.after(shown, _place(version, row.article, row.span or (0, 0)))
    if row.key.startswith("added-"):
        return {**row.fact, **said, "kind_of_fact": row.kind}
    return said | {"source": note.strip()} if verdict == Verdict.ENTER else said


def _place(version: PolicyVersion, article: str, span: tuple[int, int]) -> dict[str, Any]:
    """An article with the span of a fact and of the whole clause."""
    articles = version.pack["articles"]
    clause = next((each["span"] for each in articles if each["id"] == article), None)
    head = [0, articles[0]["span"][0] if articles else version.pack["source"]["length"]]
    return {"article": article, "span": list(span), "clause": clause or head}


def _onward(request: HttpRequest, version: PolicyVersion, decided: list[Row], verdict: str) -> HttpResponseRedirect:
    """To the next row that waits, its place in the text in view; of what was undone, to it."""
    undone = verdict == Verdict.UNDO
    request.session[f"just-{version.pk}"] = [] if undone else [row.key for row in decided]
    rows = all_rows(version)
    if undone and (back := [row for row in rows if row.key == decided[0].key]):
        return redirect(address_of(version, back[0]))
    row = _next_open(rows, decided[0])
    if row is not None:
        return redirect(address_of(version, row))
    if unsettled(version):
        messages.success(request, f"全部 {len(rows)} 条核对完。接着看测算规则。")
        return redirect("workbench:rules", pk=version.pk)
    return redirect(f"{reverse('workbench:version', args=[version.pk])}#next-h")


def address_of(version: PolicyVersion, row: Row, **more: str) -> str:
    """The page of a row, with its mark in the text in view."""
    return f"{reverse('workbench:facts', args=[version.pk])}?{urlencode({'at': row.key, **more})}{row.anchor}"


# --- adding, and accepting together


@requires(Permission.EDIT_POLICY)
def add(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Add a fact from words of the text: selected (begin, until) or typed as they stand there."""
    version = version_for(request, pk)
    shown = shown_text(version.text, version.pack["source"]["format"])
    kind = request.POST.get("of") or request.GET.get("of") or "benefits"  # not "kind": facts have a field of that name
    if kind not in dict(KIND_CHOICES):
        raise Http404
    rows = all_rows(version)
    only = next((row for row in rows if row.kind == kind == "validity" and row.state != "reject"), None)
    if only is not None:  # a paper has one period: what is added to it corrects it
        return redirect(address_of(version, only, act="correct"))
    given = request.POST or request.GET
    place, problem = _selected(given, shown)
    words = shown.text[place[0] : place[1]] if place else ""
    source = shown.source(place) if place else (0, 0)
    form = FactForm(
        kind, request.POST if "save" in request.POST else None, initial_fact=guess(kind, words) if words else None
    )
    if place and "save" in request.POST and form.is_valid():
        try:
            key = _added(request, version, kind, form, shown, source)
        except (LuodiError, forms.ValidationError) as error:
            problem = error.messages[0] if isinstance(error, forms.ValidationError) else str(error)
        else:
            messages.success(request, "已补充一条事实。")
            return redirect(f"{reverse('workbench:facts', args=[pk])}?{urlencode({'at': key})}#m-{key}")
    status = 422 if request.method == "POST" else 200
    context = page_of(request, version, "facts") | {
        "form": form, "kinds": KIND_CHOICES, "kind": kind, "place": place, "words": words, "problem": problem,
        "parts": _text(version, rows, shown), "around": shown.around(source, AROUND),
        "article": article_at(version.pack["articles"], source[0]) if place else "", "given": given,
    }  # fmt: skip
    return render(request, "workbench/add.html", context, status=status)


def _selected(given: Any, shown: ShownText) -> tuple[tuple[int, int] | None, str]:
    """The place meant: by positions, or by the first and last words; and what is wrong with it."""
    if given.get("begin", "").isdigit() and given.get("until", "").isdigit():
        start, end = int(given["begin"]), int(given["until"])
        inside = 0 <= start < end <= len(shown.text)
        return ((start, end), "") if inside else (None, "选中的位置不在原文之内。请重新选择。")
    first, last = given.get("first", "").strip(), given.get("last", "").strip()
    if not first:
        return None, ""
    start = shown.text.find(first)
    if start < 0:
        return None, f"原文里没有“{first[:20]}”。请从原文复制这几个字，标点也要一致。"
    end = shown.text.find(last, start) if last else start
    if end < 0:
        return None, f"“{first[:20]}”之后没有“{last[:20]}”。请从原文复制末尾几个字。"
    return (start, end + len(last or first)), ""


def _added(request: HttpRequest, version: PolicyVersion, kind: str, form: FactForm, shown: ShownText, span: tuple[int, int]
           ) -> str:  # fmt: skip
    article = article_at(version.pack["articles"], span[0])
    said = form.after(shown, _place(version, article, span)) | {"kind_of_fact": kind}
    if kind == "benefits":
        rows = [row for row in version.pack["facts"]["benefits"] if row["article"] == article]
        said["award"] = 1 + max((row["award"] for row in rows), default=0)
    key = f"added-{uuid.uuid4().hex[:8]}"
    drafting.decide(by=request.user, version=version, key=key, verdict=Verdict.ADD, after=said,
                    organisation=organisation_of(request))  # fmt: skip
    return key


@requires(Permission.EDIT_POLICY)
def bulk(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Accept all waiting facts of a kind or clause together, told which of them nobody opened."""
    version = version_for(request, pk)
    kind, article = (request.POST.get(n) or request.GET.get(n) or "" for n in ("kind", "article"))
    seen = set(looked_at(request, version))
    found = _together(all_rows(version), kind, article)
    if request.method == "POST":
        keys = set(request.POST.getlist("key")) & {row.key for row in found}
        verdict = Verdict.NOT_STATED if kind == "missing" else Verdict.ACCEPT
        number = drafting.decide_many(
            by=request.user, version=version, keys=sorted(keys), verdict=verdict, looked_at=seen,
            organisation=organisation_of(request),
        )  # fmt: skip
        unseen = len(keys - seen)
        messages.success(request, f"已批量记为“{verdict.label}”{number} 条，其中 {unseen} 条没有逐条看过，已分别记录。")
        return (
            _onward(request, version, [row for row in found if row.key in keys], verdict)
            if number
            else redirect("workbench:facts", pk=pk)
        )
    shown = shown_text(version.text, version.pack["source"]["format"])
    context = page_of(request, version, "facts") | {
        "unseen": [(row, shown.around(row.span, 30) if row.span else None) for row in found if row.key not in seen],
        "seen": [(row, shown.around(row.span, 30) if row.span else None) for row in found if row.key in seen],
        "kind": kind, "article": article, "number": len(found),
    }  # fmt: skip
    return render(request, "workbench/bulk.html", context)
