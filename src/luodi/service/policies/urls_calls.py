"""Addresses of calls for claims."""

from django.urls import path

from luodi.service.policies import views_calls

app_name = "calls"
urlpatterns = [
    path("calls/", views_calls.index, name="list"),
    path("calls/<uuid:pk>/", views_calls.call, name="call"),
    path("calls/<uuid:pk>/release/", views_calls.release, name="release"),
    path("calls/<uuid:pk>/end/", views_calls.end, name="end"),
    path("policies/<slug:slug>/calls/new/", views_calls.new, name="new"),
]
