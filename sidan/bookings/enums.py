"""Choices of rooms and their bookings."""

from django.db import models
from django.utils.translation import pgettext_lazy


class RoomState(models.TextChoices):
    OPEN = "open", pgettext_lazy("room", "Can be booked")
    CLOSED = "closed", pgettext_lazy("room", "Closed")


class RoomOwnerKind(models.TextChoices):
    """Whose a room is: it stays theirs, and the place gives it out (权属不变、统一调配)."""

    OWN = "own", pgettext_lazy("owner of a room", "The place's own")
    AGENCY = "agency", pgettext_lazy("owner of a room", "An agency")
    SCHOOL = "school", pgettext_lazy("owner of a room", "A school")
    COMPANY = "company", pgettext_lazy("owner of a room", "A company")
    OTHER = "other", pgettext_lazy("owner of a room", "Somebody else")


class BookingState(models.TextChoices):
    ASKED = "asked", pgettext_lazy("booking", "Asked for, to be answered")
    HELD = "held", pgettext_lazy("booking", "Booked")
    REFUSED = "refused", pgettext_lazy("booking", "Not possible")
    CANCELLED = "cancelled", pgettext_lazy("booking", "Cancelled")


LIVE = frozenset({BookingState.ASKED, BookingState.HELD})


class Purpose(models.TextChoices):
    """What a room is wanted for, in general: stands in the open beside the time."""

    MEETING = "meeting", pgettext_lazy("a room for", "Meeting")
    CLASS = "class", pgettext_lazy("a room for", "Class or lecture")
    REHEARSAL = "rehearsal", pgettext_lazy("a room for", "Singing, dancing, rehearsal")
    CHILDREN = "children", pgettext_lazy("a room for", "Children")
    SPORT = "sport", pgettext_lazy("a room for", "Sport")
    FAMILY = "family", pgettext_lazy("a room for", "Family occasion")
    SERVICE = "service", pgettext_lazy("a room for", "Volunteer service")
    OTHER = "other", pgettext_lazy("a room for", "Something else")


class Kit(models.TextChoices):
    """What stands in a room."""

    PROJECTOR = "projector", pgettext_lazy("in a room", "Projector or screen")
    SOUND = "sound", pgettext_lazy("in a room", "Sound system")
    MICROPHONE = "microphone", pgettext_lazy("in a room", "Microphone")
    COMPUTERS = "computers", pgettext_lazy("in a room", "Computers")
    BOARD = "board", pgettext_lazy("in a room", "Board to write on")
    STAGE = "stage", pgettext_lazy("in a room", "Stage")
    MIRRORS = "mirrors", pgettext_lazy("in a room", "Mirrors for dancing")
    FITNESS = "fitness", pgettext_lazy("in a room", "Fitness equipment")
    STOVE = "stove", pgettext_lazy("in a room", "Stove and kitchen things")
    WATER = "water", pgettext_lazy("in a room", "Drinking water")
    AIR = "air", pgettext_lazy("in a room", "Air conditioning")
    STEP_FREE = "step_free", pgettext_lazy("in a room", "Can be reached without steps")


class TurnsState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("turns in a room", "Goes on")
    ENDED = "ended", pgettext_lazy("turns in a room", "Ended")


class TurnDayKind(models.TextChoices):
    """What became of a day on which organisations have a room in turn."""

    BOOKED = "booked", pgettext_lazy("a turn in a room", "Booked")
    TAKEN = "taken", pgettext_lazy("a turn in a room", "Others have the room")
    LEFT_OUT = "left_out", pgettext_lazy("a turn in a room", "Left out")


SHORTEST_MINUTES = 30
LONGEST_HOURS = 24
MOST_SEATS = 5000
