"""Times of helpers on the page of what stands out, beside those of visits."""

from datetime import timedelta

import pytest

from sidan.attendance.odd_times import odd_times
from sidan.attendance.policies.standing_out import LONG_DAY, NIGHT
from sidan.core.scope import scoped
from sidan.people.access import scope_for
from tests.activities.test_activities import MONDAY, at
from tests.activities.test_door import OUT, by_scan
from tests.activities.test_door_again import fair
from tests.cast import Cast, Someone

TUESDAY = MONDAY + timedelta(days=1)


def kinds(who: Someone) -> list[str]:
    with scoped(scope_for(who.actor)):
        return [one.kind for one in odd_times(since=at(0)).found]


@pytest.mark.django_db
def test_a_long_day_and_a_night_at_an_activity_stand_out_for_its_county_alone(cast: Cast) -> None:
    activity = fair(cast)
    by_scan(cast.practitioner, cast.volunteer, activity, at(9))
    by_scan(cast.practitioner, cast.volunteer, activity, at(21), OUT)
    by_scan(cast.practitioner, cast.zhou, activity, at(9))
    by_scan(cast.practitioner, cast.zhou, activity, at(23), OUT)
    assert kinds(cast.manager) == [LONG_DAY]
    by_scan(cast.practitioner, cast.volunteer, activity, at(22, day=TUESDAY))
    by_scan(cast.practitioner, cast.volunteer, activity, at(23, day=TUESDAY), OUT)
    assert kinds(cast.manager) == [NIGHT, LONG_DAY]
    assert kinds(cast.mallory) == []


@pytest.mark.django_db
def test_the_page_names_the_activity_leads_to_it_and_says_when_there_are_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sidan.orders.views.standing_out.now", lambda: at(12, day=TUESDAY))
    activity = fair(cast)
    by_scan(cast.practitioner, cast.volunteer, activity, at(9))
    by_scan(cast.practitioner, cast.volunteer, activity, at(21), OUT)
    for who in (cast.manager, cast.supervisor):
        page = who.client().get("/console/times/").content.decode()
        assert activity.title in page
        assert "王小明" in page
        assert "20000" not in page.replace(",", "")
        link = f"/activities/{activity.uuid}/"
        assert link in page
        assert who.client().get(link).status_code == 200
    monkeypatch.setattr("sidan.attendance.odd_times.MOST_TIMES", 0)
    monkeypatch.setattr("sidan.orders.views.standing_out.MOST_TIMES", 20_000)
    assert "20000" in cast.manager.client().get("/console/times/").content.decode().replace(",", "")
    table = b"".join(cast.manager.client().get("/console/times/times.csv").streaming_content)
    assert activity.title not in table.decode()
    assert "20,000" in table.decode()
