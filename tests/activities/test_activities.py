"""Activities: prepared, read by a second person, announced, held; never silently otherwise."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from sidan.activities import operations, queries, tasks
from sidan.activities.enums import UNTOLD, ActivityState
from sidan.activities.events import ActivityMoved
from sidan.activities.models import Activity, ActivityChange, ActivityStep
from sidan.activities.operations import ActivityMovedOn, Plan
from sidan.activities.operations.changing import NothingChanged
from sidan.activities.operations.moving import ActivityBegun, SecondPersonNeeded
from sidan.activities.operations.planning import (
    AgesRunDown,
    BadActivityTime,
    InsuranceMissing,
    LeadFromElsewhere,
    NoVenue,
    OpensTooLate,
    RisksMissing,
    TeamFromElsewhere,
)
from sidan.activities.permissions import NoSuchActivity, NotYourActivities, NotYoursToAnnounce
from sidan.activities.policies import Hours, days_within, due_verb
from sidan.activities.states import ACTIVITY
from sidan.bookings import operations as bookings
from sidan.bookings.models import Booking, Room
from sidan.bookings.operations import NewRoom, RoomTaken, Wanted
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE
from sidan.core.errors import SayWhy
from sidan.core.scope import NoScope, Scope, no_scope, scoped
from sidan.notify.models import Notice
from sidan.places.coordinates import Point
from tests.at_once import DONE, all_at_once
from tests.cast import Cast, Someone
from tests.factories import AT, make_account

MONDAY = date(2026, 11, 23)


def at(hour: int, *, day: date = MONDAY, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), BUSINESS_ZONE)


def span(hour: int = 9, hours: float = 2, *, day: date = MONDAY) -> Span:
    return Span(at(hour, day=day), at(hour, day=day) + timedelta(hours=hours))


PLAN = Plan(
    kind="lecture", title="反诈宣讲", task="policy", span=span(), venue="文化广场", risks="地面湿滑",
    about="给老人讲怎么防骗。", lecturer="李老师",
)  # fmt: skip


def drafted(cast: Cast, **changes: Any) -> Activity:
    return operations.draft_activity(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, plan=replace(PLAN, **changes)
    )


def announced(cast: Cast, **changes: Any) -> Activity:
    activity = drafted(cast, **changes)
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=activity)
    return operations.announce_activity(actor=cast.manager.actor, at=AT, activity=activity)


def a_room(cast: Cast) -> Room:
    told = NewRoom(name="多功能厅", seats=30)
    return bookings.open_room(actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, told=told)


def notices(one: Someone) -> list[str]:
    return list(Notice.objects.filter(account=one.account.pk).order_by("id").values_list("kind", flat=True))


def verbs(activity: Activity) -> list[str]:
    return list(ActivityStep.objects.filter(activity=activity).values_list("verb", flat=True))


@pytest.mark.django_db
def test_an_activity_is_drafted_read_and_announced(cast: Cast) -> None:
    activity = drafted(cast, signup_from=at(8))
    assert activity.state == "draft"
    assert activity.lead == cast.practitioner.person
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=activity)
    assert notices(cast.director) == ["activity_submitted"]
    operations.announce_activity(actor=cast.director.actor, at=AT, activity=activity)
    assert activity.state == "announced"
    assert notices(cast.practitioner) == ["activity_announced"]
    assert verbs(activity) == ["draft", "submit", "announce"]


@pytest.mark.django_db
def test_without_a_window_everybody_can_come_from_the_announcing_on(cast: Cast) -> None:
    activity = announced(cast)
    assert activity.state == "open"
    assert verbs(activity) == ["draft", "submit", "announce", "open"]


@pytest.mark.django_db
def test_it_is_sent_back_with_words_and_changed(cast: Cast) -> None:
    activity = drafted(cast)
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=activity)
    with pytest.raises(SayWhy):
        operations.send_activity_back(actor=cast.director.actor, at=AT, activity=activity, words=" ")
    operations.send_activity_back(actor=cast.director.actor, at=AT, activity=activity, words="换个地方")
    assert "activity_sent_back" in notices(cast.practitioner)
    plan = replace(PLAN, venue="村礼堂", title="反诈课")
    operations.edit_activity(actor=cast.practitioner.actor, at=AT, activity=activity, plan=plan)
    found = Activity.unscoped.get()
    assert (found.state, found.venue, found.title) == ("draft", "村礼堂", "反诈课")
    with scoped(Scope(root_ids=(cast.places.chengbei.pk,))):
        assert queries.desk(chosen=queries.ActivityFilter(text="反诈课")).get() == found
        words = [str(step.note.words) for step in queries.history(activity=found) if hasattr(step, "note")]
    assert words == ["换个地方"]


@pytest.mark.django_db
def test_who_submitted_announces_only_where_nobody_else_works(cast: Cast) -> None:
    alone = drafted(cast)
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=alone)
    operations.announce_activity(actor=cast.practitioner.actor, at=AT, activity=alone)
    assert "announce_own" in verbs(alone)
    make_account("同事", at_place=cast.places.chengbei, roles=[("practitioner", cast.places.chengbei)])
    together = drafted(cast)
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=together)
    with pytest.raises(SecondPersonNeeded):
        operations.announce_activity(actor=cast.practitioner.actor, at=AT, activity=together)
    assert Activity.unscoped.get(pk=together.pk).state == "review"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"span": span(9, 0.1)}, BadActivityTime),
        ({"span": span(9, 73)}, BadActivityTime),
        ({"span": span(9, -1)}, BadActivityTime),
        ({"span": span(day=date(2026, 11, 19))}, BadActivityTime),
        ({"venue": " "}, NoVenue),
        ({"signup_from": at(10)}, OpensTooLate),
        ({"youngest": 60, "oldest": 6}, AgesRunDown),
    ],
)
def test_what_no_activity_can_be_is_refused_at_its_field(
    cast: Cast, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        drafted(cast, **changes)
    assert refused.value.errors[0].pointer.lstrip("/") in {"begins", "venue", "signup_from", "oldest"}  # type: ignore[attr-defined] # all are Invalid
    assert not Activity.unscoped.exists()


@pytest.mark.django_db
def test_team_and_lead_are_of_the_county_and_at_work(cast: Cast) -> None:
    with pytest.raises(TeamFromElsewhere):
        drafted(cast, team=cast.other_team)
    with pytest.raises(LeadFromElsewhere):
        drafted(cast, lead=cast.mallory.person)
    activity = drafted(cast, team=cast.team, lead=cast.director.person)
    assert (activity.team, activity.lead) == (cast.team, cast.director.person)


@pytest.mark.django_db
def test_risks_are_said_and_danger_is_insured_before_anybody_is_called(cast: Cast) -> None:
    silent, bold = drafted(cast, risks=""), drafted(cast, is_dangerous=True)
    with pytest.raises(RisksMissing):
        operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=silent)
    with pytest.raises(InsuranceMissing):
        operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=bold)
    for activity in (silent, bold):
        with pytest.raises(IntegrityError), transaction.atomic():
            Activity.unscoped.filter(pk=activity.pk).update(state="announced", turn=2)
    insured = announced(cast, is_dangerous=True, insurance="by_place")
    assert insured.state == "open"


@pytest.mark.django_db
def test_what_has_begun_is_not_announced(cast: Cast) -> None:
    activity = drafted(cast)
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=activity)
    with pytest.raises(ActivityBegun):
        operations.announce_activity(actor=cast.manager.actor, at=at(9), activity=activity)


@pytest.mark.django_db
def test_the_clock_opens_begins_and_ends_once(cast: Cast) -> None:
    activity = announced(cast, signup_from=at(8))
    moments = [(AT, 0, "announced"), (at(8), 1, "open"), (at(9), 1, "running"), (at(11), 1, "ended")]
    for moment, moved, state in moments:
        assert tasks.advance.run(at=moment) == moved
        assert tasks.advance.run(at=moment) == 0
        assert Activity.unscoped.get().state == state
        assert operations.advance_activity(at=moment, activity_id=activity.pk) == 0
    assert verbs(activity) == ["draft", "submit", "announce", "open", "run", "end"]


@pytest.mark.django_db
def test_a_clock_that_stood_still_catches_up(cast: Cast) -> None:
    activity = announced(cast, signup_from=at(8))
    assert tasks.advance.run(at=at(23)) == 1
    assert verbs(activity) == ["draft", "submit", "announce", "open", "run", "end"]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_move_it_once(cast: Cast) -> None:
    activity = announced(cast)
    moved = lambda: operations.advance_activity(at=at(9), activity_id=activity.pk)  # noqa: E731 - one call, twice
    assert all_at_once(moved, moved) == [DONE, DONE]
    assert verbs(activity).count("run") == 1


@pytest.mark.django_db
def test_by_hand_it_goes_on_before_its_time_and_is_filed(cast: Cast) -> None:
    activity, actor = announced(cast, signup_from=at(8)), cast.practitioner.actor
    for act in (
        operations.open_activity, operations.run_activity, operations.end_activity, operations.file_activity,
    ):  # fmt: skip
        act(actor=actor, at=AT, activity=activity)
    assert activity.state == "filed"
    with pytest.raises(ActivityMovedOn):
        operations.cancel_activity(actor=actor, at=AT, activity=activity, words="下雨")


@pytest.mark.django_db
def test_it_is_called_off_with_words_that_everybody_reads(cast: Cast) -> None:
    activity = announced(cast, team=cast.team)
    with pytest.raises(SayWhy):
        operations.cancel_activity(actor=cast.practitioner.actor, at=AT, activity=activity, words="")
    operations.cancel_activity(actor=cast.manager.actor, at=AT, activity=activity, words="下雨，改日再办")
    assert notices(cast.leader)[-1] == "activity_cancelled_for_team"
    assert notices(cast.practitioner)[-1] == "activity_cancelled_for_team"
    with scoped(Scope()):
        found = queries.activity_by_uuid(uuid=activity.uuid)
        assert queries.why_cancelled(activity=found) == "下雨，改日再办"
        assert not queries.coming(wanted=queries.Wanted(at=AT)).exists()


@pytest.mark.django_db
def test_a_change_is_told_and_the_history_has_both(cast: Cast) -> None:
    activity = announced(cast, signup_from=at(8))
    act = lambda **told: operations.change_activity(  # noqa: E731 - the same act, thrice
        actor=cast.manager.actor, at=AT, activity=activity, **told
    )
    with pytest.raises(NothingChanged):
        act(span=activity.span, venue="文化广场")
    with pytest.raises(NoVenue):
        act(span=span(14), venue="")
    with pytest.raises(BadActivityTime):
        act(span=span(day=date(2026, 11, 19)), venue="文化广场")
    act(span=span(7), venue="村礼堂", words="怕下雨")
    change = ActivityChange.objects.get()
    assert (change.venue_before, change.venue_after) == ("文化广场", "村礼堂")
    assert (change.during_before.lower, change.during_after.lower) == (at(9), at(7))
    assert Activity.unscoped.get().signup_from == at(6)
    assert notices(cast.practitioner)[-1] == "activity_changed_for_team"
    operations.open_activity(actor=cast.manager.actor, at=AT, activity=activity)
    act(span=span(15), venue="村礼堂")
    assert Activity.unscoped.get().span == span(15)


@pytest.mark.django_db
def test_its_room_is_held_moved_with_it_and_given_back(cast: Cast) -> None:
    room = a_room(cast)
    activity = drafted(cast, room=room, venue="")
    first = activity.booking
    assert first is not None
    assert (activity.venue, first.span, first.for_uuid) == ("多功能厅", span(), activity.uuid)
    plan = replace(PLAN, room=room, title="改个名字")
    operations.edit_activity(actor=cast.practitioner.actor, at=AT, activity=activity, plan=plan)
    assert activity.booking == first
    with pytest.raises(RoomTaken):
        drafted(cast, room=room, title="同时")
    assert Activity.unscoped.count() == 1
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=activity)
    operations.announce_activity(actor=cast.manager.actor, at=AT, activity=activity)
    operations.change_activity(
        actor=cast.practitioner.actor, at=AT, activity=activity, span=span(10), room=room
    )
    assert activity.booking is not None
    assert activity.booking.span == span(10)
    operations.cancel_activity(actor=cast.practitioner.actor, at=AT, activity=activity, words="下雨")
    assert set(Booking.unscoped.values_list("state", flat=True)) == {"cancelled"}
    assert "activity_room_lost" not in notices(cast.practitioner)


@pytest.mark.django_db
def test_a_dropped_draft_gives_its_room_back(cast: Cast) -> None:
    room = a_room(cast)
    operations.drop_activity(actor=cast.practitioner.actor, at=AT, activity=drafted(cast, room=room))
    assert Booking.unscoped.get().state == "cancelled"
    assert drafted(cast, room=room).booking is not None


@pytest.mark.django_db
def test_a_change_whose_room_is_taken_changes_nothing(cast: Cast) -> None:
    room = a_room(cast)
    activity = announced(cast, room=room)
    bookings.hold_room(
        actor=cast.practitioner.actor, at=AT, room=room, span=span(15), wanted=Wanted(people=5, purpose="meeting")
    )  # fmt: skip
    with pytest.raises(RoomTaken):
        operations.change_activity(
            actor=cast.practitioner.actor, at=AT, activity=activity, span=span(14), room=room
        )
    found = Activity.unscoped.select_related("booking").get()
    assert found.booking is not None
    assert (found.span, found.booking.state) == (span(), "held")
    assert not ActivityChange.objects.exists()


@pytest.mark.django_db
def test_a_room_that_others_take_away_is_told_to_who_runs_it(cast: Cast) -> None:
    room = a_room(cast)
    activity = announced(cast, room=room)
    bookings.close_room(actor=cast.manager.actor, at=AT, room=room, words="屋顶漏水")
    assert Activity.unscoped.get().booking is None
    assert verbs(activity)[-1] == "lose_room"
    assert "activity_room_lost" in notices(cast.practitioner)


@pytest.mark.django_db
def test_only_who_runs_the_place_prepares_and_announces(cast: Cast) -> None:
    activity = drafted(cast)
    operations.submit_activity(actor=cast.practitioner.actor, at=AT, activity=activity)
    held = announced(cast)
    for name, one in cast.everybody().items():
        if name in {"practitioner", "director", "manager"}:
            continue
        with pytest.raises(NotYourActivities):
            operations.draft_activity(actor=one.actor, at=AT, place=cast.places.chengbei, plan=PLAN)
        with pytest.raises(NotYoursToAnnounce):
            operations.announce_activity(actor=one.actor, at=AT, activity=activity)
        with pytest.raises(NotYoursToAnnounce):
            operations.send_activity_back(actor=one.actor, at=AT, activity=activity, words="不行")
        with pytest.raises(NotYourActivities):
            operations.cancel_activity(actor=one.actor, at=AT, activity=held, words="不行")
        with pytest.raises(NotYourActivities):
            operations.change_activity(actor=one.actor, at=AT, activity=held, span=span(15), venue="别处")


@pytest.mark.django_db
def test_who_works_for_a_town_prepares_for_its_station_and_does_not_announce_there(cast: Cast) -> None:
    account = make_account(
        "镇里的", at_place=cast.places.changning, roles=[("practitioner", cast.places.changning)]
    )
    clerk = Someone(account=account, phone="")
    activity = operations.draft_activity(
        actor=clerk.actor,
        at=AT,
        place=cast.places.chengbei,
        plan=replace(PLAN, lead=cast.practitioner.person),
    )
    operations.submit_activity(actor=clerk.actor, at=AT, activity=activity)
    with pytest.raises(NotYoursToAnnounce):
        operations.announce_activity(actor=clerk.actor, at=AT, activity=activity)
    assert notices(cast.practitioner) == ["activity_submitted"]
    operations.announce_activity(actor=cast.practitioner.actor, at=AT, activity=activity)


@pytest.mark.django_db
def test_a_draft_is_seen_by_staff_of_the_place_alone(cast: Cast) -> None:
    draft, told = drafted(cast), announced(cast)
    know = set()
    for name, one in cast.everybody().items():
        with one.at_work():
            assert queries.activity_by_uuid(uuid=told.uuid) == told
            try:
                queries.activity_by_uuid(uuid=draft.uuid)
            except NoSuchActivity:
                continue
            know.add(name)
    assert know == {
        "practitioner",
        "grid_keeper",
        "operator",
        "director",
        "dispatcher",
        "manager",
        "supervisor",
    }
    with no_scope(), pytest.raises(NoScope):
        queries.activity_by_uuid(uuid=told.uuid)


@pytest.mark.django_db
def test_its_history_is_never_changed_and_it_keeps_what_it_is(cast: Cast) -> None:
    activity = announced(cast)
    operations.change_activity(
        actor=cast.manager.actor, at=AT, activity=activity, span=span(15), venue="村礼堂"
    )
    for statement in (
        "UPDATE activities_activitystep SET verb = 'run'",
        "DELETE FROM activities_activitystep",
        "UPDATE activities_activitychange SET venue_before = ''",
        "DELETE FROM activities_activitychange",
        "UPDATE activities_activity SET state = 'running'",
        f"UPDATE activities_activity SET place_id = {cast.places.datong.pk}",
        "UPDATE activities_activity SET number = '123456789'",
        "UPDATE activities_activity SET during = tstzrange(now(), now() + interval '4 days')",
        "UPDATE activities_activity SET longitude = 115.6",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db
def test_words_beside_a_step_are_encrypted(cast: Cast) -> None:
    activity = announced(cast)
    operations.cancel_activity(actor=cast.manager.actor, at=AT, activity=activity, words="讲师生病了")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, ' ') FROM activities_activitynote AS row")
        assert "生病" not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_what_comes_is_looked_through_by_day_place_kind_and_audience(cast: Cast) -> None:
    elders = announced(cast, audience=["elder"], kind="activity", point=Point(115.6, 24.9, "gcj02"))
    saturday = announced(cast, span=span(day=MONDAY + timedelta(days=5)), kind="fair", title="文明集市")
    operations.cancel_activity(
        actor=cast.manager.actor, at=AT, activity=announced(cast, title="不办了"), words="下雨"
    )

    def found(hour: int = 7, **wanted: Any) -> list[Activity]:
        return queries.next_coming(wanted=queries.Wanted(at=at(hour), **wanted), most=9)

    with scoped(Scope()):
        assert found() == [elders, saturday]
        assert found(when="today") == [elders]
        assert found(when="week") == [elders, saturday]
        assert found(when="weekend") == [saturday]
        assert found(kind="fair") == found(text="集市") == [saturday]
        assert found(audience="child") == [saturday]
        assert found(audience="elder") == [elders, saturday]
        changning, datong = cast.places.changning, cast.places.datong
        assert found(place_id=changning.pk, county_id=changning.county_id) == [elders, saturday]
        assert found(place_id=datong.pk, county_id=datong.county_id) == []
        assert found(county_id=cast.places.other_center.pk) == []
        assert found(12) == [saturday]


@pytest.mark.django_db
def test_what_happened_is_told_upward(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[ActivityMoved] = []
    monkeypatch.setattr("sidan.activities.operations.door.publish", heard.append)
    activity = announced(cast)
    assert [(event.verb, event.to_state) for event in heard] == [
        ("draft", "draft"), ("submit", "review"), ("announce", "announced"), ("open", "open"),
    ]  # fmt: skip
    assert {event.place_id for event in heard} == {activity.place_id}


STATES = sorted(ActivityState.values)
MOMENTS = st.integers(-48, 96).map(lambda hours: at(9) + timedelta(hours=hours))


@given(st.sampled_from(STATES), MOMENTS, st.none() | MOMENTS)
def test_what_the_clock_does_fits_the_table_and_comes_to_an_end(
    state: str, moment: datetime, opens: datetime | None
) -> None:
    hours = Hours(span(), opens)
    for _step in range(4):
        verb = due_verb(state=state, hours=hours, at=moment)
        if not verb:
            break
        assert state in ACTIVITY[verb].sources
        state = ACTIVITY[verb].target
    assert not due_verb(state=state, hours=hours, at=moment)
    if moment >= hours.span.ends:
        assert state not in {"announced", "open", "running"}


def test_every_state_is_reached_and_what_was_told_is_never_untold() -> None:
    assert {step.target for step in ACTIVITY.values()} - {"(same)"} == set(STATES)
    for step in ACTIVITY.values():
        if step.sources - UNTOLD - {""}:
            assert step.reached_from("open") not in UNTOLD


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_the_words_for_days_mean_days_that_are_ahead(today: date) -> None:
    week, weekend = days_within(when="week", today=today), days_within(when="weekend", today=today)
    assert week is not None
    assert weekend is not None
    assert week[0] == today
    assert week[1].weekday() == 0
    assert today <= weekend[0] < weekend[1] == week[1]
    assert weekend[0].weekday() >= 5
    assert days_within(when="", today=today) is None


Act = Callable[..., Activity]
ACTS: dict[str, Act] = {
    "submit": operations.submit_activity, "announce": operations.announce_activity, "open": operations.open_activity,
    "run": operations.run_activity, "end": operations.end_activity, "file": operations.file_activity,
    "drop": operations.drop_activity,
    "send_back": lambda **told: operations.send_activity_back(words="再想想", **told),
    "cancel": lambda **told: operations.cancel_activity(words="下雨", **told),
    "edit": lambda **told: operations.edit_activity(plan=PLAN, **told),
    "change": lambda **told: operations.change_activity(
        span=span(13), venue=f"别处{told['activity'].turn}", **told
    ),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_acts_leaves_history_and_state_in_step(cast: Cast, seed: int) -> None:
    order = Random(seed).choices(sorted(ACTS), k=40)
    activity, kept = drafted(cast), 0
    for verb in order:
        fits = activity.state in ACTIVITY[verb].sources
        before = (activity.state, activity.turn)
        actor = cast.practitioner.actor if verb == "submit" else cast.manager.actor
        try:
            ACTS[verb](actor=actor, at=AT, activity=activity)
        except ActivityMovedOn:
            assert not fits
            assert (activity.state, activity.turn) == before
            continue
        assert fits
        kept += 1
    found = Activity.unscoped.get()
    steps = list(ActivityStep.objects.filter(activity=found))
    assert [step.turn for step in steps] == list(range(1, found.turn + 1))
    assert steps[-1].to_state == found.state
    assert all(one.to_state == two.from_state for one, two in pairwise(steps))
    assert all(ACTIVITY[step.verb].reached_from(step.from_state) == step.to_state for step in steps)
    assert kept
