"""The cases somebody may see, and the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from sidan.core.actor import Actor
from sidan.mediation.enums import LIVE, SittingState
from sidan.mediation.models import Agreement, Case, CaseStep, FollowUp, Party, Sitting
from sidan.mediation.permissions import NoSuchCase
from sidan.people.enums import Role


def cases_of(*, actor: Actor, ended: str = "no") -> QuerySet[Case]:
    """Return the cases that the actor leads, and those of the places whose director they are."""
    directed = actor.places_where(frozenset({Role.DIRECTOR}))
    # The manager's scope knows the mediator only; the role is looked at here.
    rows = Case.unscoped.filter(Q(mediator=actor.person_id or 0) | Q(director_place__in=directed))
    live = sorted(LIVE)
    rows = rows.exclude(state__in=live) if ended == "yes" else rows.filter(state__in=live)
    return rows.select_related("place", "mediator")


def case_for(*, actor: Actor, uuid: UUID) -> Case:
    """Return a case that the actor may see. Raises NoSuchCase."""
    directed = actor.places_where(frozenset({Role.DIRECTOR}))
    rows = Case.unscoped.filter(Q(mediator=actor.person_id or 0) | Q(director_place__in=directed), uuid=uuid)
    found = rows.select_related("place", "mediator", "text").first()
    if found is None:
        raise NoSuchCase
    return found


@dataclass(frozen=True, slots=True)
class CasePage:
    """All of a case, decrypted: only for a page whose look was recorded."""

    case: Case
    parties: list[Party]
    sittings: list[Sitting]
    agreement: Agreement | None
    follow_ups: list[FollowUp]
    steps: list[CaseStep]


def case_page(*, case: Case) -> CasePage:
    """Gather a case: five queries, whatever there is to show."""
    return CasePage(
        case=case,
        parties=list(Party.objects.filter(case=case)),
        sittings=list(Sitting.objects.filter(case=case)),
        agreement=Agreement.objects.filter(case=case).order_by("-turn").first(),
        follow_ups=list(FollowUp.objects.filter(case=case)),
        steps=list(CaseStep.objects.filter(case=case).select_related("actor__person", "note")),
    )


def next_dates(*, cases: Iterable[Case]) -> dict[int, datetime | date]:
    """Return for each case what comes next: its planned sitting, else its follow-up."""
    ids = [case.pk for case in cases]
    dates: dict[int, datetime | date] = dict(
        FollowUp.objects.filter(case__in=ids, done_at=None).values_list("case").annotate(next=Min("due_on"))
    )
    planned = Sitting.objects.filter(case__in=ids, state=SittingState.PLANNED)
    return dates | dict(planned.values_list("case").annotate(next=Min("planned_at")))
