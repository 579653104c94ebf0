"""The tree of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "sidan.places"
    label = "places"
