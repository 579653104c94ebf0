"""What a place or a team means to do in a year, a month or a week, and what came of it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sidan.plans"
    label = "plans"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.plans import receivers  # noqa: F401 - importing it subscribes
        from sidan.plans.registration import register

        register()
