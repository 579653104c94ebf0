"""Who acts in the tales, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Final

from sidan.catalogue.models import Project
from sidan.core.actor import Actor
from sidan.orders.models import Assignment, Order
from sidan.orders.operations import Contact, Wish
from sidan.people.enums import Role
from sidan.people.models import Account, Person, Team
from sidan.people.queries import actor_for_account
from sidan.web.demo.begun import neighbours
from sidan.web.demo.people import People

WITH: Final = ("project", "category", "requester", "placed_by", "origin_place", "holder_place", "text")


class Days:
    """What is to happen, told in the order of its moments; what happens may plan what comes of it."""

    def __init__(self) -> None:
        self._planned: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._numbers = count()

    def plan(self, at: datetime, act: Callable[[datetime], None]) -> None:
        """Let something happen at a moment; of two at the same moment the one that was planned first comes first."""
        heappush(self._planned, (at, next(self._numbers), act))

    def pass_by(self) -> None:
        """Let it all happen."""
        while self._planned:
            at, _number, act = heappop(self._planned)
            act(at)


class NobodyActs(RuntimeError):
    """An account of the demo has no actor: a fault of the generator."""


@dataclass(frozen=True)
class Cast:
    """The people of the demo county, what was begun for the tales, and the county's clock."""

    people: People
    begun: Mapping[str, Order]
    now: datetime

    def day(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """Return a moment so many days before the county's last day."""
        return (self.now - timedelta(days=ago)).replace(hour=hour, minute=minute)

    def actor(self, who: str | Account) -> Actor:
        """Read somebody afresh, as each request does: of a role, or by the account."""
        account = self.people.by_role[who] if isinstance(who, str) else who
        found = actor_for_account(account.pk)
        if found is None:
            raise NobodyActs(who)
        return found

    def order(self, purpose: str) -> Order | None:
        """Read an order that was begun in bulk; none where the county is too small for it."""
        begun = self.begun.get(purpose)
        return None if begun is None else again(begun)

    def resident_of(self, order: Order) -> Actor:
        """Return who asked for an order."""
        return self.actor(Account.objects.get(person=order.requester_id))

    def leader_of(self, team: Team) -> Actor:
        """Return who leads a team."""
        return self.actor(Account.objects.get(person=team.leader_id))

    def neighbours(self) -> list[Account]:
        """Return who lives in the demo village besides the demo accounts."""
        return neighbours(self.people)

    def wish(self, who: Account, project: Project, *, need: str = "", days: int = 2) -> Wish:
        """Return what somebody asks for: a morning in some days, the contact as the file has it."""
        begins = (self.now + timedelta(days=days)).replace(hour=9, minute=0)
        return Wish(
            project_uuid=project.uuid, wished_from=begins, wished_to=begins + timedelta(hours=3), need=need,
            contact=contact_of(who.person),
        )  # fmt: skip

    def project(self, kind: str) -> Project:
        """Return what a resident of the demo village can order of a kind, else whatever the home team offers."""
        offered = Project.objects.filter(state="published", area__links_down__descendant=self._home_id())
        of_kind = offered.filter(category__code__endswith=f"-{kind}").order_by("pk").first()
        return of_kind or Project.objects.filter(team=self.people.crews[0].team, state="published")[:1].get()

    def _home_id(self) -> int:
        return self.people.by_role[Role.RESIDENT].person.home_place_id or 0


def again(order: Order) -> Order:
    """Read an order as it is now, as each request does."""
    return Order.unscoped.select_related(*WITH).get(pk=order.pk)


def held(order: Order) -> Assignment:
    """Return the share of the team that holds an order."""
    rows = Assignment.objects.select_related("team", "order__category", "order__origin_place")
    return rows.get(order=order, state="accepted")


def contact_of(person: Person) -> Contact:
    """Return name, telephone and address as they stand in the file."""
    return Contact(name=person.name, phone=str(person.contact_phone), address=str(person.address))
