"""The site shell and the home pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sidan.web"
    label = "web"
