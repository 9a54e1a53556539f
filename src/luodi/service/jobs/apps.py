from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "luodi.service.jobs"
    label = "jobs"
