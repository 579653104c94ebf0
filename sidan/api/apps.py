"""Assembly of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "sidan.api"
    label = "api"
