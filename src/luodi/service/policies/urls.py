"""Addresses of policies."""

from django.urls import path

from luodi.service.policies import exports, views, views_clause, views_links, views_register

app_name = "policies"
urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:slug>/", views.detail, name="detail"),
    path("<slug:slug>/text/", views.text, name="text"),
    path("<slug:slug>/clause/<str:article>/", views_clause.clause, name="clause"),
    path("<slug:slug>/load/", views.load, name="load"),
    path("<slug:slug>/register/", views_register.ambiguities, name="ambiguities"),
    path("<slug:slug>/register/<str:ambiguity>/", views_register.answer, name="answer"),
    path("<slug:slug>/register/<str:ambiguity>/cases/", views_register.cases, name="cases"),
    path("<slug:slug>/links/", views_links.links, name="links"),
    path("<slug:slug>/links/<uuid:pk>/end/", views_links.end, name="link_end"),
    path("<slug:slug>/facts.json", views.facts_json, name="facts"),
    path("<slug:slug>/export/pack.json", exports.pack_json, name="export_pack"),
    path("<slug:slug>/export/pack.yaml", exports.pack_yaml, name="export_yaml"),
    path("<slug:slug>/export/akn.xml", exports.akn, name="export_akn"),
]
