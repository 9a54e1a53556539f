"""Addresses of accounts: allauth's log-in, log-out, password asked again and second factor; sign-up is closed."""

from allauth.account.views import login, logout, reauthenticate, signup
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.urls import path

from luodi.service.accounts import views

urlpatterns = [
    path("login/", login, name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("confirm/", reauthenticate, name="account_reauthenticate"),
    path("signup/", signup, name="account_signup"),
    path("password/", views.own_password, name="own_password"),
    path("second-factor/", factor.index, name="mfa_index"),
    path("second-factor/code/", factor.authenticate, name="mfa_authenticate"),
    path("second-factor/confirm/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/on/", views.TurnOn.as_view(), name="mfa_activate_totp"),
    path("second-factor/off/", views.TurnOff.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/recovery/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery/new/", views.NewRecoveryCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("act-as/", views.act_as, name="act_as"),
    path("business-date/", views.stand_on, name="business_date"),
]
