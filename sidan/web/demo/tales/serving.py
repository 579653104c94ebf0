"""What becomes of hours: a long day, late times that wait, on public notice and objected to, a record corrected."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sidan.attendance.operations import Proof
from sidan.attendance.queries import present_code
from sidan.hours import operations
from sidan.hours.models import Claim, Entry, Occasion
from sidan.hours.queries import has_time_at, people_for
from sidan.orders.operations import (
    Report,
    accept_order,
    admit_order,
    check_in,
    check_out,
    dispatch_order,
    name_members,
    place_order,
    report_visit,
    review_order,
    schedule_visit,
)
from sidan.orders.queries import results_asked
from sidan.people.enums import Role
from sidan.people.models import Account
from sidan.web.demo.results import answers_of
from sidan.web.demo.tales.cast import Cast, again, held

LATE: Final = 3
"""Late times: one waits for its second person, one is on public notice, one is objected to."""
LOOKED_AT: Final = 100
"""So many of the team's last services are looked at for members of whom nothing was written down."""
LEFT_EARLIER: Final = timedelta(minutes=20)
LONG_AGO: Final = 4
"""The long day was so many days ago."""
LONG_HOURS: Final = (8, 18)
LONG_NEED: Final = "村里办敬老日，来的老人多，请从早上理到傍晚。"


def tell_what_became_of_hours(cast: Cast) -> None:
    """Of the demo leader's team: a long day, three members who were forgotten, and a record that was too long."""
    _long_day(cast)
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
    entry = rows.filter(entered_at__lt=cast.day(1, 15)).order_by("-day", "-id").first()
    if entry is not None and entry.during.lower and entry.during.upper:
        operations.correct_times(
            actor=manager, at=cast.day(1, 16), entry=entry, begins=entry.during.lower,
            ends=entry.during.upper - LEFT_EARLIER, reason="not_left", words="签退忘了按，在场的人说早走了。",
        )  # fmt: skip


def _long_day(cast: Cast) -> None:
    """Let somebody cut hair from morning to evening: of ten hours eight count, the place above is asked for two."""
    crew, begins, ends = cast.people.crews[0], *(cast.day(LONG_AGO, hour) for hour in LONG_HOURS)
    free = (one for one in [*crew.members, crew.leader] if _is_free(one, begins, ends))
    who = next(free, None)
    if who is None:
        return
    asks, office, leader = cast.neighbours()[0], cast.actor(Role.DISPATCHER), cast.actor(crew.leader)
    asked, said = (cast.day(LONG_AGO + 2, hour) for hour in (9, 10))
    wish = replace(
        cast.wish(asks, cast.project("haircut"), need=LONG_NEED), wished_from=begins, wished_to=ends
    )
    order = place_order(actor=cast.actor(asks), at=asked, wish=wish)
    admit_order(actor=office, at=asked + timedelta(minutes=20), order=order)
    share = dispatch_order(actor=office, at=asked + timedelta(minutes=30), order=again(order), team=crew.team)
    accept_order(actor=leader, at=said, assignment=share)
    share = held(order)
    name_members(actor=leader, at=said, assignment=share, person_uuids=[who.person.uuid])
    visit = schedule_visit(
        actor=leader, at=said, assignment=share, planned_from=begins, planned_to=begins + timedelta(hours=4)
    )
    for act, at in ((check_in, begins), (check_out, ends)):
        visit.refresh_from_db()
        proof = Proof(way="code", code=present_code(cause_uuid=str(visit.uuid), at=at))
        act(actor=cast.actor(who), at=at, visit=visit, proof=proof)
    visit.refresh_from_db()
    template = results_asked(assignment=share)
    answers = answers_of(template, visit=visit.uuid) if template else {}
    report = Report(words="二十多位老人都理好了。", results=answers)
    report_visit(actor=cast.actor(who), at=ends + timedelta(minutes=10), visit=visit, report=report)
    review_order(
        actor=cast.actor(asks), at=cast.day(LONG_AGO - 1, 9), order=again(order), outcome="done", stars=5,
        words="忙了一整天，辛苦了。",
    )  # fmt: skip


def _is_free(who: Account, begins: datetime, ends: datetime) -> bool:
    return not has_time_at(person_id=who.person_id, begins=begins, ends=ends, cause_id=0)


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
