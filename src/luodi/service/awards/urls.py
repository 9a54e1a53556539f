"""Addresses of the calculator, the list and the totals; answers never stand in them."""

from django.urls import path

from luodi.service.awards import determinations, differences, office, simulations, views

app_name = "awards"
urlpatterns = [
    path("calculator/", views.calculator, name="calculator"),
    path("my/", views.mine, name="mine"),
    path("entitled/", office.entitled, name="entitled"),
    path("entitled/differences/", differences.page, name="differences"),
    path("entitled/<uuid:unit_id>/", office.unit, name="unit"),
    path("entitled/<uuid:unit_id>/determine/", determinations.make, name="make"),
    path("determinations/<uuid:determination_id>/", determinations.determination, name="determination"),
    path("simulation/", simulations.simulation, name="simulation"),
    path("simulation/compare/", simulations.compare, name="compare"),
    path("simulation/<uuid:scenario_id>/", simulations.scenario, name="scenario"),
    path("simulation/<uuid:scenario_id>/share/", simulations.share, name="share"),
    path("totals/", office.totals_page, name="totals"),
    path("totals/export.xlsx", office.export, name="totals_export"),
]
