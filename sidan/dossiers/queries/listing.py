"""Who is on the list of some activities: who signed up, who came, who helped; for many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from sidan.activities.enums import STANDING
from sidan.activities.models import Activity, Enrolment, Gathering
from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import STANDS


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list of an activity."""

    name: str
    came: bool = False
    helped: bool = False


def lists_of(*, activities: Sequence[Activity]) -> dict[int, list[Listed]]:
    """Return who signed up or was marked at the door, by the ids of the activities: three queries.

    In the order in which they signed up; who came without that stands behind, in the order of coming.
    """
    ids = [activity.pk for activity in activities]
    found: dict[int, dict[int, Listed]] = {pk: {} for pk in ids}
    signed = Enrolment.unscoped.filter(activity__in=ids, state__in=sorted(STANDING)).order_by("ticket", "id")
    for activity_id, person_id, name in signed.values_list("activity", "person", "person__name"):
        found[activity_id].setdefault(person_id, Listed(name))
    doors: dict[int, tuple[int, bool]] = {}
    for one in Gathering.objects.filter(activity__in=ids):
        doors |= {one.guests_id: (one.activity_id, False), one.helpers_id: (one.activity_id, True)}
    marks = Mark.objects.filter(STANDS, cause__in=list(doors), direction=Direction.IN).order_by("at", "id")
    for cause_id, person_id, name in marks.values_list("cause", "person", "person__name"):
        activity_id, helps = doors[cause_id]
        before = found[activity_id].get(person_id)
        found[activity_id][person_id] = Listed(
            name, came=True, helped=helps or (before is not None and before.helped)
        )
    return {pk: list(people.values()) for pk, people in found.items()}
