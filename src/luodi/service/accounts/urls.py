"""Addresses of accounts: allauth's log-in, log-out and password asked again; sign-up is closed and says so."""

from allauth.account.views import login, logout, reauthenticate, signup
from django.urls import path

from luodi.service.accounts import views

urlpatterns = [
    path("login/", login, name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("confirm/", reauthenticate, name="account_reauthenticate"),
    path("signup/", signup, name="account_signup"),
    path("password/", views.own_password, name="own_password"),
    path("act-as/", views.act_as, name="act_as"),
    path("business-date/", views.stand_on, name="business_date"),
]
