from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "luodi.service.registry"
    label = "registry"
