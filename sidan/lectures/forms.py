"""What staff enter about lectures, and what visitors look for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import Task
from sidan.catalogue.enums import Audience
from sidan.core.inputs import CleanCharField, OneOfField
from sidan.lectures.enums import LONGEST_MINUTES, MaterialKind
from sidan.lectures.models import Lecturer, Talk
from sidan.lectures.operations import LecturerFacts, NewMaterial, TalkFacts
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among

_MONTH: Final = "%Y-%m"


def _told(lecturer: Lecturer) -> str:
    """Return who it is in a list to choose from: the name, and what everybody reads of them."""
    return " · ".join(filter(None, [lecturer.person.name, lecturer.shown_about, lecturer.place.shown_short]))


def offer_lecturers(field: forms.Field, lecturers: Sequence[Lecturer]) -> None:
    """Let one of these be chosen, or nobody."""
    assert isinstance(field, OneOfField)
    field.offer([(one.uuid, _told(one), one) for one in lecturers], none=_("Not said yet"))


class TalkForm(forms.Form):
    """What a talk is about, for whom, how long, and who gives it."""

    title = CleanCharField(
        label=pgettext_lazy("of a talk", "Title"), max_length=60,
        help_text=_("As people would say it: “Five ways to know a fraud”."),
    )  # fmt: skip
    title_en = CleanCharField(label=_("The same in English"), max_length=120, required=False)
    about = CleanCharField(label=pgettext_lazy("of a talk", "What it is about"), max_length=500, lines="many")
    about_en = CleanCharField(label=_("The same in English"), max_length=800, lines="many", required=False)
    task = forms.ChoiceField(
        label=pgettext_lazy("of a talk", "Task"), choices=Task.choices, initial=Task.THEORY,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=30
    )
    audience = forms.MultipleChoiceField(
        label=pgettext_lazy("of a talk", "For whom"), choices=Audience.choices,
        widget=forms.CheckboxSelectMultiple, required=False, help_text=_("None chosen: for everybody."),
    )  # fmt: skip
    lecturer = OneOfField(label=_("Who gives it as a rule"))

    def __init__(self, *args: Any, lecturers: Sequence[Lecturer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_lecturers(self.fields["lecturer"], lecturers)

    def facts(self) -> TalkFacts:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        return TalkFacts(**{name: data[name] for name in TalkForm.base_fields})

    @staticmethod
    def known(talk: Talk) -> dict[str, Any]:
        """Return what stands in the form for a talk that is there already."""
        told = {name: getattr(talk, name) for name in TalkForm.base_fields}
        return {**told, "lecturer": str(talk.lecturer.uuid) if talk.lecturer else ""}


class NewTalkForm(TalkForm):
    """A new talk: of which place."""

    place = PlaceField(label=_("Place"))
    field_order = ("place",)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class MaterialForm(forms.Form):
    """A film, slides, a text or a leaflet, by where it lies."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a material", "What it is"), choices=MaterialKind.choices, initial=MaterialKind.FILM,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    title = CleanCharField(label=pgettext_lazy("of a material", "Title"), max_length=60)
    address = forms.URLField(
        label=_("Where it lies"), max_length=300, assume_scheme="https", validators=[URLValidator(schemes=["https"])],
        help_text=_("An address that begins with https://. Please try it on a telephone first."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("How many minutes"), min_value=1, max_value=LONGEST_MINUTES, required=False,
        help_text=_("Of a film: how long it is."),
    )  # fmt: skip

    def material(self) -> NewMaterial:
        """Return what a valid form holds as operations take it."""
        return NewMaterial(**self.cleaned_data)


class PictureForm(forms.Form):
    """A picture of a talk."""

    picture = forms.FileField(
        label=_("Picture"), help_text=_("JPEG, PNG or WebP. It is made smaller before it is sent."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip


class BackForm(forms.Form):
    """Why a talk is sent back."""

    words = CleanCharField(label=_("What is to be changed"), max_length=200, lines="many")


class LecturerForm(forms.Form):
    """Who lectures, as everybody reads it."""

    place = PlaceField(label=_("For which place"))
    tasks = forms.MultipleChoiceField(
        label=_("What the talks are about"), choices=Task.choices, widget=forms.CheckboxSelectMultiple,
        required=False, help_text=_("None chosen: about anything."),
    )  # fmt: skip
    about = CleanCharField(
        label=_("Who it is"), max_length=120, required=False, help_text=_("In a line: “Retired teacher”."),
    )  # fmt: skip
    about_en = CleanCharField(label=_("The same in English"), max_length=200, required=False)
    has_agreed = forms.BooleanField(label=_("The person agrees to be named as a lecturer"), required=False)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)

    def facts(self) -> LecturerFacts:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        return LecturerFacts(**{name: data[name] for name in ("tasks", "about", "about_en", "has_agreed")})


class GiveForm(forms.Form):
    """Which talk is given at an activity, and by whom."""

    talk = OneOfField(label=pgettext_lazy("at an activity", "Talk"))
    lecturer = OneOfField(label=_("Who gives it"))

    def __init__(
        self, *args: Any, talks: Sequence[Talk], lecturers: Sequence[Lecturer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["talk"]
        assert isinstance(field, OneOfField)
        field.offer([(one.uuid, one.shown_title, one) for one in talks], none=_("Please choose"))
        field.required = True
        offer_lecturers(self.fields["lecturer"], lecturers)


class PassOnForm(forms.Form):
    """From which place a talk is passed on to those below, and for which month."""

    place = PlaceField(label=_("To every place below"))
    month = forms.DateField(
        label=pgettext_lazy("of talks", "Month"), input_formats=[_MONTH],
        widget=forms.DateInput(format=_MONTH, attrs={"type": "month"}),
    )  # fmt: skip

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)

    @staticmethod
    def beginning(today: date, places: QuerySet[Place]) -> dict[str, Any]:
        """Return what stands in the empty form: the highest place of one's office, and this month."""
        highest = places.first()
        return {"month": today.replace(day=1), "place": str(highest.uuid) if highest else ""}
