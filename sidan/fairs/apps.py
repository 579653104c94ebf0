"""The stalls of a civility fair: where they stand, which team has each, what it does there, how many it served."""

from django.apps import AppConfig


class FairsConfig(AppConfig):
    name = "sidan.fairs"
    label = "fairs"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.fairs import receivers  # noqa: F401 - importing it subscribes
        from sidan.fairs.registration import register

        register()
