"""Service hours."""

from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "sidan.hours"
    label = "hours"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.hours import receivers  # noqa: F401 - importing it subscribes
        from sidan.hours.registration import register

        register()
