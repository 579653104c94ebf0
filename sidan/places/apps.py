"""The tree of places."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "sidan.places"
    label = "places"

    def ready(self) -> None:
        """Tell how states look and who sees pictures. Imported here because models need the apps to be loaded."""
        from sidan.core.badges import register_looks
        from sidan.files.permissions import register_access, register_use
        from sidan.places import finder
        from sidan.places.queries import used_files
        from sidan.places.words import PLACE_LOOKS, POP_UP_LOOKS

        register_looks(machine="place", looks=PLACE_LOOKS)
        register_looks(machine="pop_up", looks=POP_UP_LOOKS)
        register_access("place_photo", lambda actor, file: True)
        register_use(used_files)
        finder.register()
