"""Forms in whose words danger to life is heard, for those of this app and of those above."""

from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property

from sidan.orders.words import EmergencyCall, calls_for

READ: Final = 10_000
"""So much is read of what was sent: more than all boxes of a form may hold."""


class HearingForm(forms.Form):
    """A form whose words are heard before anything is wrong with it: shown again, it says first whom to call."""

    listened: tuple[str, ...] = ("words",)
    """The fields in which people say how it is."""
    is_of_staff: bool = False
    """Whether it is filled in by those who handle an order: they are to make sure that help was called."""

    @cached_property
    def words_heard(self) -> str:
        """What was sent in these fields, right or not; of a form that nobody sent, nothing."""
        if not self.is_bound:
            return ""
        said: list[Any] = [self[name].value() for name in self.listened if name in self.fields]
        return "\n".join(str(words) for words in said if words)[:READ]

    @cached_property
    def whom_to_call(self) -> list[EmergencyCall]:
        """Whom to call at once by what was sent."""
        return calls_for(self.words_heard)


def heard_while_typing(*, name: str = "need") -> dict[str, str]:
    """Return the attributes of a box whose words are listened to: they alone are sent, and nothing is kept of them.

    The template of a field puts the place for the answer under the box: no page with such a form is without it.
    """
    return {
        "hx-post": reverse("orders:danger"),
        "hx-trigger": "input changed delay:600ms",
        "hx-target": "#danger",
        "hx-swap": "innerHTML",
        "hx-params": name,
    }
