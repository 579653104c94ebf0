"""What a dispatcher enters to split an order among teams, or to leave a part of it out."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.models import Category
from sidan.catalogue.queries import category_options
from sidan.core.inputs import CleanCharField
from sidan.orders.enums import Reason
from sidan.orders.hearing import HearingForm
from sidan.orders.models import Order
from sidan.orders.operations import PartWish
from sidan.orders.policies import FEWEST_PARTS, LONGEST_PART, MOST_PARTS, MOST_PEOPLE

LEAVE_OUT_REASONS: Final = (
    Reason.NO_LONGER_NEEDED,
    Reason.NO_PEOPLE,
    Reason.NO_SKILL,
    Reason.NOT_SAFE,
    Reason.OTHER,
)


class SplitForm(HearingForm):
    """Two to six kinds of work; all but the first two may stay empty. Of a private order the kinds alone are chosen."""

    is_of_staff = True
    listened = tuple(f"words_{nth}" for nth in range(1, MOST_PARTS + 1))

    prefix = "split"

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        """Each part begins with the kind of the order itself."""
        super().__init__(*args, **kwargs)
        self.named = not order.is_private
        kinds = category_options()
        for nth in range(1, MOST_PARTS + 1):
            self._add_row(nth, order.category_id, kinds)

    def _add_row(self, nth: int, category: str, kinds: list[tuple[str, str]]) -> None:
        may_be_empty = nth > FEWEST_PARTS
        if self.named:
            self.fields[f"words_{nth}"] = CleanCharField(
                label=_("Part %(nth)s: what is to be done") % {"nth": nth}, max_length=LONGEST_PART,
                required=not may_be_empty,
            )  # fmt: skip
        elif may_be_empty:
            kinds = [("", str(_("No further part"))), *kinds]
        self.fields[f"category_{nth}"] = forms.ChoiceField(
            label=_("Kind of service") if self.named else _("Part %(nth)s: kind of service") % {"nth": nth},
            choices=kinds, initial=category if self.named or not may_be_empty else "",
            required=not may_be_empty,
        )  # fmt: skip
        self.fields[f"people_{nth}"] = forms.IntegerField(
            label=_("People needed"), min_value=1, max_value=MOST_PEOPLE, initial=1, required=not may_be_empty
        )

    def clean(self) -> dict[str, Any]:
        """Demand a kind for each part that is written down."""
        data = super().clean() or {}
        if not self.errors and any(not data[f"category_{nth}"] for nth in self._rows):
            raise ValidationError(_("Please choose a kind of service for each part."))
        return data

    @property
    def first_rows(self) -> list[list[forms.BoundField]]:
        """The fields of the parts that every split has."""
        return [self._fields_of(nth) for nth in range(1, FEWEST_PARTS + 1)]

    @property
    def further_rows(self) -> list[tuple[list[forms.BoundField], bool]]:
        """The fields of the parts that may be added one by one, and whether something stands in each already."""
        name = "words" if self.named else "category"
        return [
            (self._fields_of(nth), bool(self[f"{name}_{nth}"].value()))
            for nth in range(FEWEST_PARTS + 1, MOST_PARTS + 1)
        ]

    def _fields_of(self, nth: int) -> list[forms.BoundField]:
        return [field for field in self if field.name.endswith(f"_{nth}")]

    @property
    def _rows(self) -> list[int]:
        """Those that were filled in."""
        name = "words" if self.named else "category"
        return [nth for nth in range(1, MOST_PARTS + 1) if self.cleaned_data.get(f"{name}_{nth}")]

    @property
    def wishes(self) -> list[PartWish]:
        """The parts that were written down, of a valid form."""
        data = self.cleaned_data
        kinds = Category.objects.in_bulk([data[f"category_{nth}"] for nth in self._rows])
        return [
            PartWish(
                words=data.get(f"words_{nth}", ""), category=kinds[data[f"category_{nth}"]],
                people_needed=data[f"people_{nth}"] or 1,
            )
            for nth in self._rows
        ]  # fmt: skip


class LeaveOutForm(HearingForm):
    """Why a part is not done any more; the resident reads it."""

    is_of_staff = True

    prefix = "out"
    reason = forms.ChoiceField(
        label=_("Why is it left out?"), widget=forms.RadioSelect(attrs={"class": "chips"}),
        choices=[(reason.value, reason.label) for reason in LEAVE_OUT_REASONS],
        error_messages={"required": _("Please choose a reason: the person who asked will read it.")},
    )  # fmt: skip
    words = CleanCharField(label=_("A word to the resident"), max_length=300, lines="many", required=False)
