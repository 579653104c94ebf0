"""The terminal at a station."""

from django.apps import AppConfig


class KioskConfig(AppConfig):
    name = "sidan.kiosk"
    label = "kiosk"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.kiosk.registration import register

        register()
