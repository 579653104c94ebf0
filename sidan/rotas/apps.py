"""Who stands where and when: rotas of desks, booths, patrols and reception days."""

from django.apps import AppConfig


class RotasConfig(AppConfig):
    name = "sidan.rotas"
    label = "rotas"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.rotas import receivers  # noqa: F401 - importing it subscribes
        from sidan.rotas.registration import register

        register()
