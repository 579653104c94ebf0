"""What staff enter about campaigns."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.activities.enums import Platform, Task
from sidan.activities.models import Activity
from sidan.campaigns.enums import MOST_AMOUNT, MOST_PEOPLE, CampaignKind, Unit
from sidan.campaigns.models import Campaign, SiteKind, Stop
from sidan.campaigns.operations import CampaignText, Told
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.inputs import DAYS_TURNED_ROUND, CleanCharField
from sidan.core.moments import full_date_words
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among

_DAY: Final = "%Y-%m-%d"
MOST_PASTED: Final = 200_000
EVERY_KIND: Final = _("Every kind of place")
BESIDE: Final = _("What is typed beside the proof counts once a second person has confirmed it.")


def _day_field(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(format=_DAY, attrs={"type": "date"})
    return forms.DateField(widget=widget, input_formats=[_DAY], **kwargs)


def _clock_field(**kwargs: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(widget=widget, input_formats=["%H:%M"], **kwargs)


def _number(label: Any, **kwargs: Any) -> forms.IntegerField:
    """Return a field for a number of people or things, which a telephone asks for with its digits."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_PEOPLE, required=False, widget=widget, **kwargs
    )


class CampaignForm(forms.Form):
    """The head of a campaign."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("of a campaign", "What it is"), choices=CampaignKind.choices, initial="campaign",
        widget=forms.RadioSelect(attrs={"class": "chips"}),
        help_text=_("A campaign reaches as many places as it can; a tour has its dates one after the other."),
    )  # fmt: skip
    name = CleanCharField(label=pgettext_lazy("of a campaign", "Name"), max_length=60)
    name_en = CleanCharField(label=_("The same in English"), max_length=120, required=False)
    purpose = CleanCharField(
        label=_("What it is for"), max_length=500, lines="many", required=False,
        help_text=_("Everybody reads this as soon as it is announced."),
    )  # fmt: skip
    first_day = _day_field(label=_("First day"))
    last_day = _day_field(label=_("Last day"))
    task = forms.ChoiceField(label=_("Which of the five tasks"), choices=Task.choices)
    platform = forms.ChoiceField(
        label=_("Which of the five platforms"), required=False,
        choices=[("", pgettext_lazy("platform", "None of them")), *Platform.choices],
    )  # fmt: skip
    answers = CleanCharField(
        label=_("Who answers for it"), max_length=40, help_text=_("Name and post: everybody reads it.")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", DAYS_TURNED_ROUND)
        return data

    def text(self) -> CampaignText:
        """Return the head as operations take it."""
        return CampaignText(**{name: self.cleaned_data[name] for name in CampaignForm.base_fields})

    @staticmethod
    def known(campaign: Campaign) -> dict[str, Any]:
        """Return what stands in the form for a campaign that is there already."""
        return {name: getattr(campaign, name) for name in CampaignForm.base_fields}


class NewCampaignForm(CampaignForm):
    """A new campaign: of which county or township."""

    place = PlaceField(label=_("Of which county or township"), help_text=_("It goes to all places below it."))
    field_order = ("place", *CampaignForm.base_fields)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class _KindForm(forms.Form):
    """A form in which a kind of place is chosen."""

    def __init__(self, *args: Any, kinds: Iterable[SiteKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = {str(kind.uuid): kind for kind in kinds}
        named = [(uuid, kind.shown_name) for uuid, kind in self._kinds.items()]
        field: Any = self.fields["kind"]
        field.choices = [("", EVERY_KIND), *named] if not field.required else named

    def chosen_kind(self) -> SiteKind | None:
        """Return the kind that was chosen, if any."""
        return self._kinds.get(self.cleaned_data["kind"])


class TargetForm(_KindForm):
    """How much of what is to be done."""

    unit = forms.ChoiceField(label=_("What is counted"), choices=Unit.choices)
    kind = forms.ChoiceField(label=_("Of which kind of place"), required=False)
    amount = forms.IntegerField(
        label=_("How much"), min_value=1, max_value=MOST_AMOUNT,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Entered again for the same thing, the latest number holds."),
    )  # fmt: skip


class SharesForm(forms.Form):
    """How much of a target each place below has to do."""

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.uuid): place for place in places}
        for uuid, place in self._places.items():
            self.fields[uuid] = forms.IntegerField(
                label=place.shown_short, min_value=0, max_value=MOST_AMOUNT, required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    def shares(self) -> dict[Place, int]:
        """Return what each has to do."""
        return {place: self.cleaned_data[uuid] or 0 for uuid, place in self._places.items()}


class SiteForm(_KindForm):
    """One more that is to be reached."""

    kind = forms.ChoiceField(label=_("Kind of place"))
    name = CleanCharField(
        label=pgettext_lazy("of a site", "Name"), max_length=60, required=False,
        help_text=_("Empty: the place below itself is meant, a village for example."),
    )  # fmt: skip
    place = PlaceField(label=_("Which place, or at which place it lies"))
    address = CleanCharField(label=_("Address"), max_length=100, required=False)

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)


class BringForm(forms.Form):
    """A list that somebody brings along: as a file, or pasted."""

    pasted = CleanCharField(
        label=_("Paste the list here"), max_length=MOST_PASTED, required=False, lines="many",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("As it is copied from Excel; the first row says what is in each column."),
    )  # fmt: skip
    table = forms.FileField(label=_("Or choose an Excel workbook or CSV"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("pasted") and not data.get("table") and not self.errors:
            self.add_error("pasted", str(_("Please paste a list or choose a file.")))
        return data


class TakeInForm(forms.Form):
    """The list that a preview showed, to be taken in."""

    rows = forms.JSONField(widget=forms.HiddenInput)

    def clean_rows(self) -> list[list[str]]:
        """Return the cells as text; what is no table holds nothing."""
        rows = self.cleaned_data["rows"]
        if not isinstance(rows, list):
            return []
        return [[str(cell) for cell in row] for row in rows if isinstance(row, list)]


class WhenForm(forms.Form):
    """On which day a site is reached."""

    day = _day_field(label=pgettext_lazy("of a stop", "Day"))
    clock = _clock_field(
        label=pgettext_lazy("of a stop", "Time"), required=False, help_text=_("May be left empty.")
    )


class _CountForm(forms.Form):
    leaflets = _number(_("Leaflets handed out"))
    checks = _number(_("Checks made"))


class RecordForm(_CountForm):
    """What came of a stop, written down on the spot."""

    day = _day_field(label=pgettext_lazy("of a stop", "Day"))
    people = _number(_("People reached"))
    photo = forms.FileField(
        label=_("Picture"), required=False, widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("Without a picture it counts as soon as a second person says so, too."),
    )  # fmt: skip
    words = CleanCharField(
        label=_("In a few words"), max_length=300, required=False, help_text=_("Only staff read this.")
    )
    field_order = ("day", "people", "leaflets", "checks", "photo", "words")

    def told(self) -> Told:
        """Return it as operations take it."""
        data = self.cleaned_data
        return Told(
            day=data["day"], people=data["people"] or 0, leaflets=data["leaflets"] or 0,
            checks=data["checks"] or 0, words=data["words"],
        )  # fmt: skip


class ActivityForm(_CountForm):
    """Which activity a stop is."""

    activity = forms.ChoiceField(label=_("Activity"))
    field_order = ("activity", "leaflets", "checks")

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaflets"].help_text = BESIDE
        self._activities = {str(one.uuid): one for one in activities}
        field: Any = self.fields["activity"]
        field.choices = [(uuid, _named(one)) for uuid, one in self._activities.items()]

    @property
    def has_choices(self) -> bool:
        """Tell whether there is anything to choose."""
        return bool(self._activities)

    def chosen(self) -> Activity:
        """Return the activity that a valid form names."""
        return self._activities[self.cleaned_data["activity"]]


class OrderForm(_CountForm):
    """Which order a stop was."""

    order = CleanCharField(
        label=_("Number of the order"), max_length=20,
        help_text=_("One that was served at this place; each proves one stop."),
    )  # fmt: skip
    people = _number(
        _("People reached"), help_text=_("Empty: one. More count once a second person has confirmed it.")
    )
    field_order = ("order", "people", "leaflets", "checks")


class StopChoiceForm(forms.Form):
    """Which stop an activity is."""

    stop = forms.ChoiceField(label=_("Stop"))

    def __init__(self, *args: Any, stops: Sequence[Stop], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stops = {str(stop.uuid): stop for stop in stops}
        field: Any = self.fields["stop"]
        field.choices = [(uuid, _stop_named(stop)) for uuid, stop in self._stops.items()]

    def chosen(self) -> Stop:
        """Return the stop that a valid form names."""
        return self._stops[self.cleaned_data["stop"]]


class WhyForm(forms.Form):
    """Why something is broken off or taken back."""

    words = CleanCharField(label=_("Why?"), max_length=300, lines="many")


class KindForm(forms.Form):
    """A kind of place of the county's own."""

    name = CleanCharField(label=_("Name of the kind"), max_length=20)
    name_en = CleanCharField(
        label=_("The same in English"),
        max_length=40,
        required=False,
        help_text=_("As several: “Tea houses”."),
    )


def _named(activity: Activity) -> str:
    day = activity.span.begins.astimezone(BUSINESS_ZONE).date()
    return f"{full_date_words(day)} · {activity.shown_title}"


def _stop_named(stop: Stop) -> str:
    return f"{full_date_words(stop.day)} · {stop.site.shown_name} · {stop.campaign.shown_name}"
