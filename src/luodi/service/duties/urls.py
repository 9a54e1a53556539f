"""Addresses of duties and goals."""

from django.urls import path

from luodi.service.duties import goal_views, report_views, views

app_name = "duties"
urlpatterns = [
    path("duties/", views.duty_board, name="board"),
    path("duties/adopt/", views.adopt, name="adopt"),
    path("duties/export.docx", views.export, {"form": "docx"}, name="export_docx"),
    path("duties/export.xlsx", views.export, {"form": "xlsx"}, name="export_xlsx"),
    path("duties/unit/<uuid:pk>/", views.unit, name="unit"),
    path("duties/<uuid:pk>/", views.duty, name="duty"),
    path("duties/<uuid:pk>/act/", views.act, name="act"),
    path("duties/<uuid:pk>/report/<str:period>/", report_views.report, name="report"),
    path("duties/<uuid:pk>/part/<str:period>/<uuid:unit>/", report_views.part, name="part"),
    path("duties/<uuid:pk>/contact/<str:period>/<uuid:unit>/", report_views.contact, name="contact"),
    path("goals/", goal_views.goals, name="goals"),
    path("goals/<uuid:pk>/", goal_views.goal, name="goal"),
    path("goals/<uuid:pk>/act/", goal_views.act, name="goal_act"),
]
