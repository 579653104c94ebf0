"""A list costs the same with few rows and with more: no row asks the database for itself."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sidan.activities import operations as operations_of_activities
from sidan.activities.calendar import DaysOfMonth
from sidan.activities.models import Activity, Post
from sidan.activities.operations import Rule
from sidan.campaigns.models import Campaign
from sidan.campaigns.operations import add_kind, give_word
from sidan.catalogue import operations as catalogue
from sidan.catalogue.enums import Stage as Stages
from sidan.catalogue.models import Category, Menu
from sidan.core.actor import SYSTEM
from sidan.core.clock import now
from sidan.core.scope import everything
from sidan.kiosk import operations as kiosk
from sidan.lectures.models import Talk
from sidan.limits.models import TaskFiring, TaskTimer, Timer, WishTimer
from sidan.limits.operations import Terms, begin_task, fire_timer, fire_wish_timer, set_limit
from sidan.needs.operations import draft_survey
from sidan.orders import operations
from sidan.orders.models import Assignment, AssignmentMember, Order, Review, ReviewText
from sidan.people import operations as people
from sidan.places.operations import set_working_day
from sidan.plans.models import Plan
from sidan.plans.operations import add_lines
from sidan.schools.models import School, Session
from sidan.web.operations import keep_view
from tests.factories import make_account, make_place, make_team, make_volunteer, next_phone
from tests.matrix import stage as building
from tests.matrix import (
    stage_activities,
    stage_campaigns,
    stage_care,
    stage_desk,
    stage_dossiers,
    stage_fairs,
    stage_honours,
    stage_hours,
    stage_lectures,
    stage_plans,
    stage_pop_ups,
    stage_projects,
    stage_reviews,
    stage_rooms,
    stage_rotas,
    stage_schools,
    stage_talk,
)
from tests.matrix.stage import Stage

V1 = "/api/v1"
BY_LIMIT = {
    f"{V1}/notices": "resident",
    f"{V1}/volunteers": "manager",
    f"{V1}/teams": "manager",
    f"{V1}/accounts": "manager",
    f"{V1}/places": "manager",
    f"{V1}/catalogue/projects": "manager",
    f"{V1}/orders?chip=with_team": "dispatcher",
    f"{V1}/orders/mine": "resident",
}


def volunteers(stage: Stage) -> None:
    for number in (1, 2):
        made = make_volunteer(f"志愿{number}", at_place=stage.cast.places.chengbei)
        people.add_member(
            actor=stage.actor("manager"), at=now(), uuid=stage.cast.team.uuid, person_uuid=made.person.uuid
        )


def refused(stage: Stage) -> None:
    for _number in (1, 2):
        building._refused_time(stage)


def teams(stage: Stage) -> None:
    for number in (1, 2):
        made = make_team(
            f"新队{number}", at_place=stage.cast.places.chengbei, leader=stage.cast.leader.person
        )
        catalogue.set_team_services(
            actor=SYSTEM, at=now(), team=made, services=[(_hair(), stage.cast.places.center)]
        )


def accounts(stage: Stage) -> None:
    place = stage.cast.places.chengbei
    for number in (1, 2):
        make_account(
            f"员工{number}",
            at_place=place,
            phone=next_phone(),
            roles=[("operator", place), ("director", place)],
        )


def places(stage: Stage) -> None:
    for number in (1, 2):
        make_place("station", f"新站{number}", under=stage.cast.places.changning)


def terminals(stage: Stage) -> None:
    for number in (1, 2):
        kiosk.invite_terminal(actor=SYSTEM, at=now(), place=stage.cast.places.chengbei, name=f"终端{number}")


def days(stage: Stage) -> None:
    monday = date(now().year, 3, 1)
    while monday.weekday():
        monday += timedelta(days=1)
    for number, place in enumerate((stage.cast.places.chengbei, stage.cast.places.changning)):
        for kind in ("rests", "works"):
            day = monday + timedelta(days=number)
            set_working_day(actor=SYSTEM, at=now(), place_id=place.pk, day=day, kind=kind, reason="大雪")


def limits(stage: Stage) -> None:
    for place in (stage.cast.places.chengbei, stage.cast.places.changning):
        for step in ("contact", "visit"):
            terms = Terms(amount=9, unit="hours", at_half="nobody", at_end="remind")
            set_limit(
                actor=SYSTEM, at=now(), place=place, step=step, terms=terms, reason="试行", category="hair"
            )


def limits_of_levels(stage: Stage) -> None:
    terms, place = Terms(9, "hours", "nobody", "remind"), stage.cast.places.changning
    for step in ("contact", "visit"):
        set_limit(actor=SYSTEM, at=now(), place=place, step=step, terms=terms, reason="试行", level="station")


def firings(stage: Stage) -> None:
    for _number in (1, 2):
        order = building._ask(stage)
        fire_timer(at=now() + timedelta(days=60), timer_id=Timer.objects.get(order=order).pk)


def firings_of_tasks(stage: Stage) -> None:
    for _number in (1, 2):
        order = building._ask(stage)
        begin_task(task="call_back", order=order, turn=1, at=now())
        timer = TaskTimer.objects.latest("id")
        TaskFiring.objects.create(timer=timer, kind="half", did="who_acts", at=timer.half_at)


def firings_of_wishes(stage: Stage) -> None:
    for who in ("resident", "leader"):
        stage_care.make_wish(stage.actor(who))
        fire_wish_timer(at=now() + timedelta(days=60), timer_id=WishTimer.objects.latest("id").pk)


def categories(stage: Stage) -> None:
    for number in (1, 2):
        catalogue.create_category(
            actor=SYSTEM, at=now(), name=f"新种类{number}", icon="scissors", parent=_hair()
        )


def projects(stage: Stage) -> None:
    for number in (1, 2):
        building._project(stage, _hair(), f"新服务{number}", ("propose",))
        made = building._project(stage, _hair(), f"上单{number}", ("propose", "publish"))
        catalogue.add_menu_item(
            actor=SYSTEM, at=now(), menu_uuid=stage.things["menu"], project_uuid=made.uuid
        )


def growth(stage: Stage) -> None:
    for kind in (Stages.GROWING, Stages.BRAND):
        project = stage.things["draft"]
        catalogue.set_stage(actor=SYSTEM, at=now(), project_uuid=project, stage=kind, why="点单多了")
        stage_projects.give(project)
        stage_projects.write_task(stage.cast, project)


def months(stage: Stage) -> None:
    menu = Menu.objects.select_related("place").get(uuid=stage.things["menu"])
    for later in (400, 800):
        month = menu.month + timedelta(days=later)
        catalogue.draft_menu(actor=SYSTEM, at=now(), place=menu.place, month=month)


def services(stage: Stage) -> None:
    areas = (stage.cast.places.changning, stage.cast.places.liuche, stage.cast.places.center)
    catalogue.set_team_services(
        actor=SYSTEM, at=now(), team=stage.cast.team, services=[(_hair(), area) for area in areas]
    )


def orders(stage: Stage) -> None:
    for _number in (1, 2):
        order = building._ask(stage)
        for step in (building._admit, building._offer, building._accept, building._schedule):
            step(stage, type(order).unscoped.get(pk=order.pk))


def calls(stage: Stage) -> None:
    for way in ("first_come", "best_fit"):
        order = building._ask(stage)
        building._admit(stage, order)
        call = operations.open_call(
            actor=stage.actor("dispatcher"), at=now(), order=type(order).unscoped.get(pk=order.pk), way=way,
            area=stage.cast.places.center, until=now() + timedelta(days=1),
        )  # fmt: skip
        if way == "best_fit":
            leader = stage.actor("leader")
            operations.apply_for_call(actor=leader, at=now(), call=call, team=stage.cast.team)


def cases(stage: Stage) -> None:
    for _number in (1, 2):
        stage_care.open_case(stage.cast, stage.actor("practitioner"))


def past(stage: Stage) -> None:
    orders(stage)
    named = AssignmentMember.objects.filter(removed_at=None, assignment__state="accepted")
    Assignment.objects.filter(pk__in=named.values("assignment")).update(state="finished", ended_at=now())


def reviewed(stage: Stage) -> None:
    orders(stage)
    account = stage.people["resident"].account
    for order in Order.unscoped.filter(state="scheduled"):
        said = Review.objects.create(order=order, turn=order.turn, outcome="half", by=account, at=now())
        ReviewText.objects.create(review=said, words="还行，电话 12900001111")


def looked_after(stage: Stage) -> None:
    for _number in (1, 2):
        stage_reviews.review_half(stage.cast, building.serve(stage))


def wishes(stage: Stage) -> None:
    for who in ("resident", "leader"):
        stage_care.make_wish(stage.actor(who))
        stage_care.hang_wish(stage.cast, stage.actor(who))


def entered(stage: Stage) -> None:
    for _number in (1, 2):
        stage_desk.enter(stage.things)


def rooms(stage: Stage) -> None:
    for number in (1, 2):
        stage_rooms.open_room(stage.cast, f"教室{number}")


def pop_ups(stage: Stage) -> None:
    for number in (1, 2):
        stage_pop_ups.announce(stage.cast, f"服务车{number}")


def room_turns(stage: Stage) -> None:
    for number in (1, 2):
        stage_rooms.take_turns(stage.cast, stage_rooms.open_room(stage.cast, f"排练室{number}"))


def bookings(stage: Stage) -> None:
    room = stage_rooms.open_room(stage.cast, "礼堂")
    for hour in (10, 12):
        stage_rooms.ask_room(stage.actor("resident"), room, hour=hour)
        stage_rooms.hold_room(stage.cast, room, hour=hour + 1)


def rotas(stage: Stage) -> None:
    cast = stage.cast
    team = (cast.volunteer.person, cast.leader.person)
    for number in (1, 2):
        stage_rotas.make_rota(cast, f"岗亭{number}", team, hour=10 + number, needed=3)


def turns(stage: Stage) -> None:
    cast = stage.cast
    for number in (1, 2):
        rota = stage_rotas.make_rota(cast, f"服务台{number}", (cast.volunteer.person,), hour=13 + number)
        stage_rotas.ask_away(rota, cast.volunteer)


def month(stage: Stage) -> None:
    """Two people more with a turn this month, which they could not come to."""
    for number in (1, 2):
        stage_rotas.miss_turn(stage.cast, stage.things, number)


def crew(stage: Stage) -> None:
    for _number in (1, 2):
        stage_rotas.put_in(stage.cast, stage.things)


def activities(stage: Stage) -> None:
    for number in (1, 2):
        for state in ("draft", "announced", "running"):
            stage_activities.make_activity(stage.cast, state, f"活动{number}")


def over(stage: Stage) -> None:
    for number in (1, 2):
        told = stage_dossiers.tell(stage.cast, f"报道{number}")
        stage_dossiers.hang(stage.cast, told, building.picture())


def fairs(stage: Stage) -> None:
    for number in (1, 2):
        fair = stage_fairs.make_fair(stage.cast, "open", title=f"集市{number}")
        stage_fairs.place(stage.cast, stage_fairs.add_stalls(stage.cast, fair, 2)[0])


def fair_stalls(stage: Stage) -> None:
    fair = Activity.unscoped.get(uuid=stage.things["fair"])
    for number, stall in enumerate(stage_fairs.add_stalls(stage.cast, fair, 4)):
        if number % 2:
            team = make_team(f"摆摊队{number}", at_place=stage.cast.places.chengbei)
            stage_fairs.place(stage.cast, stall, team)


def plans(stage: Stage) -> None:
    for year in (2041, 2042):
        for state in stage_plans.WAYS:
            offset = list(stage_plans.WAYS).index(state) * 10
            stage_plans.make_plan(stage.cast, state, date(year + offset, 1, 1))


def plan_lines(stage: Stage) -> None:
    draft = Plan.unscoped.get(uuid=stage.things["plan_draft"])
    for number in (1, 2):
        line = stage_plans.facts(draft.first_day, f"活动{number}")
        add_lines(actor=stage.actor("practitioner"), at=now(), plan=draft, lines=[line])


def talks(stage: Stage) -> None:
    for number in (1, 2):
        for state in stage_lectures.WAYS:
            talk = stage_lectures.make_talk(stage.cast, state, f"课件{number}")
        stage_lectures.pass_on(stage.cast, talk)


def lecturers(stage: Stage) -> None:
    for who in (stage.cast.volunteer, stage.cast.leader):
        stage_lectures.make_lecturer(stage.cast, who)


def times_given(stage: Stage) -> None:
    talk = Talk.unscoped.get(uuid=stage.things["talk_published"])
    for _number in (1, 2):
        stage_lectures.give(stage.cast, stage_lectures.make_lecture(stage.cast), talk)


def schools(stage: Stage) -> None:
    for number in (1, 2):
        school = stage_schools.make_school(stage.cast, f"夜校{number}")
        stage_schools.join(stage.cast.zhou, school)
        lesson = stage_schools.make_class(stage.cast, f"课{number}", begins=now() - timedelta(hours=1))
        stage_schools.have(stage.cast, lesson, school, "chat")


def pupils(stage: Stage) -> None:
    school = School.unscoped.get(uuid=stage.things["school"])
    for who in (stage.cast.volunteer, stage.cast.leader):
        stage_schools.join(who, school)


def school_classes(stage: Stage) -> None:
    school = School.unscoped.get(uuid=stage.things["school"])
    for number in (1, 2):
        lesson = stage_schools.make_class(stage.cast, f"课{number}", begins=now() - timedelta(hours=1))
        stage_schools.have(stage.cast, lesson, school, "chat")


def schools_of_class(stage: Stage) -> None:
    lesson = Activity.unscoped.get(uuid=stage.things["school_class"])
    for number in (1, 2):
        school = stage_schools.make_school(stage.cast, f"夜校{number}")
        stage_schools.have(stage.cast, lesson, school, "video")


def viewers(stage: Stage) -> None:
    session = Session.objects.select_related("school", "activity").get(uuid=stage.things["school_session"])
    for source in ("short", "group"):
        stage_schools.count_viewers(stage.cast, session, 7, source)


def campaigns(stage: Stage) -> None:
    for number in (1, 2):
        for state in stage_campaigns.WAYS:
            stage_campaigns.make_campaign(stage.cast, state, f"行动{number}")


def campaign_sites(stage: Stage) -> None:
    """Two more schools, each with a stop to come and one that was reached."""
    campaign = Campaign.unscoped.get(uuid=stage.things["campaign_told"])
    for number in (1, 2):
        site = stage_campaigns.make_site(stage.cast, campaign, f"第{number}小学")
        record = stage_campaigns.make_record(stage.cast, site, number)
        give_word(actor=stage.actor("manager"), at=now(), record=record)
        stage_campaigns.make_stop(stage.cast, site, number)
        stage_campaigns.make_site(stage.cast, campaign, f"第{number}中学")
        add_kind(
            actor=stage.actor("manager"), at=now(), county=stage.cast.places.center, name=f"类别{number}"
        )


def recurring(stage: Stage) -> None:
    day = date(now().year + 1, 1, 1)
    rule = Rule(pattern=DaysOfMonth(frozenset({1})), first=day, begins_at=time(9), ends_at=time(11))
    for number in (1, 2):
        made = stage_activities.make_series(stage.cast, rule, f"安排{number}")
        stage_activities.follow_series(stage.cast, made, rule)


def enrolments(stage: Stage) -> None:
    """Two more who come to what is open; the resident comes to two more."""
    cast = stage.cast
    activity = Activity.unscoped.get(uuid=stage.things["activity_open"])
    post = Post.objects.get(uuid=stage.things["post_open"])
    for name in ("甲", "乙"):
        operations_of_activities.enrol_relative(actor=cast.zhou.actor, at=now(), post=post, name=name)
        stage_activities.make_post(cast, activity, f"名额{name}")


def comings(stage: Stage) -> None:
    """Two more guests, and two more counts of heads."""
    activity = Activity.unscoped.get(uuid=stage.things["activity_door"])
    for number in (1, 2):
        stage_activities.come_by_hand(stage.cast, activity, f"来宾{number}")
        operations_of_activities.count_heads(
            actor=stage.cast.practitioner.actor, at=now(), activity=activity, people=number
        )


def hours(stage: Stage) -> None:
    stage_hours.more_records(stage.cast)


def claims(stage: Stage) -> None:
    stage_hours.more_claims(stage.cast)


def certificates(stage: Stage) -> None:
    stage_honours.more_certificates(stage.cast)


def honours(stage: Stage) -> None:
    for number in range(2):
        stage_honours.more_honours(stage.cast, 2040 + 10 * number)


def names(stage: Stage) -> None:
    stage_honours.more_names(stage.cast, stage.things["proposal_draft"])


def needs(stage: Stage) -> None:
    for _number in (1, 2):
        stage_care.note_need(stage.cast)


def surveys(stage: Stage) -> None:
    for _number in (1, 2):
        draft_survey(
            actor=stage.actor("manager"),
            at=now(),
            place=stage.cast.places.chengbei,
            title="再问问",
            text="好吗？\n- 好\n- 不好",
        )


def given_up(stage: Stage) -> None:
    for _number in (1, 2):
        stage_talk.give_up_a_message(stage.people["resident"].account.pk)


def talk(stage: Stage) -> None:
    stage_talk.say_more(stage.cast, stage.things["talk_number"])


def roles(stage: Stage) -> None:
    colleague = stage.cast.grid_keeper.account
    for role in ("operator", "practitioner"):
        people.grant_role(
            actor=SYSTEM,
            at=now(),
            account_id=colleague.pk,
            role=role,
            place_id=stage.cast.places.changning.pk,
        )


def tokens(stage: Stage) -> None:
    for _number in (1, 2):
        people.issue_token(actor=stage.actor("manager"), at=now(), name="another")


def saved_views(stage: Stage) -> None:
    for number in (1, 2):
        keep_view(
            actor=stage.actor("manager"),
            at=now(),
            page="people:teams",
            name=f"视图{number}",
            query="sort=name",
        )


def _hair() -> Category:
    return Category.objects.get(code="hair")


Grow = Callable[[Stage], Any]
BY_GROWING: dict[str, tuple[str, Grow]] = {
    "people:volunteers": ("manager", volunteers),
    "people:export_volunteers": ("manager", volunteers),
    "people:teams": ("manager", teams),
    "people:export_teams": ("manager", teams),
    "people:team team": ("manager", volunteers),
    "people:accounts": ("manager", accounts),
    "people:export_accounts": ("manager", accounts),
    "people:me": ("grid_keeper", roles),
    "people:settings": ("manager", tokens),
    "people:become_volunteer": ("resident", places),
    "places:tree": ("manager", places),
    "places:export": ("manager", places),
    "places:place changning": ("visitor", places),
    "places:console_place changning": ("manager", places),
    "limits:place chengbei": ("manager", limits),
    "limits:firings": ("dispatcher", firings),
    "limits:export_firings": ("dispatcher", firings),
    "limits:firings?of=wish": ("dispatcher", firings_of_wishes),
    "limits:export_firings?of=wish": ("dispatcher", firings_of_wishes),
    "limits:firings?of=task": ("dispatcher", firings_of_tasks),
    "limits:export_firings?of=task": ("dispatcher", firings_of_tasks),
    "places:calendar chengbei": ("manager", days),
    f"{V1}/limits/{{chengbei}}": ("manager", limits),
    f"{V1}/limits/{{changning}}/levels": ("manager", limits_of_levels),
    f"{V1}/limits/{{chengbei}}/written": ("manager", limits),
    f"{V1}/limits/{{chengbei}}/deadlines": ("manager", limits),
    f"{V1}/limits/{{chengbei}}/people": ("manager", accounts),
    f"{V1}/places/{{chengbei}}/working-days": ("manager", days),
    "places:pick": ("visitor", places),
    "web:find?q=志愿": ("manager", volunteers),
    "web:views": ("manager", saved_views),
    "web:narrow": ("manager", places),
    "web:place": ("visitor", places),
    "catalogue:services": ("visitor", projects),
    "catalogue:projects": ("manager", projects),
    "catalogue:export": ("manager", projects),
    "catalogue:review": ("manager", projects),
    "catalogue:project draft": ("manager", growth),
    "catalogue:tasks": ("manager", growth),
    "catalogue:export_tasks": ("manager", growth),
    "catalogue:menu menu": ("manager", needs),
    f"{V1}/catalogue/projects/{{draft}}/support": ("manager", growth),
    f"{V1}/catalogue/projects/{{draft}}/stages": ("manager", growth),
    f"{V1}/catalogue/tasks": ("manager", growth),
    f"{V1}/needs/beside-menu/{{menu}}": ("manager", needs),
    "catalogue:menu draft_menu": ("manager", projects),
    "catalogue:menus": ("manager", places),
    "catalogue:categories": ("manager", categories),
    "catalogue:team_services team": ("manager", services),
    "orders:mine": ("resident", orders),
    "orders:tasks": ("volunteer", orders),
    "orders:past_tasks": ("volunteer", past),
    "orders:not_written": ("leader", refused),
    "/api/v1/team-work/offline/refused": ("leader", refused),
    "orders:reviews": ("dispatcher", reviewed),
    "orders:reviews_export": ("dispatcher", reviewed),
    "reviews:calls": ("operator", looked_after),
    "reviews:flags": ("dispatcher", looked_after),
    "reviews:follow_ups": ("dispatcher", looked_after),
    "reviews:suggestions": ("dispatcher", looked_after),
    "reviews:export_calls": ("operator", looked_after),
    "reviews:export_flags": ("dispatcher", looked_after),
    "reviews:export_follow_ups": ("dispatcher", looked_after),
    "reviews:export_suggestions": ("dispatcher", looked_after),
    "orders:queue": ("dispatcher", orders),
    "orders:queue_export": ("dispatcher", orders),
    "orders:queue_order admitted": ("dispatcher", teams),
    "orders:board": ("leader", orders),
    "orders:calls": ("leader", calls),
    "analytics:figures": ("manager", places),
    "supply:demand": ("manager", places),
    "supply:demand?rows=place": ("manager", orders),
    "supply:gaps": ("manager", needs),
    "supply:fairness": ("manager", places),
    "supply:fairness?show=all&sort=-visits&count=1": ("manager", places),
    "supply:fairness?show=twice&count=1": ("manager", orders),
    "orders:standing_out": ("manager", looked_after),
    "desk:phone?q=宁": ("operator", orders),
    "mediation:cases": ("practitioner", cases),
    "mediation:export": ("practitioner", cases),
    "desk:phone": ("dispatcher", entered),
    "kiosk:terminals": ("manager", terminals),
    "kiosk:export": ("manager", terminals),
    "desk:caller zhou_person": ("dispatcher", entered),
    f"{V1}/desk/calls": ("dispatcher", entered),
    "bookings:rooms": ("visitor", rooms),
    "places:place chengbei": ("visitor", rooms),
    "bookings:mine": ("resident", bookings),
    "bookings:desk": ("manager", bookings),
    "bookings:export": ("manager", bookings),
    "bookings:staff_rooms": ("manager", rooms),
    "bookings:export_rooms": ("manager", rooms),
    "bookings:turns": ("manager", room_turns),
    "bookings:export_turns": ("manager", room_turns),
    "places:pop_ups": ("visitor", pop_ups),
    "places:place center": ("visitor", pop_ups),
    "places:staff_pop_ups": ("manager", pop_ups),
    "places:staff_pop_ups?count=1": ("manager", pop_ups),
    "places:export_pop_ups": ("manager", pop_ups),
    f"{V1}/pop-ups": ("visitor", pop_ups),
    f"{V1}/pop-ups/office": ("manager", pop_ups),
    "web:home": ("resident", activities),
    "activities:activities": ("visitor", activities),
    "activities:calendar": ("visitor", activities),
    "activities:year": ("visitor", activities),
    "activities:calendar?view=week": ("visitor", activities),
    "activities:calendar?view=day": ("resident", places),
    "activities:calendar?view=list": ("visitor", activities),
    "fairs:desk": ("manager", fairs),
    "fairs:desk?count=1": ("manager", fairs),
    "fairs:export": ("manager", fairs),
    "fairs:mine": ("leader", fairs),
    "fairs:layout fair": ("manager", fair_stalls),
    "fairs:export_stalls fair": ("manager", fair_stalls),
    "fairs:board fair": ("manager", fair_stalls),
    "fairs:plan fair": ("visitor", fair_stalls),
    "fairs:signs fair": ("manager", fair_stalls),
    "activities:activity fair": ("visitor", fair_stalls),
    f"{V1}/fairs/{{fair}}/stalls": ("visitor", fair_stalls),
    "campaigns:campaigns": ("visitor", campaigns),
    "campaigns:desk": ("manager", campaigns),
    "campaigns:desk?count=1": ("manager", campaigns),
    "campaigns:export": ("manager", campaigns),
    "campaigns:public_campaign campaign_told": ("visitor", campaign_sites),
    "campaigns:feed campaign_told": ("visitor", campaign_sites),
    "campaigns:campaign campaign_told": ("manager", campaign_sites),
    "campaigns:sites campaign_told": ("manager", campaign_sites),
    "campaigns:sites?chip=all campaign_told": ("manager", campaign_sites),
    "campaigns:stops campaign_told": ("manager", campaign_sites),
    "campaigns:stops?chip=done campaign_told": ("manager", campaign_sites),
    "campaigns:export_sites campaign_told": ("manager", campaign_sites),
    "campaigns:export_stops campaign_told": ("manager", campaign_sites),
    "campaigns:kinds": ("manager", campaign_sites),
    f"{V1}/campaigns": ("visitor", campaigns),
    "rotas:rotas": ("manager", rotas),
    "rotas:rotas?count=1": ("manager", rotas),
    "rotas:export": ("manager", rotas),
    "rotas:gaps": ("manager", rotas),
    "rotas:gaps?count=1": ("manager", rotas),
    "rotas:export_gaps": ("manager", rotas),
    "rotas:mine": ("volunteer", turns),
    "rotas:mine?chip=past": ("volunteer", turns),
    "rotas:month rota": ("manager", month),
    "rotas:export_month rota": ("manager", month),
    "rotas:people rota": ("manager", crew),
    "rotas:rota rota": ("manager", crew),
    "plans:plans": ("visitor", plans),
    "plans:desk": ("manager", plans),
    "plans:desk?count=1": ("manager", plans),
    "plans:export": ("manager", plans),
    "plans:plan plan_draft": ("manager", plan_lines),
    "plans:export_lines plan_draft": ("manager", plan_lines),
    f"{V1}/plans": ("visitor", plans),
    f"{V1}/plans/office": ("manager", plans),
    "lectures:talks": ("visitor", talks),
    "lectures:desk": ("manager", talks),
    "lectures:desk?count=1": ("manager", talks),
    "lectures:export": ("manager", talks),
    "lectures:lecturers": ("manager", lecturers),
    "lectures:export_lecturers": ("manager", lecturers),
    "lectures:passed_on": ("manager", talks),
    "lectures:talk talk_published": ("manager", times_given),
    f"{V1}/talks": ("visitor", talks),
    "schools:schools": ("visitor", schools),
    "schools:mine": ("resident", schools),
    "schools:desk": ("manager", schools),
    "schools:desk?count=1": ("manager", schools),
    "schools:export": ("manager", schools),
    "schools:figures": ("manager", schools),
    "schools:pupils school": ("manager", pupils),
    "schools:export_pupils school": ("manager", pupils),
    "schools:school school": ("manager", school_classes),
    "schools:public_school school": ("resident", school_classes),
    "schools:at_activity school_class": ("manager", schools_of_class),
    "schools:session school_session": ("manager", viewers),
    f"{V1}/schools": ("visitor", schools),
    f"{V1}/schools/mine": ("resident", schools),
    f"{V1}/talks/lecturers?place={{chengbei}}": ("visitor", lecturers),
    "activities:desk": ("manager", activities),
    "dossiers:desk": ("manager", over),
    "dossiers:desk?count=1&lacking=photos&q=报道": ("manager", over),
    "dossiers:export": ("manager", over),
    "dossiers:month?format=docx": ("manager", over),
    "dossiers:month?format=xlsx": ("manager", over),
    "dossiers:happened": ("visitor", over),
    "activities:desk?count=1": ("manager", activities),
    "activities:export": ("manager", activities),
    "activities:activity activity_open": ("visitor", enrolments),
    "activities:mine": ("resident", enrolments),
    "activities:posts activity_open": ("manager", enrolments),
    "activities:people activity_open": ("manager", enrolments),
    "activities:export_people activity_open": ("manager", enrolments),
    "activities:paper_of_people activity_open": ("manager", enrolments),
    "activities:checking activity_door": ("manager", comings),
    "activities:came activity_door": ("manager", comings),
    f"{V1}/activities/{{activity_door}}/came": ("manager", comings),
    f"{V1}/activities/{{activity_door}}/counted": ("manager", comings),
    f"{V1}/enrolments": ("resident", enrolments),
    f"{V1}/activities/{{activity_open}}/posts": ("visitor", enrolments),
    f"{V1}/activities/{{activity_open}}/enrolments": ("manager", enrolments),
    f"{V1}/activities": ("visitor", activities),
    "activities:series_list": ("manager", recurring),
    f"{V1}/series": ("manager", recurring),
    f"{V1}/activities/office": ("manager", activities),
    f"{V1}/rooms": ("resident", rooms),
    f"{V1}/rooms/office": ("manager", rooms),
    f"{V1}/turns": ("manager", room_turns),
    f"{V1}/bookings": ("manager", bookings),
    f"{V1}/bookings/mine": ("resident", bookings),
    "needs:desk": ("manager", needs),
    "needs:export": ("manager", needs),
    "needs:surveys": ("manager", surveys),
    "needs:export_surveys": ("manager", surveys),
    "wishes:wall": ("visitor", wishes),
    "wishes:mine": ("leader", wishes),
    "wishes:desk": ("manager", wishes),
    "wishes:export": ("manager", wishes),
    f"{V1}/wishes": ("resident", wishes),
    "honours:mine": ("volunteer", certificates),
    "honours:desk": ("manager", certificates),
    "honours:desk?standing=superseded": ("manager", certificates),
    "honours:desk?count=1": ("manager", certificates),
    "honours:export": ("manager", certificates),
    "honours:honours": ("visitor", honours),
    "honours:my_honours": ("volunteer", honours),
    "honours:proposals": ("manager", honours),
    "honours:proposals?count=1": ("manager", honours),
    "honours:titles": ("manager", honours),
    "honours:awards": ("manager", honours),
    "honours:awards?count=1": ("manager", honours),
    "honours:export_awards": ("manager", honours),
    "honours:proposal proposal_draft": ("manager", names),
    "honours:export_names proposal_draft": ("manager", names),
    "honours:notice proposal_noticed": ("visitor", honours),
    f"{V1}/certificates/mine": ("volunteer", certificates),
    f"{V1}/certificates/office": ("manager", certificates),
    "hours:mine": ("volunteer", hours),
    "hours:mine?year=2026": ("volunteer", claims),
    "hours:export_mine": ("volunteer", hours),
    "hours:notices": ("visitor", claims),
    "hours:desk": ("manager", hours),
    "hours:desk?count=1": ("manager", hours),
    "hours:export": ("manager", hours),
    "hours:claims": ("manager", claims),
    "hours:claims?chip=noticed": ("manager", claims),
    "hours:claims?chip=late": ("manager", claims),
    "hours:team hours_team": ("leader", hours),
    f"{V1}/hours/mine": ("volunteer", hours),
    f"{V1}/hours/mine/claims": ("volunteer", claims),
    f"{V1}/hours/notices": ("resident", claims),
    f"{V1}/hours/records": ("manager", hours),
    f"{V1}/hours/claims": ("manager", claims),
    f"{V1}/hours/teams/{{hours_team}}/totals": ("leader", hours),
    "notify:inbox": ("resident", orders),
    "talk:thread talk_number": ("resident", talk),
    "talk:reports": ("dispatcher", talk),
    "talk:export_reports": ("dispatcher", talk),
    "talk:phrases": ("manager", talk),
    f"{V1}/talk/{{talk_number}}": ("resident", talk),
    "notify:outbox": ("system_admin", given_up),
    "web:console": ("manager", orders),
    f"{V1}/places/{{changning}}/children": ("manager", places),
    f"{V1}/catalogue/categories": ("visitor", categories),
    f"{V1}/catalogue/services?place={{chengbei}}": ("visitor", projects),
    f"{V1}/catalogue/menus?place={{changning}}": ("manager", months),
    f"{V1}/catalogue/menus/{{menu}}": ("manager", projects),
    f"{V1}/persons?q=志愿": ("manager", volunteers),
    f"{V1}/teams/{{team}}/members": ("manager", volunteers),
    f"{V1}/orders/{{admitted_number}}/teams": ("dispatcher", teams),
    f"{V1}/figures": ("manager", places),
    f"{V1}/team-work/board": ("leader", orders),
    f"{V1}/team-work/calls": ("leader", calls),
    f"{V1}/team-work/tasks": ("volunteer", orders),
    f"{V1}/me": ("grid_keeper", roles),
}


def _read(client: Client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
        if response.streaming:
            b"".join(response.streaming_content)
        assert response.status_code == 200, f"{url}: {response.status_code}"
    return [query["sql"][:200] for query in asked.captured_queries]


@pytest.mark.parametrize("path", BY_LIMIT)
def test_one_row_and_three_rows_of_the_api_cost_the_same(stage: Stage, path: str) -> None:
    client = stage.program(BY_LIMIT[path])
    joined = f"{path}{'&' if '?' in path else '?'}limit="
    assert len(client.get(f"{joined}3").json()["items"]) == 3
    one, three = _read(client, f"{joined}1"), _read(client, f"{joined}3")
    assert len(one) == len(three), "\n".join(three)


@pytest.mark.parametrize("name", BY_GROWING)
def test_two_more_rows_cost_no_more(stage: Stage, name: str) -> None:
    role, grow = BY_GROWING[name]
    if name.startswith("/"):
        client, url = stage.program(role), name.format(**stage.things)
    else:
        route, *parts = name.split()
        route, _mark, asked = route.partition("?")
        client, url = stage.client(role), reverse(route, args=[stage.things[part] for part in parts])
        url = f"{url}?{asked}" if asked else url
    with transaction.atomic():
        _read(client, url)
        before = _read(client, url)
        with everything("more rows"):
            grow(stage)
        after = _read(client, url)
        transaction.set_rollback(True)
    assert len(before) == len(after), "\n".join(sorted(set(after)))
