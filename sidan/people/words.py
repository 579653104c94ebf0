"""How the states of people look: word, icon and tone together."""

from typing import Final

from django.utils.translation import pgettext_lazy

from sidan.core.badges import StateLook
from sidan.people.enums import TeamState, VolunteerState

VOLUNTEER_LOOKS: Final = {
    VolunteerState.APPLIED.value: StateLook(VolunteerState.APPLIED.label, icon="clock", tone="waiting"),
    VolunteerState.ACTIVE.value: StateLook(VolunteerState.ACTIVE.label, icon="circle-check", tone="done"),
    VolunteerState.PAUSED.value: StateLook(VolunteerState.PAUSED.label, icon="circle-pause", tone="soon"),
    VolunteerState.LEFT.value: StateLook(VolunteerState.LEFT.label, icon="log-out", tone="waiting"),
}
TEAM_LOOKS: Final = {
    TeamState.ACTIVE.value: StateLook(TeamState.ACTIVE.label, icon="circle-check", tone="done"),
    TeamState.PAUSED.value: StateLook(TeamState.PAUSED.label, icon="circle-pause", tone="soon"),
    TeamState.DISSOLVED.value: StateLook(TeamState.DISSOLVED.label, icon="log-out", tone="waiting"),
}
ACCOUNT_LOOKS: Final = {
    "open": StateLook(pgettext_lazy("account", "Open"), icon="circle-check", tone="done"),
    "closed": StateLook(pgettext_lazy("account", "Closed"), icon="lock", tone="waiting"),
}
