"""Choices of campaigns."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class CampaignKind(models.TextChoices):
    CAMPAIGN = "campaign", pgettext_lazy("kind of campaign", "Campaign")
    TOUR = "tour", pgettext_lazy("kind of campaign", "Tour")


class CampaignState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("campaign", "Draft")
    ANNOUNCED = "announced", pgettext_lazy("campaign", "Announced")
    RUNNING = "running", pgettext_lazy("campaign", "Under way")
    ENDED = "ended", pgettext_lazy("campaign", "Over")
    STOPPED = "stopped", pgettext_lazy("campaign", "Broken off")
    DROPPED = "dropped", pgettext_lazy("campaign", "Dropped")


class Unit(models.TextChoices):
    """What a target counts."""

    PLACES = "places", pgettext_lazy("unit of a target", "Places reached")
    SESSIONS = "sessions", pgettext_lazy("unit of a target", "Sessions")
    PEOPLE = "people", pgettext_lazy("unit of a target", "People reached")
    LEAFLETS = "leaflets", pgettext_lazy("unit of a target", "Leaflets handed out")
    CHECKS = "checks", pgettext_lazy("unit of a target", "Checks made")


class StopState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("stop", "To come")
    WAITING = "waiting", pgettext_lazy("stop", "Waits for a second person")
    DONE = "done", pgettext_lazy("stop", "Done")
    CALLED_OFF = "called_off", pgettext_lazy("stop", "Called off")


class Way(models.TextChoices):
    """By what a stop is proven."""

    ACTIVITY = "activity", pgettext_lazy("proof of a stop", "An activity that is over")
    ORDER = "order", pgettext_lazy("proof of a stop", "An order that is done")
    SPOT = "spot", pgettext_lazy("proof of a stop", "A record on the spot")


TOLD: Final = frozenset(
    {CampaignState.ANNOUNCED, CampaignState.RUNNING, CampaignState.ENDED, CampaignState.STOPPED}
)
"""Everybody was told of these."""
OPEN: Final = frozenset({CampaignState.ANNOUNCED, CampaignState.RUNNING})
"""Stops are made and written down."""
IN_HAND: Final = OPEN | {CampaignState.DRAFT}
OTHER: Final = "other"
"""The kind of what is of no other kind."""
MOST_AMOUNT: Final = 10_000_000
MOST_SITES: Final = 20_000
"""Of one campaign."""
MOST_PEOPLE: Final = 100_000
"""At one stop; leaflets and checks likewise."""
