"""Accounts and rights as the security administrator gives them (账户与授权)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luodi.errors import UsageError
from luodi.service.accounts.access import requires
from luodi.service.accounts.actions import (
    add_membership,
    add_person,
    initial_password,
    lock_account,
    note_refusal,
    renew_password,
    withdraw_membership,
    withdraw_second_factor,
)
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.permissions import Permission
from luodi.service.accounts.roles import ROLES
from luodi.service.accounts.second_factor import is_on
from luodi.service.accounts.separation import BY_STEP, EXCLUSIONS, Clash
from luodi.service.administration.forms import PersonForm, SeatForm
from luodi.service.administration.queries import (
    acts_elsewhere,
    looked_for,
    organisations_of,
    people_of,
    refused,
    standing,
)

PAGE = 50
REFUSALS = 20
_ELSEWHERE = "此人在其他地区也有身份，账户由那里的安全管理员一同管理；这里只能授予、撤销本地区的身份。"


def _region(request: HttpRequest) -> str:
    return str(request.acting.organisation.region)  # type: ignore[attr-defined]


def _office(request: HttpRequest) -> str:
    return str(request.acting.organisation)  # type: ignore[attr-defined]


@require_safe
@requires(Permission.MANAGE_ACCOUNTS)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, what excludes what, and what was refused."""
    region, words = _region(request), request.GET.get("q", "")[:100]
    page = Paginator(looked_for(people_of(region), words), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "standings": [standing(user) for user in page], "words": words, "exclusions": EXCLUSIONS,
               "by_step": BY_STEP, "refused": refused(region)[:REFUSALS]}  # fmt: skip
    return render(request, "administration/people.html", context)


@requires(Permission.MANAGE_ACCOUNTS)
def new(request: HttpRequest) -> HttpResponse:
    """Make a person with the first roles; the initial password is on the answer alone."""
    form = PersonForm(_region(request), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given, password = form.cleaned_data, initial_password()
        try:
            with transaction.atomic():
                made = add_person(by=request.user, username=given["username"], display_name=given["display_name"].strip(),
                                  password=password, initial=True, organisation=_office(request))  # fmt: skip
                _grant(request, made, form)
        except UsageError as error:
            form.add_error("organisation", str(error))
        else:
            return _handed_over(request, made, password, "账户已开立")
    _note_clash(request, form, None)
    context = {"form": form, "organisations": organisations_of(_region(request))}
    return render(request, "administration/new.html", context, status=422 if form.is_bound else 200)


def _grant(request: HttpRequest, user: User, form: SeatForm) -> None:
    given, organisation = form.cleaned_data, form.found_organisation()
    for role in given["roles"]:
        add_membership(by=request.user, user=user, organisation=organisation, role=role, valid_from=dt.date.today(),
                       valid_to=given["valid_to"], reason=given["reason"])  # fmt: skip


def _note_clash(request: HttpRequest, form: SeatForm, user: User | None) -> None:
    """Keep in the log that roles were refused, with whom they were meant for."""
    if form.clash:
        _refuse(request, user, form.data.get("display_name") or str(user or ""), form.data.getlist("roles"), form.clash)  # type: ignore[union-attr]


def _refuse(request: HttpRequest, user: User | None, name: str, roles: list[str], reason: str) -> None:
    note_refusal(by=request.user, action="membership.refused", organisation=_office(request), about=user,
                 name=name[:100], role="、".join(ROLES[role].name for role in roles if role in ROLES), reason=reason)  # fmt: skip


def _handed_over(request: HttpRequest, user: User, password: str, title: str) -> HttpResponse:
    context = {"user_made": user, "password": password, "title": title, "standing": standing(user)}
    response = render(request, "administration/password.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@requires(Permission.MANAGE_ACCOUNTS)
def person(request: HttpRequest, person: int) -> HttpResponse:
    """One person: what is held and was held, and the form that grants more."""
    found = get_object_or_404(people_of(_region(request)), pk=person)
    form = SeatForm(_region(request), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                _grant(request, found, form)
        except Clash as error:
            form.clash = str(error)
            form.add_error("roles", form.clash)
        except UsageError as error:
            form.add_error("organisation", str(error))
        else:
            messages.success(request, "已授予身份，即时生效。")
            return redirect("people:person", person=person)
    _note_clash(request, form, found)
    return _person(request, found, form, 422 if form.is_bound else 200)


def _person(request: HttpRequest, found: User, form: SeatForm, status: int) -> HttpResponse:
    region, shown = _region(request), standing(found)
    context: dict[str, Any] = {
        "person": found, "standing": shown, "form": form, "organisations": organisations_of(region), "region": region,
        "elsewhere": _ELSEWHERE if acts_elsewhere(shown, region) else "", "own": found.pk == request.user.pk, "second_factor": is_on(found),
    }  # fmt: skip
    return render(request, "administration/person.html", context, status=status)


@require_POST
@requires(Permission.MANAGE_ACCOUNTS)
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw a membership in an organisation of the region."""
    own: models.QuerySet[Organisation] = organisations_of(_region(request))
    membership = get_object_or_404(Membership, pk=pk, organisation__in=own)
    try:
        withdraw_membership(by=request.user, membership=membership, reason=request.POST.get("reason", ""))
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已撤销“{membership}”，即时生效；记录保留。")
    return redirect("people:person", person=membership.user_id)


@require_POST
@requires(Permission.MANAGE_ACCOUNTS)
def lock(request: HttpRequest, person: int) -> HttpResponse:
    """Lock an account or open it again."""
    found = get_object_or_404(people_of(_region(request)), pk=person)
    shut = request.POST.get("lock") == "1"
    try:
        _alone(request, found)
        lock_account(
            by=request.user, user=found, lock=shut, reason=request.POST.get("reason", ""), organisation=_office(request)
        )
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "账户已停用，此人已退出登录。" if shut else "账户已启用。")
    return redirect("people:person", person=person)


@require_POST
@requires(Permission.MANAGE_ACCOUNTS)
def password(request: HttpRequest, person: int) -> HttpResponse:
    """A new initial password, on the answer alone."""
    found = get_object_or_404(people_of(_region(request)), pk=person)
    try:
        _alone(request, found)
        made = renew_password(
            by=request.user, user=found, reason=request.POST.get("reason", ""), organisation=_office(request)
        )
    except UsageError as error:
        messages.error(request, str(error))
        return redirect("people:person", person=person)
    return _handed_over(request, found, made, "初始密码已重发")


@require_POST
@requires(Permission.MANAGE_ACCOUNTS)
def second_factor(request: HttpRequest, person: int) -> HttpResponse:
    """Take the second factor of somebody who lost the phone."""
    found = get_object_or_404(people_of(_region(request)), pk=person)
    try:
        _alone(request, found)
        withdraw_second_factor(
            by=request.user, user=found, reason=request.POST.get("reason", ""), organisation=_office(request)
        )
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "第二重验证已撤销。请本人登录后重新开启。")
    return redirect("people:person", person=person)


def _alone(request: HttpRequest, found: User) -> None:
    if acts_elsewhere(standing(found), _region(request)):
        raise UsageError(_ELSEWHERE)
