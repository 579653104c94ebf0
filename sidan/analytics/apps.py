"""Figures by place and period."""

from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "sidan.analytics"
    label = "analytics"

    def ready(self) -> None:
        from sidan.analytics import receivers  # noqa: F401 - importing it subscribes

        # models must be loaded before anything of them can be told
        from sidan.analytics.registration import register

        register()
