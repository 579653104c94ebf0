"""What volunteers and offices choose of a certificate, and what whoever checks one types."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.ids import read_uuid
from sidan.core.inputs import CleanCharField
from sidan.honours.enums import (
    FIRST_YEAR,
    LAST_YEAR,
    LEAST_NOTICE_DAYS,
    MOST_NOTICE_DAYS,
    Basis,
    Detail,
    Extent,
    Recipient,
    TakenBack,
)
from sidan.honours.policies import Wanted
from sidan.places.models import Place


class WantedForm(forms.Form):
    """Which hours, and what is told beside them."""

    extent = forms.ChoiceField(
        label=_("Which hours"), choices=Extent, initial=Extent.ALL, widget=forms.RadioSelect(attrs={"class": "chips"})
    )  # fmt: skip
    year = forms.TypedChoiceField(
        label=pgettext_lazy("certificate", "Year"), required=False, coerce=int, empty_value=None
    )
    first = forms.DateField(
        label=pgettext_lazy("certificate", "First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    last = forms.DateField(
        label=pgettext_lazy("certificate", "Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    record = forms.UUIDField(required=False, widget=forms.HiddenInput)
    county = forms.ChoiceField(label=_("Recorded in"), required=False)
    details = forms.MultipleChoiceField(
        label=_("What it says besides"), required=False, choices=Detail, widget=forms.CheckboxSelectMultiple,
        help_text=_("Name, service time, service content and the unit that recorded them are always there."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, years: Sequence[int], counties: Sequence[Place], record: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("Please choose")), *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined] # a field of choices
        if len(counties) > 1:
            self.fields["county"].choices = [(str(each.uuid), each.shown_name) for each in counties]  # type: ignore[attr-defined] # a field of choices
        else:
            del self.fields["county"]
        # One record is chosen on its own page, where the address names it.
        if not record:
            self.fields["extent"].choices = [one for one in Extent.choices if one[0] != Extent.RECORD]  # type: ignore[attr-defined] # a field of choices

    def clean(self) -> dict[str, Any]:
        """Ask for what the choice needs."""
        data = super().clean() or {}
        extent = data.get("extent")
        if extent == Extent.YEAR and not data.get("year") and "year" not in self.errors:
            self.add_error("year", _("Please choose a year."))
        if extent == Extent.SPAN:
            for name in ("first", "last"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Please choose a day."))
            first, last = data.get("first"), data.get("last")
            if first and last and last < first:
                self.add_error("last", _("The last day is before the first."))
            if first and first.year < FIRST_YEAR:
                self.add_error("first", _("Please choose a day of this century."))
        return data

    def wanted(self) -> Wanted:
        """Return it as operations take it."""
        data = self.cleaned_data
        extent, first, last = data["extent"], data.get("first"), data.get("last")
        if extent == Extent.YEAR:
            first, last = date(data["year"], 1, 1), date(data["year"], 12, 31)
        elif extent != Extent.SPAN:
            first = last = None
        county = data.get("county")
        return Wanted(
            extent=extent, first=first, last=last, record=data.get("record") if extent == Extent.RECORD else None,
            county=read_uuid(county), details=tuple(data.get("details", ())),
        )  # fmt: skip


class LadderForm(forms.Form):
    """How many hours make how many stars, from which day on."""

    rungs = CleanCharField(
        label=_("Hours of each star"), max_length=40,
        help_text=_("The hours of one star, of two and so on, with spaces between: 100 300 600 1000 1500."),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=pgettext_lazy("stars", "Which hours count"), choices=Basis, initial=Basis.ALL,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    first_day = forms.DateField(
        label=pgettext_lazy("stars", "From which day on"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("From tomorrow on. Who has stars keeps them."),
    )  # fmt: skip

    def clean_rungs(self) -> list[int]:
        """Return the numbers that were typed; what stands between them does not matter."""
        return [int(each) for each in re.findall(r"[0-9]{1,6}", self.cleaned_data["rungs"])]


class LadderEndForm(forms.Form):
    """From which day on what holds everywhere holds here too."""

    first_day = forms.DateField(
        label=pgettext_lazy("stars", "From which day on"), widget=forms.DateInput(attrs={"type": "date"})
    )


class TitleForm(forms.Form):
    """A title that a county gives."""

    name = CleanCharField(
        label=pgettext_lazy("title", "What it is called"), max_length=30,
        help_text=_("As it is read out: “Volunteer of the year”."),
    )  # fmt: skip
    name_en = CleanCharField(label=_("The same in English"), max_length=60, required=False)
    recipient = forms.ChoiceField(
        label=pgettext_lazy("title", "To whom it is given"), choices=Recipient, initial=Recipient.PERSON,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )  # fmt: skip
    criteria = CleanCharField(
        label=pgettext_lazy("title", "For what it is given"), max_length=500, lines="many",
        help_text=_("Everybody reads this. A title is not rewritten later: it ends, and another begins."),
    )  # fmt: skip


class YearForm(forms.Form):
    """Of which year a title is."""

    year = forms.IntegerField(
        label=pgettext_lazy("certificate", "Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )


class NoticeForm(forms.Form):
    """How long a list is on public notice."""

    days = forms.IntegerField(
        label=_("Days of public notice"), min_value=LEAST_NOTICE_DAYS, max_value=MOST_NOTICE_DAYS,
        initial=LEAST_NOTICE_DAYS,
        help_text=_("Counted from tomorrow. It ends with its last day, and on no free day."),
    )  # fmt: skip


class WordsForm(forms.Form):
    """Why: of an objection, its answer, or what is withdrawn."""

    words = CleanCharField(label=pgettext_lazy("honours", "Why"), max_length=500, lines="many")


class TakeBackForm(WordsForm):
    """Why something that was given is taken back."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("honours", "Reason"),
        choices=[(one.value, one.label) for one in (TakenBack.UNTRUE, TakenBack.MISTAKE)],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    field_order = ("reason", "words")


class CheckForm(forms.Form):
    """Number and code, as they stand on the paper."""

    number = CleanCharField(label=_("Certificate number"), max_length=30)
    code = CleanCharField(label=_("Verification code"), max_length=30)
    number.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "placeholder": "481 207 365"}
    code.widget.attrs |= {"autocomplete": "off", "autocapitalize": "characters", "placeholder": "A7K2-9M4P"}
