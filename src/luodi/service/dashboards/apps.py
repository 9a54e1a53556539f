from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "luodi.service.dashboards"
    label = "dashboards"
