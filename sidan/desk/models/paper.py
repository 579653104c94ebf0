"""What stands on paper beside a service: its short number."""

from django.db import models

from sidan.catalogue.models import Project


class ServiceNumber(models.Model):
    """A service has a short number as soon as it is published; it keeps it, so that old paper stays right.

    The number people read is made of the row's id and a check digit (`policies.service_number`).
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"number of {self.project_id}"
