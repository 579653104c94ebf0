"""Times that telephones sent later and that could not be written: each with the reason, and what can be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.attendance.enums import Direction, HandReason, Way
from sidan.attendance.models import OfflineRecord
from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.idempotency import once_per_form
from sidan.core.pages import act, safe_next
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.orders import operations, queries
from sidan.orders.inbox_words import Words, refused_words
from sidan.orders.models import Assignment, Visit
from sidan.orders.permissions import may_read_times
from sidan.people.permissions import require_signed_in

SHOWN = 20


@dataclass(frozen=True, slots=True)
class RefusedTime:
    """One such time; `stands_at` is the same coming or going that was written down meanwhile."""

    uuid: UUID
    name: str
    is_coming: bool
    at: datetime
    sent_at: datetime
    how: Words
    why: Words
    what: Words
    stands_at: datetime | None
    is_mine: bool
    may_write: bool
    assignment: Assignment


@require_safe
def not_written(request: HttpRequest) -> HttpResponse:
    """One's own, and those of the teams one leads, newest first."""
    actor = actor_of(request)
    _account_id, person_id = require_signed_in(actor=actor)
    rows = queries.refused_times(person_id=person_id, team_ids=actor.led_team_ids)
    page = keyset_page(rows=rows, sort="-id", cursor=request.GET.get("cursor") or None, limit=SHOWN)
    context = {
        "refused": refused_shown(actor=actor, rows=page.items),
        "next_cursor": page.next_cursor,
        "hand_reasons": HandReason.choices,
    }
    return render(request, "orders/portal/not_written.html", context)


@require_POST
@once_per_form
def write_refused(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write one down by hand, with a reason: the leader does."""
    kept, visit = queries.refused_time(uuid=uuid)
    return act(
        request, url=safe_next(request, reverse("orders:not_written")),
        done=_("Written down by hand. It counts once somebody else has said that it is right."),
        write=lambda: operations.write_refused_time(
            actor=actor_of(request), at=now(), kept=kept, visit=visit, reason=request.POST.get("reason", "")
        ),
    )  # fmt: skip


def refused_context(*, actor: Actor, visits: Sequence[Visit]) -> dict[str, Any]:
    """Gather those of some visits of one order, for who reads its times; for others nothing."""
    if not visits or not may_read_times(actor=actor, visit=visits[0]):
        return {}
    rows = queries.refused_times_of(visits=visits)
    return {"refused": refused_shown(actor=actor, rows=rows), "hand_reasons": HandReason.choices}


def refused_shown(*, actor: Actor, rows: Iterable[OfflineRecord]) -> list[RefusedTime]:
    """Return records as the pages show them."""
    return [_shown(actor, row) for row in rows]


def _shown(actor: Actor, row: Any) -> RefusedTime:
    assignment, told = row.cause.visit.assignment, refused_words(outcome=row.outcome)
    is_open = row.stands_at is None and told.helps
    return RefusedTime(
        uuid=row.uuid, name=row.person.name, is_coming=row.direction == Direction.IN, at=row.claimed_at,
        sent_at=row.received_at, how=_how(row), why=told.why, what=told.what, stands_at=row.stands_at,
        is_mine=row.person_id == actor.person_id, assignment=assignment,
        may_write=is_open and assignment.team_id in actor.led_team_ids,
    )  # fmt: skip


def _how(row: OfflineRecord) -> Words:
    if row.way == Way.HAND and row.reason_code in HandReason.values:
        return HandReason(row.reason_code).label
    return Way(row.way).label
