"""What the plan of a rota is made of: who takes turns and how often they did, who is away or promised elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count

from sidan.core.clock import business_date, midnight
from sidan.core.promised import Promise, promised
from sidan.people.enums import VolunteerState
from sidan.people.models import Volunteer
from sidan.places.queries import days_between
from sidan.rotas.enums import STANDING, RotaState, Turns, WatchState
from sidan.rotas.models import Away, Duty, Group, Member, Rota, Watch
from sidan.rotas.policies import Span
from sidan.rotas.policies.turns import Crew

NOTHING = UUID(int=0)
MONDAY_TO_FRIDAY = range(5)


def rotas_running() -> list[int]:
    """Return the rotas that are planned ahead, of every county."""
    return list(Rota.unscoped.filter(state=RotaState.RUNNING).order_by("id").values_list("id", flat=True))


def holidays(*, place_id: int, first: date, last: date) -> frozenset[date]:
    """Return the weekdays on which a place does not work: two queries. A weekend is no holiday of a rota."""
    days = days_between(place_id=place_id, first=first, last=last).values()
    return frozenset(one.day for one in days if not one.works and one.entry is not None)


def duties_promised(person_ids: Collection[int], begins: datetime, ends: datetime) -> Iterator[Promise]:
    """Return the turns of some people that overlap a time, in whatever rota."""
    rows = Duty.unscoped.filter(
        person__in=person_ids, state__in=sorted(STANDING), during__overlap=DateTimeTZRange(begins, ends)
    ).exclude(watch__state=WatchState.OFF)
    for row in rows.select_related("watch__rota"):
        yield Promise(row.person_id, row.watch.uuid, row.watch.rota.shown_name, *row.span)


def busy_people(*, person_ids: Collection[int], begins: datetime, ends: datetime) -> Mapping[int, list[Span]]:
    """Return when some people cannot: promised to anybody, or away by their own word."""
    busy: dict[int, list[Span]] = defaultdict(list)
    for one in promised(person_ids=person_ids, begins=begins, ends=ends, besides=NOTHING):
        busy[one.person_id].append(Span(one.begins, one.ends))
    days = {"first__lte": business_date(ends), "last__gte": business_date(begins)}
    for away in Away.unscoped.filter(person__in=person_ids, **days):
        busy[away.person_id].append(Span(midnight(away.first), midnight(away.last + timedelta(days=1))))
    return busy


def promised_elsewhere(*, person_ids: Collection[int], watch: Watch) -> dict[int, list[str]]:
    """Return what some people have promised besides a watch for its time, in any app, as its titles by the person."""
    begins, ends = watch.span
    found: dict[int, list[str]] = {}
    for one in promised(person_ids=person_ids, begins=begins, ends=ends, besides=watch.uuid):
        found.setdefault(one.person_id, []).append(one.title)
    return found


def away_at(person_ids: Collection[int], *, span: Span) -> frozenset[int]:
    """Return who of some people has said that they are away at a time."""
    days = {"first__lte": business_date(span.ends), "last__gte": business_date(span.begins)}
    rows = Away.unscoped.filter(person__in=person_ids, **days)
    return frozenset(rows.values_list("person_id", flat=True))


def crew_of(*, rota: Rota) -> Crew:
    """Return who takes turns in a rota now and how often they did; who has left or pauses is not among them."""
    members = list(Member.objects.filter(rota=rota, left_at=None).order_by("group_id", "id"))
    serving = set(
        Volunteer.unscoped.filter(
            person__in=[one.person_id for one in members], state=VolunteerState.ACTIVE
        ).values_list("person_id", flat=True)
    )
    groups: dict[int, list[int]] = {}
    for one in members:
        if one.person_id in serving:
            groups.setdefault(one.group_id, []).append(one.person_id)
    head_starts = {one.person_id: one.head_start for one in members}
    return Crew(
        groups=groups, turns=Counter(_turns(rota)) + Counter(head_starts),
        group_turns=_group_turns(rota), by_group=rota.turns == Turns.GROUPS,
    )  # fmt: skip


def _turns(rota: Rota) -> dict[int, int]:
    """Count whose turn it was; a turn that was handed on is who took it over's."""
    rows = Duty.unscoped.filter(watch__rota=rota, state__in=sorted(STANDING)).exclude(
        watch__state=WatchState.OFF
    )
    counted = rows.order_by().values("person").annotate(turns=Count("pk"))
    return dict(counted.values_list("person", "turns"))


def _group_turns(rota: Rota) -> dict[int, int]:
    rows = Watch.unscoped.filter(rota=rota, group__isnull=False).exclude(state=WatchState.OFF)
    counted = dict(rows.order_by().values("group").annotate(turns=Count("pk")).values_list("group", "turns"))
    return {one.pk: one.head_start + counted.get(one.pk, 0) for one in Group.objects.filter(rota=rota)}
