"""A draft's rules and its register of open readings (口径登记): what the text leaves to people."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from luodi.errors import LuodiError
from luodi.policy.pack import Pack
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.policies import drafting
from luodi.service.policies.models import FactDecision, PolicyVersion
from luodi.service.policies.rule_forms import QuestionForm, RuleForm, RulesForm
from luodi.service.policies.rule_words import asked_of_all, held_by_most, rule_words, rules_in_words
from luodi.service.policies.sheets import sheet_of
from luodi.service.policies.shown_text import quoted, shown_text
from luodi.service.policies.version_page import (
    looked_at,
    organisation_of,
    page_of,
    remember,
    unsettled,
    version_for,
)

Verdict = FactDecision.Verdict


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def rules(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Each rule in words, with the questions that touch it; and awards taken out of the calculation."""
    version = version_for(request, pk)
    pack = Pack(version.pack)
    latest = _latest(version, "rule-")
    told = rules_in_words(pack)
    demanded = asked_of_all(told)
    sheet = sheet_of(request, list(zip(pack.rules, told, strict=True)), [rule["id"] for rule in pack.rules])
    shown = [
        (replace(words, conditions=tuple(each for each in words.conditions if each not in demanded)), latest.get(rule["id"]), sentence(version, rule))
        for rule, words in sheet
    ]  # fmt: skip
    context = page_of(request, version, "rules") | {
        "rules": shown, "sheet": sheet, "alike": held_by_most(told), "demanded": demanded,
        "unsettled": len(unsettled(version)), "dropped": [(name, row) for name, row in latest.items() if row.verdict == Verdict.REJECT],
    }  # fmt: skip
    return render(request, "workbench/rules.html", context)


def sentence(version: PolicyVersion, rule: Mapping[str, Any]) -> str:
    """The words of the text that a rule rests on, a sum with its row of a table: they tell rules apart whose clauses bear one number."""
    if not rule.get("span"):
        return ""
    shown = shown_text(version.text, version.pack["source"]["format"])
    return Truncator(quoted(shown.text, *shown.shown(rule["span"]))).chars(_LONGEST)


_LONGEST = 90


def _latest(version: PolicyVersion, prefix: str) -> dict[str, FactDecision]:
    standing = version.standing_decisions()
    return {key.removeprefix(prefix): row for key, row in standing.items() if key.startswith(prefix)}


@requires(Permission.EDIT_POLICY)
def rule(request: HttpRequest, pk: uuid.UUID, rule: str) -> HttpResponse:
    """How one rule is handled; or taken out of the calculation, with a reason."""
    version = version_for(request, pk)
    pack = Pack(version.pack)
    found = next((each for each in pack.rules if each["id"] == rule), None)
    if found is None and rule not in _latest(version, "rule-"):
        raise Http404
    remember(request, version, f"rule-{rule}")
    form = RuleForm(found, request.POST if request.method == "POST" else None) if found else None
    problem = ""
    if request.method == "POST":
        problem = _save_rule(request, version, rule, found, form)
        if not problem:
            return redirect(f"{reverse('workbench:rules', args=[pk])}?{urlencode({'at': rule})}#r-{rule}")
    context = page_of(request, version, "rules") | {
        "form": form, "rule": rule_words(pack, found) if found else None, "rule_id": rule, "problem": problem,
        "words": sentence(version, found) if found else "",
        "history": version.decisions.filter(key=f"rule-{rule}").select_related("by"),
    }  # fmt: skip
    return render(request, "workbench/rule.html", context, status=422 if problem else 200)


def _save_rule(
    request: HttpRequest, version: PolicyVersion, rule: str, found: Mapping[str, Any] | None, form: RuleForm | None
) -> str:
    """Keep what was entered; what is wrong with it, or nothing."""
    verdict = request.POST.get("verdict", Verdict.CORRECT)
    note = request.POST.get("note", "")
    earlier = _latest(version, "rule-").get(rule)
    after = dict(earlier.after or {}) if earlier and earlier.verdict in drafting.RULE_SET else {}
    if verdict == Verdict.CORRECT:
        if form is None or not form.is_valid():
            return "还没有保存：请看表单里的提示。"
        after |= form.after()
    elif verdict not in (Verdict.REJECT, Verdict.ACCEPT, drafting.KEEP):
        raise Http404
    try:
        drafting.decide(
            by=request.user, version=version, key=f"rule-{rule}", verdict=verdict, before=dict(found) if found else None,
            after=after or None, note=note, organisation=organisation_of(request),
        )  # fmt: skip
    except LuodiError as error:
        return str(error)
    messages.success(request, f"规则 {rule} 已保存。")
    return ""


@requires(Permission.EDIT_POLICY)
def together(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The same handling for several rules at once, told which of them nobody opened."""
    version = version_for(request, pk)
    pack = Pack(version.pack)
    if "as_proposed" in request.POST:
        return _settle_as_proposed(request, version)
    form = RulesForm(request.POST if request.method == "POST" else None)
    chosen = request.POST.getlist("rule")
    problem = ""
    if request.method == "POST":
        problem = _save_together(request, version, _asked_for(request, pack), form)
        if not problem:
            return redirect("workbench:rules", pk=pk)
    seen, latest = looked_at(request, version), _latest(version, "rule-")
    order = sorted(range(len(pack.rules)), key=lambda at: f"rule-{pack.rules[at]['id']}" in seen)
    sheet, told = sheet_of(request, [pack.rules[at] for at in order]), rules_in_words(pack)
    words = dict(zip((rule["id"] for rule in pack.rules), told, strict=True))
    lines = [
        (words[rule["id"]], f"rule-{rule['id']}" in seen, request.method != "POST" or rule["id"] in chosen,
         rule["id"] in latest, sentence(version, rule))
        for rule in sheet
    ]  # fmt: skip
    context = page_of(request, version, "rules") | {
        "form": form, "problem": problem, "unseen": [line for line in lines if not line[1]],
        "seen": [line for line in lines if line[1]], "number": len(told), "sheet": sheet,
        "not_opened": sum(f"rule-{rule['id']}" not in seen for rule in pack.rules), "others": len(told) - len(lines), "all_too": "others" in request.POST,
    }  # fmt: skip
    return render(request, "workbench/rules_together.html", context, status=422 if problem else 200)


def _asked_for(request: HttpRequest, pack: Pack) -> list[Mapping[str, Any]]:
    """The rules that are ticked on this sheet, and where that is said all that are not on it."""
    ticked, here = request.POST.getlist("rule"), request.POST.getlist("here")
    others = "others" in request.POST
    return [rule for rule in pack.rules if rule["id"] in ticked or (others and rule["id"] not in here)]


AS_PROPOSED = "按文本拟定，经核对确认"


def _settle_as_proposed(request: HttpRequest, version: PolicyVersion) -> HttpResponse:
    """Every rule that nobody has said anything about is handled as the text alone gives it."""
    seen, left = looked_at(request, version), unsettled(version)
    try:
        drafting.set_rules(
            by=request.user, version=version, said={name: {"paid_why": AS_PROPOSED} for name in left}, note="按拟定的办",
            looked_at=seen, verdict=Verdict.ACCEPT, organisation=organisation_of(request),
        )  # fmt: skip
    except LuodiError as error:
        messages.error(request, str(error))
        return redirect("workbench:rules", pk=version.pk)
    unseen = sum(f"rule-{name}" not in seen for name in left)
    messages.success(request, f"{len(left)} 条规则按拟定的办，其中 {unseen} 条没有打开看过，已分别记录。")
    return redirect("workbench:rules", pk=version.pk)


def _save_together(
    request: HttpRequest, version: PolicyVersion, rules: list[Mapping[str, Any]], form: RulesForm
) -> str:
    """Keep the settings of the chosen rules; what is wrong with them, or nothing."""
    if not form.is_valid():
        return " ".join(["还没有保存：请看表单里的提示。", *form.non_field_errors()])
    said = {rule["id"]: after for rule in rules if (after := form.after(rule))}
    if not said:
        return "勾选的规则都已经是这样，没有可保存的。" if rules else "没有勾选规则。请至少勾选一条。"
    seen = looked_at(request, version)
    try:
        drafting.set_rules(
            by=request.user, version=version, said=said, note=form.cleaned_data["note"], looked_at=seen,
            organisation=organisation_of(request),
        )  # fmt: skip
    except LuodiError as error:
        return str(error)
    unseen = sum(f"rule-{name}" not in seen for name in said)
    same = f"；另有 {len(rules) - len(said)} 条已经是这样，没有改" if len(rules) > len(said) else ""
    messages.success(request, f"已一起设定 {len(said)} 条规则，其中 {unseen} 条没有打开看过，已分别记录{same}。")
    return ""


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def register(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The questions of a draft's register, each with its readings and the rules it touches."""
    version = version_for(request, pk)
    pack = Pack(version.pack)
    titles = {rule["id"]: rule["title"] for rule in pack.rules}
    questions = [(entry, [(name, titles[name]) for name in entry["rules"]]) for entry in pack.ambiguities]
    kept = {name: row for name, row in _latest(version, "ambiguity-").items() if row.verdict != Verdict.REJECT}
    given: dict[str, list[Any]] = {}
    for answer in version.answers.select_related("by", "copied_from"):
        given.setdefault(answer.ambiguity, []).append(answer)
    context = page_of(request, version, "register") | {
        "questions": [(entry, touched, kept.get(entry["id"]), _answers(entry, given)) for entry, touched in questions],
    }  # fmt: skip
    return render(request, "workbench/register.html", context)


def _answers(entry: Mapping[str, Any], given: Mapping[str, list[Any]]) -> list[tuple[str, Any]]:
    """The answers to a question, each with its option in words."""
    labels = {option["id"]: option["label"] for option in entry["options"]}
    return [(labels.get(answer.option, answer.option), answer) for answer in given.get(entry["id"], ())]


@requires(Permission.EDIT_POLICY)
def question(request: HttpRequest, pk: uuid.UUID, question: str = "") -> HttpResponse:
    """Enter a question into the register, change one, or take it out with a reason."""
    version = version_for(request, pk)
    pack = Pack(version.pack)
    kept = _latest(version, "ambiguity-").get(question) if question else None
    if question and (kept is None or kept.after is None):
        raise Http404
    form = QuestionForm(
        [(rule["id"], f"{rule['id']} {rule['title']}") for rule in pack.rules],
        request.POST if request.method == "POST" else None, entry=kept.after if kept else None,
    )  # fmt: skip
    problem = ""
    if request.method == "POST":
        problem = _save_question(request, version, question or _free(pack), kept, form)
        if not problem:
            return redirect("workbench:register", pk=pk)
    context = page_of(request, version, "register") | {"form": form, "question": question, "problem": problem}
    return render(request, "workbench/question.html", context, status=422 if problem else 200)


def _free(pack: Pack) -> str:
    """The first number that no question of the register has."""
    taken = {entry["id"] for entry in pack.ambiguities}
    return next(name for number in range(1, len(taken) + 2) if (name := f"Q{number}") not in taken)


def _save_question(
    request: HttpRequest, version: PolicyVersion, number: str, kept: FactDecision | None, form: forms.Form
) -> str:
    reject, keep = (request.POST.get("verdict") == each for each in (Verdict.REJECT, drafting.KEEP))
    if not (reject or keep) and not form.is_valid():
        return "还没有保存：请看表单里的提示。"
    verdict = drafting.KEEP if keep else Verdict.REJECT if reject else Verdict.CORRECT if kept else Verdict.ADD
    try:
        drafting.decide(
            by=request.user, version=version, key=f"ambiguity-{number}", verdict=verdict, before=kept.after if kept else None,
            after=kept.after if (reject or keep) and kept else form.after(number),  # type: ignore[attr-defined]
            note=request.POST.get("note", ""), organisation=organisation_of(request),
        )  # fmt: skip
    except LuodiError as error:
        return str(error)
    messages.success(request, f"{number} 已{'撤去' if reject else '确认' if keep else '登记'}。")
    return ""
