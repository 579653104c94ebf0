"""What staff and people enter: a survey, its answers, a need, what came of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue.models import Category, Project
from sidan.catalogue.queries import category_tree
from sidan.core.errors import NotFound
from sidan.core.inputs import CleanCharField
from sidan.needs.enums import BY_STAFF, OUTSIDE_SURVEYS, NeedState, Source
from sidan.needs.models import Need
from sidan.needs.policies import LONGEST_KEPT_SECONDS, LONGEST_TEXT, Question
from sidan.orders.hearing import HearingForm
from sidan.orders.models import Order
from sidan.orders.queries import order_by_number
from sidan.places.models import Place
from sidan.places.pickers import PlaceField as VillageField
from sidan.places.pickers import choose_among


class PlaceField(forms.UUIDField):
    """One of the places that the actor works for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Place"), **kwargs)
        self.places: dict[Any, Place] = {}

    def offer(self, places: Sequence[Place]) -> None:
        """Say which places may be chosen."""
        self.places = {place.uuid: place for place in places}
        choices = [(str(place.uuid), place.shown_choice) for place in places]
        self.widget = forms.Select(choices=choices)

    def clean(self, value: Any) -> Any:
        place = self.places.get(super().clean(value))
        if place is None:
            raise ValidationError(_("Please choose one of the list."))
        return place


class SurveyForm(forms.Form):
    """A short survey."""

    place = PlaceField()
    title = CleanCharField(label=_("Title"), max_length=60)
    text = CleanCharField(
        label=_("Questions"), max_length=4000, lines="many",
        help_text=_(
            "A line each. Choices follow on lines that begin with - (one of them) or + (several). "
            "A question without choices is answered in words. Do not ask for names."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _place(self).offer(places)
        self.fields["text"].widget.attrs |= {"rows": 12}


class SheetForm(HearingForm):
    """The questions of a survey as fields; every one may be left out, but not all."""

    client = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)
    """The name of this sheet: a double tap sends it twice, and it is kept once."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nth, question in enumerate(questions):
            self.fields[f"q{nth}"] = _field(question)
        asked = enumerate(questions)
        self.listened = tuple(f"q{nth}" for nth, question in asked if not question.choices)
        self.hear_while_typing(*self.listened)

    def answers(self) -> dict[str, list[str]]:
        """Return what was answered, by the number of the question."""
        told: dict[str, list[str]] = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("q") and value:
                told[name[1:]] = value if isinstance(value, list) else [value]
        return told


class PublicSheetForm(SheetForm):
    """What anybody with the link fills in: the village comes with the link, or may be told."""

    place = VillageField(
        label=_("Where do you live?"), required=False,
        empty_label=pgettext_lazy("first choice of a list of villages", "I leave this out"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, villages: QuerySet[Place], village: Place | None = None, **kwargs: Any
    ) -> None:
        """`village` is that of the link; without one the list of `villages` is offered, where there is any."""
        super().__init__(*args, **kwargs)
        if not villages.exists():
            del self.fields["place"]
            return
        choose_among(self, "place", villages)
        self.order_fields([*(name for name in self.fields if name != "place"), "place"])
        if village:
            self.fields["place"].widget = forms.HiddenInput()
            self.initial["place"] = village.uuid

    def village(self) -> Place | None:
        """Return the village that was told, once the form is valid."""
        told: Place | None = self.cleaned_data.get("place")
        return told


class EnteredSheetForm(SheetForm):
    """A sheet that somebody else filled in, or told at the door."""

    is_of_staff = True

    place = PlaceField()
    source = forms.ChoiceField(
        label=_("How was it answered?"), choices=[(one.value, one.label) for one in BY_STAFF],
        widget=forms.RadioSelect(attrs={"class": "chips"}), initial=BY_STAFF[1].value,
    )  # fmt: skip
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """How the device that kept the sheet without a network names it."""
    kept_seconds = forms.IntegerField(
        required=False, min_value=0, max_value=LONGEST_KEPT_SECONDS, widget=forms.HiddenInput
    )
    """For how long it kept it, by its own clock."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _place(self).offer(places)

    def kept_for(self) -> timedelta:
        """Return how long a valid sheet waited on the device."""
        return timedelta(seconds=self.cleaned_data["kept_seconds"] or 0)


class NeedForm(HearingForm):
    """A need of a visit, a message or a meeting."""

    is_of_staff = True

    listened = ("title", "words")
    place = PlaceField()
    title = CleanCharField(
        label=_("What is needed?"), max_length=80, help_text=_("A few words, without anybody's name.")
    )
    category = forms.ChoiceField(label=_("Kind of service"), required=False)
    source = forms.ChoiceField(
        label=_("Where from?"), choices=[(one.value, one.label) for one in OUTSIDE_SURVEYS],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    voices = forms.IntegerField(label=_("How many people said it?"), min_value=1, max_value=9999, initial=1)
    words = CleanCharField(
        label=_("Note"), max_length=1000, lines="many", required=False,
        help_text=_("Who said what, for the office only; kept encrypted."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _place(self).offer(places)
        category: Any = self.fields["category"]
        category.choices = [("", _("Not sure yet")), *_categories()]


class KindForm(forms.Form):
    """Of which kind of service a need is that was written down without one."""

    category = forms.ChoiceField(label=_("Kind of service"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.choices = [
            ("", pgettext_lazy("first choice of a list of kinds", "Please choose")),
            *_categories(),
        ]

    def chosen(self) -> Category:
        """Return the chosen kind of a valid form."""
        return Category.objects.get(code=self.cleaned_data["category"])


class HeardNeedForm(NeedForm):
    """A need that a survey told of: how it was heard, and of how many, is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["source"], self.fields["voices"]


class OrderSearch(forms.Form):
    """Of which order's visit or talk a need is; what cannot be understood is of none."""

    order = CleanCharField(max_length=20)
    source = forms.ChoiceField(choices=[(one.value, one.label) for one in (Source.VISIT, Source.MESSAGE)])


class HeardSearch(forms.Form):
    """Which answer of a survey: the number of its question, and a choice's number or a sheet's own name."""

    of = forms.RegexField(r"^\d{1,2}\.(\d{1,2}|[0-9a-f-]{36})$")

    def told(self) -> tuple[int, int | None, UUID | None]:
        """Return question, choice, sheet. Raises ValueError where it cannot be understood."""
        if not self.is_valid():
            raise ValueError(self.errors)
        question, _dot, which = self.cleaned_data["of"].partition(".")
        if which.isdigit():
            return int(question), int(which), None
        return int(question), None, UUID(which)


class SheetSearch(forms.Form):
    """Which sheet of a survey is opened."""

    sheet = forms.UUIDField()


class VillageSearch(forms.Form):
    """Of which village a link, or a sheet on paper, is; what cannot be understood is none."""

    place = forms.UUIDField(required=False)

    def chosen(self, villages: QuerySet[Place]) -> Place | None:
        """Return the one that is asked for, if it is one of these."""
        told = self.cleaned_data.get("place") if self.is_valid() else None
        return villages.filter(uuid=told).first() if told else None


class NeedSearch(forms.Form):
    """What stands in the address of the list; what cannot be understood filters nothing."""

    category = forms.RegexField(r"^[\w-]*$", max_length=40, required=False)
    place = forms.UUIDField(required=False)
    state = forms.ChoiceField(choices=NeedState.choices, required=False)
    q = CleanCharField(max_length=60, required=False)


class MergeForm(forms.Form):
    """With which other need it is counted."""

    into = forms.UUIDField(label=_("Says the same as"))

    def __init__(self, *args: Any, likes: Sequence[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(need.uuid), f"{need.title} · {need.place.shown_short}") for need in likes]
        self.fields["into"].widget = forms.Select(choices=choices)


class TraceSearch(forms.Form):
    """Which link is taken back."""

    trace = forms.UUIDField()


class TraceForm(forms.Form):
    """What came of it: an order by its number, a service, or an answer."""

    number = CleanCharField(label=_("Number of the order"), max_length=20, required=False)
    project = forms.UUIDField(label=_("Service"), required=False)
    answer = CleanCharField(label=_("Answer"), max_length=300, lines="many", required=False)

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._projects = {one.uuid: one for one in projects}
        choices = [("", "–"), *((str(one.uuid), one.shown_title) for one in projects)]
        self.fields["project"].widget = forms.Select(choices=choices)

    def clean_project(self) -> Project | None:
        """Find the service that was chosen; one that was taken off the menu meanwhile is none of them."""
        uuid = self.cleaned_data["project"]
        if uuid and uuid not in self._projects:
            raise ValidationError(_("This service does not stand in the list any more. Please choose again."))
        return self._projects.get(uuid)

    def clean_number(self) -> Order | None:
        """Find the order that its number names."""
        number = self.cleaned_data["number"]
        try:
            return order_by_number(number=number) if number else None
        except NotFound:
            raise ValidationError(_("Among the orders that you see there is none of this number.")) from None

    def clean(self) -> dict[str, Any]:
        """Take exactly one of the three."""
        data = super().clean() or {}
        if not self.errors and sum(bool(data.get(name)) for name in ("number", "project", "answer")) != 1:
            raise ValidationError(_("Please fill in one of the three."))
        return data


def _place(form: forms.Form) -> PlaceField:
    field: Any = form.fields["place"]
    return field  # type: ignore[no-any-return] # the declared field above


def _categories() -> list[tuple[str, str]]:
    return [(node.category.code, "　" * node.depth + node.category.shown_name) for node in category_tree()]


def _field(question: Question) -> forms.Field:
    choices = [(choice, choice) for choice in question.choices]
    if question.kind == "one":
        return forms.ChoiceField(
            label=question.words, choices=choices, widget=forms.RadioSelect(attrs={"class": "chips"}), required=False
        )  # fmt: skip
    if question.kind == "many":
        return forms.MultipleChoiceField(
            label=question.words, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
        )
    return CleanCharField(label=question.words, max_length=LONGEST_TEXT, lines="many", required=False)
