"""How places and what happens to them are told."""

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from sidan.core.badges import StateLook, StepWords
from sidan.places.enums import PlaceState, PopUpState

PLACE_LOOKS: Final = {
    PlaceState.PLANNED.value: StateLook(PlaceState.PLANNED.label, icon="calendar-clock", tone="waiting"),
    PlaceState.OPEN.value: StateLook(PlaceState.OPEN.label, icon="door-open", tone="done"),
    PlaceState.CLOSED.value: StateLook(PlaceState.CLOSED.label, icon="archive", tone="waiting"),
}

POP_UP_LOOKS: Final = {
    PopUpState.PLANNED.value: StateLook(PopUpState.PLANNED.label, icon="calendar-check", tone="moving"),
    PopUpState.CALLED_OFF.value: StateLook(PopUpState.CALLED_OFF.label, icon="ban", tone="overdue"),
}


CHANGES: Final = {
    "opened": StepWords(pgettext_lazy("history of a place", "Opened"), icon="door-open"),
    "moved": StepWords(_("Moved from %(before)s to %(after)s"), icon="move-right"),
    "renamed": StepWords(_("Renamed from %(before)s to %(after)s"), icon="pencil"),
    "closed": StepWords(pgettext_lazy("history of a place", "Closed"), icon="archive"),
    "corrected": StepWords(_("Corrected: %(fields)s"), icon="square-pen"),
}
FIELDS: Final[dict[str, str | Promise]] = {
    "address": _("address"),
    "phone": _("telephone"),
    "opening_hours": _("opening hours"),
    "longitude": _("point on the map"),
    "latitude": _("point on the map"),
    "coordinate_system": _("point on the map"),
    "setting": _("where it stands"),
    "sort_code": _("place in lists"),
}


def change_sentence(
    *, kind: str, before: dict[str, Any], after: dict[str, Any], names: dict[int, str]
) -> str:
    """Return what happened, in words; `names` are the short names of the parents that the change speaks of."""
    facts: dict[str, str] = {}
    if kind == "moved":
        facts = {
            side: names.get(row.get("parent", 0), "–") for side, row in (("before", before), ("after", after))
        }
    if kind == "renamed":
        facts = {"before": str(before.get("name", "")), "after": str(after.get("name", ""))}
    if kind == "corrected":
        fields = dict.fromkeys(str(FIELDS.get(name, name)) for name in after)
        facts = {"fields": pgettext("between the words of a list", ", ").join(fields)}
    sentence = str(CHANGES[kind].sentence)
    return sentence % facts if facts else sentence
