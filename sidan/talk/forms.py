"""What is typed in a talk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.talk.enums import LONGEST, Verdict, Why


class SayForm(forms.Form):
    words = CleanCharField(
        label=_("Your message"), max_length=LONGEST, lines="many",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The resident, the team and the office read it. Telephone numbers are shown to the resident only."),
    )  # fmt: skip


class ReportForm(forms.Form):
    why = forms.ChoiceField(label=_("What is wrong with it?"), choices=Why, widget=forms.RadioSelect)


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=Verdict)
