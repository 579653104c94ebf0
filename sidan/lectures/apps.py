"""Lectures (理论宣讲): talks with their materials, who gives them, where they were given, what a month passes on."""

from django.apps import AppConfig


class LecturesConfig(AppConfig):
    name = "sidan.lectures"
    label = "lectures"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.lectures import receivers  # noqa: F401 - importing it subscribes
        from sidan.lectures.registration import register

        register()
