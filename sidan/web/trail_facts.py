"""How the facts of the audit trail read: what each is called, codes in words, ids as the names of things."""

from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sidan.attendance.enums import Grade, Way
from sidan.audit.registry import FactWords
from sidan.campaigns.enums import Way as Proof
from sidan.catalogue.enums import ProjectState, Stage
from sidan.desk.enums import CallOutcome
from sidan.honours.enums import Standing
from sidan.limits.enums import AtEnd, Kind, Of, Step
from sidan.limits.words import DID
from sidan.needs.enums import TraceKind
from sidan.orders.enums import AskedWay, Channel, Reason
from sidan.people.enums import Role, TeamState, VolunteerState
from sidan.places.enums import DayKind
from sidan.reviews.enums import AfterLow
from sidan.talk.enums import Side, Verdict, Why


def _labels(*choices: type[TextChoices]) -> dict[str, str | Promise]:
    return {member.value: member.label for choice in choices for member in choice}


STATES: Final = _labels(ProjectState, TeamState, VolunteerState)
DONE: Final[dict[str, str | Promise]] = {code: said for (_kind, code), said in DID.items()} | {
    end.value: end.label for end in (AtEnd.TO_PERSON, AtEnd.TO_POOL)
}
PICTURES: Final[dict[str, str | Promise]] = {
    "visit_photo": _("picture of a visit"),
    "place_photo": _("picture of a place"),
    "project_photo": _("picture of a project"),
    "project_task": _("picture of what a project did"),
    "activity_photo": _("picture of an activity"),
    "stop_photo": _("picture of a stop of a campaign"),
    "talk_picture": _("picture of a talk"),
    "school_picture": _("picture of a school"),
    "wish_photo": _("picture of a wish"),
    "consent_paper": _("paper of a consent"),
    "wish_consent_paper": _("paper of a consent"),
}
PLACE: Final = FactWords(_("Place"), kind="place")
PERSON: Final = FactWords(pgettext_lazy("one of the people", "Person"), kind="person")
TEAM: Final = FactWords(_("Team"), kind="team")

FACTS: Final[dict[str, FactWords]] = {
    "role": FactWords(_("Role"), codes=_labels(Role)),
    "reason": FactWords(_("Reason"), codes=_labels(Reason)),
    "channel": FactWords(_("Entered by"), codes=_labels(Channel)),
    "way": FactWords(_("How"), codes=_labels(Way, Proof)),
    "asked_by": FactWords(_("How they asked"), codes=_labels(AskedWay)),
    "to_state": FactWords(_("State"), codes=STATES),
    "state": FactWords(_("State"), codes=STATES),
    "standing": FactWords(_("State"), codes=_labels(Standing)),
    "place": PLACE,
    "place_id": PLACE,
    "filter_place": PLACE,
    "to_place": PLACE,
    "person": PERSON,
    "person_id": PERSON,
    "person_ids": PERSON,
    "team": TEAM,
    "team_id": TEAM,
    "order": FactWords(_("Order"), kind="order"),
    "volunteer_id": FactWords(_("Volunteer"), kind="volunteer"),
    "account": FactWords(_("Account"), kind="account"),
    "account_id": FactWords(_("Account"), kind="account"),
    "purpose": FactWords(_("What for"), codes=PICTURES),
    "minutes": FactWords(_("Minutes of service")),
    "records": FactWords(_("Number of records")),
    "size": FactWords(_("Size in bytes")),
    "count": FactWords(_("How many")),
    "rows": FactWords(_("How many")),
    "added": FactWords(_("Added")),
    "renamed": FactWords(_("Renamed")),
    "withdrawn": FactWords(_("Withdrawn")),
    "month": FactWords(_("Month")),
    "removed": FactWords(_("Removed")),
    "returned": FactWords(_("Returned")),
    "category": FactWords(_("Category")),
    "code": FactWords(_("Code")),
    "version": FactWords(_("Version")),
    "percent": FactWords(_("Percent")),
    "typed_times": FactWords(_("Times as often where staff typed")),
    "after_not_done": FactWords(_("After “not done”"), codes=_labels(AfterLow)),
    "after_half": FactWords(_("After “half done”"), codes=_labels(AfterLow)),
    "after_still_needed": FactWords(_("After “done, but more is needed”"), codes=_labels(AfterLow)),
    "day": FactWords(pgettext_lazy("a date", "Day")),
    "on": FactWords(pgettext_lazy("a date", "Day")),
    "days": FactWords(_("How many days")),
    "kind": FactWords(_("Kind"), codes=_labels(DayKind, Kind, TraceKind)),
    "step": FactWords(pgettext_lazy("of a time limit", "Step"), codes=_labels(Step)),
    "of": FactWords(_("Clocks of"), codes=_labels(Of)),
    "did": FactWords(_("What happened"), codes=DONE),
    "outcome": FactWords(_("What came of it"), codes=_labels(CallOutcome)),
    "grade": FactWords(_("Grade of proof"), codes=_labels(Grade)),
    "fen": FactWords(_("Amount in fen")),
    "what": FactWords(_("What was done")),
    "project": FactWords(_("Project")),
    "task": FactWords(pgettext_lazy("of a project", "Task")),
    "support": FactWords(_("Money given")),
    "stage": FactWords(pgettext_lazy("of a project", "Stage"), codes=_labels(Stage)),
    "fairs": FactWords(_("How many fairs")),
    "stalls": FactWords(_("How many stalls")),
    "source": FactWords(_("Copied from the fair")),
    "number": FactWords(_("Number of the stall")),
    "amount": FactWords(_("Shared out")),
    "filter_by": FactWords(_("Asked by")),
    "side": FactWords(_("Speaks for"), codes=_labels(Side)),
    "why": FactWords(_("Reason"), codes=_labels(Why)),
    "verdict": FactWords(_("Decision"), codes=_labels(Verdict)),
    "before": FactWords(_("Before")),
    "after": FactWords(_("After")),
}
