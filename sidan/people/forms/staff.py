"""What staff enter about volunteers, teams, accounts and directors."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.inputs import CleanCharField
from sidan.people.enums import Role, Sex, Skill, TeamLevel
from sidan.people.forms.fields import ChipChecks, ChipRadio, PhoneField, password_field
from sidan.people.models import Team, TeamCategory
from sidan.places.pickers import PlaceField, choose_among


class _AtPlaceForm(forms.Form):
    place = PlaceField(label=_("Place"))

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class VolunteerEditForm(_AtPlaceForm):
    skills = forms.MultipleChoiceField(
        label=_("Skills"), choices=Skill.choices, required=False, widget=ChipChecks
    )
    free_time = CleanCharField(label=_("Free time"), max_length=100, required=False)


class VolunteerNewForm(VolunteerEditForm):
    name = CleanCharField(label=_("Name"), max_length=60)
    phone = PhoneField(label=_("Phone"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, initial=Sex.UNSTATED, widget=ChipRadio)
    consent = forms.BooleanField(
        label=_("The volunteer knows of this entry and agrees to it."),
        error_messages={"required": _("Nobody is registered without knowing it. Please ask first.")},
    )
    field_order = ("name", "phone", "sex", "place", "skills", "free_time", "consent")


class TeamChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # the stubs' parameter is not a runtime one
    """A team by its public id, with its place."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Team.objects.none(), to_field_name="uuid", **kwargs)

    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.shown_name} · {obj.place.shown_short}"


class TeamEditForm(forms.Form):
    name = CleanCharField(label=_("Name of the team"), max_length=80)
    name_en = CleanCharField(label=_("Name in English"), max_length=120, required=False)
    category = forms.ModelChoiceField(
        TeamCategory.objects.all(), label=_("Kind of team"), empty_label=_("Please choose")
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=TeamLevel.choices, initial=TeamLevel.SQUAD, widget=ChipRadio
    )
    parent = TeamChoice(label=_("Stands under"), required=False, empty_label=_("No other team"))
    about = CleanCharField(label=_("What the team does"), max_length=300, required=False, lines="many")

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined] # a field of choices

    def values(self) -> dict[str, Any]:
        """Return the fields as the operations name them."""
        data = self.cleaned_data
        parent: Team | None = data["parent"]
        parent_uuid: UUID | None = parent.uuid if parent else None
        return {
            "name": data["name"], "name_en": data["name_en"], "category_code": data["category"].code,
            "level": data["level"], "parent_uuid": parent_uuid, "about": data["about"],
        }  # fmt: skip


class TeamNewForm(TeamEditForm, _AtPlaceForm):
    field_order = ("name", "name_en", "place", "category", "level", "parent", "about")


class NumberForm(forms.Form):
    number = CleanCharField(
        label=_("Volunteer number"),
        max_length=20,
        help_text=_("It begins with V and stands on their page “Me”."),
    )


class AccountForm(_AtPlaceForm):
    name = CleanCharField(label=_("Name"), max_length=60)
    phone = PhoneField(label=_("Mobile number to sign in with"))
    password = password_field(
        label=_("First password"),
        autocomplete="new-password",
        required=False,
        help_text=_("Without one the person signs in by a code and chooses a password then."),
    )
    field_order = ("name", "phone", "place", "password")


class GrantForm(_AtPlaceForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    field_order = ("role", "place")

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined] # a field of choices


class TermForm(forms.Form):
    title = CleanCharField(label=pgettext_lazy("title", "Office"), max_length=40, initial=_("Director"))
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class LastDayForm(forms.Form):
    last_day = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
