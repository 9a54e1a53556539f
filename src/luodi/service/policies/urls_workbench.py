"""Addresses of the workbench."""

from django.urls import path

from luodi.service.policies import views_drafts, views_facts, views_rules, views_steps, views_text

app_name = "workbench"
urlpatterns = [
    path("workbench/", views_drafts.index, name="index"),
    path("workbench/upload/", views_drafts.upload, name="upload"),
    path("workbench/<uuid:pk>/", views_steps.version, name="version"),
    path("workbench/<uuid:pk>/differences/", views_steps.differences, name="differences"),
    path("workbench/<uuid:pk>/step/", views_steps.step, name="step"),
    path("workbench/<uuid:pk>/facts/", views_facts.facts, name="facts"),
    path("workbench/<uuid:pk>/text/", views_text.text, name="text"),
    path("workbench/<uuid:pk>/decide/", views_facts.decide, name="decide"),
    path("workbench/<uuid:pk>/add/", views_facts.add, name="add"),
    path("workbench/<uuid:pk>/bulk/", views_facts.bulk, name="bulk"),
    path("workbench/<uuid:pk>/rules/", views_rules.rules, name="rules"),
    path("workbench/<uuid:pk>/rules-together/", views_rules.together, name="rules_together"),
    path("workbench/<uuid:pk>/rules/<str:rule>/", views_rules.rule, name="rule"),
    path("workbench/<uuid:pk>/register/", views_rules.register, name="register"),
    path("workbench/<uuid:pk>/register/new/", views_rules.question, name="new_question"),
    path("workbench/<uuid:pk>/register/<str:question>/", views_rules.question, name="question"),
    path("refusals/", views_steps.refusals, name="refusals"),
]
