"""Questions about rotas, their shifts and people, watches, duties and gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from sidan.attendance.enums import Direction
from sidan.attendance.models import Mark
from sidan.attendance.queries import STANDS
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import NotFound
from sidan.core.search import search_q
from sidan.people.enums import VolunteerState
from sidan.people.models import TeamMember, Volunteer
from sidan.places.queries import within
from sidan.rotas.enums import STANDING, RotaState, WatchState
from sidan.rotas.models import Away, Duty, DutyStep, Group, Member, Rota, Shift, Watch
from sidan.rotas.permissions import NoSuchDuty, NoSuchRota, NoSuchWatch

FOUND: Final = 20
MOST_OPEN: Final = 20
_TAKEN: Final = (
    Duty.unscoped.filter(watch=OuterRef("pk"), state__in=sorted(STANDING))
    .order_by().values("watch").annotate(taken=Count("pk")).values("taken")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RotaFilter:
    """What the reader chose above a list."""

    text: str = ""
    kind: str = ""
    place_id: int | None = None
    state: str = ""


def with_gaps(rows: QuerySet[Watch]) -> QuerySet[Watch]:
    """Add how many people have a watch and how many it lacks."""
    taken = Coalesce(Subquery(_TAKEN, output_field=IntegerField()), 0)
    return rows.annotate(taken=taken, lacking=F("needed") - taken)


def gaps(*, at: datetime) -> QuerySet[Watch]:
    """Return the watches in scope that are not begun and lack people."""
    rows = Watch.objects.filter(
        state=WatchState.AHEAD, during__startswith__gt=at, rota__state=RotaState.RUNNING
    )
    taken = Coalesce(Subquery(_TAKEN, output_field=IntegerField()), 0)
    return rows.annotate(taken=taken, lacking=F("needed") - taken).filter(lacking__gt=0)


def rotas_in_scope(*, chosen: RotaFilter, at: datetime) -> QuerySet[Rota]:
    """Return the rotas in scope that fit, with how many of their shifts ahead lack people."""
    rows = Rota.objects.select_related("place", "team").filter(search_q("search", chosen.text))
    rows = rows.filter(kind=chosen.kind) if chosen.kind else rows
    rows = rows.filter(state=chosen.state) if chosen.state else rows
    rows = rows.filter(within(field="place", root_ids=(chosen.place_id,))) if chosen.place_id else rows
    lacking = (
        gaps(at=at).filter(rota=OuterRef("pk")).order_by().values("rota").annotate(n=Count("pk")).values("n")
    )
    people = (
        Member.objects.filter(rota=OuterRef("pk"), left_at=None)
        .order_by().values("rota").annotate(n=Count("pk")).values("n")
    )  # fmt: skip
    return rows.annotate(
        place_key=F("place__path_names"),
        gaps=Coalesce(Subquery(lacking, output_field=IntegerField()), 0),
        people=Coalesce(Subquery(people, output_field=IntegerField()), 0),
    )


CHIPS: Final = ("", *RotaState.values)


def rota_by_uuid(*, uuid: UUID) -> Rota:
    """Find a rota by its public id, within the scope. Raises NoSuchRota."""
    found = Rota.objects.select_related("place", "county", "team").filter(uuid=uuid).first()
    if found is None:
        raise NoSuchRota
    return found


def shifts_of(*, rota: Rota, on: date) -> list[Shift]:
    """Return the shifts of a rota that hold on a day or begin after it."""
    return list(Shift.objects.filter(Q(until=None) | Q(until__gte=on), rota=rota))


def groups_of(*, rota: Rota) -> list[Group]:
    """Return the groups of a rota with who is in them now, the first first."""
    now_in = Member.objects.filter(left_at=None).select_related("person")
    return list(
        Group.objects.filter(rota=rota).prefetch_related(Prefetch("members", now_in, to_attr="people"))
    )


def members_of(*, rota_id: int) -> list[Member]:
    """Return who takes turns in a rota now."""
    return list(Member.objects.filter(rota=rota_id, left_at=None).select_related("person", "group"))


def volunteers_to_add(*, rota: Rota, text: str) -> list[Volunteer]:
    """Return the active volunteers in scope of a name who are not in a rota; without one those of its team."""
    inside = Member.objects.filter(rota=rota, left_at=None, person=OuterRef("person"))
    rows = Volunteer.objects.filter(~Exists(inside), state=VolunteerState.ACTIVE)
    if text.strip():
        rows = rows.filter(search_q("person__search", text))
    else:
        team = TeamMember.objects.filter(team=rota.team_id or 0, left_on=None)
        rows = rows.filter(person__in=team.values("person"))
    return list(rows.select_related("person", "place").order_by("person__pinyin", "id")[:FOUND])


def _with_people(rows: QuerySet[Watch]) -> QuerySet[Watch]:
    standing = Duty.objects.filter(state__in=sorted(STANDING)).select_related("person").order_by("seat")
    return (
        with_gaps(rows).select_related("rota__place", "shift", "group")
        .prefetch_related(Prefetch("duties", standing, to_attr="standing"))
    )  # fmt: skip


def watches_of_week(*, rota: Rota, monday: date) -> list[Watch]:
    """Return the watches of a week of a rota with who has them, by day and hour: two queries."""
    rows = Watch.objects.filter(rota=rota, day__gte=monday, day__lt=monday + timedelta(days=7))
    return list(_with_people(rows).order_by("day", "during", "id"))


def watch_by_uuid(*, uuid: UUID) -> Watch:
    """Find a watch in scope with who has it. Raises NoSuchWatch."""
    found = _with_people(Watch.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchWatch
    return found


def gaps_of_office(*, chosen: RotaFilter, at: datetime) -> QuerySet[Watch]:
    """Return the watches in scope that lack people and fit, with what a row shows."""
    rows = gaps(at=at).filter(search_q("rota__search", chosen.text)).select_related("rota__place")
    rows = rows.filter(rota__kind=chosen.kind) if chosen.kind else rows
    rows = rows.filter(within(field="place", root_ids=(chosen.place_id,))) if chosen.place_id else rows
    return rows.annotate(
        begins_key=Lower("during"), rota_key=F("rota__name"), place_key=F("rota__place__path_names")
    )


def open_gaps_for(*, actor: Actor, at: datetime) -> list[Watch]:
    """Return the gaps for which the actor's rotas look for somebody and at which they do not stand already."""
    mine = Member.objects.filter(person=actor.person_id or 0, left_at=None).values("rota")
    busy = Duty.unscoped.filter(
        person=actor.person_id or 0, state__in=sorted(STANDING), during__overlap=OuterRef("during")
    )
    rows = gaps(at=at).filter(~Exists(busy), rota__in=mine, announced_at__isnull=False)
    return list(rows.select_related("rota__place").order_by("during", "id")[:MOST_OPEN])


def _shown(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    return rows.select_related("watch__rota__place", "watch__group", "watch__shift", "person").annotate(
        begins_key=Lower("during")
    )


def my_duties(*, actor: Actor, at: datetime, chip: str = "") -> QuerySet[Duty]:
    """Return the actor's own turns: those ahead or going on, or those over, from which one has gone too."""
    rows = _shown(Duty.objects.filter(person=actor.person_id or 0))
    gone = Mark.objects.filter(
        STANDS, cause=OuterRef("watch__cause"), person=OuterRef("person"), direction=Direction.OUT
    )
    ahead = Q(~Exists(gone), state__in=sorted(STANDING), during__endswith__gt=at) & ~Q(
        watch__state=WatchState.OFF
    )
    return rows.exclude(ahead) if chip == "past" else rows.filter(ahead)


def own_duty(*, actor: Actor, uuid: UUID) -> Duty:
    """Find a turn of the actor's own. Raises NoSuchDuty."""
    found = _shown(Duty.objects.filter(person=actor.person_id or 0, uuid=uuid)).first()
    if found is None:
        raise NoSuchDuty
    return found


def duty_by_uuid(*, uuid: UUID) -> Duty:
    """Find a turn in scope. Raises NoSuchDuty."""
    found = _shown(Duty.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchDuty
    return found


def duties_of(*, watch: Watch) -> list[Duty]:
    """Return everybody who has or had a watch, those who stand there first."""
    rows = Duty.objects.filter(watch=watch).select_related("person").order_by("seat", "id")
    return sorted(rows, key=lambda one: (one.state not in STANDING, one.seat, one.pk))


def history(*, duty: Duty) -> Sequence[DutyStep]:
    """Return the steps of a turn with their words."""
    return list(DutyStep.objects.filter(duty=duty).select_related("note", "actor__person"))


def standing_with(*, duty: Duty) -> list[Duty]:
    """Return who else has the watch of a turn."""
    rows = Duty.objects.filter(watch=duty.watch_id, state__in=sorted(STANDING)).exclude(pk=duty.pk)
    return list(rows.select_related("person").order_by("seat"))


def has_answered(*, duty: Duty) -> bool:
    """Tell whether somebody has said why they were not there, since it was written down the last time."""
    said = DutyStep.objects.filter(duty=duty, verb__in=["miss", "answer"]).order_by("-turn")
    return said.values_list("verb", flat=True).first() == "answer"


def my_aways(*, actor: Actor, at: datetime) -> list[Away]:
    """Return the days ahead on which the actor is away."""
    rows = Away.objects.filter(person=actor.person_id or 0, last__gte=business_date(at))
    return list(rows.order_by("first", "id"))


def own_away(*, actor: Actor, uuid: UUID) -> Away:
    """Find days on which the actor is away. Raises NotFound."""
    found = Away.objects.filter(person=actor.person_id or 0, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found
