"""The ground under every app."""

from django.apps import AppConfig

from sidan.core.unfilled import say_what_to_do


class CoreConfig(AppConfig):
    name = "sidan.core"
    label = "core"

    def import_models(self) -> None:
        """Give the fields their sentences first: some module of models may lead to one with a form."""
        say_what_to_do()
        super().import_models()
