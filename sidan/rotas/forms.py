"""What people enter about rotas."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sidan.core.clock import now
from sidan.core.inputs import CleanCharField
from sidan.core.moments import span_words, weekday_words
from sidan.people.models import Person, Team
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among
from sidan.rotas.enums import DAYS, MOST_NEEDED, MOST_SHIFTS, MOST_WEEKS, RotaKind, Turns
from sidan.rotas.models import Duty, Group, Member, Shift
from sidan.rotas.operations import NewRota
from sidan.rotas.policies import ShiftTimes

PARTS: Final = ("days", "begins", "ends", "needed")


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    clock = forms.TimeField(required=False, input_formats=["%H:%M"], widget=widget)
    clock.label = label
    return clock


class RotaForm(forms.Form):
    """What a rota is, with up to four shifts."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("rota", "What for?"), choices=RotaKind.choices,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    name = CleanCharField(label=_("Name of the rota"), max_length=40)
    name_en = CleanCharField(label=_("The same in English"), max_length=80, required=False)
    spot = CleanCharField(
        label=_("Where exactly, or which way"), max_length=100, required=False,
        help_text=_("Stands on everybody's page and on paper."),
    )  # fmt: skip
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team"),
        help_text=_("Whose hours these are, and from whom people are put in."),
    )  # fmt: skip
    turns = forms.ChoiceField(
        label=_("Who takes turns?"), choices=Turns.choices, initial=Turns.PEOPLE.value,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    weeks_ahead = forms.IntegerField(
        label=_("Planned for how many weeks ahead?"), min_value=1, max_value=MOST_WEEKS, initial=4
    )
    rests_on_holidays = forms.BooleanField(label=_("Not on public holidays"), required=False)
    asks_office = forms.BooleanField(label=_("The office decides on swaps"), required=False)

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ModelChoiceField)
        team.queryset = teams
        days = [(str(day), word) for day, word in zip(DAYS, weekday_words(), strict=True)]
        for nth in range(MOST_SHIFTS):
            self.fields[f"days_{nth}"] = forms.TypedMultipleChoiceField(
                label=_("Weekdays"), choices=days, coerce=int, required=False,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
            )  # fmt: skip
            self.fields[f"begins_{nth}"] = _clock(pgettext_lazy("of a shift", "From"))
            self.fields[f"ends_{nth}"] = _clock(pgettext_lazy("of a shift", "To"))
            self.fields[f"needed_{nth}"] = forms.IntegerField(
                label=_("How many are needed"), min_value=1, max_value=MOST_NEEDED, required=False
            )

    def general(self) -> list[Any]:
        """Return the fields that are not of a shift."""
        names = (
            "place",
            "kind",
            "name",
            "name_en",
            "spot",
            "team",
            "turns",
            "weeks_ahead",
            "rests_on_holidays",
            "asks_office",
        )
        return [self[name] for name in names if name in self.fields]  # fmt: skip

    def shift_fields(self) -> list[tuple[int, list[Any]]]:
        """Return the fields of each shift, which stand together on the page."""
        return [(nth + 1, [self[f"{part}_{nth}"] for part in PARTS]) for nth in range(MOST_SHIFTS)]

    def clean(self) -> dict[str, Any]:
        """Read the shifts; one that is begun must be whole, and there is one at least."""
        data = super().clean() or {}
        shifts = []
        for nth in range(MOST_SHIFTS):
            told: dict[str, Any] = {part: data.get(f"{part}_{nth}") for part in PARTS}
            if not any(told.values()):
                continue
            for part in (part for part in PARTS if not told[part]):
                if f"{part}_{nth}" not in self.errors:
                    self.add_error(f"{part}_{nth}", _("This is needed for the shift."))
            if all(told.values()):
                shifts.append(
                    ShiftTimes(tuple(sorted(told["days"])), told["begins"], told["ends"], told["needed"])
                )
        if not shifts and not self.errors:
            self.add_error("days_0", _("Please write down one shift at least."))
        return {**data, "shifts": shifts}

    def told(self) -> NewRota:
        """Return what a valid form holds as operations take it."""
        kept = NewRota.__dataclass_fields__
        return NewRota(**{name: value for name, value in self.cleaned_data.items() if name in kept})

    @staticmethod
    def typed_shifts(shifts: Sequence[Shift]) -> dict[str, Any]:
        """Return what stands in the fields of shifts that are there already."""
        typed: dict[str, Any] = {}
        for nth, one in enumerate(shifts[:MOST_SHIFTS]):
            days = [str(day) for day in one.weekdays]
            typed |= {f"days_{nth}": days, f"begins_{nth}": one.begins, f"ends_{nth}": one.ends}
            typed[f"needed_{nth}"] = one.needed
        return typed


class NewRotaForm(RotaForm):
    """A new rota, and of which place."""

    place = PlaceField(label=_("Place"))

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class GroupForm(forms.Form):
    """A new group."""

    name = CleanCharField(label=_("Name of the group"), max_length=40)


class JoinForm(forms.Form):
    """Who is put into which group."""

    group = forms.ModelChoiceField(
        label=pgettext_lazy("of a rota", "Group"), queryset=Group.objects.none(), to_field_name="uuid", empty_label=None
    )  # fmt: skip

    def __init__(self, *args: Any, rota_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.fields["group"]
        assert isinstance(group, forms.ModelChoiceField)
        group.queryset = Group.objects.filter(rota=rota_id)


class WhyForm(forms.Form):
    """Why, in words that others read."""

    words = CleanCharField(
        label=pgettext_lazy("turn", "Why?"),
        max_length=300,
        lines="many",
        help_text=_("It is read by those whom it concerns."),
    )


class FillForm(forms.Form):
    """Who fills a gap."""

    person = forms.ChoiceField(label=pgettext_lazy("gap", "Who?"))

    def __init__(self, *args: Any, people: Sequence[tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.uuid): person for person, _note in people}
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (str(person.uuid), f"{person.name} · {note}" if note else person.name) for person, note in people
        ]

    def clean_person(self) -> Person:
        """Return who was chosen."""
        return self.people[self.cleaned_data["person"]]


class SwapForm(forms.Form):
    """To whom a turn is offered, for what, and a word with it."""

    colleague = forms.ChoiceField(label=pgettext_lazy("swap", "With whom?"), required=False)
    in_return = forms.ChoiceField(label=_("For which turn of theirs?"), required=False)
    words = CleanCharField(label=_("A word with it"), max_length=300, lines="many", required=False)

    def __init__(
        self, *args: Any, colleagues: Sequence[Member], duties: Sequence[Duty], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.person.uuid): one.person for one in colleagues}
        self.duties = {str(one.uuid): one for one in duties}
        colleague, in_return = self.fields["colleague"], self.fields["in_return"]
        assert isinstance(colleague, forms.ChoiceField)
        assert isinstance(in_return, forms.ChoiceField)
        everybody = [("", gettext("Everybody of the rota: who can, takes it"))]
        colleague.choices = everybody + [(key, person.name) for key, person in self.people.items()]
        at = now()
        in_return.choices = [("", gettext("For none: I give it away"))] + [
            (key, f"{one.person.name} · {span_words(*one.span, now=at)}") for key, one in self.duties.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Return people and turns as operations take them; a turn in return names its colleague."""
        data = super().clean() or {}
        in_return = self.duties.get(data.get("in_return") or "")
        colleague = self.people.get(data.get("colleague") or "")
        if in_return is not None and colleague is None:
            colleague = in_return.person
        return {"colleague": colleague, "in_return": in_return, "words": data.get("words", "")}


class AwayForm(forms.Form):
    """From when to when one is away."""

    first = forms.DateField(
        label=_("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
