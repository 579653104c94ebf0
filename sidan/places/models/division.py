"""The official administrative divisions."""

from django.db import models

from sidan.places.enums import DivisionLevel


class Division(models.Model):
    """An official division by its 12-digit statistical code (rules, section 4.2). Public; not of any tenant."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField(choices=DivisionLevel)
    parent_code = models.CharField(max_length=12, blank=True)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        indexes = [
            # the children of one division, in the order of codes
            models.Index(fields=["parent_code", "code"], name="places_division_children")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{12}$"), name="places_division_code_is_12_digits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
