"""What the leaders of two teams and the office enter when an order is to be taken over."""

from collections.abc import Iterable
from typing import Any, Final, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.orders.enums import Reason
from sidan.orders.forms.board import DECLINE_REASONS, DeclineForm
from sidan.orders.hearing import HearingForm

OFFICE: Final = "office"
HOURS: Final = (
    (2, _("2 hours")),
    (12, _("12 hours")),
    (24, _("One day")),
    (48, _("Two days")),
)
REASONS: Final = (*DECLINE_REASONS[:3], Reason.NEARER, *DECLINE_REASONS[3:])

TAKE_REASONS: Final = (Reason.OVERDUE, Reason.TEAM_GONE, Reason.NO_PEOPLE, Reason.OTHER)


class AskTakeOverForm(HearingForm):
    """Whom one's team asks, until when, and why."""

    is_of_staff = True

    prefix = "ask"
    to = forms.ChoiceField(
        label=_("Who shall take it over?"), widget=forms.RadioSelect(attrs={"class": "chips"}), initial=OFFICE,
        error_messages={"required": _("Please choose a team, or the office.")},
    )  # fmt: skip
    hours = forms.TypedChoiceField(
        label=_("How long may they think?"), coerce=int, choices=HOURS, initial=24,
        help_text=_("Until somebody agrees, your team answers for the order. Without an answer it stays yours."),
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Why do you pass it on?"), choices=[(reason.value, reason.label) for reason in REASONS],
        error_messages={"required": _("Please choose a reason: whoever is asked reads it.")},
    )  # fmt: skip
    words = CleanCharField(
        label=_("A word to whom you ask"), max_length=300, lines="many", required=False,
        help_text=_("What they should know. No names and no numbers of telephones."),
    )  # fmt: skip

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [*teams, (OFFICE, _("The office: find another team"))]


class TakeForm(DeclineForm):
    """Why the office takes it back from a team; the resident reads it.

    What is sent may name any reason, for the answer to say which are not so; what is shown offers those that are.
    """

    prefix = "take"
    reason = forms.ChoiceField(
        label=_("Why is it taken back?"), widget=forms.RadioSelect(attrs={"class": "chips"}),
        choices=[(reason.value, reason.label) for reason in TAKE_REASONS],
        error_messages={"required": _("Please choose a reason: the person who asked will read it.")},
    )  # fmt: skip

    def offering(self, reasons: Iterable[Reason]) -> Self:
        """Offer these reasons alone."""
        field: Any = self.fields["reason"]
        field.choices = [(reason.value, reason.label) for reason in reasons]
        return self


class KeepForm(DeclineForm):
    """Why one does not take it over; the asking team reads it."""

    prefix = "keep"
    reason = forms.ChoiceField(
        label=_("Why not?"), choices=[(reason.value, reason.label) for reason in DECLINE_REASONS],
        error_messages={"required": _("Please choose a reason: the team that asked reads it.")},
    )  # fmt: skip
