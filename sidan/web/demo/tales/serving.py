"""What becomes of hours: a late time on public notice, one that somebody objects to, one that waits, one corrected."""

from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sidan.hours import operations
from sidan.hours.models import Claim, Entry, Occasion
from sidan.hours.queries import people_for
from sidan.people.enums import Role
from sidan.web.demo.tales.cast import Cast

LATE: Final = 3
"""Late times: one waits for its second person, one is on public notice, one is objected to."""
LOOKED_AT: Final = 100
"""So many of the team's last services are looked at for members of whom nothing was written down."""
LEFT_EARLIER: Final = timedelta(minutes=20)


def tell_what_became_of_hours(cast: Cast) -> None:
    """Of the demo leader's team: three members who were forgotten, and a record that was too long."""
    team = cast.people.crews[0].team
    manager = cast.actor(Role.MANAGER)
    occasions = (
        Occasion.objects.select_related("cause", "place", "team").filter(team=team).order_by("-day", "-id")
    )
    late = (_late(cast, occasion, cast.day(2, 10)) for occasion in occasions[:LOOKED_AT])
    told = list(islice(filter(None, late), LATE))
    for claim in told[1:]:
        operations.publish_claim(actor=manager, at=cast.day(1, 15), claim=claim)
    for claim in told[2:]:
        operations.object_to_claim(
            actor=cast.actor(Role.RESIDENT), at=cast.day(0, 9), claim=claim, words="那天上门的只有两个人，没看见他来。"
        )  # fmt: skip
    rows = Entry.objects.filter(team=team, counters=None, minutes__gt=LEFT_EARLIER // timedelta(minutes=1))
    entry = rows.order_by("-day", "-id").first()
    if entry is not None and entry.during.lower and entry.during.upper:
        operations.correct_times(
            actor=manager, at=cast.day(1, 16), entry=entry, begins=entry.during.lower,
            ends=entry.during.upper - LEFT_EARLIER, reason="not_left", words="签退忘了按，在场的人说早走了。",
        )  # fmt: skip


def _late(cast: Cast, occasion: Occasion, at: datetime) -> Claim | None:
    """Let the leader tell of a member who was there and not written down; nothing where all are recorded."""
    leader = cast.people.crews[0].leader
    people = [person for person in people_for(occasion=occasion) if person.pk != leader.person_id]
    ends = occasion.ended_at
    if not people or ends > at:
        return None
    try:
        made = operations.tell_late_time(
            actor=cast.actor(leader), at=at, occasion=occasion, person=people[0], begins=ends - timedelta(hours=1),
            ends=ends, reason_code="forgotten",
        )  # fmt: skip
    except operations.ServesElsewhere:
        return None
    return made[0]
