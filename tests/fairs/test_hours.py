"""Hours at a fair are of the team whose stall it is, exact for each of them (ADR 0062)."""

from datetime import timedelta

import pytest

from sidan.activities import operations as activities
from sidan.activities.models import Activity
from sidan.attendance.enums import Direction
from sidan.attendance.queries import own_code
from sidan.fairs import operations
from sidan.fairs.models import Stall
from sidan.hours.models import Entry, Occasion, Total
from sidan.hours.operations import tell_late_time
from sidan.people.models import Person, Team
from tests.cast import Cast
from tests.factories import AT, make_team, make_volunteer
from tests.fairs.staging import BEGINS, a_fair, begun, given_to, stalls
from tests.honours.issuing import taken_back

pytestmark = pytest.mark.django_db
MINUTES = 180


def with_helpers(cast: Cast, stall: Stall) -> Stall:
    return operations.ask_for_helpers(actor=cast.manager.actor, at=AT, stall=stall, places=3)


def signed_up(cast: Cast, name: str, stall: Stall) -> Person:
    person = make_volunteer(name, at_place=cast.places.chengbei).person
    assert stall.post
    activities.enrol_for(actor=cast.manager.actor, at=AT, post=stall.post, person=person)
    return person


def read_at_the_door(cast: Cast, fair: Activity, people: list[Person]) -> None:
    """Everybody is read when it begins and when it ends, and then it is over."""
    ends = fair.span.ends
    for moment, direction in ((BEGINS, Direction.IN), (ends, Direction.OUT)):
        for person in people:
            text = str(own_code(person_id=person.pk, at=moment).code)
            activities.scan(
                actor=cast.manager.actor, at=moment, activity=fair, text=text, direction=direction
            )
    activities.advance_activity(at=ends, activity_id=fair.pk)


def minutes(team: Team) -> int:
    return sum(Total.objects.filter(subject="team", subject_id=team.pk).values_list("minutes", flat=True))


def test_each_team_has_the_hours_of_those_who_helped_at_its_stall(cast: Cast) -> None:
    host, other = (make_team(name, at_place=cast.places.changning) for name in ("主办队", "路灯队"))
    fair = a_fair(cast, team=host)
    first, second, third = (with_helpers(cast, stall) for stall in stalls(cast, fair))
    given_to(cast, first)
    operations.place_team(actor=cast.manager.actor, at=AT, stall=second, team=other)
    operations.place_organisation(actor=cast.manager.actor, at=AT, stall=third, organisation="县医院")
    people = [
        signed_up(cast, name, stall)
        for name, stall in (("甲", first), ("乙", first), ("丙", second), ("丁", third))
    ]
    read_at_the_door(cast, begun(fair), people)
    teams = dict(Entry.unscoped.values_list("person", "team"))
    assert [teams[one.pk] for one in people] == [cast.team.pk, cast.team.pk, other.pk, host.pk]
    assert [minutes(team) for team in (cast.team, other, host)] == [2 * MINUTES, MINUTES, MINUTES]
    taken_back(cast, Entry.unscoped.get(person=people[1]), at=fair.span.ends)
    assert [minutes(team) for team in (cast.team, other, host)] == [MINUTES, MINUTES, MINUTES]


def test_a_time_told_late_is_claimed_for_the_team_of_the_stall(cast: Cast) -> None:
    fair = a_fair(cast)
    stall = with_helpers(cast, stalls(cast, fair)[0])
    given_to(cast, stall)
    person = signed_up(cast, "甲", stall)
    read_at_the_door(cast, begun(fair), [])
    with cast.manager.at_work() as actor:
        [claim] = tell_late_time(
            actor=actor, at=fair.span.ends + timedelta(days=3), occasion=Occasion.objects.get(), person=person,
            begins=BEGINS, ends=fair.span.ends, reason_code="no_phone",
        )  # fmt: skip
    assert claim.team_id == cast.team.pk
