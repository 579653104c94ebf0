"""Choices of rotas, their shifts and who has them."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class RotaKind(models.TextChoices):
    DESK = "desk", pgettext_lazy("a rota of", "Desk")
    BOOTH = "booth", pgettext_lazy("a rota of", "Booth")
    PATROL = "patrol", pgettext_lazy("a rota of", "Patrol")
    RECEPTION = "reception", pgettext_lazy("a rota of", "Reception day")


class Turns(models.TextChoices):
    """Who takes turns: people one after the other, or whole groups."""

    PEOPLE = "people", pgettext_lazy("who takes turns", "Person after person")
    GROUPS = "groups", pgettext_lazy("who takes turns", "Group after group")


class RotaState(models.TextChoices):
    RUNNING = "running", pgettext_lazy("rota", "Running")
    ENDED = "ended", pgettext_lazy("rota", "Ended")


class WatchState(models.TextChoices):
    """A watch is one shift on one day."""

    AHEAD = "ahead", pgettext_lazy("watch", "On")
    OVER = "over", pgettext_lazy("watch", "Over")
    OFF = "off", pgettext_lazy("watch", "Called off")


class DutyState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("duty", "On the rota")
    WITHDRAWN = "withdrawn", pgettext_lazy("duty", "Not coming, said before")
    HANDED = "handed", pgettext_lazy("duty", "Handed to a colleague")
    TAKEN_OFF = "taken_off", pgettext_lazy("duty", "Taken off the rota")
    ABSENT = "absent", pgettext_lazy("duty", "Was not there")


STANDING: Final = frozenset({DutyState.PLANNED, DutyState.ABSENT})
"""Duties that hold a seat: nobody else has it."""


class SwapState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("swap", "Waiting for an answer")
    AGREED = "agreed", pgettext_lazy("swap", "Agreed, the office decides")
    DONE = "done", pgettext_lazy("swap", "Done")
    REFUSED = "refused", pgettext_lazy("swap", "Not possible")
    CANCELLED = "cancelled", pgettext_lazy("swap", "Taken back")
    LAPSED = "lapsed", pgettext_lazy("swap", "Nobody answered in time")


OPEN_SWAPS: Final = frozenset({SwapState.ASKED, SwapState.AGREED})

MOST_NEEDED: Final = 50
MOST_WEEKS: Final = 8
MOST_SHIFTS: Final = 4
LONGEST_HOURS: Final = 16
DAYS: Final = range(7)
