"""Recording much at once gives what one by one would have given."""

from datetime import timedelta

import pytest
from django.conf import settings

from sidan.attendance.enums import Way
from sidan.attendance.models import Mark
from sidan.core.actor import SYSTEM
from sidan.hours import operations
from sidan.hours.models import Claim, Entry, Occasion
from sidan.hours.soundness import ADDED, STANDS
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.hours.serving import a_cause, broken, come_and_go, hours, over

pytestmark = pytest.mark.django_db
LENGTHS = (3.0, 4.0, 2.5, 6.0)
"""Together more than a day counts: the rest waits for the place above, and for the county."""
SERVICES = """
SELECT cause.id AS cause_id, '上门理发' AS title, 'A haircut' AS title_en,
       '义剪' AS content, '' AS content_en, %(place)s AS place_id, %(county)s AS county_id,
       %(team)s AS team_id, %(lead)s AS lead_id, (cause.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
       held.ended AS ended_at, held.ended AS written_at
FROM evidence_cause cause
JOIN (SELECT cause_id, max(at) AS ended FROM attendance_mark GROUP BY cause_id) held ON held.cause_id = cause.id
LEFT JOIN hours_occasion known ON known.cause_id = cause.id
WHERE known.id IS NULL
"""


def rows_of(who: Someone) -> list[tuple[object, ...]]:
    columns = "minutes", "tier", "day", "during", "way", "grade", "confirmed_by"
    entries = Entry.unscoped.filter(person=who.person).order_by("during").values_list(*columns)
    claims = Claim.unscoped.filter(person=who.person).order_by("during").values_list(*columns)
    return [*entries, *claims]


def written(cast: Cast) -> int:
    """Record by the statement what has no occasion yet."""
    place = cast.places.chengbei
    params = {
        "place": place.pk, "county": place.county_id, "team": cast.team.pk, "lead": cast.team.leader_id,
    }  # fmt: skip
    return operations.write_history(actor=SYSTEM, at=AT, services=SERVICES, params=params)


def test_a_history_cuts_the_days_as_one_by_one(cast: Cast) -> None:
    begins = AT
    for length in LENGTHS:
        one, other = a_cause(cast), a_cause(cast)
        ends = begins + hours(length)
        come_and_go(cast, one, cast.volunteer, begins, ends)
        come_and_go(cast, other, cast.leader, begins, ends)
        over(cast, one, day=ends)
        begins = ends + timedelta(minutes=5)
    assert written(cast) == 0, "more than a day's hours: each is recorded by itself"
    assert Claim.unscoped.filter(person=cast.leader.person).exists()
    assert rows_of(cast.leader) == rows_of(cast.volunteer)


def test_days_within_their_limit_are_recorded_by_one_statement_as_one_by_one(cast: Cast) -> None:
    for number, way in enumerate((Way.CODE, Way.HAND, Way.CODE)):
        begins = AT + timedelta(days=number)
        one, other = a_cause(cast), a_cause(cast)
        come_and_go(cast, one, cast.volunteer, begins, begins + hours(2), way=way)
        come_and_go(cast, other, cast.leader, begins, begins + hours(2), way=way)
        over(cast, one, day=begins + hours(2))
    assert written(cast) == 3
    assert rows_of(cast.leader) == rows_of(cast.volunteer)
    assert Occasion.objects.filter(entries__person=cast.leader.person).count() == 3
    assert (broken(STANDS), broken(ADDED)) == (0, 0)


def test_what_was_told_late_goes_its_own_way_and_a_second_time_adds_nothing(cast: Cast) -> None:
    cause = a_cause(cast)
    come_and_go(cast, cause, cast.leader, AT, AT + hours(1), way=Way.HAND, written=AT + timedelta(days=9))
    assert written(cast) == 0
    assert Claim.unscoped.get().kind == "late"
    assert written(cast) == 0
    assert (Claim.unscoped.count(), Entry.unscoped.count()) == (1, 0)


@pytest.mark.parametrize(("after", "kinds"), [(timedelta(0), []), (timedelta(minutes=1), ["late"])])
def test_a_history_calls_late_what_is_late_one_by_one(cast: Cast, after: timedelta, kinds: list[str]) -> None:
    """The rule of what is late stands once, in Python and as a statement beside it: the last moment is the same."""
    told = AT + hours(1) + settings.TIMES_LIMITS.late + after
    for who in (cast.leader, cast.volunteer):
        come_and_go(cast, a_cause(cast), who, AT + hours(1), AT + hours(2), way=Way.HAND, written=told)
    occasion = over(cast, Mark.objects.filter(person=cast.volunteer.person)[0].cause, day=AT + hours(2))
    assert written(cast) == 1 - len(kinds)
    assert rows_of(cast.leader) == rows_of(cast.volunteer)
    assert list(Claim.unscoped.filter(occasion=occasion).values_list("kind", flat=True)) == kinds


def test_who_is_no_volunteer_has_no_record(cast: Cast) -> None:
    come_and_go(cast, a_cause(cast), cast.zhou, AT, AT + hours(1))
    assert (written(cast), Entry.unscoped.count(), Claim.unscoped.count()) == (0, 0, 0)
