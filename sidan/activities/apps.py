"""The calendar of what comes again."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "sidan.activities"
    label = "activities"
