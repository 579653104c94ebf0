"""Categories, the project library and the menus of places."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "sidan.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Tell how states look. Imported here because words need the settings to be loaded."""
        from sidan.catalogue.words import MENU_LOOKS, PROJECT_LOOKS
        from sidan.core.badges import register_looks

        register_looks(machine="project", looks=PROJECT_LOOKS)
        register_looks(machine="menu", looks=MENU_LOOKS)
