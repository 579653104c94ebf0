"""The cases somebody may see, and the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import F, Min, Q, QuerySet

from sidan.core.actor import Actor
from sidan.mediation.enums import LIVE, SittingState
from sidan.mediation.models import Agreement, Case, CaseStep, FollowUp, Party, Sitting
from sidan.mediation.permissions import NoSuchCase, places_directed
from sidan.mediation.states import HOLDING


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What the reader chose above the list. Words are looked for in numbers alone: all else is encrypted."""

    ended: bool = False
    dispute: str = ""
    text: str = ""


GOING_ON: Final = CaseFilter()


def cases_of(*, actor: Actor, chosen: CaseFilter = GOING_ON) -> QuerySet[Case]:
    """Return the cases that the actor leads, and those of the places whose director they are, as they were chosen."""
    rows, live = _visible(actor), sorted(LIVE)
    rows = rows.exclude(state__in=live) if chosen.ended else rows.filter(state__in=live)
    if chosen.dispute:
        rows = rows.filter(dispute=chosen.dispute)
    if chosen.text:
        digits = "".join(letter for letter in chosen.text if letter.isalnum())
        rows = rows.filter(number__contains=digits) if digits else rows.none()
    return rows.select_related("place", "mediator").annotate(
        place_key=F("place__path_names"), mediator_key=F("mediator__pinyin")
    )


def has_cases(*, actor: Actor) -> bool:
    """Tell whether there is any case that the actor may see."""
    return _visible(actor).exists()


def _visible(actor: Actor) -> QuerySet[Case]:
    directed = places_directed(actor=actor).values("descendant")
    # The manager's scope knows the mediator only; the role is looked at here.
    return Case.unscoped.filter(Q(mediator=actor.person_id or 0) | Q(place__in=directed))


def case_for(*, actor: Actor, uuid: UUID) -> Case:
    """Return a case that the actor may see. Raises NoSuchCase."""
    found = _visible(actor).filter(uuid=uuid).select_related("place", "mediator", "text").first()
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
    """The one that holds."""
    former: list[Agreement]
    """Those that hold no more, the newest first."""
    follow_ups: list[FollowUp]
    steps: list[CaseStep]


def case_page(*, case: Case) -> CasePage:
    """Gather a case: five queries, whatever there is to show."""
    agreements = list(Agreement.objects.filter(case=case).order_by("-turn"))
    held = 1 if case.state in HOLDING else 0
    return CasePage(
        case=case,
        parties=list(Party.objects.filter(case=case)),
        sittings=list(Sitting.objects.filter(case=case)),
        agreement=next(iter(agreements[:held]), None),
        former=agreements[held:],
        follow_ups=list(FollowUp.objects.filter(case=case)),
        steps=list(CaseStep.objects.filter(case=case).select_related("actor__person", "note")),
    )


def next_dates(*, cases: Iterable[Case]) -> dict[int, datetime | date]:
    """Return for each case what comes next: its planned sitting, else its follow-up."""
    ids = [case.pk for case in cases]
    dates: dict[int, datetime | date] = dict(
        FollowUp.objects.filter(case__in=ids, done_at=None, dropped_at=None)
        .values_list("case")
        .annotate(next=Min("due_on"))
    )
    planned = Sitting.objects.filter(case__in=ids, state=SittingState.PLANNED)
    return dates | dict(planned.values_list("case").annotate(next=Min("planned_at")))
