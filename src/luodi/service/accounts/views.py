"""One's own password and second factor, choosing whom to act for, and the demo's business date; signing in is allauth's."""

from __future__ import annotations

import datetime as dt

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from luodi.service.accounts.access import requires
from luodi.service.accounts.actions import change_own_password
from luodi.service.accounts.forms import OwnPasswordForm
from luodi.service.audit.actions import record


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Back to the page the form stood on, never to another site."""
    target = request.POST.get("next", "/")
    return redirect(target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else "/")


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Act for another organisation or in another role that the person holds."""
    chosen = request.POST.get("membership", "")
    held = getattr(request, "memberships", [])
    if not any(str(m.pk) == chosen for m in held):
        raise Http404
    request.session["membership"] = chosen
    return _back(request)


@require_POST
def stand_on(request: HttpRequest) -> HttpResponse:
    """Stand on another business date; only the demo allows it."""
    if not settings.DEMO:
        raise Http404
    given = request.POST.get("business_date", "")
    if not given:
        request.session.pop("business_date", None)
        return _back(request)
    try:
        request.session["business_date"] = dt.date.fromisoformat(given).isoformat()
    except ValueError:
        messages.error(request, f"业务日期应写成“年-月-日”，例如 2020-10-15；读到的是“{given[:20]}”。日期没有改变。")
    return _back(request)


@sensitive_post_parameters()
@requires()
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the person end."""
    form = OwnPasswordForm(request.user, request.POST if request.method == "POST" else None)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        change_own_password(user=request.user, password=form.cleaned_data["new_password1"])  # type: ignore[arg-type]
        update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
        reauthenticate_by_password(request)  # it was given a moment ago: what comes next need not ask again
        messages.success(request, "密码已改。下次登录请用新密码。")
        return redirect("/")
    return render(request, "account/password.html", {"form": form}, status=422 if form.is_bound else 200)


class Noted(FormView):  # type: ignore[type-arg]
    """A page of allauth whose change and its line in the audit log (``action``) are one transaction."""

    action: str

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Change it, and say so."""
        record(
            by=self.request.user, action=self.action, about=self.request.user, username=str(self.request.user.username)
        )  # type: ignore[union-attr,arg-type]
        return super().form_valid(form)


class TurnOn(Noted, ActivateTOTPView):  # type: ignore[misc]
    """Turn the second factor on: the code that the phone shows proves that it has the secret."""

    action = "account.second_factor_on"


class TurnOff(Noted, DeactivateTOTPView):  # type: ignore[misc]
    """Turn it off, where it is not demanded."""

    action = "account.second_factor_off"


class NewRecoveryCodes(Noted, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Replace the recovery codes."""

    action = "account.recovery_codes_renewed"
