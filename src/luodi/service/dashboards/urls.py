"""Addresses of dashboards."""

from django.urls import path

from luodi.service.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("sectors/", views.sectors, name="sectors"),
    path("policies/<slug:slug>/clause/<str:article>/rests/", views.rests, name="rests"),
    path("audit/", views.audit, name="audit"),
]
