"""Categories, the project library and the menus of places."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "sidan.catalogue"
    label = "catalogue"
