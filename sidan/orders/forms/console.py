"""What staff enter about orders: filters of the queue, refusals, an order for a resident."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sidan.core.errors import Invalid
from sidan.core.inputs import CleanCharField
from sidan.core.phones import mask_address, mask_phone, normalise_phone
from sidan.orders.consenting import ConsentForm
from sidan.orders.enums import AskedWay, CallWay, Reason, ReviewChannel
from sidan.orders.forms.portal import CancelForm, OrderForm
from sidan.orders.hearing import HearingForm
from sidan.orders.operations.calling import CallAreaRefused
from sidan.orders.queries import BY, CHIPS, EVERYWHERE, OURS, SORTS
from sidan.orders.saying import ReviewForm
from sidan.people.models import Person
from sidan.places.models import Place
from sidan.places.pickers import PlaceField, choose_among

REFUSE_REASONS: Final = (
    Reason.NOT_OUR_TASK,
    Reason.OUT_OF_AREA,
    Reason.INCOMPLETE,
    Reason.DUPLICATE,
    Reason.NO_PEOPLE,
    Reason.NOT_SAFE,
    Reason.OTHER,
)

CANNOT_REASONS: Final = (
    Reason.NO_PEOPLE,
    Reason.NO_SKILL,
    Reason.BEYOND_US,
    Reason.NOT_OUR_TASK,
    Reason.OUT_OF_AREA,
    Reason.NOT_SAFE,
    Reason.OTHER,
)
PASS_UP_REASONS: Final = (
    Reason.BEYOND_US,
    Reason.NO_PEOPLE,
    Reason.NO_SKILL,
    Reason.OUT_OF_AREA,
    Reason.NOT_SAFE,
    Reason.OTHER,
)
HELP_REASONS: Final = (
    Reason.NO_PEOPLE,
    Reason.NO_SKILL,
    Reason.BEYOND_US,
    Reason.NOT_SAFE,
    Reason.OTHER,
)
SEND_DOWN_REASONS: Final = (Reason.NEARER, Reason.NO_PEOPLE, Reason.OTHER)


HELD_CHOICES: Final = (
    (OURS, _("What we hold")),
    (EVERYWHERE, _("Also what others hold for our residents")),
)
"""What the queue shows of what is in sight; without a choice, and while nothing is searched for, the first."""


class QueueSearch(forms.Form):
    """What stands in the address of the queue; what cannot be understood filters nothing."""

    chip = forms.ChoiceField(choices=[(chip, chip) for chip in CHIPS], required=False)
    q = CleanCharField(max_length=60, required=False)
    category = forms.RegexField(r"^[\w-]*$", max_length=40, required=False)
    place = forms.UUIDField(required=False)
    by = forms.ChoiceField(choices=[(by, by) for by in BY], required=False)
    held = forms.ChoiceField(choices=HELD_CHOICES, required=False)
    sort = forms.ChoiceField(choices=[(sort, sort) for sort in SORTS], required=False)
    cursor = forms.CharField(max_length=1000, required=False)

    def told(self) -> dict[str, str]:
        """Return what was understood, as it stands in an address."""
        self.is_valid()
        data = self.cleaned_data
        named = ("chip", "q", "category", "place", "by", "held", "sort")
        return {name: str(data[name]) for name in named if data.get(name)}


class RefuseForm(HearingForm):
    """Why an order is not admitted; the resident reads it."""

    is_of_staff = True

    reasons: tuple[Reason, ...] = REFUSE_REASONS
    question = _("Why can it not be admitted?")
    reason = forms.ChoiceField(
        widget=forms.RadioSelect(attrs={"class": "chips"}),
        error_messages={"required": _("Please choose a reason: the person who asked will read it.")},
    )  # fmt: skip
    words = CleanCharField(
        label=_("A word to the resident"), max_length=300, lines="many", required=False,
        help_text=_("For example where else they may ask."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.label = self.question
        reason.choices = [(each.value, each.label) for each in self.reasons]


class CannotForm(RefuseForm):
    """Why no team can do an order that was admitted; the resident reads it."""

    prefix = "cannot"
    reasons = CANNOT_REASONS
    question = _("Why can nobody do it?")


class CancelForForm(CancelForm):
    """How the resident asked that their order be cancelled, and why."""

    is_of_staff = True

    asked_by = forms.ChoiceField(
        label=_("How did they ask?"), choices=AskedWay.choices, widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    field_order = ("asked_by", "reason", "words")


class WordsForm(HearingForm):
    """A word beside an act."""

    is_of_staff = True

    words = CleanCharField(label=_("Something to add"), max_length=300, lines="many", required=False)


class CallForm(forms.Form):
    """Whom to ask openly, until when, and how it is decided."""

    prefix = "call"
    way = forms.ChoiceField(
        label=_("How is it decided?"), choices=CallWay.choices, initial=CallWay.FIRST_COME.value,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
        error_messages={"required": _("Please say how it is decided who takes it.")},
    )  # fmt: skip
    area = forms.UUIDField(
        label=_("Teams of which area?"), widget=forms.Select,
        error_messages={"required": CallAreaRefused.sentence, "invalid": CallAreaRefused.sentence},
    )  # fmt: skip
    hours = forms.TypedChoiceField(
        label=_("How long do we ask?"), coerce=int, initial=24,
        choices=[(2, _("2 hours")), (4, _("4 hours")), (24, _("1 day")), (48, _("2 days")), (168, _("1 week"))],
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        """`areas` are the places above the resident's, as (uuid, name), the widest first."""
        super().__init__(*args, **kwargs)
        self._offered = {uuid for uuid, _name in areas}
        self.fields["area"].widget = forms.Select(choices=areas)

    def clean_area(self) -> UUID:
        """Return an area that was offered; of any other one is asked again."""
        area: UUID = self.cleaned_data["area"]
        if str(area) not in self._offered:
            raise ValidationError(CallAreaRefused.sentence)
        return area


class _HandForm(HearingForm):
    """Why an order changes hands; the resident reads it too."""

    is_of_staff = True

    reasons: tuple[Reason, ...] = ()
    reason = forms.ChoiceField(
        label=_("Why another place?"), widget=forms.RadioSelect(attrs={"class": "chips"}),
        error_messages={"required": _("Please choose a reason: the person who asked will read it.")},
    )  # fmt: skip
    words = CleanCharField(label=_("Something to add"), max_length=300, lines="many", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = [(each.value, each.label) for each in self.reasons]


class PassUpForm(_HandForm):
    reasons = PASS_UP_REASONS


class AskHelpForm(_HandForm):
    """Why help is needed with an order that stays: read by the place that is asked, and by the resident."""

    reasons = HELP_REASONS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason, words = self.fields["reason"], self.fields["words"]
        reason.label = _("Why do you need help?")
        reason.error_messages["required"] = _(
            "Please choose a reason: the place that is asked reads it, and so will the person who asked."
        )
        words.help_text = _(
            "The place that is asked reads it, and so does the person who asked for the order."
        )


class SendDownForm(_HandForm):
    """The same with the place that is to do it."""

    reasons = SEND_DOWN_REASONS
    to = forms.UUIDField(
        label=_("To which place?"), error_messages={"required": _("Please choose a place.")},
    )  # fmt: skip
    field_order = ("to", "reason", "words")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        """`places` are those below the holder, as (uuid, name)."""
        super().__init__(*args, **kwargs)
        self.fields["to"].widget = forms.Select(choices=places)


class EnterForm(ConsentForm, OrderForm):
    """An order entered for a resident. What is left empty is taken from the resident's file, unseen."""

    is_of_staff = True

    service = forms.UUIDField(
        label=_("Service"), error_messages={"required": _("Please choose a service.")}, widget=forms.HiddenInput
    )  # fmt: skip
    is_urgent = forms.BooleanField(
        label=_("It is urgent"), required=False,
        help_text=_("The time limits for urgent orders hold: a team has to answer much sooner."),
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, at_home="yes", **kwargs)
        phone, address = str(person.contact_phone or ""), str(person.address or "")
        for name in ("name", "phone", "address"):
            self.fields[name].required = False
        self.fields["phone"].help_text = (
            _("Leave empty for the one we know: %(known)s") % {"known": mask_phone(phone)}
            if phone
            else _(
                "We know none. Leave empty, or enter the number of a neighbour or relative who passes it on."
            )
        )
        if address:
            self.fields["address"].help_text = _("Leave empty for the one we know: %(known)s") % {
                "known": mask_address(address)
            }
        for name in ("name", "phone", "address"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_phone(self) -> str:
        """Return the digits; nothing where the known number is meant."""
        return super().clean_phone() if self.cleaned_data["phone"] else ""


class NewResidentForm(forms.Form):
    """A resident who is not written down yet."""

    name = CleanCharField(label=_("Name"), max_length=60)
    phone = CleanCharField(
        label=_("Telephone"), max_length=30, required=False,
        help_text=_("Only their own; leave empty if they have none. Whom to call instead is entered with the order."),
    )  # fmt: skip
    address = CleanCharField(
        label=_("Address"), max_length=200, required=False, help_text=_("Street, house and door.")
    )
    home = PlaceField(label=_("Village or community"))

    def __init__(self, *args: Any, homes: QuerySet[Place], **kwargs: Any) -> None:
        """`homes` are the places the actor enters orders for."""
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}
        choose_among(self, "home", homes)

    def clean_phone(self) -> str:
        """Return the digits of a number that can be called; nothing of who has none."""
        typed = str(self.cleaned_data["phone"])
        try:
            return normalise_phone(typed) if typed else ""
        except Invalid as bad:
            raise ValidationError(str(bad)) from bad


class EnterReviewForm(ReviewForm):
    """A review that reached the office by telephone or on paper."""

    is_of_staff = True

    channel = forms.ChoiceField(
        label=_("How did it reach us?"), widget=forms.RadioSelect(attrs={"class": "chips"}),
        initial=ReviewChannel.TELEPHONE,
        choices=[(each.value, each.label) for each in (ReviewChannel.TELEPHONE, ReviewChannel.PAPER)],
    )  # fmt: skip
    field_order = ("channel",)
