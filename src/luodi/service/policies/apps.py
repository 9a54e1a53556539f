from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "luodi.service.policies"
    label = "policies"
