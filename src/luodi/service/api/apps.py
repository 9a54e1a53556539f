from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "luodi.service.api"
    label = "api"
