"""A desk, a booth, a patrol in two groups of four, a reception day, with gaps and swaps; through the operations."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from sidan.core.actor import Actor
from sidan.people.enums import Role, VolunteerState
from sidan.people.models import Account, Person, Volunteer
from sidan.people.queries import actor_for_account
from sidan.places.models import Place
from sidan.rotas import operations, queries
from sidan.rotas.enums import RotaKind, Turns
from sidan.rotas.models import Duty, Rota, Swap
from sidan.rotas.operations import NewRota
from sidan.rotas.policies import ShiftTimes
from sidan.web.demo.people import People
from sidan.web.demo.places import Network

STARTED_BEFORE: Final = timedelta(days=9)
WORKDAYS: Final = (0, 1, 2, 3, 4)
GROUP: Final = 4


class _Told(NamedTuple):
    """A rota, and how many people are in each of its groups."""

    rota: NewRota
    groups: tuple[str, ...]
    people: int
    at_center: bool = False


TOLD: Final = (
    _Told(
        NewRota(
            kind=RotaKind.DESK, name="便民服务台值班", name_en="Service desk", spot="一楼大厅", rests_on_holidays=True,
            shifts=(
                ShiftTimes(WORKDAYS, time(8, 30), time(11, 30), 2), ShiftTimes(WORKDAYS, time(14, 30), time(17, 30), 1),
            ),
        ), ("值班组",), 5,
    ),
    _Told(
        NewRota(
            kind=RotaKind.BOOTH, name="城南文明驿站", name_en="South town booth", spot="城南公交站旁",
            asks_office=True, shifts=(ShiftTimes((5, 6), time(9), time(12), 2),),
        ), ("驿站组",), 4, at_center=True,
    ),
    _Told(
        NewRota(
            kind=RotaKind.PATROL, name="夜间平安巡逻", name_en="Evening patrol", spot="老街—河堤—学校门口",
            turns=Turns.GROUPS, shifts=(ShiftTimes((1, 3, 5), time(19, 30), time(21), GROUP),),
        ), ("巡逻一组", "巡逻二组"), 2 * GROUP,
    ),
    _Told(
        NewRota(
            kind=RotaKind.RECEPTION, name="群众接待日", name_en="Reception day", spot="二楼接待室",
            shifts=(ShiftTimes((2,), time(9), time(11, 30), 2),),
        ), ("接待组",), 3, at_center=True,
    ),
)  # fmt: skip
WHY: Final = "那天要送孩子去县里看病，来不了。"
PLEASE: Final = "那天老家办喜事，谁有空帮我值一下？谢谢。"


def make_rotas(*, network: Network, people: People, now: datetime) -> None:
    """Start them, plan them and let some weeks pass."""
    manager, home = people.by_role[Role.MANAGER], people.by_role[Role.PRACTITIONER]
    at = now - STARTED_BEFORE
    crowd = _crowd(people)
    for nth, told in enumerate(TOLD):
        account, place = (manager, network.center) if told.at_center else (home, home.person.home_place)
        keeper = actor_for_account(account.pk)
        if keeper is None or place is None:
            continue
        # The two whom everybody signs in as are at the desk and on patrol; the others of each rota follow.
        first = crowd[:2] if nth in {0, 2} else []
        others = crowd[2 + 3 * nth : 2 + 3 * nth + told.people - len(first)]
        rota = _start(keeper, place, told, [*first, *others], at + timedelta(minutes=11 * nth))
        for moment in (at + timedelta(hours=1), now):
            operations.plan_rota(at=moment, rota_id=rota.pk)
        _go_on(keeper, rota, nth, now)
    for watch_id in queries.to_close(at=now, most=500):
        operations.close_watch(at=now, watch_id=watch_id)


def _crowd(people: People) -> list[Person]:
    """Return who serves and signs in, the volunteer and the leader of the demo first."""
    named: list[Account] = [people.by_role[Role.VOLUNTEER], people.by_role[Role.LEADER]]
    named += [member for crew in people.crews for member in crew.members]
    persons = list(dict.fromkeys(account.person for account in named))
    serving = Volunteer.unscoped.filter(person__in=persons, state=VolunteerState.ACTIVE)
    active = set(serving.values_list("person_id", flat=True))
    return [person for person in persons if person.pk in active]


def _start(keeper: Actor, place: Place, told: _Told, people: Sequence[Person], at: datetime) -> Rota:
    rota = operations.start_rota(actor=keeper, at=at, place=place, told=told.rota)
    groups = [operations.add_group(actor=keeper, at=at, rota=rota, name=name) for name in told.groups]
    for nth, person in enumerate(people):
        group = groups[nth * len(groups) // told.people]
        operations.add_member(actor=keeper, at=at, group=group, person=person)
    return rota


def _go_on(keeper: Actor, rota: Rota, nth: int, now: datetime) -> None:
    """Somebody cannot come, so that people are lacking; somebody else gives a turn away."""
    rows = Duty.unscoped.filter(watch__rota=rota, state="planned", during__startswith__gt=now)
    ahead = list(rows.select_related("watch__rota__place", "person").order_by("during", "seat"))
    if nth == 0 and len(ahead) > GROUP:
        _withdraw(ahead[3], now)
        operations.announce(actor=keeper, at=now, watch=ahead[3].watch)
        _ask(ahead[GROUP], now)
    if nth == 1 and len(ahead) > GROUP:
        swap = _ask(ahead[0], now)
        taker = actor_for_account(ahead[2].person.account.pk)
        if swap is not None and taker is not None and ahead[2].person_id != ahead[0].person_id:
            operations.accept_swap(actor=taker, at=now, swap=swap)
    if nth == 2 and ahead:
        _withdraw(ahead[-1], now)


def _withdraw(duty: Duty, now: datetime) -> None:
    actor = actor_for_account(duty.person.account.pk)
    if actor is not None:
        operations.withdraw(actor=actor, at=now, duty=duty, words=WHY)


def _ask(duty: Duty, now: datetime) -> Swap | None:
    actor = actor_for_account(duty.person.account.pk)
    return operations.ask_swap(actor=actor, at=now, duty=duty, words=PLEASE) if actor else None
