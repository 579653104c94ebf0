"""The desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sidan.desk"
    label = "desk"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.desk import receivers  # noqa: F401 - importing it subscribes
        from sidan.desk.registration import register

        register()
