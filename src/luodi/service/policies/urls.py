"""Addresses of policies."""

from django.urls import path

from luodi.service.policies import views

app_name = "policies"
urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/text/", views.text, name="text"),
    path("<slug:slug>/clause/<str:article>/", views.clause, name="clause"),
    path("<slug:slug>/load/", views.load, name="load"),
    path("<slug:slug>/register/", views.ambiguities, name="ambiguities"),
    path("<slug:slug>/register/<str:ambiguity>/", views.answer, name="answer"),
    path("<slug:slug>/facts.json", views.facts_json, name="facts"),
]
