"""Who did what to what, when."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "sidan.audit"
    label = "audit"
