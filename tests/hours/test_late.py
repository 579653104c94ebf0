"""Hours are recorded within ten working days, or who is late is told (Order 67, art. 11)."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from sidan.attendance.enums import Direction, Grade, Way
from sidan.attendance.models import Confirmation, Mark
from sidan.core.clock import now
from sidan.core.scope import everything
from sidan.hours import operations, queries
from sidan.hours.models import Claim, Occasion
from sidan.hours.tasks import remind_of_late
from sidan.notify.models import Notice
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.hours.serving import a_cause, hours, over, served
from tests.matrix.stage_hours import day
from tests.orders.browsing import text_of

TENTH = AT + timedelta(days=14)
"""AT is a Friday: the tenth working day after it is the Friday two weeks later, until half past five."""
OVER = TENTH + timedelta(hours=10)
MONDAY = TENTH + timedelta(days=3)


def unsaid(cast: Cast, who: Someone, at: datetime) -> Occasion:
    """Let somebody have served by their own word alone."""
    cause = a_cause(cast)
    for direction, moment in ((Direction.IN, at), (Direction.OUT, at + hours(1))):
        Mark.objects.create(
            cause=cause, person_id=who.actor.person_id, direction=direction, at=moment, recorded_at=moment,
            recorded_by_id=who.actor.account_id, way=Way.HAND, grade=Grade.WEAK, reason_code="forgotten",
            place_id=cause.place_id, county_id=cause.county_id,
        )  # fmt: skip
    return over(cast, cause, day=at)


def numbers(who: Someone) -> list[str]:
    rows = Notice.objects.filter(account=who.actor.account_id, kind="hours_late").order_by("id")
    return [notice.facts["number"] for notice in rows]


def test_whoever_is_asked_is_told_each_working_day_and_no_sooner_than_after_ten(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(11))
    remind_of_late.run(at=TENTH)
    assert numbers(cast.director) == []
    for at in (OVER, OVER + timedelta(days=1), MONDAY, MONDAY + timedelta(hours=2)):
        remind_of_late.run(at=at)
    assert numbers(cast.director) == ["1", "1"]
    assert numbers(cast.volunteer) == numbers(cast.mallory) == []


def test_a_time_that_nobody_confirmed_is_asked_after_at_the_place_once_a_person(cast: Cast) -> None:
    occasion = unsaid(cast, cast.volunteer, AT)
    unsaid(cast, cast.zhou, AT)
    remind_of_late.run(at=OVER)
    assert numbers(cast.practitioner) == ["1"]
    for mark in Mark.objects.filter(cause=occasion.cause):
        Confirmation.objects.create(
            mark=mark, is_right=True, said_by_id=cast.practitioner.actor.account_id, said_at=OVER
        )
    remind_of_late.run(at=MONDAY)
    assert numbers(cast.practitioner) == ["1"]


def test_what_is_on_public_notice_or_was_answered_is_not_late(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2), way=Way.HAND, written=AT + timedelta(days=5))
    with everything("a test"):
        assert queries.late_times(at=OVER) == []
        served(cast, cast.volunteer, AT + timedelta(days=1), hours(11))
        (waiting,) = Claim.unscoped.filter(state="waiting")
        assert len(queries.late_times(at=OVER + timedelta(days=3))) == 1
        operations.refuse_claim(actor=cast.manager.actor, at=OVER, claim=waiting, words="夜里没有服务")
        assert queries.late_times(at=OVER + timedelta(days=3)) == []


@pytest.mark.parametrize("who", ["practitioner", "manager"])
def test_the_page_shows_what_is_late_and_nothing_else(cast: Cast, who: str) -> None:
    with everything("a test"):
        served(cast, cast.volunteer, day(40), hours(11))
        served(cast, cast.leader, day(2), hours(11))
        unsaid(cast, cast.volunteer, day(45))
    client = getattr(cast, who).client()
    client.cookies["django_language"] = "en"
    page = text_of(client.get(reverse("hours:claims"), {"chip": "late"}))
    assert "Times that nobody has confirmed" in page
    assert cast.volunteer.person.name in page
    assert cast.leader.person.name not in page
    assert "Times that nobody has confirmed" not in text_of(client.get(reverse("hours:claims")))


def test_what_is_not_late_of_another_place_is_not_shown(cast: Cast) -> None:
    unsaid(cast, cast.volunteer, day(45))
    place = cast.places.chengbei
    with everything("a test"):
        assert queries.unsaid_occasions(root_ids=[place.pk], at=now())
        assert not queries.unsaid_occasions(root_ids=[cast.places.other_center.pk], at=now())
        assert not queries.unsaid_occasions(root_ids=[place.pk], at=day(40))
