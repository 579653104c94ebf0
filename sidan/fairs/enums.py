"""Choices of the stalls of fairs."""

from typing import Final

from django.db import models
from django.utils.translation import pgettext_lazy


class HolderState(models.TextChoices):
    """How a team, or an organisation from outside, stands to a stall."""

    ASKED = "asked", pgettext_lazy("stallholder", "Asks for a stall")
    GIVEN = "given", pgettext_lazy("stallholder", "Has the stall")
    CAME = "came", pgettext_lazy("stallholder", "Came")
    ABSENT = "absent", pgettext_lazy("stallholder", "Did not come")
    RETURNED = "returned", pgettext_lazy("stallholder", "Given back")
    REFUSED = "refused", pgettext_lazy("stallholder", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("stallholder", "Does not ask any more")


HELD: Final = frozenset({HolderState.GIVEN, HolderState.CAME, HolderState.ABSENT})
"""The stall is this one's: of these a stall has one."""
THERE: Final = frozenset({HolderState.GIVEN, HolderState.CAME})
"""Who counts whom the stall served."""
LIVE: Final = HELD | {HolderState.ASKED}
MOST_STALLS: Final = 300
"""Of one fair."""
MOST_AT_ONCE: Final = 60
"""Added with one press."""
MOST_SERVED: Final = 20_000
"""Told by one count."""
