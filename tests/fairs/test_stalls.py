"""Stalls of a fair: laid out, asked for, given, given back, counted; the database holds it."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sidan.activities import operations as activities
from sidan.activities import queries as activity_queries
from sidan.activities.calendar import DaysOfWeek
from sidan.activities.models import Activity, Post
from sidan.activities.operations import Rule
from sidan.activities.permissions import NotYourActivities
from sidan.bookings.policies import Span
from sidan.core.errors import NotFound, SayWhy
from sidan.core.scope import Scope, scoped
from sidan.fairs import operations, queries
from sidan.fairs.models import SeriesLayout, ServiceKind, Stall, StallCount, Stallholder, StallholderStep
from sidan.fairs.operations import (
    AskedAlready,
    CountedAnew,
    FairBegun,
    FairNotBegun,
    FairNotOver,
    FairOver,
    HelpersThere,
    KindFromElsewhere,
    KindText,
    KindThere,
    NobodyNamed,
    NobodyStandsThere,
    NoFair,
    NothingToCopy,
    NotTheTime,
    NumberTaken,
    OutOfReach,
    PastFair,
    PastStall,
    StallholderMovedOn,
    StallsThere,
    StallTaken,
    StallText,
    StallUsed,
    TeamNotOfFair,
    TooManyStalls,
)
from sidan.fairs.permissions import NotYourKinds, NotYoursToCount
from sidan.notify.models import Notice
from sidan.orders.permissions import NotYourTeam
from tests.at_once import DONE, all_at_once
from tests.cast import Cast, Someone
from tests.factories import AT, make_team
from tests.fairs.staging import BEGINS, DURING, PLAN, a_fair, asked, begun, given_to, over, stalls


def notices(one: Someone) -> list[str]:
    rows = Notice.objects.filter(account=one.account.pk, kind__startswith="stall_")
    return list(rows.order_by("id").values_list("kind", flat=True))


def fresh(holder: Stallholder) -> Stallholder:
    return Stallholder.unscoped.select_related("stall", "team", "activity").get(pk=holder.pk)


@pytest.mark.django_db
def test_six_kinds_of_services_are_there_from_the_beginning() -> None:
    assert ServiceKind.unscoped.filter(county=None).count() == 6


@pytest.mark.django_db
def test_stalls_are_numbered_on_and_described(cast: Cast) -> None:
    fair = a_fair(cast)
    stalls(cast, fair, 3)
    more = stalls(cast, fair, 2)
    assert [one.number for one in more] == [4, 5]
    kinds = list(ServiceKind.unscoped.order_by("position")[1:3])
    text = StallText(number=9, spot="戏台旁", about="量血压", kinds=kinds)
    operations.change_stall(actor=cast.manager.actor, at=AT, stall=more[0], text=text)
    with cast.manager.at_work():
        told = queries.stalls_of(activity=fair)
    assert [one.stall.number for one in told] == [1, 2, 3, 5, 9]
    assert [kind.pk for kind in told[-1].kinds] == [kind.pk for kind in kinds]
    with pytest.raises(NumberTaken):
        operations.change_stall(actor=cast.manager.actor, at=AT, stall=more[0], text=StallText(number=1))
    with pytest.raises(TooManyStalls):
        operations.add_stalls(actor=cast.manager.actor, at=AT, activity=fair, count=61)


@pytest.mark.django_db
def test_only_who_runs_the_fair_lays_it_out(cast: Cast) -> None:
    fair = a_fair(cast)
    for one in (cast.leader, cast.practitioner, cast.mallory, cast.supervisor):
        with pytest.raises(NotYourActivities):
            operations.add_stalls(actor=one.actor, at=AT, activity=fair, count=1)


@pytest.mark.django_db
def test_only_fairs_have_stalls(cast: Cast) -> None:
    lecture = a_fair(cast, kind="lecture", lecturer="李老师")
    with pytest.raises(NoFair):
        operations.add_stalls(actor=cast.manager.actor, at=AT, activity=lecture, count=1)
    with pytest.raises(DatabaseError, match="not of a fair"), transaction.atomic():
        Stall.unscoped.create(
            activity=lecture, place=lecture.place, county_id=lecture.county_id, number=1, created_at=AT
        )


@pytest.mark.django_db
def test_a_team_asks_and_gets_another_stall_than_it_wished_for(cast: Cast) -> None:
    fair = a_fair(cast)
    first, second, _third = stalls(cast, fair)
    holder = asked(cast, fair, first)
    assert "stall_asked" in notices(cast.manager)
    with pytest.raises(AskedAlready):
        asked(cast, fair)
    operations.give_stall(actor=cast.manager.actor, at=AT, holder=holder, stall=second)
    assert notices(cast.leader) == ["stall_given"]
    assert fresh(holder).stall == second
    verbs = list(StallholderStep.objects.filter(holder=holder).values_list("verb", flat=True))
    assert verbs == ["ask", "give"]
    # Who has one may ask for another.
    assert asked(cast, fair).state == "asked"


@pytest.mark.django_db
def test_only_the_leader_asks_for_a_team_of_the_county(cast: Cast) -> None:
    fair = a_fair(cast)
    told: dict[str, Any] = {"at": AT, "activity": fair, "offers": ""}
    with pytest.raises(NotYourTeam):
        operations.ask_for_stall(actor=cast.volunteer.actor, team=cast.team, **told)
    with pytest.raises(TeamNotOfFair):
        operations.ask_for_stall(actor=cast.mallory.actor, team=cast.other_team, **told)
    with pytest.raises(TeamNotOfFair):
        operations.place_team(
            actor=cast.manager.actor, at=AT, stall=stalls(cast, fair)[0], team=cast.other_team
        )


@pytest.mark.django_db
def test_a_stall_is_refused_or_taken_back_with_words_only(cast: Cast) -> None:
    fair = a_fair(cast)
    stall = stalls(cast, fair)[0]
    refused = asked(cast, fair)
    with pytest.raises(SayWhy):
        operations.refuse_stallholder(actor=cast.manager.actor, at=AT, holder=refused, words=" ")
    operations.refuse_stallholder(actor=cast.manager.actor, at=AT, holder=refused, words="满了")
    holder = given_to(cast, stall)
    operations.take_stall_back(actor=cast.manager.actor, at=AT, holder=holder, words="场地缩小")
    assert notices(cast.leader) == ["stall_refused", "stall_given", "stall_taken_back"]
    with pytest.raises(StallholderMovedOn):
        operations.take_stall_back(actor=cast.manager.actor, at=AT, holder=fresh(holder), words="再来")


@pytest.mark.django_db
def test_a_team_gives_its_stall_back_before_the_fair_begins(cast: Cast) -> None:
    fair = a_fair(cast)
    first, second, _third = stalls(cast, fair)
    holder, kept = given_to(cast, first), given_to(cast, second)
    with pytest.raises(NotYourTeam):
        operations.give_stall_back(actor=cast.volunteer.actor, at=AT, holder=holder)
    operations.give_stall_back(actor=cast.leader.actor, at=AT, holder=holder, words="下乡")
    assert "stall_given_back" in notices(cast.manager)
    given_to(cast, first)
    begun(fair)
    with pytest.raises(FairBegun):
        operations.give_stall_back(actor=cast.leader.actor, at=DURING, holder=kept)


@pytest.mark.django_db
def test_a_stall_has_one_holder_at_a_time(cast: Cast) -> None:
    fair = a_fair(cast)
    stall = stalls(cast, fair)[0]
    given_to(cast, stall)
    with pytest.raises(StallTaken):
        operations.place_organisation(actor=cast.manager.actor, at=AT, stall=stall, organisation="县医院")
    with pytest.raises(IntegrityError, match="fairs_one_holder"), transaction.atomic():
        Stallholder.unscoped.create(
            activity=fair, place_id=fair.place_id, county_id=fair.county_id, stall=stall, organisation="县医院",
            state="given", state_since=AT, created_at=AT,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_of_many_who_are_given_the_same_stall_at_once_one_has_it(cast: Cast) -> None:
    fair = a_fair(cast)
    stall = stalls(cast, fair)[0]
    actor = cast.manager.actor

    def give(name: str) -> None:
        operations.place_organisation(actor=actor, at=AT, stall=stall, organisation=name)

    answers = all_at_once(*(partial(give, name) for name in ("医院", "银行", "邮局", "学校")))
    assert sorted(answer == DONE for answer in answers) == [False, False, False, True]
    assert Stallholder.unscoped.filter(stall=stall).count() == 1


@pytest.mark.django_db
def test_who_comes_from_outside_has_a_name(cast: Cast) -> None:
    stall = stalls(cast, a_fair(cast))[0]
    with pytest.raises(NobodyNamed):
        operations.place_organisation(actor=cast.manager.actor, at=AT, stall=stall, organisation=" ")
    holder = operations.place_organisation(
        actor=cast.manager.actor, at=AT, stall=stall, organisation="县医院"
    )
    assert holder.shown_name == "县医院"


@pytest.mark.django_db
def test_who_came_is_marked_when_it_has_begun_and_a_wrong_mark_is_taken_back(cast: Cast) -> None:
    fair = a_fair(cast)
    holder = given_to(cast, stalls(cast, fair)[0])
    with pytest.raises(FairNotBegun):
        operations.mark_came(actor=cast.manager.actor, at=AT, holder=holder)
    begun(fair)
    operations.mark_absent(actor=cast.manager.actor, at=DURING, holder=holder)
    operations.unmark(actor=cast.manager.actor, at=DURING, holder=holder)
    assert operations.mark_came(actor=cast.manager.actor, at=DURING, holder=holder).state == "came"


@pytest.mark.django_db
def test_nothing_is_laid_out_when_it_is_over(cast: Cast) -> None:
    fair = a_fair(cast)
    stall = stalls(cast, fair)[0]
    over(fair)
    with pytest.raises(FairOver):
        given_to(cast, stall)
    with pytest.raises(FairOver):
        operations.remove_stall(actor=cast.manager.actor, at=AT, stall=stall)


@pytest.mark.django_db
def test_only_a_stall_that_nobody_used_is_taken_away(cast: Cast) -> None:
    first, second, third = stalls(cast, a_fair(cast))
    given_to(cast, first)
    operations.ask_for_helpers(actor=cast.manager.actor, at=AT, stall=second, places=2)
    for stall in (first, second):
        with pytest.raises(StallUsed):
            operations.remove_stall(actor=cast.manager.actor, at=AT, stall=stall)
    operations.remove_stall(actor=cast.manager.actor, at=AT, stall=third)
    assert Stall.unscoped.count() == 2


@pytest.mark.django_db
def test_helpers_of_a_stall_sign_up_at_a_post_of_the_fair(cast: Cast) -> None:
    fair = a_fair(cast)
    stall = operations.ask_for_helpers(actor=cast.manager.actor, at=AT, stall=stalls(cast, fair)[0], places=2)
    post = Post.objects.get(activity=fair)
    assert (stall.post, post.role, post.places) == (post, "volunteer", 2)
    with pytest.raises(HelpersThere):
        operations.ask_for_helpers(actor=cast.manager.actor, at=AT, stall=stall, places=2)
    activities.remove_post(actor=cast.manager.actor, at=AT, post=post)
    assert Stall.unscoped.get(pk=stall.pk).post is None


@pytest.mark.django_db
def test_what_a_stall_served_is_added_up_and_put_right_by_another_count(cast: Cast) -> None:
    fair = a_fair(cast)
    stall, empty, _third = stalls(cast, fair)
    given_to(cast, stall)
    fair = begun(fair)
    stall, empty = (Stall.unscoped.select_related("activity").get(pk=one.pk) for one in (stall, empty))
    operations.count_served(actor=cast.leader.actor, at=DURING, stall=stall, served=10)
    wrong = operations.count_served(actor=cast.manager.actor, at=DURING, stall=stall, served=50)
    operations.correct_count(actor=cast.leader.actor, at=DURING, count=wrong, served=5)
    with pytest.raises(CountedAnew):
        operations.correct_count(actor=cast.manager.actor, at=DURING, count=wrong, served=6)
    with scoped(Scope()):
        sums = queries.sums_of(stalls=queries.stalls_of(activity=fair))
        assert sums.served == 15
        # Heads are of the whole fair: counting at a stall counts none.
        assert activity_queries.attendance_of(activity=fair).heads is None
    with pytest.raises(NobodyStandsThere):
        operations.count_served(actor=cast.manager.actor, at=DURING, stall=empty, served=1)
    for one in (cast.volunteer, cast.mallory, cast.zhou):
        with pytest.raises(NotYoursToCount):
            operations.count_served(actor=one.actor, at=DURING, stall=stall, served=1)
    with pytest.raises(OutOfReach):
        operations.count_served(actor=cast.manager.actor, at=DURING, stall=stall, served=0)
    with pytest.raises(NotTheTime):
        operations.count_served(
            actor=cast.manager.actor, at=DURING + timedelta(days=1), stall=stall, served=1
        )


@pytest.mark.django_db
def test_the_database_keeps_counts_steps_and_who_has_a_stall(cast: Cast) -> None:
    fair = a_fair(cast)
    stall, second, _third = stalls(cast, fair)
    holder = given_to(cast, stall)
    begun(fair)
    stall = Stall.unscoped.select_related("activity").get(pk=stall.pk)
    count = operations.count_served(actor=cast.manager.actor, at=DURING, stall=stall, served=3)
    elsewhere = stalls(cast, a_fair(cast, days=7))[0]
    statements = [
        f"UPDATE fairs_stallcount SET served = 9 WHERE id = {count.pk}",
        f"DELETE FROM fairs_stallcount WHERE id = {count.pk}",
        f"DELETE FROM fairs_stallholderstep WHERE holder_id = {holder.pk}",
        f"UPDATE fairs_stallholder SET state = 'came' WHERE id = {holder.pk}",
        f"UPDATE fairs_stallholder SET stall_id = {second.pk} WHERE id = {holder.pk}",
        f"UPDATE fairs_stallholder SET stall_id = {elsewhere.pk} WHERE id = {holder.pk}",
        f"UPDATE fairs_stallholder SET team_id = {cast.other_team.pk} WHERE id = {holder.pk}",
        f"UPDATE fairs_stall SET activity_id = {elsewhere.activity_id} WHERE id = {stall.pk}",
        f"UPDATE fairs_stall SET number = {stall.number} WHERE id = {second.pk}",
    ]
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(DatabaseError, match="another stall"), transaction.atomic():
        StallCount.objects.create(
            stall=second,
            at=DURING,
            served=1,
            counted_by=cast.manager.account,
            recorded_at=DURING,
            instead_of=count,
        )


@pytest.mark.django_db
def test_the_stalls_of_the_last_fair_are_copied_with_teams_or_without(cast: Cast) -> None:
    last, bare, full = a_fair(cast), a_fair(cast, days=7), a_fair(cast, days=14)
    first, second, _third = stalls(cast, last)
    given_to(cast, first)
    operations.place_organisation(actor=cast.manager.actor, at=AT, stall=second, organisation="县医院")
    with cast.manager.at_work():
        assert queries.last_with_stalls(activity=full) == last
        assert queries.last_with_stalls(activity=last) is None
        assert operations.copy_stalls(actor=cast.manager.actor, at=AT, activity=bare, source=last) == 3
        assert (
            operations.copy_stalls_and_teams(actor=cast.manager.actor, at=AT, activity=full, source=last) == 3
        )
        with pytest.raises(StallsThere):
            operations.copy_stalls(actor=cast.manager.actor, at=AT, activity=full, source=last)
        told = queries.stalls_of(activity=full)
        assert [one.holder.shown_name if one.holder else "" for one in told] == [cast.team.name, "县医院", ""]
        assert [len(one.kinds) for one in told] == [1, 1, 1]
        assert all(one.is_gap for one in queries.stalls_of(activity=bare))
    assert notices(cast.leader) == ["stall_given", "stall_given"]


@pytest.mark.django_db
def test_every_fair_of_a_series_begins_with_the_same_stalls(cast: Cast) -> None:
    first = BEGINS.date()
    rule = Rule(
        pattern=DaysOfWeek(frozenset({first.weekday()}), since=first), first=first,
        begins_at=BEGINS.time(), ends_at=(BEGINS + timedelta(hours=2)).time(),
    )  # fmt: skip
    made = activities.begin_series(
        actor=cast.manager.actor, at=AT, place=cast.places.center, rule=rule, plan=PLAN
    )
    activities.make_activities(at=AT, recurring_id=made.pk)
    fairs = list(Activity.unscoped.filter(series=made).select_related("place").order_by("during"))
    stalls(cast, fairs[0])
    ahead = operations.lay_out_series(actor=cast.manager.actor, at=AT, activity=fairs[0])
    assert ahead == len(fairs) - 1
    later = AT + timedelta(days=15)
    activities.make_activities(at=later, recurring_id=made.pk)
    every = Activity.unscoped.filter(series=made)
    assert every.count() > len(fairs)
    assert Stall.unscoped.filter(activity__in=every).count() == 3 * every.count()
    operations.end_series_layout(actor=cast.manager.actor, at=later, activity=fairs[0])
    assert not SeriesLayout.objects.exists()


@pytest.mark.django_db
def test_nothing_is_copied_from_another_place(cast: Cast) -> None:
    fair = a_fair(cast)
    with pytest.raises(NothingToCopy):
        operations.copy_stalls(actor=cast.manager.actor, at=AT, activity=fair, source=fair)


@pytest.mark.django_db
def test_a_county_adds_kinds_and_puts_aside_what_it_does_not_offer(cast: Cast) -> None:
    county, manager = cast.places.center, cast.manager.actor
    own = operations.add_kind(actor=manager, at=AT, county=county, text=KindText("磨刀修伞"))
    with pytest.raises(KindThere):
        operations.add_kind(actor=manager, at=AT, county=county, text=KindText("磨刀修伞"))
    with pytest.raises(KindThere):
        operations.add_kind(actor=manager, at=AT, county=county, text=KindText("便民维修"))
    shared = ServiceKind.unscoped.get(name="便民维修")
    operations.put_kind_aside(actor=manager, at=AT, county=county, kind=shared)
    offered = set(queries.kinds_of_county(county_id=county.pk))
    assert own in offered
    assert shared not in offered
    assert shared in queries.kinds_of_county(county_id=cast.places.other_center.pk)
    assert own not in queries.kinds_of_county(county_id=cast.places.other_center.pk)
    with pytest.raises(KindFromElsewhere):
        operations.add_stalls(actor=manager, at=AT, activity=a_fair(cast), count=1, kinds=[shared])
    operations.take_kind_up(actor=manager, at=AT, county=county, kind=shared)
    assert shared in queries.kinds_of_county(county_id=county.pk)
    with pytest.raises(NotYourKinds):
        operations.put_kind_aside(actor=cast.mallory.actor, at=AT, county=county, kind=own)
    with pytest.raises(NotFound):
        operations.put_kind_aside(actor=cast.mallory.actor, at=AT, county=cast.places.other_center, kind=own)


@pytest.mark.django_db
def test_townships_come_in_their_turn(cast: Cast) -> None:
    fair = a_fair(cast)
    with cast.manager.at_work():
        before = [turn.place for turn in queries.townships_in_turn(activity=fair)]
        assert before == [cast.places.changning, cast.places.liuche]
        given_to(cast, stalls(cast, fair)[0])
        after = queries.townships_in_turn(activity=a_fair(cast, days=7))
    assert [turn.place for turn in after] == [cast.places.liuche, cast.places.changning]
    assert after[1].times == 1
    with cast.manager.at_work():
        teams = queries.teams_to_place(activity=fair)
    # Whoever stands there already is not offered again, nor is a team of another county.
    assert cast.team not in teams
    assert cast.other_team not in teams


@pytest.mark.django_db
def test_many_past_fairs_are_written_down_at_once(cast: Cast) -> None:
    kinds = list(ServiceKind.unscoped.order_by("position")[:2])
    fairs = [over(a_fair(cast, days=days)) for days in (0, 7)]
    team = make_team("城东维修队", at_place=cast.places.huangxiang)
    past = [
        PastFair(fair, [PastStall(1, cast.team, kinds, served=40), PastStall(2, team, kinds[:1], served=25)])
        for fair in fairs
    ]
    later = AT + timedelta(days=30)
    assert operations.record_past_fairs(actor=cast.manager.actor, at=later, fairs=past) == 4
    with scoped(Scope()):
        sums = queries.sums_of(stalls=queries.stalls_of(activity=fairs[1]))
    assert (sums.came, sums.served, sums.kinds) == (2, 65, 2)
    with pytest.raises(StallsThere):
        operations.record_past_fairs(actor=cast.manager.actor, at=later, fairs=past)
    with pytest.raises(FairNotOver):
        operations.record_past_fairs(
            actor=cast.manager.actor, at=later, fairs=[PastFair(a_fair(cast, days=40), [])]
        )


@pytest.mark.django_db
def test_who_asks_is_the_office_s_and_the_team_s_business_and_who_stands_there_everybody_s(
    cast: Cast,
) -> None:
    fair = a_fair(cast)
    first, _second, _third = stalls(cast, fair)
    holder, ask = given_to(cast, first), asked(cast, fair)
    with scoped(Scope()):
        assert list(Stallholder.objects.all()) == [holder]
        assert Stall.objects.count() == 3
    with cast.leader.at_work():
        assert set(Stallholder.objects.all()) == {holder, ask}
    with scoped(Scope(public=False)):
        assert not Stall.objects.exists()
    with cast.mallory.at_work():
        assert ask not in Stallholder.objects.all()


def test_whoever_has_or_asks_for_a_stall_is_told_what_becomes_of_the_fair(cast: Cast) -> None:
    fair = a_fair(cast)
    first, second, third = stalls(cast, fair)
    given_to(cast, first)
    other = make_team("义诊队", at_place=cast.places.chengbei, leader=cast.volunteer.person)
    operations.place_team(actor=cast.manager.actor, at=AT, stall=second, team=other)
    operations.place_organisation(actor=cast.manager.actor, at=AT, stall=third, organisation="县医院")
    span = Span(fair.span.begins + timedelta(hours=1), fair.span.ends + timedelta(hours=1))
    activities.change_activity(
        actor=cast.manager.actor, at=AT, activity=fair, span=span, venue="文化广场", words="让路"
    )
    fair = Activity.unscoped.select_related("place").get(pk=fair.pk)
    activities.cancel_activity(actor=cast.manager.actor, at=AT, activity=fair, words="有雨")
    for leader in (cast.leader, cast.volunteer):
        assert notices(leader) == ["stall_given", "stall_fair_moved", "stall_fair_cancelled"]
    moved = Notice.objects.filter(account=cast.leader.account, kind="stall_fair_moved").get()
    assert (moved.facts["venue"], moved.facts["team"]) == ("文化广场", cast.team.name)
    assert moved.link == f"/activities/{fair.uuid}/"


def test_who_gave_a_stall_back_hears_no_more_of_the_fair(cast: Cast) -> None:
    fair = a_fair(cast)
    holder = given_to(cast, stalls(cast, fair)[0])
    operations.give_stall_back(actor=cast.leader.actor, at=AT, holder=holder, words="来不了")
    activities.cancel_activity(actor=cast.manager.actor, at=AT, activity=fair, words="有雨")
    assert "stall_fair_cancelled" not in notices(cast.leader)
