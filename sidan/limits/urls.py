"""Addresses of the time limits, all in the console."""

from django.urls import path

from sidan.limits.views import firings, limits

app_name = "limits"

urlpatterns = [
    path("console/limits/", limits.home, name="home"),
    path("console/limits/clocks/", firings.firings, name="firings"),
    path("console/limits/clocks/export/", firings.export_firings, name="export_firings"),
    path("console/limits/<uuid:uuid>/", limits.place, name="place"),
    path("console/limits/<uuid:uuid>/change/", limits.change, name="change"),
    path("console/limits/<uuid:uuid>/take-back/", limits.take_back, name="take_back"),
]
