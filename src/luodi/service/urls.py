"""Addresses of the service; each app owns its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("luodi.service.dashboards.urls")),
    path("accounts/", include("luodi.service.accounts.urls")),
    path("people/", include("luodi.service.administration.urls")),
    path("policies/", include("luodi.service.policies.urls")),
    path("", include("luodi.service.policies.urls_calls")),
    path("jobs/", include("luodi.service.jobs.urls")),
    path("", include("luodi.service.policies.urls_workbench")),
    path("", include("luodi.service.papers.urls")),
    path("registry/", include("luodi.service.registry.urls")),
    path("", include("luodi.service.duties.urls")),
    path("", include("luodi.service.awards.urls")),
    path("api/", include("luodi.service.api.urls")),
]
handler404 = "luodi.service.views.not_found"
handler403 = "luodi.service.views.forbidden"
handler500 = "luodi.service.views.failed"
