from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "luodi.service.duties"
    label = "duties"
