"""What comes again: made once, changed for the future only, and single days as somebody decided."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from sidan.activities import operations, queries, tasks
from sidan.activities.calendar import DaysOfWeek, LunarDays, Otherwise, Wanted, market_days
from sidan.activities.models import (
    Activity,
    ActivityStep,
    DayDecision,
    EntryRules,
    Recurring,
    SeriesException,
)
from sidan.activities.operations import Plan, PostPlan, Rule
from sidan.activities.operations.deciding import DayOver, DayTaken, NoSuchDay, NothingDecided
from sidan.activities.operations.planning import NoVenue, RisksMissing
from sidan.activities.operations.ruling import BadRule
from sidan.activities.operations.series import DayGone, SeriesFollowed, SeriesOver
from sidan.activities.permissions import NoSuchSeries, NotYoursToAnnounce
from sidan.bookings import operations as bookings
from sidan.bookings.models import Booking
from sidan.bookings.operations import NewRoom
from sidan.bookings.policies import Span
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.core.errors import SayWhy
from sidan.core.scope import Scope, scoped
from sidan.notify.models import Notice
from sidan.people.operations import issue_token
from tests.at_once import DONE, all_at_once
from tests.cast import Cast
from tests.factories import AT

TODAY = business_date(AT)
"""A Friday: the 20th of November 2026."""
THURSDAY = 3
EVERY_THURSDAY = DaysOfWeek(frozenset({THURSDAY}), since=TODAY)
RULE = Rule(pattern=EVERY_THURSDAY, first=TODAY, begins_at=time(14, 30), ends_at=time(16, 30))
PLAN = Plan(
    kind="activity", title="周四实践日", task="values", span=Span(AT, AT), venue="文化广场", risks="没有特别的风险。",
    about="量血压、磨刀。",
)  # fmt: skip
THURSDAYS = [date(2026, 11, 26) + timedelta(weeks=week) for week in range(5)]
"""Those that lie within 35 days."""


def begun(cast: Cast, rule: Rule = RULE, **plan: Any) -> Recurring:
    return operations.begin_series(
        actor=cast.manager.actor, at=AT, place=cast.places.chengbei, rule=rule, plan=replace(PLAN, **plan)
    )


def days_of(recurring: Recurring, *states: str) -> list[date]:
    rows = Activity.unscoped.filter(series=recurring, **({"state__in": states} if states else {}))
    return sorted(business_date(row.span.begins) for row in rows)


def made_on(recurring: Recurring, day: date) -> Activity:
    rows = Activity.unscoped.select_related("place", "booking__room__place", "lead", "team")
    return rows.get(series=recurring, occurrence=day)


def changed(cast: Cast, recurring: Recurring, day: date, rule: Rule = RULE, **plan: Any) -> Any:
    return operations.change_series(
        actor=cast.manager.actor, at=AT, recurring=recurring, day=day, rule=rule, plan=replace(PLAN, **plan),
        words="换个时间",
    )  # fmt: skip


@pytest.mark.django_db
def test_what_comes_in_the_next_weeks_is_announced_at_once_and_made_once(cast: Cast) -> None:
    recurring = begun(cast)
    assert days_of(recurring, "open") == THURSDAYS
    first = made_on(recurring, THURSDAYS[0])
    assert first.span.begins == datetime(2026, 11, 26, 14, 30, tzinfo=BUSINESS_ZONE)
    assert first.venue == "文化广场"
    assert list(ActivityStep.objects.filter(activity=first).values_list("verb", "actor")) == [
        ("make", None),
        ("open", None),
    ]
    assert operations.make_activities(at=AT, recurring_id=recurring.pk) == 0
    assert tasks.make_series.run(at=AT + timedelta(days=7)) == 1
    assert days_of(recurring) == [*THURSDAYS, THURSDAYS[-1] + timedelta(weeks=1)]
    twin = made_on(recurring, THURSDAYS[0])
    twin.pk, twin.number, twin.uuid = None, "000", recurring.uuid
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.django_db
def test_a_rule_that_is_over_ends(cast: Cast) -> None:
    recurring = begun(cast, replace(RULE, times=2))
    assert days_of(recurring) == THURSDAYS[:2]
    for days, state in ((7, "active"), (14, "ended")):
        tasks.make_series.run(at=AT + timedelta(days=days))
        assert Recurring.unscoped.get().state == state
    assert tasks.make_series.run(at=AT + timedelta(days=21)) == 0


@pytest.mark.django_db
def test_what_no_rule_can_be_is_refused(cast: Cast) -> None:
    with pytest.raises(BadRule):
        begun(cast, replace(RULE, last=TODAY - timedelta(days=1)))
    with pytest.raises(RisksMissing):
        begun(cast, risks=" ")
    with pytest.raises(NoVenue):
        begun(cast, venue="")
    for one in (cast.zhou, cast.leader, cast.dispatcher, cast.supervisor, cast.mallory):
        with pytest.raises(NotYoursToAnnounce):
            operations.begin_series(actor=one.actor, at=AT, place=cast.places.chengbei, rule=RULE, plan=PLAN)
    assert not Recurring.unscoped.exists()


@pytest.mark.django_db
def test_a_change_touches_the_future_only(cast: Cast) -> None:
    recurring = begun(cast)
    later = replace(RULE, begins_at=time(19), ends_at=time(21))
    cut = changed(cast, recurring, THURSDAYS[2], later, venue="村礼堂")
    assert cut.stayed == []
    assert days_of(recurring) == THURSDAYS[:2]
    assert days_of(cut.follows, "open") == THURSDAYS[2:]
    assert made_on(recurring, THURSDAYS[1]).venue == "文化广场"
    moved = made_on(cut.follows, THURSDAYS[2])
    assert (moved.venue, moved.span.begins.astimezone(BUSINESS_ZONE).hour) == ("村礼堂", 19)
    step = ActivityStep.objects.select_related("change").get(activity=moved, verb="remake")
    assert (step.change.venue_before, step.change.venue_after) == ("文化广场", "村礼堂")
    assert Recurring.unscoped.get(pk=recurring.pk).last == THURSDAYS[2] - timedelta(days=1)
    assert tasks.make_series.run(at=AT) == 2
    assert Activity.unscoped.count() == len(THURSDAYS)


@pytest.mark.django_db
def test_the_windows_of_what_is_made_anew_move_with_its_hour(cast: Cast) -> None:
    recurring = begun(cast)
    found = made_on(recurring, THURSDAYS[2])
    before = found.span.begins
    EntryRules.objects.update_or_create(
        activity=found,
        defaults={"signup_until": before - timedelta(hours=2), "signoff_until": before - timedelta(hours=5)},
    )
    cut = changed(cast, recurring, THURSDAYS[2], replace(RULE, begins_at=time(19), ends_at=time(21)))
    moved = made_on(cut.follows, THURSDAYS[2])
    rules = EntryRules.objects.get(activity=moved)
    assert moved.pk == found.pk
    assert moved.span.begins > before
    assert rules.signup_until == moved.span.begins - timedelta(hours=2)
    assert rules.signoff_until == moved.span.begins - timedelta(hours=5)


@pytest.mark.django_db
def test_other_days_call_off_what_nobody_touched_and_leave_what_somebody_did(cast: Cast) -> None:
    recurring = begun(cast)
    touched = made_on(recurring, THURSDAYS[3])
    operations.change_activity(
        actor=cast.practitioner.actor, at=AT, activity=touched, span=touched.span, venue="敬老院"
    )
    fridays = replace(RULE, pattern=DaysOfWeek(frozenset({4}), since=TODAY))
    cut = changed(cast, recurring, THURSDAYS[2], fridays)
    assert [one.pk for one in cut.stayed] == [touched.pk]
    assert days_of(recurring, "open") == THURSDAYS[:2]
    assert days_of(recurring, "cancelled") == [THURSDAYS[2], THURSDAYS[4]]
    # Fridays from the change on, and the Thursday that somebody had arranged with the old people's home.
    assert days_of(cut.follows, "open") == [
        date(2026, 12, 11),
        THURSDAYS[3],
        date(2026, 12, 18),
        date(2026, 12, 25),
    ]


@pytest.mark.django_db
def test_a_change_from_its_beginning_leaves_nothing_of_the_old_rule(cast: Cast) -> None:
    recurring = begun(cast, replace(RULE, first=THURSDAYS[1]))
    cut = changed(cast, recurring, THURSDAYS[0], title="周四集市")
    assert Recurring.unscoped.get(pk=recurring.pk).state == "ended"
    assert days_of(recurring) == []
    assert days_of(cut.follows) == THURSDAYS
    assert {row.title for row in Activity.unscoped.all()} == {"周四集市"}
    with pytest.raises(SeriesOver):
        changed(cast, recurring, THURSDAYS[1])


@pytest.mark.django_db
def test_what_was_decided_about_single_days_outlives_a_change_of_other_things(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    operations.skip_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[3], words="停电")
    operations.move_day(
        actor=actor, at=AT, recurring=recurring, of=THURSDAYS[1], day=THURSDAYS[1] + timedelta(days=1)
    )
    cut = changed(cast, recurring, THURSDAYS[2], title="周四大集")
    kept = {one.of: one.day for one in SeriesException.objects.filter(recurring=cut.follows)}
    assert kept[THURSDAYS[3]] is None
    assert days_of(cut.follows, "open") == [THURSDAYS[2], THURSDAYS[4]]
    assert days_of(recurring, "open") == [THURSDAYS[0], THURSDAYS[1] + timedelta(days=1)]


@pytest.mark.django_db
def test_one_is_left_out_moved_and_added(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    with pytest.raises(SayWhy):
        operations.skip_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[0], words="")
    operations.skip_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[0], words="停电")
    saturday = THURSDAYS[1] + timedelta(days=2)
    operations.move_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[1], day=saturday, words="赶集")
    operations.add_day(actor=actor, at=AT, recurring=recurring, day=date(2026, 12, 1))
    assert days_of(recurring, "cancelled") == [THURSDAYS[0]]
    assert days_of(recurring, "open") == [date(2026, 12, 1), saturday, *THURSDAYS[2:]]
    operations.move_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[1], day=THURSDAYS[1])
    assert THURSDAYS[1] in days_of(recurring, "open")
    assert operations.make_activities(at=AT, recurring_id=recurring.pk) == 0
    for refusal, act in (
        (NoSuchDay, lambda: operations.skip_day(
            actor=actor, at=AT, recurring=recurring, of=date(2026, 12, 2), words="停电")),
        (DayTaken, lambda: operations.add_day(actor=actor, at=AT, recurring=recurring, day=THURSDAYS[2])),
        (DayTaken, lambda: operations.add_day(actor=actor, at=AT, recurring=recurring, day=THURSDAYS[0])),
        (DayGone, lambda: operations.add_day(actor=actor, at=AT, recurring=recurring, day=TODAY)),
        (NotYoursToAnnounce, lambda: operations.add_day(
            actor=cast.dispatcher.actor, at=AT, recurring=recurring, day=date(2026, 12, 2))),
    ):  # fmt: skip
        with pytest.raises(refusal):
            act()


@pytest.mark.django_db
def test_it_is_ended_and_what_was_made_is_called_off_with_the_words(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    with pytest.raises(DayGone):
        operations.end_series(actor=actor, at=AT, recurring=recurring, day=TODAY, words="不办了")
    with pytest.raises(SayWhy):
        operations.end_series(actor=actor, at=AT, recurring=recurring, day=THURSDAYS[1], words=" ")
    cut = operations.end_series(actor=actor, at=AT, recurring=recurring, day=THURSDAYS[1], words="不办了")
    assert cut.follows is None
    assert days_of(recurring, "open") == THURSDAYS[:1]
    assert days_of(recurring, "cancelled") == THURSDAYS[1:]
    assert [tasks.make_series.run(at=AT + timedelta(days=days)) for days in (14, 15)] == [1, 0]
    assert Recurring.unscoped.get().state == "ended"
    assert Activity.unscoped.count() == len(THURSDAYS)


@pytest.mark.django_db
def test_a_rule_is_changed_as_it_stands_and_not_as_it_was_read(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    read_before = Recurring.unscoped.select_related("place").get(pk=recurring.pk)
    operations.end_series(actor=actor, at=AT, recurring=recurring, day=THURSDAYS[1], words="不办了")
    operations.end_series(actor=actor, at=AT, recurring=read_before, day=THURSDAYS[3], words="再想想")
    assert Recurring.unscoped.get(pk=recurring.pk).last == THURSDAYS[1] - timedelta(days=1)


@pytest.mark.django_db
def test_who_comes_is_reminded_anew_where_the_rule_has_another_hour(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    post = operations.add_post(
        actor=actor, at=AT, activity=made_on(recurring, THURSDAYS[0]), plan=PostPlan(role="audience", name="参加")
    )  # fmt: skip
    operations.enrol(actor=cast.zhou.actor, at=AT, post=post)
    eve = datetime.combine(THURSDAYS[0] - timedelta(days=1), time(15), BUSINESS_ZONE)
    tasks.remind.run(at=eve)
    later = replace(RULE, begins_at=time(19), ends_at=time(21))
    operations.change_series(
        actor=actor, at=eve, recurring=recurring, day=THURSDAYS[0], rule=later, plan=PLAN, words="换个时间"
    )
    tasks.remind.run(at=eve + timedelta(hours=5))
    kinds = Notice.objects.filter(account=cast.zhou.account).values_list("kind", flat=True)
    assert list(kinds).count("enrolment_reminder") == 2


@pytest.mark.django_db
def test_its_room_is_held_for_each_time_where_it_is_free(cast: Cast) -> None:
    room = bookings.open_room(
        actor=cast.practitioner.actor, at=AT, place=cast.places.chengbei, told=NewRoom(name="礼堂", seats=30)
    )
    bookings.hold_room(
        actor=cast.practitioner.actor, at=AT, room=room, wanted=bookings.Wanted(people=5, purpose="meeting"),
        span=Span(*(datetime.combine(THURSDAYS[1], time(hour), BUSINESS_ZONE) for hour in (15, 16))),
    )  # fmt: skip
    recurring = begun(cast, room=room)
    held = Booking.unscoped.filter(for_kind="activity", state="held")
    assert held.count() == len(THURSDAYS) - 1
    assert made_on(recurring, THURSDAYS[1]).booking is None
    assert "activity_room_lost" in Notice.objects.filter(account=cast.practitioner.account).values_list(
        "kind", flat=True
    )
    cut = changed(
        cast, recurring, THURSDAYS[2], replace(RULE, begins_at=time(19), ends_at=time(20)), room=room
    )
    assert made_on(cut.follows, THURSDAYS[2]).booking is not None
    assert held.count() == len(THURSDAYS) - 1


@pytest.mark.django_db
def test_days_off_give_way_by_the_calendar_of_the_place(cast: Cast) -> None:
    rule = replace(
        RULE,
        pattern=DaysOfWeek(frozenset({5}), since=TODAY),
        wanted=Wanted.WORKING,
        otherwise=Otherwise.LATER,
    )
    recurring = begun(cast, rule)
    assert {day.weekday() for day in days_of(recurring)} == {0}
    assert {row.occurrence.weekday() for row in Activity.unscoped.filter(series=recurring)} == {5}  # type: ignore[union-attr] # all have their day


@pytest.mark.django_db
def test_a_rule_is_seen_by_staff_of_the_place_alone(cast: Cast) -> None:
    recurring = begun(cast, replace(RULE, pattern=LunarDays(market_days({3, 6, 9}))))
    know = set()
    for name, one in cast.everybody().items():
        with one.at_work():
            try:
                queries.recurring_by_uuid(uuid=recurring.uuid)
            except NoSuchSeries:
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
    with scoped(Scope(root_ids=(cast.places.chengbei.pk,))):
        assert queries.series_list(chosen=queries.SeriesFilter(text="实践日")).get() == recurring
        assert not queries.series_list(chosen=queries.SeriesFilter(state="ended")).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("week", range(5))
@pytest.mark.parametrize("weekday", [THURSDAY, 0])
def test_whatever_is_changed_and_when_what_lies_before_stays_and_nothing_is_doubled(
    cast: Cast, week: int, weekday: int
) -> None:
    recurring = begun(cast)
    before = {row.pk: (row.during, row.venue, row.state) for row in Activity.unscoped.all()}
    rule = replace(RULE, pattern=DaysOfWeek(frozenset({weekday}), since=TODAY), begins_at=time(8))
    day = THURSDAYS[week] - timedelta(days=week % 3)
    changed(cast, recurring, day, rule, venue="别处")
    tasks.make_series.run(at=AT)
    after = list(Activity.unscoped.exclude(state="cancelled"))
    days = [business_date(row.span.begins) for row in after]
    assert len(set(days)) == len(days)
    for row in Activity.unscoped.filter(pk__in=before):
        if business_date(before[row.pk][0].lower) < day:
            assert (row.during, row.venue, row.state) == before[row.pk]
    assert all(one.weekday() == (THURSDAY if one < day else weekday) for one in days)
    assert all(row.venue == "别处" for row in after if business_date(row.span.begins) >= day)


@pytest.mark.django_db
def test_a_program_keeps_a_rule_and_reads_it_in_words(cast: Cast) -> None:
    token = issue_token(actor=cast.practitioner.actor, at=now(), name="test")[0]
    client = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})
    first = business_date(now()) + timedelta(days=1)
    told: dict[str, Any] = {
        "place": str(cast.places.chengbei.uuid), "kind": "class", "title": "微夜校", "task": "culture",
        "venue": "活动室", "risks": "晚上路黑",
        "pattern": {"week": {"days": [first.weekday()], "since": f"{first}"}}, "first": f"{first}",
        "begins_at": "19:00", "ends_at": "20:30",
    }  # fmt: skip
    url = "/api/v1/series"

    def post(address: str, body: dict[str, Any]) -> Any:
        return client.post(address, json.dumps(body), content_type="application/json")

    bad = post(url, {**told, "pattern": {"week": {"days": [9]}}})
    assert (bad.status_code, bad.json()["code"]) == (422, "unreadable_pattern")
    made = post(url, told).json()
    assert made["sentence"].startswith("Every ")
    assert "19:00–20:30" in made["sentence"]
    assert len(made["next"]) == 12
    assert len(made["activities"]) == 5
    one = f"{url}/{made['id']}"
    assert post(f"{one}/skip", {"of": made["next"][0]["of"], "words": "停电"}).status_code == 200
    later = {
        **told,
        "begins_at": "20:00",
        "ends_at": "21:00",
        "day": made["next"][2]["day"],
        "words": "换时间",
    }
    del later["place"]
    cut = post(f"{one}/change", later).json()
    assert cut["stayed"] == []
    assert cut["follows"]["follows"] == made["id"]
    assert [item["id"] for item in client.get(url).json()["items"]] == [cut["follows"]["id"], made["id"]]
    page = reverse("activities:series", args=[cut["follows"]["id"]])
    shown = cast.practitioner.client().get(page).content.decode()
    assert "每周" in shown
    assert "20:00–21:00" in shown
    activity = Activity.unscoped.filter(state="open").latest("occurrence")
    public = Client().get(reverse("activities:activity", args=[activity.uuid])).content.decode()
    assert "每周" in public


@pytest.mark.django_db
def test_staff_decide_about_single_times_on_the_page_of_the_rule(cast: Cast) -> None:
    first = business_date(now()) + timedelta(days=2)
    rule = replace(RULE, pattern=DaysOfWeek(frozenset({first.weekday()}), since=first), first=first)
    recurring = operations.begin_series(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, rule=rule, plan=PLAN
    )
    client = cast.practitioner.client()
    page = reverse("activities:series", args=[recurring.uuid])
    skip = reverse("activities:skip_day", args=[recurring.uuid])
    refused = client.post(skip, {"of": f"{first}", "words": ""})
    assert refused.status_code == 422
    client.post(skip, {"of": f"{first}", "words": "停电"})
    weeks = [first + timedelta(weeks=week) for week in range(3)]
    moved = {"of": f"{weeks[1]}", "day": f"{weeks[1] + timedelta(days=1)}"}
    client.post(reverse("activities:move_day", args=[recurring.uuid]), moved)
    client.post(reverse("activities:add_day", args=[recurring.uuid]), {"day": f"{first + timedelta(days=3)}"})
    assert days_of(recurring, "open")[:3] == [
        first + timedelta(days=3), weeks[1] + timedelta(days=1), weeks[2],
    ]  # fmt: skip
    shown = client.get(page).content.decode()
    assert "停一场" in shown
    assert "停一场" not in cast.dispatcher.client().get(page).content.decode()
    client.post(
        reverse("activities:end_series", args=[recurring.uuid]), {"day": f"{weeks[2]}", "words": "不办了"}
    )
    assert days_of(recurring, "open")[-1] == weeks[1] + timedelta(days=1)


@pytest.mark.django_db
def test_what_was_decided_about_a_day_is_taken_back_and_stays_written_down(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    saturday, tuesday = THURSDAYS[1] + timedelta(days=2), date(2026, 12, 1)
    operations.skip_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[0], words="停电")
    operations.move_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[1], day=saturday, words="赶集")
    operations.add_day(actor=actor, at=AT, recurring=recurring, day=tuesday)
    with pytest.raises(SayWhy):
        operations.undo_day(actor=actor, at=AT, recurring=recurring, of=tuesday)
    for of in (THURSDAYS[0], THURSDAYS[1], tuesday):
        operations.undo_day(actor=actor, at=AT, recurring=recurring, of=of, words="不用了")
    # What was called off stays so, and another one is announced for its day; one more is called off again.
    assert days_of(recurring, "open") == THURSDAYS
    assert days_of(recurring, "cancelled") == [THURSDAYS[0], tuesday]
    assert not SeriesException.objects.exists()
    assert operations.make_activities(at=AT, recurring_id=recurring.pk) == 0
    told = [(one.of, one.verb, one.day) for one in DayDecision.objects.order_by("id")]
    assert told == [
        (THURSDAYS[0], "skip", None), (THURSDAYS[1], "move", saturday), (tuesday, "add", tuesday),
        (THURSDAYS[0], "undo", THURSDAYS[0]), (THURSDAYS[1], "undo", THURSDAYS[1]), (tuesday, "undo", None),
    ]  # fmt: skip
    with pytest.raises(NothingDecided):
        operations.undo_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[0])
    # It can be decided anew, the same day once more.
    operations.add_day(actor=actor, at=AT, recurring=recurring, day=tuesday)
    assert tuesday in days_of(recurring, "open")


@pytest.mark.django_db
def test_what_was_decided_about_a_day_that_is_over_stays(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    operations.skip_day(actor=actor, at=AT, recurring=recurring, of=THURSDAYS[0], words="停电")
    later = AT + timedelta(days=6)
    with pytest.raises(DayOver):
        operations.undo_day(actor=actor, at=later, recurring=recurring, of=THURSDAYS[0])
    with pytest.raises(DatabaseError, match=r"permission denied|appended"), transaction.atomic():
        DayDecision.objects.update(day=None)


@pytest.mark.django_db
def test_a_rule_that_was_changed_is_not_changed_again_in_its_old_form(cast: Cast) -> None:
    recurring = begun(cast)
    changed(cast, recurring, THURSDAYS[1], venue="别处")
    with pytest.raises(SeriesFollowed):
        changed(cast, recurring, THURSDAYS[3], venue="第三处")
    with pytest.raises(IntegrityError, match="followed_once"), transaction.atomic():
        Recurring.unscoped.create(
            place=recurring.place, county=recurring.county, lead=recurring.lead, kind="activity", title="又一个",
            pattern=recurring.pattern, first=TODAY, begins_at=time(8), ends_at=time(9), follows=recurring,
            state_since=AT, created_at=AT,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_who_change_a_rule_at_once_make_one_that_follows_it(cast: Cast) -> None:
    recurring = begun(cast)

    def change(venue: str) -> Callable[[], object]:
        found = Recurring.unscoped.select_related("place", "lead", "team", "room").get(pk=recurring.pk)
        return lambda: changed(cast, found, THURSDAYS[1], venue=venue)

    assert sorted(all_at_once(change("东边"), change("西边"))) == sorted([DONE, "series_followed"])
    assert Recurring.unscoped.filter(follows=recurring).count() == 1
    live = list(Activity.unscoped.exclude(state="cancelled").values_list("occurrence", flat=True))
    assert len(set(live)) == len(live)


@pytest.mark.django_db
def test_before_a_rule_is_changed_one_reads_what_becomes_of_each_coming_day(cast: Cast) -> None:
    recurring, actor = begun(cast), cast.manager.actor
    own = made_on(recurring, THURSDAYS[3])
    operations.change_activity(actor=actor, at=AT, activity=own, span=own.span, venue="村礼堂")
    friday = replace(RULE, pattern=DaysOfWeek(frozenset({THURSDAY, 4}), since=TODAY), begins_at=time(15))

    def fates(rule: Rule, **plan: Any) -> dict[date, str]:
        told = operations.foresee_change(
            at=AT, recurring=recurring, day=THURSDAYS[1], rule=rule, plan=replace(PLAN, **plan)
        )
        return {one.of: one.fate.value for one in told}

    assert set(fates(RULE).values()) == {"same", "kept"}
    told = fates(friday)
    assert (told[THURSDAYS[1]], told[THURSDAYS[1] + timedelta(days=1)]) == ("other", "new")
    assert (told[THURSDAYS[3]], min(told)) == ("kept", THURSDAYS[1])
    gone = fates(replace(RULE, pattern=DaysOfWeek(frozenset({0}), since=TODAY)))
    assert (gone[THURSDAYS[1]], gone[THURSDAYS[1] + timedelta(weeks=6)]) == ("off", "gone")
    # What was read is what comes of it.
    cut = changed(cast, recurring, THURSDAYS[1], friday)
    open_days = set(days_of(cut.follows, "open"))
    assert {
        of for of, fate in told.items() if fate in {"other", "new", "kept"} and of <= max(open_days)
    } == open_days


@pytest.mark.django_db
def test_staff_change_a_rule_on_a_page_that_shows_first_what_becomes_of_it(cast: Cast) -> None:
    first = business_date(now()) + timedelta(days=2)
    rule = replace(RULE, pattern=DaysOfWeek(frozenset({first.weekday()}), since=first), first=first)
    recurring = operations.begin_series(
        actor=cast.practitioner.actor, at=now(), place=cast.places.chengbei, rule=rule, plan=PLAN
    )
    client, week = cast.practitioner.client(), timedelta(weeks=1)
    url = reverse("activities:edit_series", args=[recurring.uuid])
    assert url in client.get(reverse("activities:series", args=[recurring.uuid])).content.decode()
    form = client.get(url).context["form"]
    told = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, "")}
    told |= {"first": f"{first + week}", "begins": "15:00", "ends": "16:30", "words": "换个时间"}
    # Without having seen it nothing is done, and it is shown.
    shown = client.post(url, told)
    assert (shown.status_code, Recurring.unscoped.count()) == (200, 1)
    assert [str(one.fate) for one in shown.context["foreseen"]][:2] == ["other", "other"]
    looked = client.post(reverse("activities:look_at_change", args=[recurring.uuid]), told)
    assert looked.context["seen"] == shown.context["seen"]
    seen = {**told, "seen": looked.context["seen"]}
    other = client.post(url, {**seen, "begins": "14:00"})
    assert (other.status_code, Recurring.unscoped.count()) == (422, 1)
    assert client.post(url, seen).status_code == 303
    follower = Recurring.unscoped.get(follows=recurring)
    assert (follower.begins_at, follower.title, follower.first) == (time(15), recurring.title, first + week)
    assert days_of(recurring, "open") == [first]
    # The old one leads to the new one, and is not changed any more.
    assert (
        str(follower.uuid) in client.get(reverse("activities:series", args=[recurring.uuid])).content.decode()
    )
    assert client.get(url).status_code == 409
