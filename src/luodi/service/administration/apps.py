from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "luodi.service.administration"
    label = "administration"
