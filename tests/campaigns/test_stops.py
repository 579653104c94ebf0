"""Stops: planned, proven, taken back; what they add up to, and what the database refuses."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from sidan.activities import operations as activities
from sidan.campaigns import operations, queries
from sidan.campaigns.models import Campaign, Site, Stop, StopCounter, StopRecord, StopWord
from sidan.campaigns.operations import (
    ActivityNotFitting,
    CampaignMovedOn,
    NoWordNeeded,
    OwnWord,
    SiteHasStops,
    StandsForAnother,
    StillToCome,
    StopMovedOn,
    StopOutside,
    StopThere,
    TakenBackAlready,
)
from sidan.campaigns.permissions import NotYourStop
from sidan.core.errors import SayWhy
from tests.campaigns.scene import (
    TODAY,
    announced,
    done,
    held,
    planned,
    recorded,
    school,
    site,
    told,
    village,
)
from tests.cast import Cast
from tests.factories import AT

pytestmark = pytest.mark.django_db


def state(stop: Stop) -> str:
    return Stop.unscoped.get(pk=stop.pk).state


def test_a_record_without_a_picture_counts_when_a_second_person_says_so(cast: Cast) -> None:
    campaign = announced(cast)
    made = recorded(cast, school(campaign), is_confirmed=False)
    assert state(made.stop) == "waiting"
    assert done(campaign)["school", "places"] == 0
    with pytest.raises(OwnWord):
        operations.give_word(actor=cast.practitioner.actor, at=AT, record=made)
    operations.give_word(actor=cast.grid_keeper.actor, at=AT, record=made)
    assert state(made.stop) == "done"
    assert done(campaign) == {("village", "places"): 0, ("school", "places"): 1, ("", "leaflets"): 30}
    with pytest.raises(NoWordNeeded):
        operations.give_word(actor=cast.director.actor, at=AT, record=made)


def test_the_first_stop_that_is_written_down_begins_the_campaign(cast: Cast) -> None:
    campaign = announced(cast)
    recorded(cast, school(campaign))
    now = Campaign.unscoped.get(pk=campaign.pk)
    assert now.state == "running"
    assert [step.verb for step in queries.history(campaign=now)][-1] == "run"


def test_a_place_counts_once_as_reached_and_each_time_as_a_session(cast: Cast) -> None:
    campaign = announced(cast)
    recorded(cast, school(campaign))
    recorded(cast, school(campaign), TODAY - timedelta(days=1))
    amounts = queries.amounts_by_kind(campaign=campaign)[school(campaign).kind_id]
    assert (amounts.places, amounts.sessions, amounts.leaflets) == (1, 2, 60)


def test_a_counter_record_takes_it_back_once_and_the_stop_is_to_come_again(cast: Cast) -> None:
    campaign = announced(cast)
    made = recorded(cast, school(campaign))
    with pytest.raises(SayWhy):
        operations.take_record_back(actor=cast.practitioner.actor, at=AT, record=made, words=" ")
    with pytest.raises(NotYourStop):
        operations.take_record_back(actor=cast.grid_keeper.actor, at=AT, record=made, words="记错了")
    operations.take_record_back(actor=cast.director.actor, at=AT, record=made, words="记错了")
    assert done(campaign)["school", "places"] == 0
    assert state(made.stop) == "planned"
    with pytest.raises(TakenBackAlready):
        operations.take_record_back(actor=cast.director.actor, at=AT, record=made, words="记错了")
    again = recorded(cast, school(campaign))
    assert again.stop_id == made.stop_id
    assert done(campaign)["school", "places"] == 1


def test_an_activity_that_is_over_proves_one_stop_with_the_people_it_counted(cast: Cast) -> None:
    campaign, activity = announced(cast), held(cast)
    first, second = planned(cast, campaign), planned(cast, campaign, clock=time(15))
    made = operations.prove_by_activity(
        actor=cast.practitioner.actor, at=AT, stop=first, activity=activity, told=told(leaflets=7)
    )
    assert (made.people, made.leaflets, made.day) == (60, 7, TODAY)
    assert state(first) == "done"
    with pytest.raises(StandsForAnother):
        operations.prove_by_activity(actor=cast.practitioner.actor, at=AT, stop=second, activity=activity)


def test_an_activity_that_was_promised_proves_its_stop_when_it_is_filed(cast: Cast) -> None:
    campaign, activity = announced(cast), held(cast)
    stop = planned(cast, campaign)
    operations.promise_activity(actor=cast.practitioner.actor, at=AT, stop=stop, activity=activity)
    assert state(stop) == "planned"
    activities.file_activity(actor=cast.practitioner.actor, at=AT, activity=activity)
    assert state(stop) == "done"
    assert StopRecord.objects.get(stop=stop).by_id is None


def test_an_activity_that_is_called_off_frees_its_stop(cast: Cast) -> None:
    campaign, activity = announced(cast), held(cast, state="announce")
    stop = planned(cast, campaign)
    operations.promise_activity(actor=cast.practitioner.actor, at=AT, stop=stop, activity=activity)
    activities.cancel_activity(actor=cast.practitioner.actor, at=AT, activity=activity, words="下雨")
    assert Stop.unscoped.get(pk=stop.pk).activity_id is None


def test_what_is_not_over_or_elsewhere_proves_nothing(cast: Cast) -> None:
    campaign, activity = announced(cast), held(cast, state="announce")
    stop = planned(cast, campaign)
    with pytest.raises(ActivityNotFitting):
        operations.prove_by_activity(actor=cast.practitioner.actor, at=AT, stop=stop, activity=activity)
    for elsewhere in (held(cast, hour=31 * 24), held(cast, place=cast.places.other_station)):
        with pytest.raises(ActivityNotFitting):
            operations.promise_activity(actor=cast.practitioner.actor, at=AT, stop=stop, activity=elsewhere)


def test_days_lie_within_the_campaign_and_what_is_written_down_has_happened(cast: Cast) -> None:
    campaign = announced(cast)
    with pytest.raises(StopOutside):
        planned(cast, campaign, campaign.last_day + timedelta(days=1))
    with pytest.raises(StillToCome):
        recorded(cast, school(campaign), TODAY + timedelta(days=1))
    planned(cast, campaign, TODAY + timedelta(days=1))
    with pytest.raises(StopThere):
        planned(cast, campaign, TODAY + timedelta(days=1))


def test_a_stop_is_moved_and_called_off_while_it_is_to_come(cast: Cast) -> None:
    campaign = announced(cast)
    stop = planned(cast, campaign, TODAY + timedelta(days=1))
    actor = cast.practitioner.actor
    moved = operations.move_stop(actor=actor, at=AT, stop=stop, day=TODAY, clock=time(9))
    assert (moved.day, moved.clock) == (TODAY, time(9))
    operations.call_stop_off(actor=actor, at=AT, stop=stop)
    with pytest.raises(StopMovedOn):
        operations.move_stop(actor=actor, at=AT, stop=stop, day=TODAY, clock=None)
    with pytest.raises(SiteHasStops):
        operations.remove_site(actor=actor, at=AT, site=school(campaign))
    operations.remove_site(actor=actor, at=AT, site=site(campaign, "城北中学"))


def test_nobody_of_another_place_writes_anything(cast: Cast) -> None:
    campaign = announced(cast)
    stop = planned(cast, campaign)
    for actor in (cast.mallory.actor, cast.zhou.actor, cast.supervisor.actor, cast.volunteer.actor):
        with pytest.raises(NotYourStop):
            operations.record_stop(actor=actor, at=AT, stop=stop, told=told())
        with pytest.raises(NotYourStop):
            operations.move_stop(actor=actor, at=AT, stop=stop, day=TODAY, clock=None)
    with pytest.raises(NotYourStop):
        operations.plan_stop(
            actor=cast.practitioner.actor, at=AT, site=site(campaign, cast.places.huangxiang.name), day=TODAY
        )


def test_a_campaign_that_is_over_takes_no_record_but_lets_one_be_taken_back(cast: Cast) -> None:
    campaign = announced(cast)
    made, stop = recorded(cast, school(campaign)), planned(cast, campaign, clock=time(8))
    operations.end_campaign(actor=cast.manager.actor, at=AT, campaign=Campaign.unscoped.get(pk=campaign.pk))
    with pytest.raises(CampaignMovedOn):
        operations.record_stop(actor=cast.practitioner.actor, at=AT, stop=stop, told=told())
    operations.take_record_back(actor=cast.practitioner.actor, at=AT, record=made, words="记错了")
    assert done(campaign)["school", "places"] == 0


def test_the_database_keeps_what_proves_a_stop(cast: Cast) -> None:
    campaign = announced(cast)
    made = recorded(cast, school(campaign))
    stop, account = planned(cast, campaign, clock=time(8)), cast.practitioner.account.pk
    where = village(cast, campaign)

    def record(**changes: object) -> StopRecord:
        facts = {"stop": stop, "way": "spot", "day": TODAY, "by_id": account, "at": AT}
        return StopRecord.objects.create(**{**facts, **changes})

    writes: dict[str, Callable[[], object]] = {
        "changed": lambda: StopRecord.objects.filter(pk=made.pk).update(people=9),
        "removed": lambda: StopRecord.objects.filter(pk=made.pk).delete(),
        "second record": lambda: record(stop=made.stop),
        "no proof": lambda: record(way="activity"),
        "to come": lambda: record(day=TODAY + timedelta(days=1)),
        "own word": lambda: StopWord.objects.create(record=record(), by_id=account, at=AT),
        "state": lambda: Stop.unscoped.filter(pk=stop.pk).update(state="done"),
        "undone": lambda: Stop.unscoped.filter(pk=made.stop_id).update(state="planned"),
        "born done": lambda: Stop.unscoped.create(
            campaign=campaign, site=where, day=TODAY, created_at=AT, state="done"
        ),
        "outside": lambda: Stop.unscoped.filter(pk=stop.pk).update(day=date(2020, 1, 1)),
        "gone": lambda: Stop.unscoped.filter(pk=stop.pk).delete(),
        "countered twice": lambda: [
            StopCounter.objects.create(record=made, by_id=account, at=AT) for _once in range(2)
        ],
        "elsewhere": lambda: Site.unscoped.create(
            campaign=campaign, kind=where.kind, place=cast.places.other_station, created_at=AT,
            created_by=cast.manager.person,
        ),
        "of no such kind": lambda: Site.unscoped.create(
            campaign=campaign, kind=school(campaign).kind, place=cast.places.center, created_at=AT,
            created_by=cast.manager.person,
        ),
    }  # fmt: skip
    for name, write in writes.items():
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            write()
        assert str(caught.value), name
