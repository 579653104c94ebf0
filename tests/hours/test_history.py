"""Recording much at once gives what one by one would have given."""

from datetime import timedelta

import pytest

from sidan.core.actor import SYSTEM
from sidan.core.clock import business_date
from sidan.hours import operations
from sidan.hours.models import Claim, Entry
from sidan.hours.operations import Past, Service
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.hours.serving import a_cause, come_and_go, hours, over

pytestmark = pytest.mark.django_db
LENGTHS = (3.0, 4.0, 2.5, 6.0)
"""Together more than a day counts: the rest waits for the place above, and for the county."""


def rows_of(who: Someone) -> list[tuple[object, ...]]:
    columns = "minutes", "tier", "day", "during"
    entries = Entry.unscoped.filter(person=who.person).order_by("during").values_list(*columns)
    claims = Claim.unscoped.filter(person=who.person).order_by("during").values_list(*columns)
    return [*entries, *claims]


def test_a_history_cuts_the_days_as_one_by_one(cast: Cast) -> None:
    past, begins = [], AT
    for length in LENGTHS:
        one, other = a_cause(cast), a_cause(cast)
        ends = begins + hours(length)
        come_and_go(cast, one, cast.volunteer, begins, ends)
        come_and_go(cast, other, cast.leader, begins, ends)
        over(cast, one, day=ends)
        service = Service(
            title="上门理发", content="义剪", place=cast.places.chengbei, day=business_date(ends), ended_at=ends,
            team=cast.team, lead=cast.team.leader,
        )  # fmt: skip
        past.append(Past(cause=other, service=service, at=ends))
        begins = ends + timedelta(minutes=5)
    written = operations.write_history(actor=SYSTEM, at=begins, told=past)
    assert written == Entry.unscoped.filter(person=cast.leader.person).count() > 1
    assert Claim.unscoped.filter(person=cast.leader.person).exists()
    assert rows_of(cast.leader) == rows_of(cast.volunteer)
