"""Addresses of the security administrator's pages."""

from django.urls import path

from luodi.service.administration import views

app_name = "people"
urlpatterns = [
    path("", views.people, name="list"),
    path("new/", views.new, name="new"),
    path("<int:person>/", views.person, name="person"),
    path("<int:person>/lock/", views.lock, name="lock"),
    path("<int:person>/password/", views.password, name="password"),
    path("<int:person>/second-factor/", views.second_factor, name="second_factor"),
    path("memberships/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
]
