"""What pages are told of how a project grows: its stage, money, tasks and their close-out."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue import queries
from sidan.catalogue.enums import Stage, SupportSource
from sidan.catalogue.forms import ANY, PLEASE_CHOOSE, capacity_field, id_of
from sidan.catalogue.models import Project
from sidan.catalogue.operations import Support, Task
from sidan.core.inputs import CleanCharField
from sidan.core.money import MOST_FEN, fen_of
from sidan.places.models import Place

ABOUT_WORK = _("About the work, never about a person.")


class StageForm(forms.Form):
    """How far it has grown."""

    stage = forms.ChoiceField(
        label=pgettext_lazy("of a project", "Stage"), choices=Stage.choices,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    why = CleanCharField(
        label=_("Why?"), max_length=200, lines="many",
        help_text=_("For example how often it was asked for, or what it was honoured with."),
    )  # fmt: skip


class CapacityForm(forms.Form):
    """How many orders it can take in a month."""

    month_capacity = capacity_field()


class SupportForm(forms.Form):
    """Money that was given."""

    source = forms.ChoiceField(
        label=_("Who gave it?"), choices=SupportSource.choices, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip
    giver = CleanCharField(
        label=_("Name of the fund, unit or office"), max_length=60, required=False,
        help_text=_("People who give are not named: leave it empty."),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("Amount in yuan"), min_value=Decimal("0.01"), max_value=Decimal(MOST_FEN) / 100, decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
    )  # fmt: skip
    granted_on = forms.DateField(
        label=_("Granted on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    purpose = CleanCharField(label=_("What for?"), max_length=200, lines="many", help_text=ABOUT_WORK)

    def support(self) -> Support:
        """Return what operations take."""
        data = self.cleaned_data
        return Support(
            source=SupportSource(data["source"]), giver=data["giver"], amount_fen=fen_of(data["amount"]),
            granted_on=data["granted_on"], purpose=data["purpose"],
        )  # fmt: skip


class WhyForm(forms.Form):
    """Why a row is taken back."""

    why = CleanCharField(label=_("Why?"), max_length=200, lines="many", help_text=ABOUT_WORK)


class TaskForm(forms.Form):
    """A task as it is written down."""

    title = CleanCharField(
        label=_("What is to be done?"), max_length=80, help_text=_("With nobody's name in it.")
    )
    due_on = forms.DateField(
        label=_("By which day?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    answers = forms.ChoiceField(label=_("Who answers for it?"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.people_who_may_answer(project=project)
        field = cast(forms.ChoiceField, self.fields["answers"])
        field.choices = [PLEASE_CHOOSE, *((str(person.uuid), person.name) for person in people)]

    def task(self) -> Task:
        """Return what operations take."""
        return Task(**self.cleaned_data)


class TaskNoteForm(forms.Form):
    """A word about a step of a task; closed out, a picture of what was done may go with it."""

    note = CleanCharField(
        label=_("What was done, or why?"), max_length=200, lines="many", help_text=ABOUT_WORK
    )
    picture = forms.FileField(
        label=_("Picture of what was done"), required=False, help_text=_("If there is one. Nobody's face in it."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip

    def __init__(self, *args: Any, verb: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if verb != "close":
            del self.fields["picture"]


class TaskSearch(forms.Form):
    """What stands in the address of the list of tasks."""

    q = CleanCharField(max_length=60, required=False)
    standing = forms.ChoiceField(choices=[ANY, *((code, code) for code in queries.STANDINGS)], required=False)
    place = forms.UUIDField(required=False)
    project = forms.UUIDField(required=False)

    def wanted(self) -> queries.TaskFilter:
        """Return what of the tasks is asked for; a place that is not there matches nothing."""
        data = self.cleaned_data
        return queries.TaskFilter(
            words=data["q"], standing=data["standing"],
            place_id=id_of(Place.objects.all(), data["place"]),
            project_id=id_of(Project.objects.all(), data["project"]),
        )  # fmt: skip
