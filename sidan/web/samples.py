"""What the style guide shows: invented things in every state, so that each part can be judged at a glance."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook


class SampleForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label=_("Your name"), max_length=20)
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("The team calls this number before it comes."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    when = forms.ChoiceField(
        label=_("When suits you?"),
        choices=[
            ("1", _("This afternoon")),
            ("2", _("Tomorrow morning")),
            ("3", _("Saturday")),
            ("4", _("Another time")),
        ],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    outcome = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[
            ("1", _("Done")),
            ("2", _("Half done")),
            ("3", _("Not done")),
            ("4", _("Done, but more is needed")),
        ],
        widget=forms.RadioSelect(attrs={"class": "outcomes"}),
    )
    place = forms.ChoiceField(label=_("Village"), choices=[("1", _("Near me")), ("2", _("Another village"))])
    words = forms.CharField(label=_("Anything the team should know"), required=False, widget=forms.Textarea)
    photo = forms.FileField(
        label=_("Photos"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    agree = forms.BooleanField(label=_("I have told the resident what is kept about them"))


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip."""

    label: str | Promise
    url: str
    active: bool = False
    count: int | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a timeline."""

    sentence: str | Promise
    at: datetime
    icon: str
    who: str | Promise = ""
    note: str | Promise = ""


LOOKS = (
    StateLook(word=_("Waiting"), icon="clock", tone="waiting"),
    StateLook(word=_("On its way"), icon="footprints", tone="moving"),
    StateLook(word=_("Due soon"), icon="hourglass", tone="soon"),
    StateLook(word=_("Overdue"), icon="alarm-clock", tone="overdue"),
    StateLook(word=_("Done"), icon="circle-check", tone="done"),
    StateLook(word=_("Five stars"), icon="award", tone="honour"),
)


@dataclass(frozen=True, slots=True)
class Service:
    """A card of the portal."""

    name: str | Promise
    team: str | Promise
    icon: str


SERVICES = (
    Service(_("Haircut at home"), _("North Town hair team"), icon="scissors"),
    Service(_("Repair of small appliances"), _("Handy neighbours"), icon="wrench"),
    Service(_("Blood pressure and a talk about medicine"), _("Township hospital team"), icon="stethoscope"),
    Service(_("Company for an afternoon"), _("Good daughters"), icon="heart-handshake"),
)


def _filters() -> list[Filter]:
    return [
        Filter(_("To admit"), "?f=1", active=True, count=12),
        Filter(_("To dispatch"), "?f=2", count=5),
        Filter(_("Offered"), "?f=3", count=9),
        Filter(_("Due soon"), "?f=4", count=3),
        Filter(_("Overdue"), "?f=5", count=2, urgent=True),
        Filter(_("Handed back"), "?f=6", count=0),
    ]


def _steps(at: datetime) -> list[Step]:
    return [
        Step(_("The team has agreed on a time with you"), at - timedelta(minutes=7), icon="calendar-check"),
        Step(_("North Town hair team has taken your order"), at - timedelta(hours=3), icon="handshake"),
        Step(
            _("Your order was admitted"),
            at - timedelta(days=1),
            icon="circle-check",
            note=_("We are looking for a team near you."),
        ),
        Step(_("You placed the order"), at - timedelta(days=1, hours=2), icon="send"),
    ]


def _rows(at: datetime) -> list[dict[str, Any]]:
    numbers = ("481 207 365", "920 114 458", "307 755 192", "665 381 204", "118 940 773", "750 226 319")
    return [
        {
            "number": number,
            "service": SERVICES[index % len(SERVICES)].name,
            "look": LOOKS[index % len(LOOKS)],
            "since": at - timedelta(minutes=11 * (index + 1) ** 3),
            "due": at + timedelta(hours=7 * index),
        }
        for index, number in enumerate(numbers)
    ]


def style_guide(*, at: datetime, refused: bool) -> dict[str, Any]:
    """Return what the page needs; `refused` shows the form as it comes back with errors."""
    return {
        "form": SampleForm(data={"name": "", "phone": "12"}) if refused else SampleForm(),
        "looks": LOOKS,
        "services": SERVICES,
        "filters": _filters(),
        "steps": _steps(at),
        "rows": _rows(at),
        "moments": [at + timedelta(days=days, hours=3) for days in (-400, -1, 0, 1, 5)],
        "at": at,
    }
