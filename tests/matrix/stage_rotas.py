"""What stands on the stage of rotas."""

from datetime import time, timedelta
from typing import Any

from django.utils.timezone import localtime

from sidan.attendance.enums import Direction
from sidan.attendance.queries import own_code
from sidan.core.clock import BUSINESS_ZONE, business_date, now
from sidan.core.scope import everything
from sidan.people.models import Person, RoleGrant
from sidan.rotas import operations, queries
from sidan.rotas.models import Duty, Group, Rota, Watch
from sidan.rotas.operations import NewRota
from sidan.rotas.policies import ShiftTimes
from tests.cast import Cast, Someone
from tests.factories import make_account, make_volunteer, next_phone

EVERY_DAY = tuple(range(7))


def build_rotas(cast: Cast, things: dict[str, Any]) -> None:
    """Rotas in every state, with turns of the volunteer, a gap, swaps, and somebody else who was there."""
    team = (cast.leader.person, cast.volunteer.person)
    # First, so that what is planned later passes over who stands there just now.
    things |= _now_on(cast)
    rota = make_rota(cast, "便民服务台", team, hour=9)
    ended = make_rota(cast, "旧服务台", (), hour=9)
    operations.end_rota(actor=cast.practitioner.actor, at=now(), rota=ended, words="撤了")
    group = rota.groups.get()
    mine = own(rota, cast.volunteer)
    theirs = own(rota, cast.leader)
    things |= {
        "rota": rota.uuid, "rota_ended": ended.uuid, "rota_group": group.uuid,
        "rota_unplanned": make_rota(cast, "未排", team, hour=6, is_planned=False).uuid,
        "rota_member": rota.members.get(person=cast.leader.person).uuid,
        "duty": mine[0].uuid, "duty_swapped": mine[1].uuid,
    }  # fmt: skip
    things |= _gaps(cast) | _swaps(cast, theirs, team) | _over(cast)
    things["rota_away"] = operations.be_away(
        actor=cast.volunteer.actor, at=now(), first=business_date(now()) + timedelta(days=90),
        last=business_date(now()) + timedelta(days=91),
    ).uuid  # fmt: skip
    things["rota_newcomer"] = newcomer(cast).uuid


def make_rota(
    cast: Cast, name: str, people: tuple[Person, ...], *, hour: int, is_planned: bool = True, needed: int = 1,
    asks_office: bool = False, ago: timedelta = timedelta(0),
) -> Rota:  # fmt: skip
    """A rota that is on every day from an hour on, with people in one group."""
    at = now() - ago
    told = NewRota(
        kind="desk", name=name, weeks_ahead=1, asks_office=asks_office,
        shifts=[ShiftTimes(EVERY_DAY, time(hour), time(hour, 50), needed)],
    )  # fmt: skip
    rota = operations.start_rota(actor=cast.practitioner.actor, at=at, place=cast.places.chengbei, told=told)
    group = operations.add_group(actor=cast.practitioner.actor, at=at, rota=rota, name="一组")
    for person in people:
        operations.add_member(actor=cast.practitioner.actor, at=at, group=group, person=person)
    if is_planned:
        with everything("planned on the stage"):
            operations.plan_rota(at=at, rota_id=rota.pk)
    return rota


def own(rota: Rota, who: Someone) -> list[Duty]:
    rows = Duty.unscoped.filter(
        watch__rota=rota, person=who.person, state="planned", during__startswith__gt=now()
    )
    return list(rows.select_related("watch__rota__place", "person").order_by("during"))


def newcomer(cast: Cast) -> Person:
    """A volunteer of the station who takes no turns yet."""
    phone = next_phone()
    make_account("吴新来", at_place=cast.places.chengbei, phone=phone)
    return make_volunteer("吴新来", at_place=cast.places.chengbei, phone=phone).person


def _gaps(cast: Cast) -> dict[str, Any]:
    """A shift that nobody has and that was announced, and two that were not."""
    rota = make_rota(cast, "缺人岗亭", (), hour=4)
    group = rota.groups.get()
    for person in (cast.leader.person, cast.volunteer.person):
        operations.add_member(actor=cast.practitioner.actor, at=now(), group=group, person=person)
    first, second, *_more = ahead(rota)
    operations.announce(actor=cast.practitioner.actor, at=now(), watch=first)
    return {"watch_gap": first.uuid, "watch": second.uuid}


def ahead(rota: Rota) -> list[Watch]:
    rows = Watch.unscoped.filter(rota=rota, during__startswith__gt=now()).select_related("rota__place")
    return list(rows.order_by("during"))


def _swaps(cast: Cast, theirs: list[Duty], team: tuple[Person, ...]) -> dict[str, Any]:
    asked = operations.ask_swap(
        actor=cast.leader.actor, at=now(), duty=theirs[0], colleague=cast.volunteer.person
    )
    rota = make_rota(cast, "问单位的台", team, hour=7, asks_office=True)
    agreed = operations.ask_swap(actor=cast.leader.actor, at=now(), duty=own(rota, cast.leader)[0])
    operations.accept_swap(actor=cast.volunteer.actor, at=now(), swap=agreed)
    return {"swap": asked.uuid, "swap_agreed": agreed.uuid}


def _over(cast: Cast) -> dict[str, Any]:
    """What was yesterday: who was there by hand, who was not."""
    there, away = newcomer(cast), cast.volunteer.person
    rota = make_rota(cast, "昨天的台", (away, there), hour=5, needed=2, ago=timedelta(days=3))
    over = Duty.unscoped.filter(watch__rota=rota, during__endswith__lt=now())
    over = over.select_related("watch__rota__place", "person").order_by("during")
    absent, told = over.filter(person=away)[:2]
    hand, missed = over.filter(person=there)[:2]
    operations.miss(actor=cast.practitioner.actor, at=now(), duty=absent, words="没来")
    who = make_account(
        "钱记录", at_place=cast.places.chengbei, roles=[("practitioner", cast.places.chengbei)]
    )
    writer = Someone(who, "").actor
    mark = operations.mark_by_hand(
        actor=writer, at=now(), duty=told, reason="no_phone", direction=Direction.IN, when=told.span.begins
    )
    # Gone again: the practitioner of the stage is the only one of the station.
    RoleGrant.objects.filter(account=who).update(ended_at=now())
    return {
        "duty_absent": absent.uuid, "duty_over": missed.uuid, "duty_hand": hand.uuid,
        "watch_over": told.watch.uuid, "rota_mark": mark.uuid,
        "duty_begins": f"{localtime(hand.span.begins):%Y-%m-%dT%H:%M}",
    }  # fmt: skip


def _now_on(cast: Cast) -> dict[str, Any]:
    at = now().astimezone(BUSINESS_ZONE)
    begins, ends = (
        (at + timedelta(minutes=more)).time().replace(second=0, microsecond=0) for more in (-30, 60)
    )
    told = NewRota(
        kind="patrol", name="正在巡逻", weeks_ahead=1, shifts=[ShiftTimes(EVERY_DAY, begins, ends, 1)]
    )
    before = now() - timedelta(days=1)
    rota = operations.start_rota(
        actor=cast.practitioner.actor, at=before, place=cast.places.chengbei, told=told
    )
    with everything("planned on the stage"):
        operations.plan_rota(at=before, rota_id=rota.pk)
    watch = Watch.unscoped.filter(rota=rota, during__contains=now()).select_related("rota__place").get()
    duty = operations.fill(actor=cast.practitioner.actor, at=now(), watch=watch, person=cast.volunteer.person)
    return {
        "watch_now": watch.uuid, "duty_now": duty.uuid,
        "rota_code": lambda: queries.shown_code(watch=watch, at=now()),
        "rota_own_code": lambda: str(own_code(person_id=cast.volunteer.person.pk, at=now()).code),
    }  # fmt: skip


def ask_away(rota: Rota, who: Someone) -> None:
    """Somebody gives a turn away."""
    operations.ask_swap(actor=who.actor, at=now(), duty=own(rota, who)[0])


def put_in(cast: Cast, things: dict[str, Any]) -> None:
    """Somebody new takes turns."""
    group = Group.objects.get(uuid=things["rota_group"])
    operations.add_member(actor=cast.practitioner.actor, at=now(), group=group, person=newcomer(cast))


def miss_turn(cast: Cast, things: dict[str, Any], number: int) -> None:
    """A newcomer is put on a shift ahead instead of who has it, and says that they cannot come."""
    rota, phone = Rota.unscoped.get(uuid=things["rota"]), next_phone()
    account = make_account(f"周替{number}", at_place=cast.places.chengbei, phone=phone)
    person = make_volunteer(f"周替{number}", at_place=cast.places.chengbei, phone=phone).person
    watch = ahead(rota)[number]
    for one in Duty.unscoped.filter(watch=watch, state="planned").select_related("watch", "person"):
        operations.take_off(actor=cast.practitioner.actor, at=now(), duty=one, words="换人")
    duty = operations.fill(actor=cast.practitioner.actor, at=now(), watch=watch, person=person)
    operations.withdraw(actor=Someone(account, "").actor, at=now(), duty=duty, words="家里有事")
