"""Time limits of every step of an order."""

from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "sidan.limits"
    label = "limits"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.limits import receivers  # noqa: F401 - importing it subscribes
        from sidan.limits.registration import register

        register()
