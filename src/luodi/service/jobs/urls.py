"""Addresses of background work."""

from django.urls import path

from luodi.service.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="list"),
    path("<uuid:job_id>/", views.job, name="job"),
    path("<uuid:job_id>/again/", views.again, name="again"),
]
