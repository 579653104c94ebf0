"""The order loop."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "sidan.orders"
    label = "orders"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.orders import receivers  # noqa: F401 - importing it subscribes
        from sidan.orders.registration import register

        register()
