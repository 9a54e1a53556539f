"""The calculator (政策测算) for everybody, and the unit's own page (我的兑现)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from luodi import clock
from luodi.codes.credit_code import check_credit_code
from luodi.entitlement.explain import explain
from luodi.errors import ContentError
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.awards.answering import answer
from luodi.service.awards.answers import Answers, read_answers
from luodi.service.awards.determinations import determinations_seen
from luodi.service.awards.papers import WITHIN, ending_papers
from luodi.service.awards.presentation import show
from luodi.service.awards.queries import Choice, choices, chosen, public_unit, title_of
from luodi.service.awards.questions import RESULT, Question, next_step, question, steps_left
from luodi.service.awards.wording import used_facts
from luodi.service.registry.models import Unit
from luodi.service.registry.queries import unit_input


@sensitive_post_parameters()
def calculator(request: HttpRequest) -> HttpResponse:
    """Choose a policy and a way; then one page after another. All answers stay in the visitor's page."""
    response = _calculate(request) if request.method == "POST" else _start(request)
    response.headers["Cache-Control"] = "no-store"
    return response


def _start(request: HttpRequest, errors: Mapping[str, str] | None = None, code: str = "") -> HttpResponse:
    options = choices()
    asked = request.POST.get("policy", "") or request.GET.get("policy", "")
    choice = chosen(options, asked)
    other = title_of(asked) if asked and (choice is None or choice.slug != asked) else ""
    context = {"other": other, "choices": options, "choice": choice, "errors": errors or {}, "code": code}
    return render(request, "awards/calculator.html", context, status=422 if errors else 200)


def _calculate(request: HttpRequest) -> HttpResponse:
    does = request.POST.get("do", "")
    if does == "code":
        return _by_code(request)
    answers = read_answers(request.POST.get("answers", ""))
    choice = _choice(request, answers)
    if does == "start":
        return _page(request, choice, Answers(policy=choice.slug))
    if does == "back":
        return _back(request, choice, answers)
    if does == "result":
        return _result(request, choice, answers)
    if does == "more":
        return _page(request, choice, answers)
    if does.startswith("change:"):
        return _shown(request, choice, answers, does.removeprefix("change:"))
    return _answered(request, choice, answers, request.POST.get("step", ""))


def _choice(request: HttpRequest, answers: Answers) -> Choice:
    slug = answers.policy or request.POST.get("policy", "")
    found = next((choice for choice in choices() if choice.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _answered(request: HttpRequest, choice: Choice, answers: Answers, step: str) -> HttpResponse:
    read = answer(choice.rules, answers, step, request.POST)  # type: ignore[arg-type]
    if read.errors:
        return _shown(request, choice, answers, step, read.errors)
    return _page(request, choice, read.answers)


def _back(request: HttpRequest, choice: Choice, answers: Answers) -> HttpResponse:
    """The page before, filled in as it was; what was answered after it stays."""
    before = request.POST.get("step", "")
    trail = [step for step in answers.trail if step != before]
    if not trail:
        return _start(request)
    return _shown(request, choice, replace(answers, trail=tuple(trail[:-1])), trail[-1])


def _page(request: HttpRequest, choice: Choice, answers: Answers) -> HttpResponse:
    step = next_step(choice.rules, answers, clock.today())
    return _result(request, choice, answers) if step == RESULT else _shown(request, choice, answers, step)


def _shown(
    request: HttpRequest, choice: Choice, answers: Answers, step: str, errors: Mapping[str, str] | None = None
) -> HttpResponse:
    page = question(choice.rules, answers, step)
    if page is None:
        raise ContentError("这一步不属于所选政策。请从头开始测算。")
    if errors:
        page = _kept(page, request, errors)
    left = list(steps_left(choice.rules, answers, clock.today()))
    so_far = explain(choice.rules, answers.unit(), clock.today()) if answers.done else None
    context = {
        "choice": choice, "question": page, "answers": answers.dumped(), "errors": errors, "so_far": so_far,
        "left": len([each for each in left if each != step]), "first": not answers.trail or answers.trail == (step,),
    }  # fmt: skip
    return render(request, "awards/question.html", context, status=422 if errors else 200)


def _kept(page: Question, request: HttpRequest, errors: Mapping[str, str]) -> Question:
    """The page with what was typed, and what is wrong with it."""
    fields = tuple(
        replace(
            entry,
            value=request.POST.getlist(entry.name) if entry.kind == "several" else request.POST.get(entry.name, ""),
            error=errors.get(entry.name, ""),
        )
        for entry in page.fields
    )
    return replace(page, fields=fields)


def _result(request: HttpRequest, choice: Choice, answers: Answers) -> HttpResponse:
    found = explain(choice.rules, answers.unit(), clock.today())
    shown = replace(show(found, choice.pack, choice.version), facts=used_facts(answers.unit(), choice.pack))
    steps = _changeable(choice, answers)
    more = next_step(choice.rules, answers, clock.today()) != RESULT
    context = {"choice": choice, "shown": shown, "answers": answers.dumped(), "steps": steps, "more": more}
    return render(request, "awards/result.html", context)


def _changeable(choice: Choice, answers: Answers) -> list[tuple[str, str]]:
    """The pages already answered, to go back to from the result."""
    pages = [(step, question(choice.rules, answers, step)) for step in answers.done]
    return [(step, page.title) for step, page in pages if page]


def _by_code(request: HttpRequest) -> HttpResponse:
    """Public register facts of the unit with a credit code; nothing sensitive is looked up."""
    written = request.POST.get("code", "").strip()
    choice = _choice(request, Answers())
    try:
        code = check_credit_code(written)
    except ContentError as error:
        return _start(request, {"code": str(error)}, written)
    unit = Unit.objects.filter(credit_code=code, sensitivity="public", region=choice.version.policy.region).first()
    if unit is None:
        return render(request, "awards/unknown_code.html", {"choice": choice, "code": code})
    given = public_unit(unit, choice.pack)
    found = explain(choice.rules, given, clock.today())
    shown = replace(show(found, choice.pack, choice.version), facts=used_facts(given, choice.pack))
    answers = _taken_over(choice, given)
    context = {"choice": choice, "shown": shown, "answers": answers.dumped(), "unit": unit, "more": True}
    return render(request, "awards/result.html", context)


def _taken_over(choice: Choice, given: Mapping[str, Any]) -> Answers:
    """The public facts as answers, so that the visitor can go on with what only the unit knows."""
    events = tuple({k: v for k, v in event.items() if v is not None} for event in given["events"])
    done = ("kind", *(f"event:{event['id']}" for event in events))
    return Answers(choice.slug, given["kind"], tuple(given["asked"]), events, dict(given["facts"]), done)


@require_safe
@requires(Permission.VIEW_OWN_UNIT)
def mine(request: HttpRequest) -> HttpResponse:
    """The unit's own result from all that is registered about it, with the source of each value."""
    unit = Unit.objects.filter(organisation=request.acting.organisation).first()  # type: ignore[attr-defined]
    options = choices(unit.region) if unit else []
    choice = chosen(options, request.GET.get("policy", ""))
    if unit is None or choice is None:
        return render(request, "awards/mine_empty.html", {"unit": unit})
    given = unit_input(unit, public_only=False)
    found = explain(choice.rules, given, clock.today())
    shown = replace(show(found, choice.pack, choice.version), facts=used_facts(given, choice.pack))
    papers = determinations_seen(request.acting).filter(unit=unit)[:10]  # type: ignore[attr-defined]
    context = {
        "unit": unit, "choice": choice, "choices": options, "shown": shown, "determinations": papers,
        "ending": ending_papers(unit, choice.pack, clock.today()), "within": WITHIN,
    }  # fmt: skip
    return render(request, "awards/mine.html", context)
