"""The register of causes."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "sidan.evidence"
    label = "evidence"
