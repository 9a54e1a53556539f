"""Addresses of the API: its description for people, and the calls."""

from django.urls import path

from luodi.service.api.endpoints import api
from luodi.service.api.views import docs

urlpatterns = [path("docs", docs, name="api_docs"), path("", api.urls)]
