"""Addresses of figures."""

from django.urls import path

from sidan.analytics import views

app_name = "analytics"
urlpatterns = [
    path("console/figures/", views.figures, name="figures"),
    path("console/figures/<uuid:uuid>/", views.figures, name="figures_of"),
    path("console/figures/<uuid:uuid>/export.csv", views.export, name="export"),
]
