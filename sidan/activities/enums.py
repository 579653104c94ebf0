"""Choices of activities."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NamedDayKind(models.TextChoices):
    """What sort of day has a name; a list to choose from is grouped by it."""

    HOLIDAY = "holiday", _("Holidays")
    AWARENESS = "awareness", _("Memorial and awareness days")
    FOLK = "folk", _("Folk customs")


class ActivityKind(models.TextChoices):
    ACTIVITY = "activity", pgettext_lazy("kind of activity", "Activity")
    LECTURE = "lecture", pgettext_lazy("kind of activity", "Lecture")
    FAIR = "fair", pgettext_lazy("kind of activity", "Civility fair")
    CLASS = "class", pgettext_lazy("kind of activity", "Evening class")
    TRAINING = "training", pgettext_lazy("kind of activity", "Training")


class Task(models.TextChoices):
    """The five tasks of a center (R-A6)."""

    THEORY = "theory", _("Learning and practising scientific theory")
    POLICY = "policy", _("Explaining policy")
    VALUES = "values", _("Living the core values")
    CULTURE = "culture", _("A lively cultural life")
    CUSTOMS = "customs", _("Better customs, fewer old habits")


class Platform(models.TextChoices):
    """The five platforms whose means it uses (R-A6)."""

    THEORY = "theory", pgettext_lazy("platform", "Theory")
    EDUCATION = "education", pgettext_lazy("platform", "Education")
    CULTURE = "culture", pgettext_lazy("platform", "Culture")
    SCIENCE = "science", pgettext_lazy("platform", "Science and its spread")
    SPORT = "sport", pgettext_lazy("platform", "Fitness and sport")


class Insurance(models.TextChoices):
    """Who insured those who help (Volunteer Regulations, art. 17)."""

    NOT_NEEDED = "not_needed", pgettext_lazy("insurance", "Not needed")
    BOUGHT = "bought", pgettext_lazy("insurance", "Bought for this activity")
    BY_PLACE = "by_place", pgettext_lazy("insurance", "The place's own covers it")


class ActivityState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("activity", "Draft")
    REVIEW = "review", pgettext_lazy("activity", "To be read")
    ANNOUNCED = "announced", pgettext_lazy("activity", "Announced")
    OPEN = "open", pgettext_lazy("activity", "Everybody can come")
    RUNNING = "running", pgettext_lazy("activity", "Going on now")
    ENDED = "ended", pgettext_lazy("activity", "Over")
    FILED = "filed", pgettext_lazy("activity", "Over and filed")
    DROPPED = "dropped", pgettext_lazy("activity", "Dropped")
    CANCELLED = "cancelled", pgettext_lazy("activity", "Called off")


class RecurringState(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("what comes again", "Comes again")
    ENDED = "ended", pgettext_lazy("what comes again", "Over")


UNTOLD: Final = frozenset({ActivityState.DRAFT, ActivityState.REVIEW, ActivityState.DROPPED})
"""Of these only staff know."""
COMING: Final = frozenset({ActivityState.ANNOUNCED, ActivityState.OPEN, ActivityState.RUNNING})
"""What stands in the calendar of the portal."""
TOLD: Final = frozenset(ActivityState) - UNTOLD
"""Everybody was told of these."""
HELD: Final = TOLD - {ActivityState.CANCELLED}
"""What a page of the calendar shows: what comes and what was. A feed says what is called off, too."""
IN_HAND: Final = COMING | {ActivityState.DRAFT, ActivityState.REVIEW, ActivityState.ENDED}
"""Somebody has something to do with it still."""
TAKING: Final = frozenset({ActivityState.OPEN, ActivityState.RUNNING})
"""The place writes down who comes, signs off, and gives another post."""
OVER: Final = frozenset({ActivityState.ENDED, ActivityState.FILED})
"""Who was not there is known."""
MOST_DAYS: Final = 3
SHORTEST_MINUTES: Final = 15
MOST_SEATS: Final = 100_000
OLDEST: Final = 120


class DayVerb(models.TextChoices):
    """What somebody decided about one time of what comes again."""

    SKIP = "skip", pgettext_lazy("one time of a rule", "Left out")
    MOVE = "move", pgettext_lazy("one time of a rule", "Held on another day")
    ADD = "add", pgettext_lazy("one time of a rule", "Held once more")
    UNDO = "undo", pgettext_lazy("one time of a rule", "Taken back")


class Fate(models.TextChoices):
    """What becomes of one time when its rule is changed; kept nowhere, told before it is done."""

    SAME = "same", pgettext_lazy("one time of a rule", "Stays as it is")
    OTHER = "other", pgettext_lazy("one time of a rule", "Stays on its day, and is held otherwise")
    MOVED = "moved", pgettext_lazy("one time of a rule", "Moves to another day")
    NEW = "new", pgettext_lazy("one time of a rule", "Comes newly")
    OFF = "off", pgettext_lazy("one time of a rule", "Is called off")
    GONE = "gone", pgettext_lazy("one time of a rule", "Does not come any more")
    KEPT = "kept", pgettext_lazy("one time of a rule", "Stays as somebody changed it")


class PostRole(models.TextChoices):
    AUDIENCE = "audience", pgettext_lazy("role at an activity", "To take part")
    VOLUNTEER = "volunteer", pgettext_lazy("role at an activity", "To help")


class Entry(models.TextChoices):
    """Who may sign up."""

    OPEN = "open", pgettext_lazy("who signs up", "Everybody")
    CODE = "code", pgettext_lazy("who signs up", "Whoever knows the code")
    INVITED = "invited", pgettext_lazy("who signs up", "Only whom the place writes down")


class Way(models.TextChoices):
    """Who wrote somebody down."""

    SELF = "self", pgettext_lazy("who signed up", "Oneself")
    FAMILY = "family", pgettext_lazy("who signed up", "Somebody of the family")
    OFFICE = "office", pgettext_lazy("who signed up", "The place")


class Reminder(models.TextChoices):
    DAY = "day", pgettext_lazy("reminder", "A day before")
    HOURS = "hours", pgettext_lazy("reminder", "Two hours before")


class EnrolmentState(models.TextChoices):
    ENROLLED = "enrolled", pgettext_lazy("enrolment", "Has a place")
    WAITING = "waiting", pgettext_lazy("enrolment", "In line")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "Signed off")
    REFUSED = "refused", pgettext_lazy("enrolment", "Refused")
    ABSENT = "absent", pgettext_lazy("enrolment", "Was not there")


LIVE: Final = frozenset({EnrolmentState.ENROLLED, EnrolmentState.WAITING})
"""Who comes, or would like to."""
STANDING: Final = LIVE | {EnrolmentState.ABSENT}
"""Of these there is one of a person at an activity."""
