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

    def hear_while_typing(self, *names: str) -> None:
        """Listen to these boxes while somebody types: the words of a box alone are sent, and nothing is kept of them.

        The template of a field puts the place for the answer under each such box.
        """
        url = reverse("orders:danger", query={"staff": 1} if self.is_of_staff else None)
        for name in names:
            self.fields[name].widget.attrs |= {
                "hx-post": url,
                "hx-trigger": "input changed delay:600ms",
                "hx-target": "next [data-heard]",
                "hx-swap": "innerHTML",
                "hx-params": self.add_prefix(name),
                "data-hint": "",
            }
