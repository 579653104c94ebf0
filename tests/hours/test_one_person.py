"""What was recorded for a row that was merged is of the person it was merged into: in sums, lists and pages."""

from datetime import timedelta

import pytest

from sidan.core.scope import everything
from sidan.hours import queries
from sidan.hours.enums import Subject
from sidan.hours.models import Entry
from sidan.people.models import Person
from tests.cast import Cast, Someone
from tests.factories import AT
from tests.hours.serving import hours, served

pytestmark = pytest.mark.django_db


def merged(one: Someone, into: Someone) -> None:
    Person.unscoped.filter(pk=one.person.pk).update(canonical=into.person)


def of_team(cast: Cast) -> list[tuple[int, int, int]]:
    found = queries.totals_by_member(team_id=cast.team.pk, year=2026)
    return [(one.person_id, one.minutes, one.records) for one in found]


def test_the_sums_of_a_person_and_of_a_team_count_all_rows_once(cast: Cast) -> None:
    served(cast, cast.volunteer, AT, hours(2))
    served(cast, cast.leader, AT + timedelta(days=1), hours(3))
    assert of_team(cast) == [(cast.leader.person.pk, 180, 1), (cast.volunteer.person.pk, 120, 1)]
    merged(cast.leader, cast.volunteer)
    assert of_team(cast) == [(cast.volunteer.person.pk, 300, 2)]
    for who in (cast.volunteer, cast.leader):
        rows = queries.own_rows(actor=who.actor)
        (year,) = queries.years_of(subject=Subject.PERSON, ids=rows)
        assert (year.minutes, year.records) == (300, 2)
        assert queries.minutes_in(rows=queries.my_entries(actor=who.actor)) == 300


def test_one_reads_each_record_of_ones_rows_and_no_other(cast: Cast) -> None:
    served(cast, cast.leader, AT, hours(2))
    with everything("whose record"):
        entry = Entry.unscoped.get()
    client = cast.volunteer.client()
    page, record = f"/hours/{entry.uuid}/", f"/api/v1/hours/records/{entry.uuid}"
    assert [client.get(url).status_code for url in (page, record)] == [404, 404]
    merged(cast.leader, cast.volunteer)
    assert [client.get(url).status_code for url in (page, record)] == [200, 200]
    told = client.get("/api/v1/hours/mine/totals?year=2026").json()
    assert (told["minutes"], len(client.get("/api/v1/hours/mine").json()["items"])) == (120, 1)
    assert page in client.get("/hours/?year=2026").content.decode()
