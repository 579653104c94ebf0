"""Wishes."""

from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "sidan.wishes"
    label = "wishes"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.wishes import receivers  # noqa: F401 - importing it subscribes
        from sidan.wishes.registration import register

        register()
