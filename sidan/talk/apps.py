"""Talk about an order."""

from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "sidan.talk"
    label = "talk"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.talk.registration import register

        register()
