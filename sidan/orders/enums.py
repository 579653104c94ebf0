"""Choices of the order loop. The words residents read are the table of docs/glossary.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    REFUSED = "refused", _("Not admitted")
    ADMITTED = "admitted", _("Admitted, finding a team")
    DISPATCHED = "dispatched", _("Offered to a team")
    ACCEPTED = "accepted", _("A team has it")
    SCHEDULED = "scheduled", _("Time agreed")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done, please review")
    FAILED = "failed", _("Could not be done")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")


ENDED = frozenset({OrderState.REFUSED, OrderState.CLOSED, OrderState.CANCELLED})
TO_DISPATCH = frozenset({OrderState.ADMITTED, OrderState.REOPENED, OrderState.FAILED})
WITH_TEAM = frozenset({OrderState.ACCEPTED, OrderState.SCHEDULED, OrderState.UNDER_WAY})
CANCELLABLE = frozenset(
    {
        OrderState.SUBMITTED,
        OrderState.ADMITTED,
        OrderState.DISPATCHED,
        OrderState.ACCEPTED,
        OrderState.SCHEDULED,
        OrderState.REOPENED,
        OrderState.FAILED,
    }
)
"""While nobody is at the resident's and something is still to be done: also where the first try did not help."""


WITH_TIMES = frozenset({OrderState.UNDER_WAY, OrderState.DONE, OrderState.FAILED, OrderState.CLOSED})
"""While somebody may still say whether a time is right: also of one that came late."""
CHANGEABLE = frozenset(
    {OrderState.SUBMITTED, OrderState.ADMITTED, OrderState.DISPATCHED, OrderState.REOPENED}
)
"""Before a team has accepted; afterwards time and people are agreed with the team."""


MERGEABLE = frozenset(
    {
        OrderState.SUBMITTED,
        OrderState.ADMITTED,
        OrderState.DISPATCHED,
        OrderState.FAILED,
        OrderState.REOPENED,
    }
)
"""While no team has it; afterwards somebody is on the way."""


WAITING_PART = frozenset({OrderState.ADMITTED, OrderState.FAILED})
"""Where a part of an order stands for which the dispatcher must find a team."""
FREE_PART = frozenset({*WAITING_PART, OrderState.CANCELLED})
"""Where a part of an order stands that no team has, or was offered, or has done."""
PART_STATES = frozenset({*FREE_PART, OrderState.DISPATCHED, *WITH_TEAM, OrderState.DONE})
"""Where one part of an order that was split may stand; cancelled is what was left out."""


class AssignmentState(models.TextChoices):
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RELEASED = "released", _("Given back")
    PASSED_ON = "passed_on", _("Taken over by another team")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Could not be done")


LIVE_ASSIGNMENT = frozenset({AssignmentState.OFFERED, AssignmentState.ACCEPTED})
HAD_ASSIGNMENT = frozenset(
    {
        AssignmentState.ACCEPTED,
        AssignmentState.FINISHED,
        AssignmentState.FAILED,
        AssignmentState.RELEASED,
        AssignmentState.PASSED_ON,
    }
)
"""A team has or had the order, whatever came of it: it may have been there before another one took it over."""


class CallWay(models.TextChoices):
    """How it is decided who takes an order that was called openly."""

    FIRST_COME = "first_come", _("First come: whoever presses first has it")
    BEST_FIT = "best_fit", _("Best fit: teams offer, and we choose")


class CallState(models.TextChoices):
    OPEN = "open", _("Called openly")
    CHOOSING = "choosing", _("Time over, to be chosen from")
    TAKEN = "taken", _("Taken")
    ENDED = "ended", _("Ended")


LIVE_CALL = frozenset({CallState.OPEN, CallState.CHOOSING})


class AnswerState(models.TextChoices):
    """What became of a team's answer to a call."""

    APPLIED = "applied", _("Would take it")
    WON = "won", _("Has it")
    PASSED_OVER = "passed_over", _("Another team was chosen")
    TAKEN_BACK = "taken_back", _("Offer taken back")


class TakeOverState(models.TextChoices):
    """What became of a request to take an order over."""

    OPEN = "open", _("Waits for an answer")
    ACCEPTED = "accepted", _("Taken over")
    DECLINED = "declined", _("Not taken over")
    WITHDRAWN = "withdrawn", _("Request taken back")
    EXPIRED = "expired", _("Not answered in time")
    DROPPED = "dropped", _("No longer needed")


class VisitState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be done")
    CALLED_OFF = "called_off", _("Called off")


class Machine(models.TextChoices):
    """Which of the three state machines a step belongs to."""

    ORDER = "order", _("Order")
    ASSIGNMENT = "assignment", _("Assignment")
    VISIT = "visit", _("Visit")


class Channel(models.TextChoices):
    """How an order reached us."""

    PORTAL = "portal", _("Portal")
    API = "api", _("Programme")
    ON_BEHALF = "on_behalf", _("Entered by staff")
    KIOSK = "kiosk", _("Terminal at a station")


class ConsentWay(models.TextChoices):
    """How a resident agreed that an order is entered in their name (R-O3)."""

    SPOKEN = "spoken", _("Said yes, in person or by telephone")
    SIGNED = "signed", _("Signed a paper, which we keep")
    PHOTO = "photo", _("Signed a paper, here is its picture")
    OWN_WISH = "own_wish", _("Asked for it as a wish")
    """Of orders that are made of a wish."""


CONSENT_CHOICES = (ConsentWay.SPOKEN, ConsentWay.SIGNED, ConsentWay.PHOTO)
"""What one chooses from who enters an order."""


class AskedWay(models.TextChoices):
    """How a resident told the office that an order is no longer wanted."""

    TELEPHONE = "telephone", pgettext_lazy("how they asked", "By telephone")
    IN_PERSON = "in_person", pgettext_lazy("how they asked", "In person")
    OTHERS = "others", pgettext_lazy("how they asked", "Through family or neighbours")


class Urgency(models.TextChoices):
    NORMAL = "normal", _("Normal")
    URGENT = "urgent", _("Urgent")
    DANGER = "danger", _("Danger to life")
    """Its words speak of danger to life: whoever sent it was told to call for help (`core.danger`)."""


class Outcome(models.TextChoices):
    """The outcome comes first, then the stars (R-Z5)."""

    DONE = "done", _("Done")
    HALF = "half", _("Half done")
    NOT_DONE = "not_done", _("Not done")
    STILL_NEEDED = "still_needed", _("Done, but more is needed")


WELL = frozenset({Outcome.DONE})
"""After every other outcome somebody has to see to it."""


class ReviewChannel(models.TextChoices):
    """How a review was collected (R-Z5): it is told wherever satisfaction is shown."""

    PORTAL = "portal", pgettext_lazy("review", "Online")
    API = "api", pgettext_lazy("review", "By a programme")
    KIOSK = "kiosk", pgettext_lazy("review", "At a kiosk")
    TELEPHONE = "telephone", pgettext_lazy("review", "By telephone")
    PAPER = "paper", pgettext_lazy("review", "On paper")


COLLECTED_BY_STAFF = frozenset({ReviewChannel.TELEPHONE, ReviewChannel.PAPER})
WITHOUT_ACCOUNT = frozenset({ReviewChannel.KIOSK, ReviewChannel.PAPER})
"""A code in the resident's hand stands for the account that they do not have."""


class Reason(models.TextChoices):
    """Why an order was refused, declined, given up or cancelled: a code, beside which a note may stand."""

    NOT_OUR_TASK = "not_our_task", _("Not something volunteers can do")
    OUT_OF_AREA = "out_of_area", _("Outside the area served")
    INCOMPLETE = "incomplete", _("Too little is known")
    DUPLICATE = "duplicate", _("Asked for already")
    NO_PEOPLE = "no_people", _("Nobody is free")
    NO_SKILL = "no_skill", _("The skill is missing")
    NOT_SAFE = "not_safe", _("Not safe")
    NOBODY_HOME = "nobody_home", _("Nobody was at home")
    NO_LONGER_NEEDED = "no_longer_needed", _("No longer needed")
    WRONG_TIME = "wrong_time", _("The time does not suit")
    BEYOND_US = "beyond_us", _("More than this place can do")
    NEARER = "nearer", _("Better done nearby")
    OVERDUE = "overdue", _("Nobody acted in time")
    EXPIRED = "expired", _("The time to answer was over")
    NOT_REVIEWED = "not_reviewed", _("Not reviewed in time")
    NOT_WELL = "not_well", _("The resident says it is not well yet")
    TEAM_GONE = "team_gone", _("The team serves no longer")
    OTHER = "other", _("Another reason")


GIVEN_BY_CLOCK = frozenset({Reason.EXPIRED, Reason.NOT_REVIEWED, Reason.NOT_WELL})
"""Reasons that nobody may choose: only time gives them, or what a resident said."""


class WishPart(models.TextChoices):
    """What may be changed about a wish."""

    TIME = "time", _("another time")
    PEOPLE = "people", _("another number of people")
    NEED = "need", _("what to know")
    CONTACT = "contact", _("whom to call and where")


class HandoverKind(models.TextChoices):
    """How an order went from one place to another."""

    PASS_UP = "pass_up", _("Passed up")
    ASK_HELP = "ask_help", _("Help asked")
    SEND_DOWN = "send_down", _("Sent down")
