"""Activities, and the calendar of what comes again."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "sidan.activities"
    label = "activities"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.activities import receivers  # noqa: F401 - importing it subscribes
        from sidan.activities.registration import register

        register()
