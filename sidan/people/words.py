"""How the states of people look: word, icon and tone together."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.badges import StateLook
from sidan.people.enums import TeamState, VolunteerState

VOLUNTEER_LOOKS: Final = {
    VolunteerState.APPLIED.value: StateLook(VolunteerState.APPLIED.label, "clock", "waiting"),
    VolunteerState.ACTIVE.value: StateLook(VolunteerState.ACTIVE.label, "circle-check", "done"),
    VolunteerState.PAUSED.value: StateLook(VolunteerState.PAUSED.label, "circle-pause", "soon"),
    VolunteerState.LEFT.value: StateLook(VolunteerState.LEFT.label, "log-out", "waiting"),
}
TEAM_LOOKS: Final = {
    TeamState.ACTIVE.value: StateLook(TeamState.ACTIVE.label, "circle-check", "done"),
    TeamState.PAUSED.value: StateLook(TeamState.PAUSED.label, "circle-pause", "soon"),
    TeamState.DISSOLVED.value: StateLook(TeamState.DISSOLVED.label, "log-out", "waiting"),
}
ACCOUNT_LOOKS: Final = {
    "open": StateLook(_("Open"), "circle-check", "done"),
    "closed": StateLook(_("Closed"), "lock", "waiting"),
}
