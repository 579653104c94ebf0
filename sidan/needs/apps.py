"""Needs."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "sidan.needs"
    label = "needs"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.needs import receivers  # noqa: F401 - importing it subscribes
        from sidan.needs.registration import register

        register()
