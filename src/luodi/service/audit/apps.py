from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "luodi.service.audit"
    label = "audit"
