"""What the leader of a team enters: no, who goes, when."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sidan.core.inputs import CleanCharField
from sidan.orders.enums import Reason
from sidan.orders.forms.portal import moment_input
from sidan.orders.hearing import HearingForm

DECLINE_REASONS: Final = (
    Reason.NO_PEOPLE,
    Reason.NO_SKILL,
    Reason.WRONG_TIME,
    Reason.OUT_OF_AREA,
    Reason.NOT_OUR_TASK,
    Reason.NOT_SAFE,
    Reason.OTHER,
)
LENGTHS: Final = (30, 60, 90, 120, 180, 240, 480)


class DeclineForm(HearingForm):
    """Why the team cannot take an order; the office reads it and asks another team."""

    is_of_staff = True

    reason = forms.ChoiceField(
        label=_("Why can your team not take it?"), widget=forms.RadioSelect(attrs={"class": "chips"}),
        choices=[(reason.value, reason.label) for reason in DECLINE_REASONS],
        error_messages={"required": _("Please choose a reason: the office reads it.")},
    )  # fmt: skip
    words = CleanCharField(label=_("Something to add"), max_length=300, lines="many", required=False)


class ReleaseForm(HearingForm):
    """Why the team gives back an order it took; the office and the resident read it."""

    is_of_staff = True

    prefix = "release"
    reason = forms.ChoiceField(
        label=_("Why can your team not come after all?"), widget=forms.RadioSelect(attrs={"class": "chips"}),
        choices=[(reason.value, reason.label) for reason in DECLINE_REASONS],
        error_messages={"required": _("Please choose a reason: the person who asked will read it.")},
    )  # fmt: skip
    words = CleanCharField(label=_("Something to add"), max_length=300, lines="many", required=False)


class ApplyForm(HearingForm):
    """Why one's team fits."""

    is_of_staff = True

    words = CleanCharField(
        label=_("Why does your team fit?"), max_length=200, required=False,
        help_text=_("One sentence for the office: when you could go, what you have done before."),
    )  # fmt: skip


class CallSearch(forms.Form):
    """What stands in the address of the open calls."""

    place = forms.UUIDField(required=False)

    def chosen_area(self) -> UUID | None:
        """Return the area that was chosen; what cannot be understood filters nothing."""
        self.is_valid()
        return self.cleaned_data.get("place")


class MembersForm(forms.Form):
    """Who goes."""

    people = forms.MultipleChoiceField(
        label=_("Who goes?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please choose at least one person.")},
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.choices = people


def _length_words(minutes: int) -> str:
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    hours = minutes / 60
    return ngettext("%(count)s hour", "%(count)s hours", max(1, round(hours + 0.4))) % {"count": f"{hours:g}"}


class TimeForm(forms.Form):
    """The time agreed with the resident on the telephone."""

    begins = forms.DateTimeField(
        label=_("Day and time agreed with the resident"),
        error_messages={"required": _("Please choose a day and a time.")},
    )
    minutes = forms.TypedChoiceField(label=_("How long will it take?"), coerce=int, initial=60)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins"].widget = moment_input(at=at)
        length: Any = self.fields["minutes"]
        length.choices = [(minutes, _length_words(minutes)) for minutes in LENGTHS]

    @property
    def window(self) -> tuple[datetime, datetime]:
        """The agreed time, of a valid form."""
        begins: datetime = self.cleaned_data["begins"]
        return begins, begins + timedelta(minutes=self.cleaned_data["minutes"])
