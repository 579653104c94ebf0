"""Campaigns: drafted, shared out, announced; lists that are brought; and what everything adds up to."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sidan.campaigns import operations, queries
from sidan.campaigns.models import Allotment, Campaign, Site, Stop, StopRecord, Target
from sidan.campaigns.operations import (
    CampaignMovedOn,
    LessThanShared,
    MoreThanTarget,
    NothingMeant,
    NotOfAnOffice,
    SiteElsewhere,
    SiteFacts,
    TargetsFixed,
)
from sidan.campaigns.permissions import NoSuchCampaign, NotYourCampaign
from sidan.campaigns.sheets import Reader, split_pasted
from sidan.core.errors import DomainError
from sidan.notify.models import Notice
from tests.campaigns.scene import TODAY, announced, done, drafted, kind, meant, recorded, school, site, text
from tests.cast import Cast, cast_on_stage
from tests.factories import AT

RECORD, SAY, TAKE_BACK = range(3)
ACTS = st.lists(
    st.tuples(st.integers(RECORD, TAKE_BACK), st.integers(0, 3), st.integers(0, 5), st.integers(0, 50)),
    min_size=1,
    max_size=14,
)


@pytest.mark.django_db
def test_a_campaign_is_of_an_office_and_led_by_its_managers(cast: Cast) -> None:
    with pytest.raises(NotOfAnOffice):
        operations.draft_campaign(actor=cast.manager.actor, at=AT, place=cast.places.chengbei, text=text())
    for someone in (cast.practitioner, cast.supervisor, cast.mallory, cast.zhou):
        with pytest.raises(NotYourCampaign):
            operations.draft_campaign(actor=someone.actor, at=AT, place=cast.places.center, text=text())
    campaign = drafted(cast)
    with pytest.raises(NothingMeant), transaction.atomic():
        operations.announce_campaign(actor=cast.manager.actor, at=AT, campaign=campaign)
    with cast.director.at_work(), pytest.raises(NoSuchCampaign):
        queries.campaign_by_uuid(uuid=campaign.uuid)


@pytest.mark.django_db
def test_announcing_takes_the_villages_in_tells_the_townships_and_fixes_the_targets(cast: Cast) -> None:
    campaign = announced(cast)
    villages = Site.unscoped.filter(campaign=campaign, kind__code="village").values_list("place", flat=True)
    assert set(villages) == {
        place.pk for place in (cast.places.chengbei, cast.places.huangxiang, cast.places.datong)
    }
    assert Notice.objects.filter(account=cast.director.account, kind="campaign_announced").exists()
    with pytest.raises(TargetsFixed):
        meant(cast, campaign, "school", "places", 1)
    with pytest.raises(CampaignMovedOn):
        operations.announce_campaign(actor=cast.manager.actor, at=AT, campaign=Campaign.unscoped.get())
    with pytest.raises(DatabaseError), transaction.atomic():
        Target.objects.filter(campaign=campaign).update(amount=1)


@pytest.mark.django_db
def test_shares_come_to_the_target_at_most_and_the_database_holds_it(cast: Cast) -> None:
    campaign = drafted(cast)
    target = meant(cast, campaign, "school", "places", 10)
    write = {"actor": cast.manager.actor, "at": AT, "campaign": campaign, "target": target}
    with pytest.raises(MoreThanTarget) as refused:
        operations.share_out(**write, shares={cast.places.changning: 7, cast.places.liuche: 4})  # type: ignore[arg-type] # named above
    assert refused.value.facts["over"] == "1"
    operations.share_out(**write, shares={cast.places.changning: 7, cast.places.liuche: 3})  # type: ignore[arg-type] # named above
    with pytest.raises(LessThanShared):
        meant(cast, campaign, "school", "places", 9)
    with pytest.raises(DatabaseError), transaction.atomic():
        Allotment.objects.filter(place=cast.places.liuche).update(amount=4)
    with pytest.raises(DatabaseError), transaction.atomic():
        Allotment.objects.create(target=target, place=cast.places.chengbei, amount=1)


@pytest.mark.django_db
def test_the_rows_by_place_say_who_lacks_and_a_township_sees_its_own(cast: Cast) -> None:
    campaign = announced(cast)
    recorded(cast, school(campaign))
    rows = {row.place: row for row in queries.by_place(campaign=campaign)}
    assert rows[cast.places.changning].lacking == rows[cast.places.changning].shares[0].progress.amount + 1
    page = cast.director.client().get(reverse("campaigns:campaign", args=[campaign.uuid])).content.decode()
    assert cast.places.changning.short_name in page
    assert f'place={cast.places.liuche.uuid}"' not in page
    whole = cast.manager.client().get(reverse("campaigns:campaign", args=[campaign.uuid])).content.decode()
    assert f'place={cast.places.liuche.uuid}"' in whole


@pytest.mark.django_db
def test_a_list_is_read_row_by_row_with_what_is_wrong_in_words(cast: Cast) -> None:
    campaign, station = announced(cast), cast.places.chengbei
    places = queries.places_to_plan(actor=cast.practitioner.actor, campaign=campaign).select_related("parent")
    reader = Reader(campaign=campaign, kinds=queries.kinds_of(county_id=campaign.county_id), places=places)
    rows = reader.read(
        split_pasted(
            f"类别,名称,所在村,日期,时间\n学校,幼儿园,{station.short_name},,\n行政村,{station.short_name},,12月1日,19:30\n"
        )
    )
    assert [row.problems for row in rows] == [[], []]
    facts = [row.facts for row in rows if row.facts]
    added = operations.add_sites(actor=cast.practitioner.actor, at=AT, campaign=campaign, sites=facts)
    assert (added.sites, added.known, added.stops) == (1, 1, 1)
    again = operations.add_sites(actor=cast.practitioner.actor, at=AT, campaign=campaign, sites=facts)
    assert (again.sites, again.known, again.stops) == (0, 2, 0)
    bad = reader.read([["类别", "名称", "所在村", "日期"], ["庙", "某处", "火星", "2031-01-01"]])
    assert len(bad[0].problems) == 3
    elsewhere = [SiteFacts(cast.places.other_station, kind("school"), "某校")]
    with pytest.raises(SiteElsewhere):
        operations.add_sites(actor=cast.mallory.actor, at=AT, campaign=campaign, sites=elsewhere)


@pytest.mark.django_db
def test_everybody_reads_how_far_it_is_and_where_it_comes_next(cast: Cast) -> None:
    campaign = announced(cast)
    recorded(cast, school(campaign))
    operations.plan_stop(
        actor=cast.practitioner.actor, at=AT, site=site(campaign, "城北中学"), day=campaign.last_day
    )
    draft = drafted(cast, name="还没发布的行动")
    page = Client().get(reverse("campaigns:public_campaign", args=[campaign.uuid])).content.decode()
    assert "学校：2 中已完成 1" in page
    assert "城北中学" in page
    assert Client().get(reverse("campaigns:public_campaign", args=[draft.uuid])).status_code == 404
    assert "还没发布的行动" not in Client().get(reverse("campaigns:campaigns")).content.decode()
    feed = Client().get(reverse("campaigns:feed", args=[campaign.uuid])).content.decode()
    assert feed.count("BEGIN:VEVENT") == 1


def one_act(cast: Cast, campaign: Campaign, act: tuple[int, int, int, int]) -> None:
    """Do one thing; what is refused in words is left."""
    what, which, back, count = act
    records = list(StopRecord.objects.select_related("stop__site", "stop__campaign").order_by("id"))
    try:
        with transaction.atomic():
            if what == RECORD:
                sites = list(
                    Site.unscoped.filter(campaign=campaign, place=cast.places.chengbei).order_by("id")
                )
                day = TODAY - timedelta(days=back)
                recorded(
                    cast,
                    sites[which % len(sites)],
                    day,
                    is_confirmed=False,
                    leaflets=count,
                    people=count,
                    checks=1,
                )
            elif records and what == SAY:
                operations.give_word(actor=cast.director.actor, at=AT, record=records[which % len(records)])
            elif records:
                record = records[which % len(records)]
                operations.take_record_back(actor=cast.director.actor, at=AT, record=record, words="记错了")
    except DomainError:
        return


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_how_far_it_is_is_the_sum_of_stops_less_what_was_taken_back(
    acts: list[tuple[int, int, int, int]],
) -> None:
    with transaction.atomic():
        cast = cast_on_stage()
        campaign = announced(cast)
        for act in acts:
            one_act(cast, campaign, act)
        proven = [each for each in StopRecord.objects.all() if hasattr(each, "word")]
        back = [each for each in proven if hasattr(each, "counter")]
        far = done(campaign)
        assert far["", "leaflets"] == sum(r.leaflets for r in proven) - sum(r.leaflets for r in back)
        live = [each for each in proven if each not in back]
        schools = {each.stop.site_id for each in live if each.stop.site.kind.code == "school"}
        assert far["school", "places"] == len(schools)
        assert len(live) == Stop.unscoped.filter(state="done").count()
        transaction.set_rollback(True)
