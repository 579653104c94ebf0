"""What staff and leaders of teams enter about stalls."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.catalogue.models import Project
from sidan.core.inputs import CleanCharField
from sidan.fairs.enums import MOST_AT_ONCE, MOST_SERVED, MOST_STALLS
from sidan.fairs.models import ServiceKind, Stall
from sidan.fairs.operations import KindText, StallText
from sidan.fairs.queries import StallTold
from sidan.people.models import Team


class _KindsMixin(forms.Form):
    """Kinds of services to tick."""

    kinds = forms.MultipleChoiceField(
        label=pgettext_lazy("of a stall", "Kinds of services"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, kinds: Sequence[ServiceKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = {str(kind.uuid): kind for kind in kinds}
        _offer(self, "kinds").choices = [(uuid, kind.shown_name) for uuid, kind in self._kinds.items()]

    def chosen_kinds(self) -> list[ServiceKind]:
        """Return the kinds that a valid form names."""
        return [self._kinds[uuid] for uuid in self.cleaned_data["kinds"]]


class AddForm(_KindsMixin):
    """Some stalls more."""

    count = forms.IntegerField(
        label=_("How many stalls more"), min_value=1, max_value=MOST_AT_ONCE, initial=1
    )
    spot = CleanCharField(
        label=pgettext_lazy("of a stall", "Where it stands"), max_length=40, required=False,
        help_text=_("In words: “north row”, “beside the stage”."),
    )  # fmt: skip
    field_order = ("count", "spot", "kinds")


class StallForm(_KindsMixin):
    """What a stall is."""

    number = forms.IntegerField(
        label=pgettext_lazy("of a stall", "Number"), min_value=1, max_value=MOST_STALLS
    )
    spot = CleanCharField(
        label=pgettext_lazy("of a stall", "Where it stands"), max_length=40, required=False,
        help_text=_("In words: “north row”, “beside the stage”."),
    )  # fmt: skip
    about = CleanCharField(
        label=_("What is there"), max_length=120, required=False, help_text=_("Everybody reads it.")
    )
    about_en = CleanCharField(label=_("The same in English"), max_length=200, required=False)
    services = forms.MultipleChoiceField(
        label=_("Services of the menus that are shown here, too"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those of the team that has the stall; one can order them from there."),
    )  # fmt: skip
    field_order = ("number", "spot", "about", "about_en", "kinds", "services")

    def __init__(self, *args: Any, services: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._services = {str(one.uuid): one for one in services}
        if not services:
            del self.fields["services"]
        else:
            _offer(self, "services").choices = [
                (uuid, one.shown_title) for uuid, one in self._services.items()
            ]

    def text(self) -> StallText:
        """Return what a valid form holds as operations take it."""
        data = self.cleaned_data
        return StallText(
            number=data["number"], spot=data["spot"], about=data["about"], about_en=data["about_en"],
            kinds=self.chosen_kinds(), services=[self._services[uuid] for uuid in data.get("services", ())],
        )  # fmt: skip

    @staticmethod
    def known(told: StallTold) -> dict[str, Any]:
        """Return what stands in the form for a stall that is there already."""
        stall = told.stall
        return {
            "number": stall.number, "spot": stall.spot, "about": stall.about, "about_en": stall.about_en,
            "kinds": [str(kind.uuid) for kind in told.kinds], "services": [str(one.uuid) for one in told.services],
        }  # fmt: skip


class OrganisationForm(forms.Form):
    """Who comes from outside."""

    organisation = CleanCharField(
        label=_("Name of who comes from outside"), max_length=60,
        help_text=_("An office, a hospital, a shop: whoever is no team of the county."),
    )  # fmt: skip


class GiveForm(forms.Form):
    """Which stall a team gets that asks for one."""

    stall = forms.ChoiceField(label=pgettext_lazy("at a fair", "Stall"))

    def __init__(self, *args: Any, gaps: Sequence[Stall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._gaps = {str(stall.uuid): stall for stall in gaps}
        _offer(self, "stall").choices = [(uuid, _called(stall)) for uuid, stall in self._gaps.items()]

    def chosen(self) -> Stall:
        """Return the stall that a valid form names."""
        return self._gaps[self.cleaned_data["stall"]]


class WordsForm(forms.Form):
    """Why not; read by the team."""

    words = CleanCharField(label=_("Why?"), max_length=200, lines="many", help_text=_("The team reads this."))


class HelpersForm(forms.Form):
    """How many volunteers are asked for."""

    places = forms.IntegerField(
        label=_("How many helpers"), min_value=1, max_value=50, initial=2,
        help_text=_("They sign up on the page of the fair; their hours are counted there."),
    )  # fmt: skip


class CountForm(forms.Form):
    """How many more were served."""

    served = forms.IntegerField(label=_("Served since the last count"), min_value=1, max_value=MOST_SERVED)


class CorrectForm(forms.Form):
    """What should have been written down."""

    served = forms.IntegerField(
        label=_("How many it was in truth"), min_value=0, max_value=MOST_SERVED,
        help_text=_("0 where the button was pressed by mistake."),
    )  # fmt: skip


class AskForm(forms.Form):
    """For which team, for which stall, with what."""

    team = forms.ChoiceField(label=_("Team"))
    offers = CleanCharField(label=_("What would you do there?"), max_length=120)
    stall = forms.ChoiceField(label=_("Which stall"), required=False)

    def __init__(self, *args: Any, teams: Sequence[Team], gaps: Sequence[Stall], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {str(team.uuid): team for team in teams}
        self._gaps = {str(stall.uuid): stall for stall in gaps}
        _offer(self, "team").choices = [(uuid, team.shown_name) for uuid, team in self._teams.items()]
        any_of_them = ("", str(_("Any that is free")))
        _offer(self, "stall").choices = [
            any_of_them,
            *((uuid, _called(one)) for uuid, one in self._gaps.items()),
        ]

    def asked(self) -> dict[str, Any]:
        """Return what a valid form holds as the operation takes it."""
        data = self.cleaned_data
        return {
            "team": self._teams[data["team"]],
            "offers": data["offers"],
            "stall": self._gaps.get(data["stall"]),
        }


class BackForm(forms.Form):
    """Why a team gives its stall back, if it likes to say."""

    words = CleanCharField(label=_("Why? (may stay empty)"), max_length=200, lines="many", required=False)


class KindForm(forms.Form):
    """A kind of services."""

    name = CleanCharField(label=_("Name of the kind"), max_length=20)
    name_en = CleanCharField(label=_("The same in English"), max_length=60, required=False)

    def text(self) -> KindText:
        """Return what a valid form holds as operations take it."""
        return KindText(name=self.cleaned_data["name"], name_en=self.cleaned_data["name_en"])


class TeamForm(forms.Form):
    """The team that a button names."""

    team = forms.UUIDField()

    def uuid(self) -> UUID:
        """Return the public id of the team."""
        found: UUID = self.cleaned_data["team"]
        return found


def _called(stall: Stall) -> str:
    words = " · ".join(filter(None, (stall.spot, stall.shown_about)))
    number = str(_("Stall %(number)s")) % {"number": stall.number}
    return f"{number} · {words}" if words else number


def _offer(form: forms.Form, name: str) -> forms.ChoiceField:
    """Return a field of a form that is chosen from."""
    found = form.fields[name]
    assert isinstance(found, forms.ChoiceField)
    return found
