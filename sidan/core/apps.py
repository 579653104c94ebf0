"""The ground under every app."""

from django.apps import AppConfig

from sidan.core.unfilled import say_what_to_do


class CoreConfig(AppConfig):
    name = "sidan.core"
    label = "core"

    def ready(self) -> None:
        say_what_to_do()
