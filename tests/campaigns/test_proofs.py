"""What proves a stop is of its own place and days; what is typed beside it waits for a second person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from sidan.campaigns import operations, queries
from sidan.campaigns.models import Campaign, Site, Stop, StopRecord
from sidan.campaigns.operations import (
    ActivityNotFitting,
    NoWordNeeded,
    OwnWord,
    SiteFacts,
)
from sidan.campaigns.policies import Numbers
from sidan.notify.models import Notice
from tests.at_once import all_at_once
from tests.campaigns.scene import (
    TODAY,
    announced,
    done,
    held,
    kind,
    planned,
    recorded,
    school,
    site,
    told,
    village,
)
from tests.cast import Cast
from tests.factories import AT

A_DAY = timedelta(days=1)


def waiting(campaign: Campaign) -> dict[tuple[str, str], int]:
    """How much of each target waits, by its kind and its unit."""
    return {
        (bar.kind.code if bar.kind else "", bar.target.unit): bar.waits
        for bar in queries.bars(campaign=campaign)
    }


def proven(cast: Cast, stop: Stop, **typed: int) -> StopRecord:
    """An activity at the school is the stop; sixty heads were counted at it."""
    return operations.prove_by_activity(
        actor=cast.practitioner.actor, at=AT, stop=stop, activity=held(cast), told=told(**typed)
    )


@pytest.mark.django_db
def test_what_is_typed_beside_an_activity_counts_once_a_second_person_has_said_so(cast: Cast) -> None:
    campaign = announced(cast)
    made = proven(cast, planned(cast, campaign), leaflets=30, checks=2)
    assert (made.counts, made.awaits) == (Numbers(people=60), Numbers(leaflets=30, checks=2))
    assert done(campaign) == {("village", "places"): 0, ("school", "places"): 1, ("", "leaflets"): 0}
    assert waiting(campaign)["", "leaflets"] == 30
    with pytest.raises(OwnWord):
        operations.give_word(actor=cast.practitioner.actor, at=AT, record=made)
    operations.give_word(actor=cast.grid_keeper.actor, at=AT, record=made)
    assert done(campaign)["", "leaflets"] == 30
    assert waiting(campaign)["", "leaflets"] == 0
    with pytest.raises(NoWordNeeded):
        operations.give_word(actor=cast.director.actor, at=AT, record=made)


@pytest.mark.django_db
def test_an_activity_with_nothing_typed_beside_it_needs_no_second_person(cast: Cast) -> None:
    campaign = announced(cast)
    made = proven(cast, planned(cast, campaign), leaflets=0, checks=0)
    with pytest.raises(NoWordNeeded):
        operations.give_word(actor=cast.director.actor, at=AT, record=made)
    assert not Notice.objects.filter(kind="campaign_word_wanted").exists()


@pytest.mark.django_db
def test_whoever_can_confirm_it_is_asked_and_its_writer_is_not(cast: Cast) -> None:
    campaign = announced(cast)
    made = proven(cast, planned(cast, campaign))
    recorded(cast, village(cast, campaign), is_confirmed=False)
    asked = Notice.objects.filter(kind="campaign_word_wanted")
    assert {one.account_id for one in asked} == {cast.grid_keeper.account.pk}
    page = cast.grid_keeper.client().get(asked.order_by("id")[0].link)
    assert page.status_code == 200
    assert reverse("campaigns:word", args=[campaign.uuid, made.stop.uuid, made.uuid]) in page.content.decode()


@pytest.mark.django_db
def test_the_list_of_stops_shows_what_counts_and_finds_what_waits(cast: Cast) -> None:
    campaign = announced(cast)
    made = proven(cast, planned(cast, campaign), leaflets=30, checks=2)
    with cast.manager.at_work():
        found = queries.stops(campaign=campaign, chosen=queries.StopFilter(state="waiting")).get()
        counts = queries.stop_counts(campaign=campaign, chosen=queries.StopFilter())
    assert (found.pk, found.people, found.leaflets, found.checks) == (made.stop_id, 60, 0, 0)
    assert (counts["waiting"], counts["done"], counts[""]) == (1, 1, 1)
    page = Client().get(reverse("campaigns:public_campaign", args=[campaign.uuid])).content.decode()
    assert "另有 30" in page


@pytest.mark.django_db
def test_an_activity_of_a_place_above_or_beside_the_site_proves_nothing(cast: Cast) -> None:
    campaign = announced(cast)
    elsewhere = operations.plan_stop(
        actor=cast.manager.actor, at=AT, site=site(campaign, cast.places.huangxiang.name), day=TODAY
    )
    activity = held(cast)
    for write in (operations.promise_activity, operations.prove_by_activity):
        with pytest.raises(ActivityNotFitting):
            write(actor=cast.manager.actor, at=AT, stop=elsewhere, activity=activity)
    assert queries.activities_to_prove(stop=elsewhere) == []
    with cast.manager.at_work():
        assert queries.stops_for(activity=activity) == []
    near = planned(cast, campaign)
    assert queries.activities_to_prove(stop=near) == [activity]
    with cast.manager.at_work():
        assert queries.stops_for(activity=activity) == [near]


@pytest.mark.django_db
def test_the_database_takes_no_proof_of_another_place_or_day(cast: Cast) -> None:
    campaign, activity = announced(cast), held(cast)
    stop = planned(cast, campaign)
    elsewhere = operations.plan_stop(
        actor=cast.manager.actor, at=AT, site=site(campaign, cast.places.huangxiang.name), day=TODAY
    )
    early = held(cast, hour=31 * 24)

    def record(day: object) -> StopRecord:
        Stop.unscoped.filter(pk=stop.pk).update(activity=activity)
        return StopRecord.objects.create(stop=stop, way="activity", activity=activity, day=day, at=AT)

    writes: dict[str, Callable[[], object]] = {
        "not held at the site": lambda: Stop.unscoped.filter(pk=elsewhere.pk).update(activity=activity),
        "within the days": lambda: Stop.unscoped.filter(pk=stop.pk).update(activity=early),
        "on the day of the record": lambda: record(TODAY - A_DAY),
    }
    for words, write in writes.items():
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            write()
    record(TODAY)


@pytest.mark.django_db
def test_a_village_is_in_the_list_once_also_where_it_is_written_by_its_name(cast: Cast) -> None:
    campaign, place = announced(cast), cast.places.chengbei
    named = [
        SiteFacts(place, kind("village"), place.name),
        SiteFacts(cast.places.changning, kind("village"), place.short_name),
    ]
    added = operations.add_sites(actor=cast.manager.actor, at=AT, campaign=campaign, sites=named)
    assert (added.sites, added.known) == (0, 1)
    with pytest.raises(DatabaseError, match="place of the network"), transaction.atomic():
        Site.unscoped.create(
            campaign=campaign, kind=kind("village"), place=place, county_id=place.county_id, name=place.name,
            created_at=AT, created_by=cast.manager.person,
        )  # fmt: skip
    for days in range(3):
        recorded(cast, village(cast, campaign), TODAY - timedelta(days=days))
    assert done(campaign)["village", "places"] == 1


@pytest.mark.django_db
def test_a_campaign_that_is_over_or_broken_off_comes_nowhere_next(cast: Cast) -> None:
    campaign, actor = announced(cast), cast.manager.actor
    planned(cast, campaign, campaign.last_day)
    page = reverse("campaigns:public_campaign", args=[campaign.uuid])
    feed = reverse("campaigns:feed", args=[campaign.uuid])
    assert "BEGIN:VEVENT" in Client().get(feed).content.decode()
    operations.stop_campaign(actor=actor, at=AT, campaign=campaign, words="暴雨")
    assert queries.ahead_of(campaign=campaign, today=TODAY) == []
    assert "BEGIN:VEVENT" not in Client().get(feed).content.decode()
    assert "暂时没有定下的日期" in Client().get(page).content.decode()
    with cast.manager.at_work():
        assert queries.site_by_uuid(campaign=campaign, uuid=school(campaign).uuid).next_day is None  # type: ignore[attr-defined] # added by the query
        row = queries.desk(chosen=queries.CampaignFilter(chip="over")).get()
        assert not row.ahead  # type: ignore[attr-defined] # added by the query
        assert queries.late_stops(campaign=campaign, today=campaign.last_day + A_DAY) == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_second_persons_at_once_one_confirms_and_the_other_is_told(cast: Cast) -> None:
    campaign = announced(cast)
    made = recorded(cast, school(campaign), is_confirmed=False)

    def say(actor: object) -> Callable[[], object]:
        return lambda: operations.give_word(
            actor=actor,
            at=AT,
            record=StopRecord.objects.select_related("stop__site", "stop__campaign").get(pk=made.pk),  # type: ignore[arg-type] # an actor
        )

    answers = all_at_once(say(cast.grid_keeper.actor), say(cast.director.actor))
    assert sorted(answers) == ["done", "no_word_needed"]


@pytest.mark.django_db(transaction=True)
def test_of_two_stops_at_once_an_activity_proves_one(cast: Cast) -> None:
    campaign, activity = announced(cast), held(cast)
    stops = [
        planned(cast, campaign),
        operations.plan_stop(actor=cast.practitioner.actor, at=AT, site=village(cast, campaign), day=TODAY),
    ]

    def prove(stop: Stop) -> Callable[[], object]:
        return lambda: operations.prove_by_activity(
            actor=cast.practitioner.actor, at=AT, stop=stop, activity=activity
        )

    assert sorted(all_at_once(*(prove(stop) for stop in stops))) == ["done", "stands_for_another_stop"]
    assert StopRecord.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_stop_down_at_once_write_one_record(cast: Cast) -> None:
    campaign = announced(cast)
    stop = planned(cast, campaign)
    acts = [
        lambda actor=actor: operations.record_stop(actor=actor, at=AT, stop=stop, told=told())
        for actor in (cast.practitioner.actor, cast.director.actor)
    ]
    assert sorted(all_at_once(*acts)) == ["done", "stop_moved_on"]
    assert StopRecord.objects.count() == 1
