"""What one chooses about messages, as a form."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.core.inputs import CleanCharField
from sidan.notify.enums import Address, Topic
from sidan.notify.operations import Chosen
from sidan.notify.queries import Choices, topics_and_ways

WAYS: Final = {
    Address.PHONE: _("by text message"),
    Address.EMAIL: _("by e-mail"),
    Address.CHAT: _("in the group chat"),
}
WINDOWS: Final = (
    (0, _("Each one at once")),
    (15, _("Together, every 15 minutes at most")),
    (30, _("Together, every half hour at most")),
    (60, _("Together, every hour at most")),
    (240, _("Together, every 4 hours at most")),
    (1440, _("Together, once a day at most")),
)


def _clock() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MessagesForm(forms.Form):
    """Topics by ways, quiet hours, gathering, and the robot of a group chat where the installation has one."""

    quiet_from = forms.TimeField(label=_("Quiet from"), widget=_clock())
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        widget=_clock(),
        help_text=_(
            "In this time nothing is sent but sign-in codes and danger to life. The same time twice: never quiet."
        ),
    )
    digest_minutes = forms.TypedChoiceField(label=_("Several messages"), coerce=int, choices=WINDOWS)
    chat = CleanCharField(
        label=_("Robot of a group chat"),
        max_length=300,
        required=False,
        help_text=_("For example dingtalk://token, feishu://token or wecombot://key. Empty: none."),
    )

    def __init__(self, *args: Any, choices: Choices, ways: Sequence[Address], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ways = tuple(ways)
        rhythm = choices.rhythm
        minutes = int(rhythm.window.total_seconds() // 60)
        self.initial = {
            "quiet_from": rhythm.quiet_from,
            "quiet_until": rhythm.quiet_until,
            "digest_minutes": minutes,
            "chat": choices.chat,
        }
        if minutes not in dict(WINDOWS):
            # Set over the API: kept unless something else is chosen.
            own = (minutes, _("Together, every %(count)d minutes at most") % {"count": minutes})
            self.fields["digest_minutes"].choices = (own, *WINDOWS)  # type: ignore[attr-defined] # a choice field
        if Address.CHAT not in self._ways:
            del self.fields["chat"]
        for topic, cells in topics_and_ways(choices=choices, ways=self._ways):
            for way, is_wanted in cells:
                self.fields[f"{topic}_{way}"] = forms.BooleanField(
                    label=WAYS[way], required=False, initial=is_wanted
                )

    def table(self) -> Iterator[tuple[str | Promise, list[forms.BoundField]]]:
        """Yield each topic with its boxes."""
        for topic in Topic:
            yield topic.label, [self[f"{topic}_{way}"] for way in self._ways]

    def others(self) -> list[forms.BoundField]:
        """Return the fields beside the table."""
        return [
            self[name]
            for name in ("quiet_from", "quiet_until", "digest_minutes", "chat")
            if name in self.fields
        ]

    def chosen(self, *, before: Choices) -> Chosen:
        """Return what was chosen; a robot that this installation cannot reach is left as it is."""
        data = self.cleaned_data
        return Chosen(
            quiet_from=data["quiet_from"],
            quiet_until=data["quiet_until"],
            digest_minutes=data["digest_minutes"],
            chat=data.get("chat", before.chat if Address.CHAT in self._ways else ""),
            wanted={(topic, way): data[f"{topic}_{way}"] for topic in Topic for way in self._ways},
        )
