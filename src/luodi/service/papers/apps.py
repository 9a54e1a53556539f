from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "luodi.service.papers"
    label = "papers"
    verbose_name = "文书"
