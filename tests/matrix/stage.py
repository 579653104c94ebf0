"""A county in which every route has something to act on: orders in each state, projects, menus, people, accounts.

Built once in each process within one transaction that is never committed; each cell of the matrix acts in a savepoint
of its own and leaves nothing behind.
"""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from sidan.attendance.enums import Direction
from sidan.attendance.operations import Proof
from sidan.attendance.policies.claiming import Kept
from sidan.attendance.queries import present_code
from sidan.catalogue import operations as catalogue
from sidan.catalogue.models import Project
from sidan.catalogue.policies import ResultField
from sidan.core.actor import SYSTEM, Actor
from sidan.core.clock import business_date, now
from sidan.core.scope import everything
from sidan.files.operations import store_picture
from sidan.limits.models import Timer
from sidan.notify.models import Notice
from sidan.orders import operations as orders
from sidan.orders.models import Assignment, Order, Visit
from sidan.people import operations as people
from sidan.people.models import Account, Team
from sidan.places import operations as places
from sidan.places.models import Place
from sidan.web.operations import keep_view
from tests.cast import Cast, Someone, cast_on_stage
from tests.factories import make_account, make_team, make_volunteer
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

SECRET_PHONE: Final = "12900008888"
SECRET_ADDRESS: Final = "城北路八十八号二单元"
TOTP_SECRET: Final = base64.b32encode(b"twenty bytes of test").decode()


@dataclass
class Stage:
    """The cast, whom each name of the table means, and the things that routes act on."""

    cast: Cast
    people: dict[str, Someone | None]
    things: dict[str, Any]
    sessions: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        someone = self.people[name]
        assert someone is not None
        return someone.actor

    def client(self, name: str) -> Client:
        """Return a browser of this person; of a visitor one that knows nobody."""
        client = Client(headers={"accept-language": "en"})
        client.cookies["django_language"] = "en"
        if name in self.sessions:
            client.cookies["sessionid"] = self.sessions[name]
        return client

    def program(self, name: str) -> Client:
        """Return a program with this person's token."""
        token = self.tokens.get(name)
        return Client(headers={"authorization": f"Bearer {token}"} if token else {})

    def thing(self, told: Any) -> Any:
        """Return what a value of the table means: "@order" is the thing of that name, the rest is itself."""
        if isinstance(told, dict):
            return {key: self.thing(value) for key, value in told.items()}
        if isinstance(told, list):
            return [self.thing(value) for value in told]
        if not isinstance(told, str) or not told.startswith("@"):
            return told
        found = self.things[told[1:]]
        return found() if callable(found) else found


def build_stage() -> Stage:
    """Build it all, with everything in sight."""
    with everything("building the stage of the matrix"):
        cast = cast_on_stage()
        named: dict[str, Someone | None] = {"visitor": None, **cast.everybody()}
        named["resident"] = named.pop("zhou")
        stage = Stage(cast=cast, people=named, things={})
        for build in (_people, _library, _loop, _held, _rest, _care, _reviews):
            build(stage)
        for name, someone in named.items():
            if someone is not None:
                stage.sessions[name] = someone.client().cookies["sessionid"].value
                stage.tokens[name] = people.issue_token(actor=someone.actor, at=now(), name="matrix")[0]
    return stage


def picture() -> SimpleUploadedFile:
    """Return a small picture as a browser sends it."""
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(target, "JPEG")
    return SimpleUploadedFile("picture.jpg", target.getvalue(), "image/jpeg")


def totp_code() -> str:
    """Return what an authenticator app with the secret of the stage shows now."""
    step = int(now().timestamp()) // 30
    return TOTP(base64.b32decode(TOTP_SECRET), 6, SHA1(), 30).generate(step * 30).decode()


def local(**ahead: float) -> str:
    """Return a moment ahead as a browser's picker sends it."""
    return (now() + timedelta(**ahead)).astimezone().strftime("%Y-%m-%dT%H:%M")


def _people(stage: Stage) -> None:
    cast, things, at = stage.cast, stage.things, now()
    chengbei = cast.places.chengbei
    cast.zhou.person.contact_phone, cast.zhou.person.address = SECRET_PHONE, SECRET_ADDRESS
    cast.zhou.person.save(update_fields=["contact_phone", "contact_phone_hash", "address"])
    applicant = make_account("申请人", at_place=chengbei, phone="12600000001")
    rested = make_volunteer("休息人", at_place=chengbei, phone="12600000002")
    people.pause_volunteer(actor=SYSTEM, at=at, uuid=rested.uuid)
    resting = make_volunteer("郑网格", at_place=chengbei, phone=cast.grid_keeper.phone)
    people.pause_volunteer(actor=SYSTEM, at=at, uuid=resting.uuid)
    applied = people.apply_as_volunteer(
        actor=_actor_of(applicant), at=at, place_id=chengbei.pk, skills=["haircut"], free_time=""
    )
    candidate = make_volunteer("新队员", at_place=chengbei, phone="12600000003")
    other_team = make_team("歇着的队", at_place=chengbei)
    people.pause_team(actor=SYSTEM, at=at, uuid=other_team.uuid)
    colleague = make_account(
        "同事", at_place=chengbei, phone="12600000004", roles=[("grid_keeper", chengbei)]
    )
    closed = make_account("离开的人", at_place=chengbei, phone="12600000005")
    people.close_account(actor=SYSTEM, at=at, account_id=closed.pk)
    _give_second_factor(colleague)
    _give_second_factor(cast.supervisor.account)
    token = people.issue_token(actor=cast.zhou.actor, at=at, name="phone")[1]
    term = people.appoint_director(
        actor=SYSTEM, at=at, place_id=cast.places.changning.pk, person_uuid=cast.director.person.uuid,
        title="所长", starts_on=business_date(at) - timedelta(days=30),
    )  # fmt: skip
    things |= {
        "applied": applied.uuid, "active": candidate.uuid, "rested": rested.uuid, "candidate": candidate.person.uuid,
        "candidate_number": candidate.number, "team": cast.team.uuid, "resting_team": other_team.uuid,
        "volunteer_person": cast.volunteer.person.uuid, "zhou_person": cast.zhou.person.uuid,
        "leader_person": cast.leader.person.uuid,
        "colleague": colleague.uuid, "colleague_role": colleague.grants.get().uuid, "closed_account": closed.uuid,
        "zhou_token": token.uuid, "term": term.uuid, "person": cast.director.person.uuid,
        "zhou_phone": cast.zhou.phone, "totp_code": totp_code, "totp_secret": TOTP_SECRET,
        "yesterday": str(business_date(at) - timedelta(days=1)), "today": str(business_date(at)),
    }  # fmt: skip
    for name in ("center", "changning", "liuche", "chengbei", "huangxiang"):
        things[name] = getattr(cast.places, name).uuid


def _actor_of(account: Account) -> Actor:
    return Someone(account=account, phone="").actor


def _give_second_factor(account: Account) -> None:
    account.totp_secret, account.totp_last_step = TOTP_SECRET, 0
    account.save(update_fields=["totp_secret", "totp_last_step"])


def _library(stage: Stage) -> None:
    cast, things, at = stage.cast, stage.things, now()
    hair = catalogue.create_category(actor=SYSTEM, at=at, name="上门理发", code="hair", icon="scissors")
    catalogue.create_category(actor=SYSTEM, at=at, name="旧的", code="old", icon="scissors")
    catalogue.retire_category(actor=SYSTEM, at=at, code="old")
    catalogue.create_category(actor=SYSTEM, at=at, name="没人用的", code="spare", icon="scissors")
    asked = [ResultField("", "number", "服务了几位"), ResultField("", "yes_no", "地扫干净了吗")]
    for code in ("hair", "spare"):
        template = catalogue.write_result_template(actor=SYSTEM, at=at, code=code, fields=asked)
        things[f"{code}_results"] = template.uuid
    second = make_team("第二队", at_place=cast.places.chengbei, leader=cast.leader.person)
    for team in (cast.team, second):
        catalogue.set_team_services(actor=SYSTEM, at=at, team=team, services=[(hair, cast.places.center)])
    things["second_team"] = second.uuid
    states = {
        "draft": (), "in_review": ("propose",), "published": ("propose", "publish"),
        "suspended": ("propose", "publish", "suspend"),
    }  # fmt: skip
    for name, verbs in states.items():
        things[name] = _project(stage, hair, name, verbs).uuid
    own = _project(stage, hair, "published", ("propose", "publish"), cast.places.chengbei)
    things["of_station"] = own.uuid
    published = Project.unscoped.get(uuid=things["published"])
    for number in (1, 2):
        kept = store_picture(actor=cast.manager.actor, at=at, upload=picture().file, purpose="project_photo")
        photo = catalogue.add_photo(actor=SYSTEM, at=at, project_uuid=things["draft"], file=kept)
        things[f"project_photo_{number}"], things[f"project_picture_{number}"] = photo.pk, kept.uuid
    month = business_date(at).replace(day=1)
    for name, place in (("menu", cast.places.changning), ("draft_menu", cast.places.chengbei)):
        menu = catalogue.draft_menu(actor=SYSTEM, at=at, place=place, month=month)
        catalogue.add_menu_item(actor=SYSTEM, at=at, menu_uuid=menu.uuid, project_uuid=published.uuid)
        things[name] = menu.uuid
    catalogue.publish_menu(actor=SYSTEM, at=at, menu_uuid=things["menu"])
    things |= {
        "month": month.strftime("%Y-%m"), "service_id": cast.team.services.get().pk, "picture": picture,
        "second": _project(stage, hair, "second", ("propose", "publish")).uuid,
    }  # fmt: skip


def _project(
    stage: Stage, category: Any, title: str, verbs: tuple[str, ...], place: Place | None = None
) -> Project:
    cast, at = stage.cast, now()
    text = catalogue.ProjectText(
        title=title, category=category, team=cast.team, area=cast.places.center, people_needed=2
    )
    made = catalogue.create_project(actor=SYSTEM, at=at, place=place or cast.places.changning, text=text)
    for verb in verbs:
        catalogue.PROJECT_VERBS[verb](actor=SYSTEM, at=at, project_uuid=made.uuid)
    return made


def _loop(stage: Stage) -> None:
    """Bring one order into each state, as the people do it."""
    steps: dict[str, Callable[[Stage, Order], Any]] = {
        "admitted": _admit, "offered": _offer, "accepted": _accept, "scheduled": _schedule, "under_way": _begin,
        "gone": _all_go, "done": _report, "closed": _review,
    }  # fmt: skip
    reached: list[Callable[[Stage, Order], Any]] = []
    _keep(stage, "submitted", _ask(stage))
    for name, step in steps.items():
        reached.append(step)
        order = _ask(stage)
        for each in reached:
            each(stage, Order.unscoped.get(pk=order.pk))
        _keep(stage, name, Order.unscoped.get(pk=order.pk))
    # One more to report, for the browser that sends pictures: everybody else looks at the first.
    order = _ask(stage)
    for each in list(steps.values())[: list(steps).index("gone") + 1]:
        each(stage, Order.unscoped.get(pk=order.pk))
    _keep(stage, "pictured", Order.unscoped.get(pk=order.pk))
    _failed(stage)
    _silent(stage)
    _told_time(stage)
    _calls(stage)
    _take_overs(stage)
    _divided(stage)


def _held(stage: Stage) -> None:
    """The same orders once more, of a service that the station of Chengbei offers itself: it holds them."""
    own = replace(stage, things={**stage.things, "published": stage.things["of_station"]})
    _loop(own)
    stage.things |= {
        f"held_{name}": thing for name, thing in own.things.items() if thing is not stage.things.get(name)
    }


def _take_overs(stage: Stage) -> None:
    """A team asks a second team of the same leader, and the office, to take an order over."""
    second = Team.objects.get(uuid=stage.things["second_team"])
    for name, team in (("asked", second), ("asked_of_office", None)):
        order, at = _ask(stage), now()
        for each in (_admit, _offer, _accept):
            each(stage, Order.unscoped.get(pk=order.pk))
        asked = orders.ask_take_over(
            actor=stage.actor("leader"), at=at, assignment=_task(order), to_team=team,
            until=at + timedelta(days=1), reason="no_people",
        )  # fmt: skip
        stage.things[f"{name}_request"] = asked.uuid
        _keep(stage, name, Order.unscoped.get(pk=order.pk))


def _failed(stage: Stage) -> None:
    """A team that took an order cannot do it: the office may close it, or look for another team."""
    order = _ask(stage)
    for each in (_admit, _offer, _accept):
        each(stage, Order.unscoped.get(pk=order.pk))
    orders.give_up(actor=stage.actor("leader"), at=now(), assignment=_task(order), reason="no_skill")
    _keep(stage, "failed", Order.unscoped.get(pk=order.pk))


def _silent(stage: Stage) -> None:
    """A team that took an order has not called in time."""
    order = _ask(stage)
    for each in (_admit, _offer, _accept):
        each(stage, Order.unscoped.get(pk=order.pk))
    over = {"half_at": now(), "due_at": now()}
    Order.unscoped.filter(pk=order.pk).update(**over)
    Timer.objects.filter(order=order, ended_at=None).update(**over)
    _keep(stage, "silent", Order.unscoped.get(pk=order.pk))


def _told_time(stage: Stage) -> None:
    """A coming that the volunteer wrote down by hand: somebody else has to confirm it."""
    order = _ask(stage)
    for step in (_admit, _offer, _accept, _schedule):
        step(stage, Order.unscoped.get(pk=order.pk))
    visit = Visit.objects.select_related("assignment__order", "assignment__team", "cause").get(
        assignment__order=order
    )
    written = orders.check_in(
        actor=stage.actor("volunteer"), at=now(), visit=visit, proof=Proof(way="hand", reason_code="no_phone")
    )
    stage.things["told_time"] = written.uuid
    stage.things |= {
        "told_visit": visit.uuid,
        "told_task": visit.assignment.uuid,
        "told_number": order.number,
    }
    stage.things["refused_time"] = _refused_time(stage)
    stage.things["volunteer_account"] = stage.cast.volunteer.account.uuid
    stage.things["offline_record"] = {
        "id": str(uuid4()), "visit": str(visit.uuid), "direction": "out", "way": "hand", "code": "",
        "reason": "no_network", "device_ms": 1_790_000_000_000, "offset_ms": 0, "elapsed_ms": 1000,
    }  # fmt: skip


def _refused_time(stage: Stage) -> UUID:
    """A coming by place that the volunteer's telephone sent, who had not allowed its place to be read."""
    order, at = _ask(stage), now()
    for step in (_admit, _offer, _accept, _schedule):
        step(stage, Order.unscoped.get(pk=order.pk))
    visit = Visit.objects.select_related("assignment__order", "assignment__team").get(assignment__order=order)
    then, name = round(at.timestamp() * 1000), uuid4()
    sent = orders.Sent(
        uuid=name, visit=visit, direction=Direction.IN, proof=Proof(way="place"),
        kept=Kept(device_ms=then, sent_device_ms=then, offset_ms=0, elapsed_ms=0),
    )  # fmt: skip
    orders.take_in(actor=stage.actor("volunteer"), at=at, sent=sent)
    stage.things |= {"refused_number": order.number, "refused_visit": visit.uuid}
    return name


def _calls(stage: Stage) -> None:
    """Orders put before all teams of the center: first come, best fit, and best fit with an offer."""
    ways = {"called": "first_come", "called_to_fit": "best_fit", "offered_for": "best_fit"}
    for name, way in ways.items():
        order, at = _ask(stage), now()
        _admit(stage, order)
        call = orders.open_call(
            actor=stage.actor("dispatcher"), at=at, order=Order.unscoped.get(pk=order.pk), way=way,
            area=stage.cast.places.center, until=at + timedelta(days=1),
        )  # fmt: skip
        stage.things[f"{name}_call"] = call.uuid
        if name == "offered_for":
            orders.apply_for_call(
                actor=stage.actor("leader"), at=at, call=call, team=stage.cast.team, words="我们近"
            )
        _keep(stage, name, Order.unscoped.get(pk=order.pk))


def _divided(stage: Stage) -> None:
    """An order that was split, of which no team has a part."""
    order = _ask(stage)
    _admit(stage, order)
    hair = Project.unscoped.get(uuid=stage.things["published"]).category
    parts = [orders.PartWish("剪头发", hair), orders.PartWish("修电灯", hair)]
    order = Order.unscoped.get(pk=order.pk)
    orders.split_order(actor=stage.actor("dispatcher"), at=now(), order=order, parts=parts)
    _keep(stage, "divided", Order.unscoped.get(pk=order.pk))
    stage.things["divided_part"] = order.parts.order_by("position")[0].uuid


def _keep(stage: Stage, name: str, order: Order) -> None:
    things = stage.things
    things[name], things[f"{name}_number"], things[f"{name}_turn"] = order.uuid, order.number, order.turn
    assignment = order.assignments.first()
    visit = Visit.objects.filter(assignment__order=order).first()
    if assignment is not None:
        things[f"{name}_task"] = assignment.uuid
    if visit is not None:
        things[f"{name}_visit"] = visit.uuid
        things[f"{name}_code"] = lambda: present_code(cause_uuid=str(visit.uuid), at=now())


def _ask(stage: Stage) -> Order:
    at = now()
    wish = orders.Wish(
        project_uuid=stage.things["published"], wished_from=at + timedelta(days=1),
        wished_to=at + timedelta(days=1, hours=3), need="秘密的需要",
        contact=orders.Contact(name="周奶奶", phone=SECRET_PHONE, address=SECRET_ADDRESS),
    )  # fmt: skip
    return orders.place_order(actor=stage.actor("resident"), at=at, wish=wish)


def _admit(stage: Stage, order: Order) -> None:
    orders.admit_order(actor=stage.actor("dispatcher"), at=now(), order=order)


def _offer(stage: Stage, order: Order) -> None:
    orders.dispatch_order(actor=stage.actor("dispatcher"), at=now(), order=order, team=stage.cast.team)


def _task(order: Order) -> Assignment:
    return Assignment.objects.select_related("order__project", "order__category", "team").get(order=order)


def _accept(stage: Stage, order: Order) -> None:
    leader = stage.actor("leader")
    orders.accept_order(actor=leader, at=now(), assignment=_task(order))
    orders.name_members(
        actor=leader, at=now(), assignment=_task(order),
        person_uuids=[stage.cast.leader.person.uuid, stage.cast.volunteer.person.uuid],
    )  # fmt: skip


def _schedule(stage: Stage, order: Order) -> None:
    at = now()
    orders.schedule_visit(
        actor=stage.actor("leader"), at=at, assignment=_task(order), planned_from=at + timedelta(minutes=5),
        planned_to=at + timedelta(hours=1),
    )  # fmt: skip


def _mark(
    stage: Stage, order: Order, who: str, write: Callable[..., Any], back: timedelta = timedelta()
) -> None:
    """`back`: how old the code is that was read; the same digits prove nothing twice."""
    visit = Visit.objects.select_related("assignment__order", "assignment__team", "cause").get(
        assignment__order=order
    )
    code = present_code(cause_uuid=str(visit.uuid), at=now() - back)
    write(actor=stage.actor(who), at=now(), visit=visit, proof=Proof(way="code", code=code, reason_code=""))


def _begin(stage: Stage, order: Order) -> None:
    for who in ("leader", "volunteer"):
        _mark(stage, order, who, orders.check_in, timedelta(minutes=2))


def _all_go(stage: Stage, order: Order) -> None:
    for who in ("leader", "volunteer"):
        _mark(stage, order, who, orders.check_out, timedelta(minutes=1))


def _report(stage: Stage, order: Order) -> None:
    visit = Visit.objects.select_related("assignment__order", "assignment__team", "cause").get(
        assignment__order=order
    )
    leader, at = stage.actor("leader"), now()
    photo = store_picture(actor=leader, at=at, upload=picture().file, purpose="visit_photo")
    stage.things["visit_photo"] = photo.uuid
    report = orders.Report(words="理好了", people_helped=1)
    orders.report_visit(actor=leader, at=at, visit=visit, report=report, photos=[photo])


def _review(stage: Stage, order: Order) -> None:
    orders.review_order(
        actor=stage.actor("resident"), at=now(), order=order, outcome="done", stars=5, words="好"
    )


def _rest(stage: Stage) -> None:
    """Pictures of a place, a notice, and times as pages and programs send them."""
    cast, things, at = stage.cast, stage.things, now()
    view = keep_view(
        actor=cast.manager.actor, at=at, page="people:volunteers", name="own", query="state=active"
    )
    things["saved_view"] = str(view.uuid)
    kept = store_picture(actor=cast.manager.actor, at=at, upload=picture().file, purpose="place_photo")
    photo = places.add_photo(actor=SYSTEM, at=at, place_id=cast.places.chengbei.pk, file_id=kept.pk)
    things |= {
        "place_photo": photo.pk, "place_picture": kept.uuid,
        "notice": Notice.objects.filter(account=cast.zhou.account).first().uuid,  # type: ignore[union-attr] # told above
        "tomorrow": lambda: local(days=1), "from": lambda: (now() + timedelta(days=2)).isoformat(),
        "to": lambda: (now() + timedelta(days=2, hours=1)).isoformat(),
    }  # fmt: skip


def _care(stage: Stage) -> None:
    stage_care.build_mediation(stage.cast, stage.things, stage.actor("practitioner"))
    stage_care.build_wishes(stage.cast, stage.things, picture())
    stage_care.build_needs(stage.cast, stage.things)
    stage_talk.build_talk(stage.cast, stage.things)
    stage_projects.build_growth(stage.cast, stage.things)
    stage_desk.build_desk(stage.cast, stage.things)
    stage_rooms.build_rooms(stage.cast, stage.things, SECRET_PHONE)
    stage_pop_ups.build_pop_ups(stage.cast, stage.things)
    stage_hours.build_hours(stage.cast, stage.things)
    stage_honours.build_honours(stage.cast, stage.things)
    stage_activities.build_activities(stage.cast, stage.things)
    stage_plans.build_plans(stage.cast, stage.things)
    stage_dossiers.build_dossiers(stage.cast, stage.things, picture())
    stage_fairs.build_fairs(stage.cast, stage.things)
    stage_lectures.build_lectures(stage.cast, stage.things, picture())
    stage_campaigns.build_campaigns(stage.cast, stage.things)
    stage_rotas.build_rotas(stage.cast, stage.things)
    stage_schools.build_schools(stage.cast, stage.things)


def _reviews(stage: Stage) -> None:
    order = serve(stage)
    stage.things["campaign_order"] = order.number
    stage_reviews.build_reviews(stage.cast, stage.things, order)


def serve(stage: Stage) -> Order:
    """Take one more order to where it can be reviewed."""
    order = _ask(stage)
    for step in (_admit, _offer, _accept, _schedule, _begin, _all_go, _report):
        step(stage, Order.unscoped.get(pk=order.pk))
    return Order.unscoped.get(pk=order.pk)
