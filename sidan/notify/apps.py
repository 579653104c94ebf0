"""The inbox and messages by any channel."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "sidan.notify"
    label = "notify"
