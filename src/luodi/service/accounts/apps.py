from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "luodi.service.accounts"
    label = "accounts"
