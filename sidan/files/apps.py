"""Pictures and papers."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "sidan.files"
    label = "files"
