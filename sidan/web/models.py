"""What the shell itself keeps: the views of lists that a person has named."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sidan.core.ids import uuid7


class SavedView(models.Model):
    """A list as somebody likes it: filters, order and columns under a name. It belongs to its account alone."""

    uuid = models.UUIDField(default=uuid7, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=80)
    """The name of the list's address, such as `people:volunteers`."""
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=1000, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "page", "name"], name="web_one_view_of_a_name"),
            models.UniqueConstraint(
                fields=["account", "page"], condition=Q(is_default=True), name="web_one_default_view_a_list"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="web_view_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.name}"
