"""Addresses of papers, below their policy, and of comparisons."""

from django.urls import path

from luodi.service.papers import views, views_compare

app_name = "papers"
urlpatterns = [
    path("compare/", views_compare.compare_page, name="compare"),
    path("compare/export.docx", views_compare.compare_docx, name="compare_docx"),
    path("compare/export.xlsx", views_compare.compare_xlsx, name="compare_xlsx"),
    path("policies/<slug:slug>/papers/", views.index, name="index"),
    path("policies/<slug:slug>/papers/guide/", views.guide_page, name="guide"),
    path("policies/<slug:slug>/papers/guide/<str:article>/", views.sheet_page, name="sheet"),
    path("policies/<slug:slug>/papers/items/", views.items_page, name="items"),
    path("policies/<slug:slug>/papers/manual/", views.manual_page, name="manual"),
    path("policies/<slug:slug>/papers/export/guide.docx", views.guide_docx, name="guide_docx"),
    path("policies/<slug:slug>/papers/export/items.docx", views.items_docx, name="items_docx"),
    path("policies/<slug:slug>/papers/export/items.xlsx", views.items_xlsx, name="items_xlsx"),
    path("policies/<slug:slug>/papers/export/manual.docx", views.manual_docx, name="manual_docx"),
]
