"""Going through a draft fact by fact: deciding, adding what was missed, and accepting together."""

from __future__ import annotations

import uuid
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from luodi.errors import LuodiError
from luodi.policy.addresses import article_at
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.policies import drafting
from luodi.service.policies.cards import AROUND, card_of, form_of
from luodi.service.policies.fact_forms import KIND_CHOICES, FactForm
from luodi.service.policies.models import FactDecision, PolicyVersion
from luodi.service.policies.prefill import guess
from luodi.service.policies.rows import Row, all_rows, place_of
from luodi.service.policies.sheets import SHEET, sheet_of
from luodi.service.policies.shown_text import ShownText, shown_text
from luodi.service.policies.version_page import (
    address_of,
    looked_at,
    organisation_of,
    page_of,
    remember,
    unsettled,
    version_for,
)
from luodi.service.policies.views_text import text_around

Verdict = FactDecision.Verdict
_LISTED, _BEFORE = 300, 20  # rows of the list on one page, and of these before the chosen one
_PLACE = ("of", "begin", "until", "first", "last")  # what names the words of which a fact is made


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
        "next": _neighbour(rows, at, 1), "form": form, "previous": _neighbour(rows, at, -1), "next_open": _next_open(rows, chosen),
        **text_around(request, version, rows, shown, chosen.span if chosen else None, _here(version, chosen)),
        "act": request.GET.get("act"), "waiting": len(_together(rows, "", "")),
        "just": _just(request, version, rows),
        "kinds": KIND_CHOICES, "groups": _groups(rows), "silent": len(_together(rows, "missing", "")), "filter": request.GET.get("show", "open"),
    }  # fmt: skip
    listed = rows if context["filter"] == "all" else [row for row in rows if row.is_open or row == chosen]
    context |= _window(listed, listed.index(chosen) if chosen else 0)
    return render(request, "workbench/facts.html", context, status=status)


def _here(version: PolicyVersion, chosen: Row | None) -> str:
    """The address of a row's page, to which a parameter may be added."""
    return f"{reverse('workbench:facts', args=[version.pk])}?{urlencode({'at': chosen.key}) if chosen else ''}&"


def _window(rows: list[Row], at: int) -> dict[str, Any]:
    """The rows around one, few enough for a page, with how many there are before and behind, and where to go on to them."""
    start, end = max(0, at - _BEFORE), max(0, at - _BEFORE) + _LISTED
    return {"listed": rows[start:end], "earlier": start, "later": max(0, len(rows) - end),
            "back_to": rows[max(0, start - _LISTED + _BEFORE)] if start else None, "on_to": rows[end] if end < len(rows) else None}  # fmt: skip


def _chosen(rows: list[Row], key: str) -> Row | None:
    found = next((row for row in rows if row.key == key), None)
    return found or next((row for row in rows if row.is_open), rows[0] if rows else None)


def _neighbour(rows: list[Row], at: int, step: int) -> Row | None:
    return rows[at + step] if 0 <= at + step < len(rows) else None


def _next_open(rows: list[Row], chosen: Row | None) -> Row | None:
    """The next row that waits, after the chosen one and round to the first; those held in doubt when no other is left."""
    waiting = [row for row in rows if row.is_open and (chosen is None or row.key != chosen.key)]
    if chosen is not None:
        here = place_of(chosen)
        waiting.sort(key=lambda row: (row.state == "doubt", place_of(row) < here, place_of(row)))
    return next(iter(waiting), None)


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
    named = {name: given[name] for name in _PLACE if name in given}
    context = page_of(request, version, "facts") | {
        "form": form, "kinds": KIND_CHOICES, "kind": kind, "place": place, "words": words, "problem": problem,
        **text_around(request, version, rows, shown, source if place else None, f"?{urlencode(named)}&"),
        "around": shown.around(source, AROUND),
        "article": article_at(version.pack["articles"], source[0]) if place else "", "given": given,
        "read_here": [row for row in rows if place and row.kind == kind and row.state != "reject" and _overlap(row.span, source)],
    }  # fmt: skip
    return render(request, "workbench/add.html", context, status=status)


def _overlap(span: tuple[int, int] | None, place: tuple[int, int]) -> bool:
    return span is not None and span[0] < place[1] and place[0] < span[1]


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
    told, seen = urlencode({"kind": kind, "article": article}), set(looked_at(request, version))
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
        if number and len(found) > SHEET:  # the next of a long list come up
            return redirect(f"{reverse('workbench:bulk', args=[pk])}?{told}")
        return (
            _onward(request, version, [row for row in found if row.key in keys], verdict)
            if number
            else redirect("workbench:facts", pk=pk)
        )
    shown = shown_text(version.text, version.pack["source"]["format"])
    sheet = sheet_of(request, sorted(found, key=lambda row: row.key in seen))
    lines = [(row, shown.around(row.span, 30) if row.span else None) for row in sheet]
    context = page_of(request, version, "facts") | {
        "unseen": [line for line in lines if line[0].key not in seen], "seen": [line for line in lines if line[0].key in seen],
        "not_opened": sum(row.key not in seen for row in found), "sheet": sheet, "told": told,
        "kind": kind, "article": article, "number": len(found),
    }  # fmt: skip
    return render(request, "workbench/bulk.html", context)
