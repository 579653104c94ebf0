"""The order loop."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "sidan.orders"
    label = "orders"

    def ready(self) -> None:
        # models must be loaded before the inbox learns their sentences
        from sidan.orders import notices

        notices.register()
