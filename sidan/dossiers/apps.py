"""The ledger of activities."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "sidan.dossiers"
    label = "dossiers"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.dossiers import receivers  # noqa: F401 - importing it subscribes
        from sidan.dossiers.registration import register

        register()
