"""Sentences to send with a tap, as every county begins with them; its own of a side and step take their place."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sidan.talk.enums import Side

Sentences = tuple[str | Promise, ...]
ALWAYS: Final = ""
SENTENCES: Final[Mapping[tuple[str, str], Sentences]] = {
    (Side.RESIDENT, "submitted"): (_("Please call me before you decide."),),
    (Side.RESIDENT, "accepted"): (_("Any time suits me."), _("Mornings, please."), _("Afternoons, please.")),
    (Side.RESIDENT, "scheduled"): (_("I am at home then."), _("I cannot make it then. Another time, please.")),
    (Side.RESIDENT, ALWAYS): (_("Thank you."), _("Please call me.")),
    (Side.TEAM, "accepted"): (_("We have taken your order and will call you today."), _("When does it suit you?")),
    (Side.TEAM, "scheduled"): (_("We are on our way."), _("We will be half an hour late. Sorry!")),
    (Side.TEAM, "under_way"): (_("We are at the door."),),
    (Side.TEAM, ALWAYS): (_("Thank you."), _("Please look at the time once more.")),
    (Side.OFFICE, "submitted"): (_("We have your order and will answer soon."), _("Please tell us a little more.")),
    (Side.OFFICE, "admitted"): (_("We are looking for a team."),),
    (Side.OFFICE, ALWAYS): (_("Is everything well?"), _("Please call the resident.")),
}  # fmt: skip


def begun_with(*, side: str, step: str) -> Sentences:
    """Return the sentences for one side at one step: a state of an order, or always."""
    return SENTENCES.get((side, step), ())
