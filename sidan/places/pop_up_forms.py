"""What staff enter about what stands somewhere for a while."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.clock import BUSINESS_ZONE
from sidan.core.inputs import CleanCharField
from sidan.places.coordinates import Point
from sidan.places.enums import PopUpKind
from sidan.places.forms import PointForm
from sidan.places.models import Place, PopUp
from sidan.places.operations import NewPopUp, Stop
from sidan.places.pickers import PlaceField, choose_among
from sidan.places.policies import BadStop, StopLine, read_stops, written_stops
from sidan.places.queries import point_of

LOCAL_MOMENT: Final = "%Y-%m-%dT%H:%M"
MOST_STOPS: Final = 60
STOP_NAME: Final = 60
"""Of the column."""
TOLD: Final = ("kind", "name", "name_en", "begins", "ends", "spot", "spot_en", "about", "about_en")
"""What a form holds as it is told, but for the point and the stops."""
HIGHEST_TURN: Final = 2**31 - 1


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(format=LOCAL_MOMENT, attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget, input_formats=[LOCAL_MOMENT])


class PopUpForm(PointForm):
    """What it is, from when to when, where it stands, and the stops of a bus one a line."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=PopUpKind.choices, initial=PopUpKind.FAIR,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    name = CleanCharField(label=pgettext_lazy("pop-up", "Name"), max_length=60)
    name_en = CleanCharField(label=_("Name in English"), max_length=120, required=False)
    begins = _moment(pgettext_lazy("pop-up", "From"))
    ends = _moment(pgettext_lazy("pop-up", "To"))
    spot = CleanCharField(
        label=pgettext_lazy("pop-up", "Where it stands"), max_length=120, required=False,
        help_text=_("As people find it: “East gate of the farmers’ market”."),
    )  # fmt: skip
    stops = CleanCharField(
        label=_("Stops of the bus"), max_length=6000, lines="many", required=False,
        help_text=_("One a line, in the order of its way: 9:00-10:00 and then the name. "
                    "Of a later day with the day before it: 2026-12-05 9:00-10:00. "
                    "In English behind a bar: | South gate."),
    )  # fmt: skip
    spot_en = CleanCharField(label=_("Where it stands, in English"), max_length=200, required=False)
    about = CleanCharField(
        label=_("What people find there"), max_length=300, lines="many", required=False,
        help_text=_("Everybody reads this."),
    )  # fmt: skip
    about_en = CleanCharField(label=_("The same in English"), max_length=500, lines="many", required=False)
    field_order: Sequence[str] = (
        "kind", "name", "name_en", "begins", "ends", "spot", "spot_en", "stops", "about", "about_en",
        "coordinate_system", "longitude", "latitude",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stops"].widget.attrs |= {"rows": 4}
        for name in ("about", "about_en"):
            self.fields[name].widget.attrs |= {"rows": 3}

    def clean_stops(self) -> list[StopLine]:
        """Read the stops, and say which line cannot be read."""
        try:
            lines = read_stops(self.cleaned_data["stops"])
        except BadStop as bad:
            raise forms.ValidationError(
                _("Please write a stop as “9:00-10:00 South gate”, not as “%(line)s”."),
                params={"line": str(bad)},
            ) from bad
        if len(lines) > MOST_STOPS or any(_is_too_long(line) for line in lines):
            raise forms.ValidationError(_("At most 60 stops, and each name in at most 60 characters."))
        return lines

    def told(self, *, known: Mapping[str, Point]) -> NewPopUp:
        """Return what a valid form holds as operations take it; a stop keeps the point that is known of its name."""
        data = self.cleaned_data
        first = data["begins"].astimezone(BUSINESS_ZONE).date()
        stops = [_stop(line, line.day or first, known.get(line.name)) for line in data["stops"]]
        same = {name: data[name] for name in TOLD}
        return NewPopUp(**same, point=self.point(), stops=stops)


def _stop(line: StopLine, day: date, point: Point | None) -> Stop:
    """Return a stop of a day; who leaves at an earlier hour than they arrive leaves on the next one."""
    leaves_on = day + timedelta(days=line.leaves < line.arrives)
    return Stop(
        line.name, datetime.combine(day, line.arrives, BUSINESS_ZONE),
        datetime.combine(leaves_on, line.leaves, BUSINESS_ZONE), point, line.name_en,
    )  # fmt: skip


def _is_too_long(line: StopLine) -> bool:
    return len(line.name) > STOP_NAME or len(line.name_en) > 2 * STOP_NAME


class NewPopUpForm(PopUpForm):
    """What is announced, and which place answers for it."""

    place = PlaceField(label=_("Which place answers for it"))

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "place", places)
        self.order_fields(["place"])


class _OfTurn(forms.Form):
    """Says which one its reader has seen; whoever sends none has seen nothing."""

    turn = forms.IntegerField(min_value=1, max_value=HIGHEST_TURN, widget=forms.HiddenInput)


class ChangePopUpForm(_OfTurn, PopUpForm):
    """The same of what is announced already."""

    @staticmethod
    def known(found: PopUp) -> dict[str, Any]:
        """Return what stands in the form for what is announced already."""
        names = (*TOLD, "coordinate_system", "longitude", "latitude", "turn")
        return {name: getattr(found, name) for name in names} | {"stops": _typed_stops(found)}


class CallOffForm(_OfTurn):
    """Why it is called off."""

    why = CleanCharField(
        label=pgettext_lazy("pop-up called off", "Why?"), max_length=200,
        help_text=_("Everybody reads this. Say also whether there will be another day."),
    )  # fmt: skip


def points_known(found: PopUp) -> dict[str, Point]:
    """Return the points of the stops by their names."""
    points = ((stop.name, point_of(stop)) for stop in found.stops.all())
    return {name: point for name, point in points if point is not None}


def _typed_stops(found: PopUp) -> str:
    first = found.begins.astimezone(BUSINESS_ZONE).date()
    lines = []
    for stop in found.stops.all():
        arrives, leaves = stop.arrives.astimezone(BUSINESS_ZONE), stop.leaves.astimezone(BUSINESS_ZONE)
        day = arrives.date() if arrives.date() != first else None
        lines.append(StopLine(stop.name, arrives.time(), leaves.time(), day, stop.name_en))
    return written_stops(lines)
