"""The ground under every app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "sidan.core"
    label = "core"
