"""What people and offices enter about hours."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sidan.attendance.enums import HandReason
from sidan.core.inputs import CleanCharField
from sidan.hours.enums import CorrectionReason
from sidan.hours.models import Entry, Occasion
from sidan.people.models import Person

LOCAL_MOMENT: Final = "%Y-%m-%dT%H:%M"


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=LOCAL_MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget)


class WordsForm(forms.Form):
    """Why: whose hours they are reads it."""

    words = CleanCharField(
        label=_("Why, in words"),
        max_length=300,
        lines="many",
        help_text=_("Whose hours they are reads these words."),
    )


class ObjectForm(forms.Form):
    """An objection."""

    words = CleanCharField(
        label=_("What is not right?"), max_length=300, lines="many",
        help_text=_("The office reads it, and so does whose hours they are; your name is not shown."),
    )  # fmt: skip


class TakeBackForm(WordsForm):
    """Why a record does not stand."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=CorrectionReason, widget=forms.RadioSelect(attrs={"class": "chips"})
    )
    field_order: Any = ("reason", "words")


class CorrectForm(TakeBackForm):
    """When it really was, within the time of the record."""

    begins = _moment(_("Really began"))
    ends = _moment(_("Really ended"))
    field_order = ("begins", "ends", "reason", "words")

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        # A field shows minutes: what is left as it is shown means the exact bound of the record.
        self._bounds = entry.during.lower, entry.during.upper
        shown = {"begins": self._bounds[0], "ends": self._bounds[1]}
        super().__init__(*args, **kwargs | {"initial": shown})

    def clean(self) -> dict[str, Any]:
        """Return what was typed, with the seconds of a bound that was left alone."""
        data = super().clean() or {}
        for name, exact in zip(("begins", "ends"), self._bounds, strict=True):
            if name in data and exact is not None and data[name] == _minute(exact):
                data[name] = exact
        return data


class LateForm(forms.Form):
    """A time that nobody wrote down."""

    person = forms.UUIDField(label=_("Who served"))
    begins = _moment(_("From"))
    ends = _moment(_("To"))
    reason_code = forms.ChoiceField(
        label=_("Why was it not written down?"), choices=HandReason, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], occasion: Occasion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"ends": occasion.ended_at}})
        self.people = {person.uuid: person for person in people}
        choices = [("", _("Please choose")), *((str(person.uuid), person.name) for person in people)]
        self.fields["person"].widget = forms.Select(choices=choices)

    def clean_person(self) -> Person:
        """Return who was chosen."""
        person = self.people.get(self.cleaned_data["person"])
        if person is None:
            raise forms.ValidationError(_("Please choose one of the list."))
        return person


def _minute(at: datetime) -> datetime:
    return localtime(at).replace(second=0, microsecond=0)
