"""What staff enter about time limits."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField, DaysForm
from sidan.limits.enums import AtEnd, AtHalf, Kind, Of, Step, Unit
from sidan.limits.models import Limit
from sidan.limits.operations import Terms
from sidan.limits.operations.limits import LONGEST, LimitMovedOn, require_seen
from sidan.limits.policies import ENDS_OF_STEP, STEPS_OF, WISHED_FOR, Which
from sidan.limits.queries import FiringFilter
from sidan.limits.queries.written import FIRST_YEAR, LAST_YEAR, BeginsTooFar
from sidan.limits.words import end_words
from sidan.orders.enums import Urgency
from sidan.places.enums import PlaceKind
from sidan.places.queries import place_by_uuid

EVERY = ("", _("Every kind"))


class WhichForm(forms.Form):
    """Which limit is meant, as it stands in an address."""

    step = forms.ChoiceField(choices=Step.choices)
    category = forms.RegexField(r"^[\w-]*$", max_length=40, required=False)
    level = forms.ChoiceField(choices=PlaceKind.choices, required=False)
    urgency = forms.ChoiceField(choices=Urgency.choices, required=False)

    def which(self) -> Which | None:
        """Return for what the limit is meant; none where the address makes no sense."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        return Which(
            data["step"], data["category"] or None, data["level"], data["urgency"] or Urgency.NORMAL.value
        )


class PreviewForm(forms.Form):
    """For which order to count what would hold."""

    category = forms.ChoiceField(label=_("Category"), choices=[EVERY], required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, required=False)
    begins = forms.DateTimeField(
        label=_("Begins"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, *args: Any, categories: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"] = forms.ChoiceField(
            label=_("Category"), choices=[EVERY, *categories], required=False
        )

    def clean_begins(self) -> datetime | None:
        begins: datetime | None = self.cleaned_data["begins"]
        if begins is not None and not FIRST_YEAR <= begins.year < LAST_YEAR:
            raise forms.ValidationError(BeginsTooFar.sentence % {"first": FIRST_YEAR, "last": LAST_YEAR})
        return begins


class FiringSearch(DaysForm):
    """What of the doings of the clocks is wanted; what cannot be understood is left out, and said."""

    of = forms.ChoiceField(choices=[("", ""), *Of.choices], required=False)
    q = CleanCharField(max_length=60, required=False)
    place = forms.UUIDField(required=False)
    step = forms.ChoiceField(choices=[("", ""), *Step.choices], required=False)
    kind = forms.ChoiceField(choices=[("", ""), *Kind.choices], required=False)

    def wanted(self) -> FiringFilter:
        """Return what the query takes."""
        if not self.is_valid() and "__all__" in self.errors:
            return FiringFilter()
        data = self.cleaned_data
        place = place_by_uuid(uuid=data["place"]) if data.get("place") else None
        of, step = data.get("of") or Of.ORDER.value, data.get("step") or ""
        return FiringFilter(
            of=of, text=data.get("q") or "", place_id=place.pk if place else None,
            # chosen before for something else: the chips keep it
            step=step if step in STEPS_OF[of] else "",
            kind=data.get("kind") or "", first_day=data.get("first"), last_day=data.get("last"),
        )  # fmt: skip


class _Seen(forms.UUIDField):
    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show what stands now, never what was sent."""
        return initial


class SeenForm(forms.Form):
    """A form that remembers which word of the place itself it was opened with.

    Where another one stands by now, that is told with whatever else is wrong; shown again, the form has what stands
    now beside what was typed, so that it is sent a second time by somebody who knows.
    """

    seen = _Seen(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, own: Limit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own = own
        self.initial["seen"] = own.uuid if own else None

    def clean(self) -> None:
        try:
            require_seen(own=self._own, seen=self.cleaned_data.get("seen"))
        except LimitMovedOn as refusal:
            self.add_error(None, str(refusal))


class LimitForm(SeenForm):
    """How long, and what happens then."""

    amount = forms.IntegerField(label=_("How long"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("Counted in"), choices=Unit.choices)
    at_half = forms.ChoiceField(
        label=_("When half of the time is over, remind"), choices=AtHalf.choices,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    at_end = forms.ChoiceField(
        label=_("When the time is over"), choices=AtEnd.choices, widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    person = forms.TypedChoiceField(
        label=_("Who is told to see to it"), coerce=int, empty_value=None, required=False,
        help_text=_("Only where a named person is told."),
    )  # fmt: skip
    reason = CleanCharField(
        max_length=200, label=_("Reason"), help_text=_("For example a decision of the center and its date.")
    )

    def __init__(self, *args: Any, step: str, people: list[tuple[int, str]], **kwargs: Any) -> None:
        """`people` are those who can be named, as (id of the account, name)."""
        super().__init__(*args, **kwargs)
        ends = [(end, end_words(step=step, at_end=end)) for end in AtEnd.values if end in ENDS_OF_STEP[step]]
        unit, at_end, person = self.fields["unit"], self.fields["at_end"], self.fields["person"]
        assert isinstance(unit, forms.ChoiceField)
        assert isinstance(at_end, forms.ChoiceField)
        assert isinstance(person, forms.ChoiceField)
        at_end.choices = ends
        unit.choices = [each for each in Unit.choices if each[0] != Unit.WISHED or step in WISHED_FOR]
        person.choices = [("", "–"), *people]

    def terms(self) -> Terms:
        """Return what was entered, for the operation; a person counts only where one is told."""
        data = self.cleaned_data
        told = data["person"] if data["at_end"] == AtEnd.TO_PERSON else None
        return Terms(
            amount=data["amount"],
            unit=data["unit"],
            at_half=data["at_half"],
            at_end=data["at_end"],
            person_id=told,
        )


class TakeBackForm(SeenForm):
    """Why a limit is taken back."""

    reason = CleanCharField(max_length=200, label=_("Reason"))
