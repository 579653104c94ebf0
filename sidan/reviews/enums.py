"""Choices of reviews as they are looked after."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AfterLow(models.TextChoices):
    """What follows when a resident says that it is not well."""

    REOPEN = "reopen", _("The order is opened again at once")
    FOLLOW_UP = "follow_up", _("Somebody sees to it and answers")


class CallState(models.TextChoices):
    """Where a call-back stands."""

    WAITING = "waiting", pgettext_lazy("call-back", "To be called")
    ANSWERED = "answered", pgettext_lazy("call-back", "Answered")
    DECLINED = "declined", pgettext_lazy("call-back", "Would rather not say")
    UNREACHED = "unreached", pgettext_lazy("call-back", "Not reached")


class CallResult(models.TextChoices):
    """How one try to call back went."""

    ANSWERED = "answered", pgettext_lazy("call-back", "Answered")
    NOT_REACHED = "not_reached", pgettext_lazy("call-back", "Nobody answered the telephone")
    DECLINED = "declined", pgettext_lazy("call-back", "Would rather not say")


class Rule(models.TextChoices):
    """Why a review is to be looked at. It says what was noticed, not that somebody did wrong."""

    TYPED = "typed", _("Typed in by staff, who heard it by telephone or read it on paper")
    BY_STAFF = "by_staff", _("Entered by staff, or by who placed the order for the resident")
    BY_TEAM = "by_team", _("Given by a member of the team that served")
    SAME_MINUTE = "same_minute", _("Given within a minute after the service was reported")
    ALIKE_ACCOUNT = "alike_account", _("One of many alike from one account")
    ALIKE_DEVICE = "alike_device", _("One of many alike from one telephone or computer")
    ALIKE_TEAM = "alike_team", _("One of many alike for one team in a short time")
    TEAM_PHONE = "team_phone", _("The order's telephone belongs to a member of the team")
    TEAM_DEVICE = (
        "team_device",
        _("Sent by a telephone or computer on which a member of the team has signed in"),
    )
    STAFF_DEVICE = (
        "staff_device",
        _("Typed by a code into a telephone or computer on which somebody of the office has signed in"),
    )
    CONTRADICTED = "contradicted", _("The call-back was answered otherwise")
    AT_ODDS = "at_odds", _("“Not done”, and yet four or five stars")


class Standing(models.TextChoices):
    """How a review counts."""

    COUNTED = "counted", pgettext_lazy("review", "Counts")
    PENDING = "pending", pgettext_lazy("review", "To be looked at")
    SET_ASIDE = "set_aside", pgettext_lazy("review", "Does not count")


class ToldBy(models.TextChoices):
    """Where it was said that something is not well."""

    REVIEW = "review", pgettext_lazy("told by", "Review")
    CALL_BACK = "call_back", pgettext_lazy("told by", "Call-back")
    STARS = "stars", pgettext_lazy("told by", "Review with few stars")
    CANCELLING = "cancelling", pgettext_lazy("told by", "Cancelling, with words of danger")
    REFUSING = "refusing", pgettext_lazy("told by", "Refused, with danger to life")
    CLOSING = "closing", pgettext_lazy("told by", "Closed, with danger to life")


OF_DANGER: Final = frozenset({ToldBy.CANCELLING, ToldBy.REFUSING, ToldBy.CLOSING})
"""Nobody said how it was: the order ended, the danger that was told of may not be over."""


class FollowUpState(models.TextChoices):
    OPEN = "open", pgettext_lazy("follow-up", "To be seen to")
    DONE = "done", pgettext_lazy("follow-up", "Seen to")


class SuggestionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("suggestion", "To be answered")
    ADOPTED = "adopted", pgettext_lazy("suggestion", "Adopted")
    ANSWERED = "answered", pgettext_lazy("suggestion", "Answered")
