"""What the ledger of an activity is made of."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class Part(models.TextChoices):
    """What a whole ledger has, in the order in which it is read."""

    PLAN = "plan", pgettext_lazy("part of a ledger", "Plan")
    NOTICE = "notice", pgettext_lazy("part of a ledger", "Notice")
    LIST = "list", pgettext_lazy("part of a ledger", "List of people")
    PHOTOS = "photos", pgettext_lazy("part of a ledger", "Photos")
    MINUTES = "minutes", pgettext_lazy("part of a ledger", "Minutes")
    NUMBERS = "numbers", pgettext_lazy("part of a ledger", "Numbers")
    NEWS = "news", pgettext_lazy("part of a ledger", "News")


OWN: Final = frozenset({Part.PHOTOS, Part.MINUTES, Part.NEWS})
"""What nobody else holds: it is added here, also after the filing."""
AT_THE_DOOR: Final = frozenset({Part.LIST, Part.NUMBERS})
"""Who came is written down at the door, until the activity is filed."""
MOST_PHOTOS: Final = 30
MOST_IN_A_MONTH: Final = 3000
"""Activities on one paper: a county holds some seven hundred in a month."""
