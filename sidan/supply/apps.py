"""Supply and demand, and fairness."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    name = "sidan.supply"
    label = "supply"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.supply.registration import register

        register()
