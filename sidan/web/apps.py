"""The site shell and the home pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sidan.web"
    label = "web"

    def ready(self) -> None:
        # models must be loaded before anything of them can be told
        from sidan.web import saved_views
        from sidan.web.trail import register

        register()
        saved_views.register()
