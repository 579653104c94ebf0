"""What staff enter about reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.core.inputs import CleanCharField
from sidan.orders.enums import Outcome
from sidan.orders.hearing import HearingForm
from sidan.reviews.enums import AfterLow, CallResult, Standing
from sidan.reviews.operations import Heard
from sidan.reviews.policies import FEWEST_TIMES, MOST_TIMES
from sidan.reviews.queries import RuleTold

CHIPS = {"class": "chips"}


class CallForm(HearingForm):
    """How a call went."""

    is_of_staff = True

    result = forms.ChoiceField(
        label=_("How did the call go?"), choices=CallResult.choices, widget=forms.RadioSelect(attrs=CHIPS)
    )
    outcome = forms.ChoiceField(
        label=_("Was it done?"), choices=Outcome.choices, required=False, widget=forms.RadioSelect(attrs=CHIPS),
        help_text=_("Only where somebody answered."),
    )  # fmt: skip
    words = CleanCharField(label=_("What was said"), max_length=500, lines="many", required=False)

    def heard(self) -> Heard:
        """Return what was entered, for the operation; an outcome counts only where somebody answered."""
        data = self.cleaned_data
        outcome = data["outcome"] if data["result"] == CallResult.ANSWERED else ""
        return Heard(result=data["result"], outcome=outcome, words=data["words"])


class DecideForm(forms.Form):
    """Whether a flagged review counts."""

    standing = forms.ChoiceField(
        label=_("Does this review count?"), widget=forms.RadioSelect(attrs=CHIPS),
        choices=[
            (Standing.COUNTED.value, pgettext_lazy("review", "It counts")),
            (Standing.SET_ASIDE.value, pgettext_lazy("review", "It does not count")),
        ],
    )  # fmt: skip
    words = CleanCharField(label=_("Reason"), max_length=500, lines="many")


class AnswerForm(forms.Form):
    """What the resident is told."""

    words = CleanCharField(label=_("What we tell the resident"), max_length=500, lines="many")


class RuleForm(forms.Form):
    """How the reviews of a county are looked after."""

    percent = forms.IntegerField(
        label=_("How many of a hundred closed orders are called back"), min_value=1, max_value=100
    )
    typed_times = forms.IntegerField(
        label=_("How many times as often where staff typed in the review"), min_value=FEWEST_TIMES,
        max_value=MOST_TIMES, help_text=_("What staff heard by telephone or read on paper, 2 to 10 times."),
    )  # fmt: skip
    after_not_done = forms.ChoiceField(
        label=_("After “not done”"), choices=AfterLow.choices, widget=forms.RadioSelect(attrs=CHIPS)
    )
    after_half = forms.ChoiceField(
        label=_("After “half done”"), choices=AfterLow.choices, widget=forms.RadioSelect(attrs=CHIPS)
    )
    after_still_needed = forms.ChoiceField(
        label=_("After “done, but more is needed”"), choices=AfterLow.choices,
        widget=forms.RadioSelect(attrs=CHIPS),
    )  # fmt: skip
    reason = CleanCharField(
        max_length=200, label=_("Reason"), help_text=_("For example a decision of the center and its date.")
    )

    @staticmethod
    def initial_of(rule: RuleTold) -> dict[str, Any]:
        """Return what holds now, as the form shows it."""
        return {
            "percent": rule.percent, "typed_times": rule.typed_times, "after_half": rule.after_half,
            "after_not_done": rule.after_not_done, "after_still_needed": rule.after_still_needed,
        }  # fmt: skip

    def rule(self) -> RuleTold:
        """Return what was entered, for the operation."""
        data = self.cleaned_data
        return RuleTold(
            data["percent"], data["after_half"], data["after_not_done"], data["after_still_needed"],
            data["typed_times"],
        )  # fmt: skip
