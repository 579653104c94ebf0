"""Certificates of service."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "sidan.honours"
    label = "honours"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.honours import receivers  # noqa: F401 - importing it subscribes
        from sidan.honours.registration import register

        register()
