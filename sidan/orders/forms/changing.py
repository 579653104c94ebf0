"""What may still be different about an order that no team has accepted."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.catalogue.enums import Mode
from sidan.core.moments import when_words
from sidan.orders.enums import WishPart
from sidan.orders.forms.portal import OrderForm, Private
from sidan.orders.models import Order
from sidan.orders.operations import Change, Contact, WishChanged
from sidan.orders.policies import MOST_PEOPLE

KEEP: Final = "keep"


class ChangeForm(OrderForm):
    """An order's own form, with the present wish chosen. What is left empty of the contact stays."""

    people = forms.IntegerField(
        label=_("How many people are needed?"), min_value=1, max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    field_order = ("when", "own_time", "people", "need", "phone", "address", "name")

    def __init__(self, *args: Any, order: Order, at: datetime, **kwargs: Any) -> None:
        """Without an initial need the words are not asked for: who may not read them does not write them anew."""
        self._order = order
        at_home = "yes" if order.mode == Mode.AT_HOME else "no"
        initial = {"when": KEEP, "people": order.people_needed, **kwargs.pop("initial", {})}
        super().__init__(*args, at=at, at_home=at_home, initial=initial, private=Private.STAYS, **kwargs)
        if "need" not in initial:
            del self.fields["need"]
        when: Any = self.fields["when"].widget
        self._present = _("As it is: %(when)s") % {"when": when_words(order.wished_from, now=at)}
        when.choices = [(KEEP, self._present), *when.choices]
        for name in {"name", "phone", "address"} & set(self.fields):
            self.fields[name].required = False
            self.fields[name].help_text = _("Leave empty to keep what is written down.")

    def clean_phone(self) -> str:
        """Return the digits; nothing where the present number stays."""
        return super().clean_phone() if self.cleaned_data["phone"] else ""

    def _take_chip(self, code: str) -> None:
        if code != KEEP:
            super()._take_chip(code)

    def tell_present(self, refusal: WishChanged) -> None:
        """Say that somebody else changed the wish, and beside each answer that differs what stands there now."""
        different = self.changed_data
        self.add_error(None, str(refusal))
        if WishPart.TIME in refusal.parts:
            self.add_error("when", self._present)
        for name in {"people", "need", "name", "phone", "address"} & set(different) & set(self.initial):
            told = _("Now it says: %(present)s") if self.initial[name] else _("Now nothing is said here.")
            self.add_error(name, told % {"present": self.initial[name]})

    def change(self) -> Change:
        """Return what is different, of a valid form."""
        data = self.cleaned_data
        contact = Contact(name=data["name"], phone=data["phone"], address=data.get("address", ""))
        return Change(window=self.wish, people_needed=data["people"], need=data.get("need"), contact=contact)


class ChangeForForm(ChangeForm):
    """The same, filled in for a resident who calls."""

    is_of_staff = True
