"""Mediation."""

from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "sidan.mediation"
    label = "mediation"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.mediation.registration import register

        register()
