"""Open calls: which teams one reaches, which calls a team may answer, who has answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from sidan.catalogue.queries import teams_for
from sidan.core.errors import NotFound
from sidan.orders.enums import LIVE_ASSIGNMENT, LIVE_CALL, AnswerState, CallState
from sidan.orders.models import CallAnswer, OpenCall, Order, OrderChange, WorkPart
from sidan.orders.queries.proposals import Proposal, proposals_of
from sidan.people.models import Team
from sidan.places.models import Place
from sidan.places.queries import ancestors_of

MOST: Final = 100

# A team is reached when its own place lies in the area of the call, and it serves the kind of order, or a kind above
# it, where the resident lives. The kinds above are walked in the database: one statement for all calls and teams. In a
# list no team finds a call for a part of an order of which it has another part. A team that has offered finds the call
# also when it is not reached any more, or time is over: as long as its offer stands it may take it back.
REACH: Final = """
WITH RECURSIVE kind AS (
    SELECT code AS asked, code, parent_id FROM catalogue_category
    UNION SELECT kind.asked, above.code, above.parent_id FROM catalogue_category above JOIN kind ON above.code = kind.parent_id
)
SELECT call.id, team.id, TRUE AS is_reached FROM orders_opencall call
JOIN orders_order wanted ON wanted.id = call.order_id
JOIN people_team team ON team.id = ANY(%(teams)s) AND team.state = 'active'
JOIN places_placelink home ON home.descendant_id = team.place_id AND home.ancestor_id = call.area_id
     AND upper_inf(home.during)
LEFT JOIN orders_workpart part ON part.id = call.part_id
JOIN kind ON kind.asked = coalesce(part.category_id, wanted.category_id)
JOIN catalogue_teamservice service ON service.team_id = team.id AND service.category_id = kind.code
JOIN places_placelink served ON served.ancestor_id = service.area_id
     AND served.descendant_id = wanted.origin_place_id AND upper_inf(served.during)
WHERE (call.id = %(call)s OR (%(call)s = 0 AND call.state = 'open' AND call.until > %(at)s AND NOT EXISTS (
    SELECT FROM orders_assignment share
    WHERE share.order_id = call.order_id AND share.team_id = team.id AND share.state IN ('offered', 'accepted'))))
UNION SELECT answer.call_id, answer.team_id, FALSE FROM orders_callanswer answer
WHERE answer.team_id = ANY(%(teams)s) AND (answer.call_id = %(call)s OR (%(call)s = 0 AND answer.state = 'applied'))
"""  # noqa: E501 - one line of SQL is longer


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A call that some of my teams may answer, or have: which may, and whose offer stands."""

    call: OpenCall
    free: list[Team]
    applied: list[Team] = field(default_factory=list)
    outdated: list[Team] = field(default_factory=list)
    """Of those that offered, who did before the wish was changed."""
    is_over: bool = False
    """Its time is over: the office chooses among the offers that stand."""

    @property
    def teams(self) -> list[Team]:
        """Those of my teams that have to do with it."""
        return sorted((*self.free, *self.applied), key=lambda team: team.pk)

    @property
    def asked(self) -> list[Team]:
        """Those of my teams that may offer, or offer anew."""
        return [*self.free, *self.outdated]


@dataclass(frozen=True, slots=True)
class Offer:
    """A team that would take the order: what it says, and how near, how busy and how fitting it is."""

    answer: CallAnswer
    fit: Proposal | None
    is_outdated: bool
    """It was made before the wish was changed: nobody is chosen by it."""


def reached_teams(*, order: Order, category: str, area_id: int) -> list[int]:
    """Return the active teams that a call for this order, or a part of this kind, would reach in an area.

    Who has another part of it is not asked.
    """
    rows = teams_for(category=category, place_id=order.origin_place_id).filter(
        place__links_up__ancestor=area_id, place__links_up__during__upper_inf=True
    )
    taken = order.assignments.filter(state__in=sorted(LIVE_ASSIGNMENT)).values("team")
    return list(rows.exclude(pk__in=taken).values_list("pk", flat=True).distinct())


def is_reached(*, call: OpenCall, team_id: int) -> bool:
    """Tell whether a call is for this team."""
    return any(
        is_asked for _call, _team, is_asked in _found({"teams": [team_id], "call": call.pk, "at": None})
    )


def _found(asked: dict[str, Any]) -> list[tuple[int, int, bool]]:
    """Return which call concerns which team: because it is asked now, or because it has offered."""
    with connection.cursor() as cursor:
        cursor.execute(REACH, asked)
        return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def calls_for(*, team_ids: Iterable[int], at: datetime, area: UUID | None = None) -> list[OpenTask]:
    """Return the open calls that reach one of these teams, and those for which one has offered: four queries.

    Those that end first stand above, and below all what only waits for the choice.
    """
    found = _found({"teams": list(team_ids), "call": 0, "at": at})
    if not found:
        return []
    rows = OpenCall.objects.filter(pk__in={call for call, _team, _is_asked in found}).select_related(
        "area", "part__category", "order__project", "order__category", "order__origin_place__parent"
    )
    if area is not None:
        rows = rows.filter(
            order__origin_place__links_up__ancestor__uuid=area, order__origin_place__links_up__during__upper_inf=True
        )  # fmt: skip
    teams = Team.objects.in_bulk({team for _call, team, _is_asked in found})
    offered = {(call, team) for call, team, is_asked in found if not is_asked}
    asked = {(call, team) for call, team, is_asked in found if is_asked} - offered
    standing = CallAnswer.objects.filter(call__in={call for call, _team in offered}, team__in=teams)
    old = set(outdated(standing).values_list("call", "team"))
    is_over = ExpressionWrapper(Q(until__lte=at), BooleanField())
    return [
        OpenTask(
            call=call,
            free=[team for team in teams.values() if (call.pk, team.pk) in asked],
            applied=[team for team in teams.values() if (call.pk, team.pk) in offered],
            outdated=[team for team in teams.values() if (call.pk, team.pk) in old],
            is_over=call.until <= at,
        )
        for call in rows.order_by(is_over, "until", "id")[:MOST]
    ]


def areas_of(tasks: Iterable[OpenTask]) -> list[Place]:
    """Return the townships in which the called orders arose, to filter by, in official order."""
    found = {place.pk: place for task in tasks if (place := task.call.order.origin_place.parent) is not None}
    return sorted(found.values(), key=lambda place: (place.sort_code, place.pk))


def areas_to_call(*, order: Order) -> list[Place]:
    """Return the places whose teams may be asked: the center above the resident and those between, widest first."""
    above = [*ancestors_of(place_id=order.origin_place_id), order.origin_place]
    return [place for place in above if order.county_id in {None, place.pk, place.county_id}]


def call_count(*, team_ids: Iterable[int], at: datetime) -> int:
    """How many calls stand on the page of these teams."""
    found = _found({"teams": list(team_ids), "call": 0, "at": at})
    return len({call for call, _team, _is_asked in found})


def call_by_uuid(*, uuid: UUID, team_ids: Iterable[int]) -> OpenCall:
    """Find a call, whatever became of it, that reaches one of these teams or that one answered. Raises NotFound.

    It asks what the list asks, so that no call of the list is missing here.
    """
    call = OpenCall.objects.filter(uuid=uuid).first()
    if call is None or not _found({"teams": list(team_ids), "call": call.pk, "at": None}):
        raise NotFound
    return call


def live_call(*, order: Order, part: WorkPart | None = None) -> OpenCall | None:
    """Return the call of an order, or of one part, that is open or waits for the dispatcher's choice."""
    rows = OpenCall.objects.filter(order=order, part=part, state__in=sorted(LIVE_CALL))
    return rows.select_related("area").first()


def outdated(answers: QuerySet[CallAnswer]) -> QuerySet[CallAnswer]:
    """Return the offers that stand and were made before the wish was changed: to what is asked for now no yes."""
    changes = OrderChange.objects.filter(
        step__order=OuterRef("call__order"), step__at__gt=OuterRef("answered_at")
    )
    return answers.filter(Exists(changes), state=AnswerState.APPLIED)


def offers_of(*, call: OpenCall, order: Order) -> list[Offer]:
    """Return the teams that offered, the best fit first, with the reasons; last those who have to offer anew."""
    answers = {
        answer.team_id: answer
        for answer in call.answers.filter(state=AnswerState.APPLIED).select_related("team")
    }
    fitting = proposals_of(order=order, category=call.work.category_id, team_ids=list(answers))
    old = set(outdated(call.answers.all()).values_list("team", flat=True))
    found = [Offer(answers.pop(each.team.pk), each, each.team.pk in old) for each in fitting]
    found += [Offer(answer, None, team in old) for team, answer in answers.items()]
    return sorted(found, key=lambda offer: offer.is_outdated)


def open_call_of(*, order: Order, part: WorkPart | None = None) -> OpenCall | None:
    """Return the call by which an order, or one part, is put before all teams of an area now, if it is."""
    return OpenCall.objects.filter(order=order, part=part, state=CallState.OPEN).first()


def teams_to_remind(*, call: OpenCall, order: Order) -> list[int]:
    """Return the teams that a call reaches and that have not answered it; who took an offer back has said no."""
    answered = set(call.answers.values_list("team", flat=True))
    reached = reached_teams(order=order, category=call.work.category_id, area_id=call.area_id)
    return [team for team in reached if team not in answered]


def calls_to_end(*, at: datetime) -> list[int]:
    """Return the calls whose time is over, oldest first."""
    rows = OpenCall.objects.filter(state=CallState.OPEN, until__lte=at).order_by("until", "id")
    return list(rows.values_list("pk", flat=True)[:500])
