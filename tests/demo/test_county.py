"""The demo county obeys every rule that the operations keep, although its rows are written in bulk."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import resolve

from sidan.attendance.models import Mark
from sidan.audit.models import AuditEntry
from sidan.audit.queries import UNTOLD
from sidan.catalogue.enums import Mode
from sidan.catalogue.models import Project, ProjectStep, TeamService
from sidan.catalogue.queries import MenuFilter, menu_at, teams_for
from sidan.catalogue.states import PROJECT
from sidan.core.clock import BUSINESS_ZONE, now
from sidan.core.scope import everything
from sidan.core.transitions import KEEPS, START
from sidan.evidence.enums import CauseKind
from sidan.files.models import StoredFile
from sidan.hours.enums import ClaimKind, ClaimState, Tier
from sidan.hours.models import Claim, Entry
from sidan.notify.kinds import kind_of
from sidan.notify.models import Notice
from sidan.orders.enums import (
    LIVE_ASSIGNMENT,
    LIVE_CALL,
    CallState,
    HandoverKind,
    OrderState,
    VisitState,
)
from sidan.orders.models import (
    Assignment,
    OpenCall,
    Order,
    OrderChange,
    OrderHandover,
    OrderParty,
    OrderStep,
    Review,
    Visit,
    VisitPhoto,
)
from sidan.orders.queries.calling import reached_teams
from sidan.orders.states import MACHINES, ORDER, PART, SEEKING, WAITS_ON
from sidan.people.access import ACCOUNT_KEY, SEEN_KEY, STAMP_KEY, stamp_of
from sidan.people.enums import Role, TeamLevel
from sidan.people.models import Account, Directorship, Person, Team, TeamMember, Volunteer
from sidan.people.queries import actor_for_account
from sidan.places.models import Place, PlaceLink
from sidan.plans.enums import PlanState
from sidan.plans.models import Plan, PlanStep
from sidan.plans.queries import compared
from sidan.plans.states import PLAN
from sidan.reviews.models import (
    CallBack,
    CallBackTry,
    FollowUp,
    ReviewFlag,
    ReviewRule,
    ReviewStanding,
    Suggestion,
    SuggestionStep,
)
from sidan.web.demo import FULL, PASSWORD, SMALL, demo_accounts, district, load_county
from sidan.web.demo.accounts import ACCOUNTS
from sidan.web.demo.drawings import drawing_of
from sidan.web.demo.kinds import KINDS
from sidan.web.demo.pictures import PHOTOGRAPHS
from sidan.web.demo.places import village_points
from sidan.web.trail_facts import FACTS

TODAY = date(2026, 11, 21)
A_CODE = re.compile("[a-z_]+")


@pytest.fixture(scope="module")
def county(django_db_setup: None, django_db_blocker: pytest.FixtureRequest):  # type: ignore[no-untyped-def] # a fixture
    """Load the small county once for all tests of this file, and take it back at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), everything("tests of the demo"):
        yield load_county(size=SMALL, today=TODAY)
        transaction.set_rollback(True)


def signed_in(account: Account) -> Client:
    """Return a browser signed in as somebody, reading English."""
    client = Client()
    session = client.session
    session[ACCOUNT_KEY], session[STAMP_KEY] = account.pk, stamp_of(account.password)
    session[SEEN_KEY] = int(now().timestamp())
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


pytestmark = pytest.mark.usefixtures("county")


def test_xunwu_is_there_by_code_and_name(county: object) -> None:
    assert Place.objects.filter(kind="institute", setting="township").count() == 15
    assert Place.objects.filter(kind="station").count() == 188
    station = Place.objects.get(division="360734100200")
    assert (station.name, station.path_names) == ("城北村新时代文明实践站", "寻乌县 › 长宁镇 › 城北村")
    assert station.path_names_en == "Xunwu County › Changning Town › Chengbei Village"
    assert station.parent is not None
    assert station.parent.division_id == "360734100000"
    assert (station.parent.name_en, station.parent.pinyin) == ("Changning Town", "changningzhen")


def test_every_published_project_has_its_kind_s_drawing_and_late_reports_a_photograph() -> None:
    published = Project.unscoped.filter(state="published")
    assert not published.filter(photos=None).exists()
    kinds = set(published.values_list("category", flat=True))
    assert StoredFile.objects.filter(purpose="project_photo").count() == len(kinds)
    shown = StoredFile.objects.filter(purpose="visit_photo")
    assert shown.count() == VisitPhoto.objects.count() == PHOTOGRAPHS
    assert StoredFile.objects.values("sha256").distinct().count() == len(kinds) + PHOTOGRAPHS


def test_the_links_are_what_the_parents_say() -> None:
    parents = dict(Place.objects.values_list("pk", "parent_id"))
    expected = set()
    for place_id in parents:
        depth, above = 0, place_id
        while above is not None:
            expected.add((above, place_id, depth))
            above, depth = parents[above], depth + 1
    assert set(PlaceLink.objects.values_list("ancestor_id", "descendant_id", "depth")) == expected
    assert set(Place.objects.filter(county=None).values_list("kind", flat=True)) == {"province", "city"}


def test_sizes_are_as_promised() -> None:
    assert Team.objects.count() == SMALL.teams
    assert Volunteer.objects.count() == SMALL.volunteers
    assert Project.objects.count() == SMALL.projects
    assert Order.objects.count() == SMALL.orders
    assert set(Project.objects.values_list("mode", flat=True)) == set(Mode.values)


def test_the_small_county_has_the_proportions_of_the_reported_one() -> None:
    assert SMALL.volunteers / SMALL.teams == pytest.approx(FULL.volunteers / FULL.teams, rel=0.05)
    assert SMALL.projects / SMALL.teams == pytest.approx(FULL.projects / FULL.teams, rel=0.05)


def test_every_step_walks_the_tables_from_the_start_to_the_state() -> None:
    steps = defaultdict[int, list[OrderStep]](list)
    for step in OrderStep.objects.order_by("order_id", "turn"):
        steps[step.order_id].append(step)
    for order in Order.objects.all():
        told = steps[order.pk]
        assert [step.turn for step in told] == list(range(1, order.turn + 1))
        assert all(one.at <= other.at for one, other in pairwise(told))
        states: dict[tuple[str, int | None], str] = {}
        for step in told:
            thing = {"order": None, "assignment": step.assignment_id, "visit": step.visit_id}[step.machine]
            before = states.get((step.machine, thing), START)
            assert step.from_state == before
            if step.part_id:
                assert step.verb in PART, "the part walks the table, the order follows from all its parts"
            else:
                transition = MACHINES[step.machine][step.verb]
                assert step.to_state == transition.reached_from(before)
                assert before in transition.sources
            states[step.machine, thing] = step.to_state
            assert step.county_id == order.county_id
        own = [step for step in told if step.machine == "order"]
        moved = [
            step
            for step in own
            if (step.from_state != step.to_state if step.part_id else ORDER[step.verb].target != KEEPS)
        ]
        if moved[-1].verb in WAITS_ON:
            moved = [step for step in moved if step.verb not in SEEKING]
        assert (order.state, order.state_since) == (own[-1].to_state, moved[-1].at)
        assert order.created_at == own[0].at
        for share in Assignment.objects.filter(order=order):
            assert states["assignment", share.pk] == share.state
            for visit in share.visits.all():
                assert states["visit", visit.pk] == visit.state


def test_all_states_and_verbs_occur() -> None:
    assert set(Order.objects.values_list("state", flat=True)) == set(OrderState.values)
    for machine, table in MACHINES.items():
        told = set(OrderStep.objects.filter(machine=machine).values_list("verb", flat=True))
        assert told == set(table)


def test_open_calls_end_in_every_way() -> None:
    for call in OpenCall.objects.prefetch_related("answers"):
        answers = Counter(answer.state for answer in call.answers.all())
        assert answers["won"] == (call.state == CallState.TAKEN)
        assert (call.ended_at is None) == (call.state in LIVE_CALL)
        for answer in call.answers.all():
            assert call.opened_at <= answer.answered_at < call.until
            reached = reached_teams(order=call.order, category=call.work.category_id, area_id=call.area_id)
            # Who has the order by now is not asked again.
            assert answer.team_id in {*reached, *call.order.assignments.values_list("team", flat=True)}
    ended = OpenCall.objects.exclude(ended_at=None)
    assert {("first_come", "taken"), ("best_fit", "taken")} <= set(ended.values_list("way", "state"))
    assert ended.filter(state=CallState.ENDED).exists()


def test_orders_that_change_hands_lie_where_the_last_one_put_them() -> None:
    assert set(OrderHandover.objects.values_list("kind", flat=True)) == set(HandoverKind.values)
    for order in Order.objects.select_related("project").prefetch_related("handovers__step"):
        assert order.project is not None
        holder = order.project.place_id
        for way in order.handovers.all():
            assert way.from_place_id == way.step.place_id == holder
            party = way.to_place_id if way.kind == HandoverKind.ASK_HELP else way.from_place_id
            assert OrderParty.objects.filter(order=order, place=party, until=None).exists()
            holder = holder if way.kind == HandoverKind.ASK_HELP else way.to_place_id
        assert order.holder_place_id == holder


def test_changed_wishes_say_how_they_were() -> None:
    changes = OrderChange.objects.select_related("step__order")
    assert changes
    assert all(one.wished_from_before < one.step.order.wished_from for one in changes)


def test_no_month_stands_out() -> None:
    months = Counter((order.created_at.year, order.created_at.month) for order in Order.objects.all())
    whole = [months[2026, month] for month in range(6, 11)]
    assert max(whole) <= 2 * min(whole)
    # What waits for everybody on their first day comes on top of the last one.
    assert months[2026, 11] <= 1.6 * max(whole)


def test_only_refusals_need_and_have_a_reason() -> None:
    """The share of a team says it beside the order, as in the loop: the figures of a team's no read it there."""
    explained = OrderStep.objects.filter(
        machine__in=["order", "assignment"], verb__in=["refuse", "decline", "release", "fail"]
    )
    assert not explained.filter(reason_code="").exists()
    assert all(step.note.words for step in explained.filter(verb="refuse").select_related("note"))


def test_marks_belong_to_named_people_of_visits_that_took_place() -> None:
    named = defaultdict[int, set[int]](set)
    for visit in Visit.objects.select_related("assignment").prefetch_related("assignment__members"):
        named[visit.cause_id] = {member.person_id for member in visit.assignment.members.all()}
    by_visit = defaultdict[int, list[Mark]](list)
    for mark in Mark.objects.filter(cause__kind=CauseKind.VISIT):
        by_visit[mark.cause_id].append(mark)
        assert mark.person_id in named[mark.cause_id]
    for visit in Visit.objects.all():
        marks = by_visit[visit.cause_id]
        came = Counter(mark.person_id for mark in marks if mark.direction == "in")
        went = Counter(mark.person_id for mark in marks if mark.direction == "out")
        if visit.state == VisitState.DONE:
            assert came
            assert came == went
            assert hasattr(visit, "report")
        elif visit.state == VisitState.UNDER_WAY:
            assert came
        else:
            assert not marks


def test_a_team_is_party_exactly_while_it_has_to_do_with_an_order() -> None:
    for share in Assignment.objects.select_related("team"):
        parties = OrderParty.objects.filter(order=share.order_id, team=share.team_id)
        assert parties.exists()
        if share.state in LIVE_ASSIGNMENT:
            assert parties.filter(until=None).count() == 1


def test_offers_go_only_to_teams_that_serve_the_kind_there() -> None:
    for share in Assignment.objects.select_related("order")[:40]:
        teams = teams_for(category=share.order.category_id, place_id=share.order.origin_place_id)
        assert share.team_id in set(teams.values_list("pk", flat=True))
    assert TeamService.objects.exists()


def test_reviews_close_what_was_done() -> None:
    for review in Review.objects.select_related("order"):
        step = OrderStep.objects.get(order=review.order_id, turn=review.turn)
        assert (step.machine, step.verb) == ("order", "review")
        assert review.by_id == step.actor_id


@pytest.mark.parametrize(
    ("model", "moment"),
    [
        (CallBack, "drawn_at"), (CallBackTry, "at"), (FollowUp, "opened_at"), (Suggestion, "made_at"),
        (SuggestionStep, "at"), (ReviewFlag, "at"), (ReviewStanding, "at"), (ReviewRule, "at"),
    ],
)  # fmt: skip
def test_what_was_looked_after_stands_in_the_order_in_which_it_happened(
    model: type[Model], moment: str
) -> None:
    moments = list(model._default_manager.order_by("pk").values_list(moment, flat=True))
    assert len(moments) > 1
    assert moments == sorted(moments)


def test_reviews_are_listed_newest_first_whenever_they_were_written() -> None:
    page = signed_in(Account.objects.get(phone_hash="12000000008")).get("/console/reviews/")
    shown = [row.at for row in page.context["rows"]]
    newest = Review.objects.order_by("-at").values_list("at", flat=True)
    assert shown == list(newest[: len(shown)])
    assert len(shown) > 10


def test_orders_come_from_where_the_project_serves() -> None:
    above = defaultdict[int, set[int]](set)
    for ancestor, descendant in PlaceLink.objects.values_list("ancestor_id", "descendant_id"):
        above[descendant].add(ancestor)
    for order in Order.objects.select_related("project", "requester", "text"):
        assert order.project is not None
        assert order.project.area_id in above[order.origin_place_id]
        assert order.project.state == "published"
        assert order.origin_place_id == order.requester.home_place_id
        is_noticed = ReviewFlag.objects.filter(review__order=order, rule="team_phone").exists()
        assert (order.text.contact_phone == order.requester.contact_phone) != is_noticed


def test_the_library_came_into_its_states_by_the_table() -> None:
    for project in Project.objects.prefetch_related("steps"):
        told = sorted(project.steps.all(), key=lambda step: step.pk)
        assert told[0].verb == "create"
        for before, step in pairwise(told):
            assert before.to_state == step.from_state
            assert step.from_state in PROJECT[step.verb].sources
            assert step.to_state == PROJECT[step.verb].target
        assert told[-1].to_state == project.state
    assert ProjectStep.objects.count() > SMALL.projects


def test_the_demo_resident_sees_a_menu_and_orders_in_every_state() -> None:
    account = Account.objects.select_related("person").get(phone_hash="12000000001")
    menu = menu_at(place_id=account.person.home_place_id or 0, today=TODAY, wanted=MenuFilter())
    assert len(menu.cards) >= 15
    states = set(Order.objects.filter(requester=account.person).values_list("state", flat=True))
    assert states == set(OrderState.values)


def test_one_can_sign_in_as_every_role() -> None:
    told = demo_accounts()
    assert [role for role, *_rest in told] == [role.value for role in Role]
    assert all(phone.startswith("120000000") for _role, _name, phone, _place in told)
    for role, _name, phone, _place in told:
        account = Account.objects.get(phone_hash=phone)
        assert account.check_password(PASSWORD)
        actor = actor_for_account(account.pk)
        assert actor is not None
        if role not in {"resident", "volunteer", "leader"}:
            assert actor.roles == {role}
    leader = actor_for_account(Account.objects.get(phone_hash="12000000003").pk)
    assert leader is not None
    assert leader.led_team_ids


def test_telephones_are_nobodys() -> None:
    phones = [str(phone) for phone in Person.objects.values_list("contact_phone", flat=True)]
    phones += list(Place.objects.exclude(phone="").values_list("phone", flat=True))
    assert all(phone.startswith("12") and len(phone) == 11 for phone in phones)


def test_everybody_belongs_somewhere() -> None:
    assert Directorship.objects.count() == Place.objects.exclude(county=None).count()
    teams = Team.objects.all()
    assert set(teams.values_list("level", flat=True)) == set(TeamLevel.values)
    assert not teams.filter(leader=None).exists()
    assert not teams.exclude(level="corps").filter(parent=None).exists()
    for team in teams:
        assert TeamMember.objects.filter(team=team, person=team.leader_id).exists()


def test_notices_are_of_known_kinds_and_lead_to_a_page() -> None:
    numbers = set(Order.objects.values_list("number", flat=True))
    for notice in Notice.objects.all():
        kind = kind_of(notice.kind)
        assert kind.code == notice.kind
        assert kind.sentence % (kind.words(notice.facts) if kind.words else notice.facts)
        if notice.kind.startswith("order_"):
            assert notice.facts["number"] in numbers
            assert notice.link == f"/orders/{notice.facts['number']}/"
        else:
            assert resolve(notice.link).func


def test_every_code_that_an_act_left_in_the_trail_has_words() -> None:
    told = {
        (key, value)
        for facts in AuditEntry.objects.values_list("facts", flat=True)
        for key, value in facts.items()
        if key not in UNTOLD and isinstance(value, str) and A_CODE.fullmatch(value)
    }
    assert len(told) > 20
    assert {(key, value) for key, value in told if value not in (FACTS[key].codes or {})} == set()


def test_it_is_refused_where_there_is_data_and_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="data already"):
        call_command("load_demo")
    monkeypatch.setattr(settings, "MODE", "production")
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo")


def test_the_accounts_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_demo", "--accounts")
    told = capsys.readouterr().out
    assert "dispatcher" in told
    assert "12000000008" in told


def test_every_kind_of_service_is_drawn_and_always_alike() -> None:
    drawn = [drawing_of(kind.code) for kind in KINDS]
    assert len(set(drawn)) == len(KINDS)
    assert drawn[0] == drawing_of(KINDS[0].code)


ENGLISH_PAGES = {
    Role.RESIDENT: ("/", "/services/", "/place/", "/orders/"),
    Role.DISPATCHER: ("/console/queue/", "/console/queue/?chip=to_dispatch", "/console/figures/"),
    Role.MANAGER: ("/console/projects/", "/console/menus/", "/console/teams/", "/console/places/"),
}


@pytest.mark.parametrize(("role", "pages"), ENGLISH_PAGES.items())
def test_who_reads_english_meets_no_chinese_but_names_of_people(role: Role, pages: tuple[str, ...]) -> None:
    reader = next(one for one in ACCOUNTS if one.role == role)
    account = Account.objects.get(phone_hash=reader.phone)
    names = set(Person.unscoped.values_list("name", flat=True))
    client = signed_in(account)
    for page in pages:
        answer = client.get(page, HTTP_ACCEPT_LANGUAGE="en")
        assert answer.status_code == 200, page
        text = re.sub(r"<[^>]*>", " ", answer.content.decode())
        left = set(re.findall(r"[\u3400-\u9fff]+", text)) - names - {"中文", "简体中文"}
        assert not left, (page, left)


def test_of_a_long_day_the_place_above_is_asked_and_nothing_is_taken_back_before_it_was_recorded() -> None:
    claim = Claim.unscoped.get(kind=ClaimKind.LONG_DAY, state=ClaimState.WAITING)
    assert (claim.minutes, claim.tier) == (120, Tier.PARENT)
    taken_back = Entry.unscoped.filter(counters__isnull=False).values_list(
        "entered_at", "counters__entered_at"
    )
    assert taken_back
    assert all(later > before for later, before in taken_back)


def test_plans_are_in_every_state_and_stand_beside_what_was_done() -> None:
    assert set(Plan.unscoped.values_list("state", flat=True)) == set(PlanState.values)
    assert set(PlanStep.objects.values_list("verb", flat=True)) == PLAN.keys()
    year = Plan.unscoped.get(period="year", state=PlanState.PUBLISHED)
    assert year.place.kind == "center"
    told = compared(plan=Plan.unscoped.get(period="month", state=PlanState.PUBLISHED, place=year.place))
    assert {line.tally.done > 0 for line in told.lines} == {True, False}
    assert [line.line.left_out_why for line in told.lines if line.line.left_out_at] != []
    waiting = Plan.unscoped.get(state=PlanState.SUBMITTED)
    assert (waiting.period, waiting.place.kind) == ("month", "station")


def test_nobody_orders_at_night() -> None:
    hours = {
        created.astimezone(BUSINESS_ZONE).hour
        for created in Order.objects.values_list("created_at", flat=True)
    }
    assert hours <= set(range(7, 21))


def test_a_district_has_the_same_places_and_people_however_many_orders() -> None:
    small, large = district(orders=1_200), district(orders=120_000)
    assert replace(small, orders=0, days=0) == replace(large, orders=0, days=0)
    assert (small.days, large.days) == (180, 730)


def test_the_villages_of_a_district_have_points_of_their_own() -> None:
    stations = [Place(kind="station", short_name=f"{nth}村", sort_code=f"{nth}") for nth in (1, 2)]
    made = list(village_points(stations, 3))
    assert [(one.short_name, one.parent) for one in made] == [
        ("1村文化广场", stations[0]),
        ("2村文化广场", stations[1]),
        ("1村农家书屋", stations[0]),
    ]
    assert len({one.sort_code for one in made}) == 3
