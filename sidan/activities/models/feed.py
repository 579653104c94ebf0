"""How a calendar on somebody's own telephone reads what is theirs."""

from django.db import models

from sidan.people.models import Account


class CalendarAddress(models.Model):
    """The secret address by which one's own calendar is read without signing in; only its hash is kept."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar address of {self.account_id}"
