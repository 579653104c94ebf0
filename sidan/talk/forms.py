"""What is typed in a talk."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.orders.enums import OrderState
from sidan.orders.hearing import HearingForm
from sidan.talk.enums import LONGEST, LONGEST_CODE, Side, Verdict, Why


class SayForm(HearingForm):
    """An answer. Pages that show it have other forms with `words`: its ids are its own."""

    words = CleanCharField(
        label=_("Your message"), max_length=LONGEST, lines="many",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The resident, the team and the office read it. Telephone numbers are shown to the resident only."),
    )  # fmt: skip

    sentence = CleanCharField(max_length=LONGEST_CODE, required=False, widget=forms.HiddenInput)
    """Which sentence was sent with a tap."""
    shown_upto = forms.UUIDField(required=False, widget=forms.HiddenInput)
    """The last message that stood over the box: read, once it is answered. Filled in by the page, not by people."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, auto_id="talk_%s", initial=dict(initial or {}))


class OfficeSayForm(SayForm):
    """An answer of the office."""

    is_of_staff = True


class BeforeForm(forms.Form):
    """Before which message."""

    before = forms.UUIDField()


class ReadForm(forms.Form):
    """Up to which message; left out: all there is."""

    upto = forms.UUIDField(required=False)


class ReportForm(forms.Form):
    why = forms.ChoiceField(label=_("What is wrong with it?"), choices=Why, widget=forms.RadioSelect)


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=Verdict)


class PhraseForm(forms.Form):
    """A county's own sentence to send with a tap."""

    words = CleanCharField(label=_("Sentence"), max_length=200)
    words_en = CleanCharField(label=_("The same in English"), max_length=200, required=False)
    side = forms.ChoiceField(label=_("Who sends it"), choices=Side)
    step = forms.ChoiceField(
        label=_("At which step"), required=False, choices=(("", _("At every step")), *OrderState.choices)
    )
