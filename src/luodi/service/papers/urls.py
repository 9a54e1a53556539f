"""Addresses of papers, below their policy."""

from django.urls import path

from luodi.service.papers import views

app_name = "papers"
urlpatterns = [
    path("<slug:slug>/papers/", views.index, name="index"),
    path("<slug:slug>/papers/guide/", views.guide_page, name="guide"),
    path("<slug:slug>/papers/guide/<str:article>/", views.sheet_page, name="sheet"),
    path("<slug:slug>/papers/items/", views.items_page, name="items"),
    path("<slug:slug>/papers/manual/", views.manual_page, name="manual"),
    path("<slug:slug>/papers/export/guide.docx", views.guide_docx, name="guide_docx"),
    path("<slug:slug>/papers/export/items.docx", views.items_docx, name="items_docx"),
    path("<slug:slug>/papers/export/manual.docx", views.manual_docx, name="manual_docx"),
]
