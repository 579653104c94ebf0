"""The audit trail over the API: read only, by audit and security administrators."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from sidan.audit import queries
from sidan.audit.schemas import ActOut, TrailOut
from sidan.core.errors import FieldProblem, Invalid
from sidan.core.inputs import DAYS_TURNED_ROUND
from sidan.core.pagination import DEFAULT_LIMIT, MAX_LIMIT, keyset_page
from sidan.core.requests import actor_of

router = Router(tags=["audit"])


class DaysTheWrongWayRound(Invalid):
    code = "days_the_wrong_way_round"
    sentence = DAYS_TURNED_ROUND


@router.get("", response=TrailOut, summary="Who did what to what, when")
def read_trail(
    request: HttpRequest,
    verb: Annotated[str, Query(max_length=60, pattern=r"^[\w.]*$")] = "",
    who: UUID | None = None,
    kind: Annotated[str, Query(max_length=40, pattern=r"^\w*$")] = "",
    first: date | None = None,
    last: date | None = None,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
) -> TrailOut:
    """Return the acts of the subtrees one audits, newest first.

    `verb` is the kind of act, `who` the account that acted, `kind` what it was done to; `first` and `last` are days of
    China's own time, both included.
    """
    actor = actor_of(request)
    if first and last and first > last:
        raise DaysTheWrongWayRound(errors=[FieldProblem("/first", DaysTheWrongWayRound.sentence)])
    wanted = queries.TrailFilter(actor_uuid=who, verb=verb, subject_kind=kind, first_day=first, last_day=last)
    page = keyset_page(rows=queries.trail(actor=actor, wanted=wanted), sort="-id", cursor=cursor, limit=limit)
    return TrailOut(
        items=[ActOut.of(line) for line in queries.told(page.items)], next_cursor=page.next_cursor
    )
