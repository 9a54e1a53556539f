from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "luodi.service.awards"
    label = "awards"
