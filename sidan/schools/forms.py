"""What staff enter about schools, and what visitors look for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.inputs import CleanCharField, OneOfField
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among
from sidan.schools.enums import MOST_DAYS, MOST_VIEWERS, Source, Subject, Way
from sidan.schools.models import School
from sidan.schools.operations import Held, SchoolFacts, Viewers

_CHIPS: Final = {"class": "chips"}


def _address(**kwargs: Any) -> forms.URLField:
    return forms.URLField(
        label=_("Where the film or the video is"), max_length=300, required=False, assume_scheme="https",
        validators=[URLValidator(schemes=["https"])],
        help_text=_("An address that begins with https://. Only the pupils' page of the class shows it."), **kwargs,
    )  # fmt: skip


class SchoolForm(forms.Form):
    """What a school says of itself."""

    name = CleanCharField(
        label=pgettext_lazy("of a school", "Name"), max_length=40,
        help_text=_("As people call it: “Chengbei evening school”."),
    )  # fmt: skip
    name_en = CleanCharField(label=_("The same in English"), max_length=80, required=False)
    venue = CleanCharField(label=pgettext_lazy("of a school", "Where it meets"), max_length=80)
    subjects = forms.MultipleChoiceField(
        label=_("What is taught"), choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    about = CleanCharField(
        label=pgettext_lazy("of a school", "What it is about"), max_length=500, lines="many", required=False
    )
    about_en = CleanCharField(label=_("The same in English"), max_length=800, lines="many", required=False)
    head = OneOfField(label=_("Who runs it"), help_text=_("Only staff read the name."))

    def __init__(self, *args: Any, heads: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["head"]
        assert isinstance(field, OneOfField)
        field.offer([(one.uuid, one.name, one) for one in heads], none=_("Whoever writes this"))

    def facts(self) -> SchoolFacts:
        """Return what a valid form holds as operations take it."""
        return SchoolFacts(**{name: self.cleaned_data[name] for name in SchoolForm.base_fields})

    @staticmethod
    def known(school: School) -> dict[str, Any]:
        """Return what stands in the form for a school that is there already."""
        told = {name: getattr(school, name) for name in SchoolForm.base_fields}
        return {**told, "head": str(school.head.uuid)}


class NewSchoolForm(SchoolForm):
    """A new school: of which place."""

    place = PlaceField(label=_("Place"))
    field_order = ("place",)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class PictureForm(forms.Form):
    """The picture of a school."""

    picture = forms.FileField(
        label=_("Picture"), help_text=_("JPEG, PNG or WebP. It is made smaller before it is sent."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip


class CloseForm(forms.Form):
    """Why a school is closed."""

    words = CleanCharField(
        label=_("Why it is closed"), max_length=200, lines="many", help_text=_("Everybody reads it.")
    )


class HoldForm(forms.Form):
    """Which school has a class, and how."""

    school = OneOfField(label=_("School"))
    way = forms.ChoiceField(
        label=_("How the school has it"),
        choices=Way.choices,
        initial=Way.ROOM,
        widget=forms.RadioSelect(attrs=_CHIPS),
    )
    address = _address()
    days = forms.IntegerField(
        label=_("Days after the class on which one can still say that one was with it"), min_value=1,
        max_value=MOST_DAYS, required=False, help_text=_("Left empty: thirty for a film, one for the others."),
    )  # fmt: skip

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, OneOfField)
        told = [(one.uuid, f"{one.shown_name} · {one.place.shown_short}", one) for one in schools]
        field.offer(told, none=_("Please choose"))
        field.required = True

    def held(self) -> Held:
        """Return how the school has it, as operations take it."""
        data = self.cleaned_data
        return Held(way=data["way"], address=data["address"], days=data["days"])


class AddressForm(forms.Form):
    """Where a film is, often known only after the class."""

    address = _address()


class ViewersForm(forms.Form):
    """How many watched on a day, and where that was read."""

    source = forms.ChoiceField(
        label=_("Where the number was read"), choices=Source.choices, widget=forms.RadioSelect(attrs=_CHIPS)
    )
    day = forms.DateField(
        label=pgettext_lazy("of viewers", "Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    people = forms.IntegerField(label=_("How many watched"), min_value=0, max_value=MOST_VIEWERS)

    def viewers(self) -> Viewers:
        """Return what a valid form holds as operations take it."""
        return Viewers(**self.cleaned_data)


class CorrectForm(forms.Form):
    """The number that stands instead."""

    people = forms.IntegerField(label=_("The right number"), min_value=0, max_value=MOST_VIEWERS)


class SpanForm(forms.Form):
    """The months of the figures."""

    first = forms.DateField(
        label=pgettext_lazy("months", "From"), input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
    )  # fmt: skip
    last = forms.DateField(
        label=pgettext_lazy("months", "Until"), input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
    )  # fmt: skip

    @staticmethod
    def beginning(today: date) -> tuple[date, date]:
        """Return the months of this year until now."""
        return today.replace(month=1, day=1), today.replace(day=1)
