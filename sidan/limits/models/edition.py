"""Which edition of the rules holds now."""

from django.db import models


class Edition(models.Model):
    """The edition of one set of rules: limits, days of the calendar, links of the tree, kinds of service.

    A trigger on each of their tables gives the set another number whenever rows change. The row stays locked until
    that change is committed, so whoever changes the same set waits, and no change becomes visible under a number
    that was read before. Numbers come from a sequence: what was rolled back leaves none that is given again.
    """

    rules = models.CharField(max_length=10, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.rules} {self.number}"
