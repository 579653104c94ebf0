"""Ladders, titles, proposals with their names and objections, and what was given."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.search import search_q
from sidan.honours.enums import HonourKind, ProposalState
from sidan.honours.models import (
    Award,
    Ladder,
    Nominee,
    Objection,
    Proposal,
    ProposalStep,
    ShownName,
    StandingAward,
    Title,
)
from sidan.honours.permissions import GIVING_ROLES, NoSuchAward, NoSuchProposal
from sidan.people.queries import rows_of_person
from sidan.places.enums import PlaceKind
from sidan.places.models import Place
from sidan.places.queries import within

CHIPS: Final[dict[str, frozenset[str]]] = {
    "": frozenset({ProposalState.DRAFT, ProposalState.NOTICED}),
    "draft": frozenset({ProposalState.DRAFT}),
    "noticed": frozenset({ProposalState.NOTICED}),
    "awarded": frozenset({ProposalState.AWARDED}),
    "dropped": frozenset({ProposalState.DROPPED}),
}
"""The chips above the list of an office, and which states stand behind each."""


@dataclass(frozen=True, slots=True)
class AwardFilter:
    """What a list of awards was asked for; empty parts filter nothing."""

    query: str = ""
    kind: str = ""
    year: int | None = None
    place_id: int | None = None
    state: str = ""


_SHOWS: Final[Any] = Exists(ShownName.objects.filter(person=OuterRef("person")))
"""Whether somebody lets their whole name be read."""


def counties_given_by(*, actor: Actor) -> list[Place]:
    """Return the counties whose honours the actor proposes and gives, in official order."""
    roots = list(actor.places_where(GIVING_ROLES))
    rows = Place.objects.filter(kind=PlaceKind.CENTER).filter(
        Q(pk__in=roots) | within(field="pk", root_ids=roots)
    )
    return list(rows.order_by("sort_code", "id"))


def ladders_of(*, county: Place) -> list[Ladder]:
    """Return the ladders of a county and those of everybody, the newest first."""
    rows = Ladder.objects.filter(Q(county=county) | Q(county=None)).select_related("county")
    return list(rows.order_by("-during", "-id"))


def ladder_ahead(*, county: Place, on: date) -> Ladder | None:
    """Return the ladder of a county that begins after a day."""
    return Ladder.objects.filter(county=county, during__startswith__gt=on).order_by("during").first()


def titles_given(*, county: Place) -> list[Title]:
    """Return the titles that a county gives, those that ended last."""
    rows = Title.objects.filter(county=county)
    return list(rows.order_by(F("ended_at").asc(nulls_first=True), "name", "id"))


def title_by_uuid(*, uuid: UUID) -> Title:
    """Find a title in scope. Raises NotFound."""
    found = Title.objects.select_related("county").filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def _counted(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    unanswered = Count("objections", filter=Q(objections__outcome=""), distinct=True)
    names = Count("nominees", filter=Q(nominees__out_at=None), distinct=True)
    return rows.select_related("county", "title").annotate(names=names, unanswered=unanswered)


def proposals_of_office(
    *, chip: str, kind: str = "", place_id: int | None = None, text: str = ""
) -> QuerySet[Proposal]:
    """Return the proposals in scope behind a chip; words are looked for in titles and among the names."""
    rows = _counted(Proposal.objects.filter(state__in=sorted(CHIPS[chip])))
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(within(field="county", root_ids=(place_id,))) if place_id else rows
    if not text:
        return rows
    people = Nominee.objects.filter(search_q("person__search", text) | search_q("team__search", text))
    return rows.filter(Q(title__name__icontains=text) | Q(pk__in=people.values("proposal")))


def proposal_counts(*, kind: str = "", place_id: int | None = None, text: str = "") -> dict[str, int]:
    """Return how many stand behind each chip of what is in hand."""
    rows = proposals_of_office(chip="", kind=kind, place_id=place_id, text=text)
    states = list(rows.order_by().values_list("state", flat=True))
    return {"": len(states), **{state: states.count(state) for state in ("draft", "noticed")}}


def proposal_by_uuid(*, uuid: UUID) -> Proposal:
    """Find a proposal within the scope. Raises NoSuchProposal."""
    found = _counted(Proposal.objects.filter(uuid=uuid)).first()
    if found is None:
        raise NoSuchProposal
    return found


def notices_running(*, county_id: int | None) -> list[Proposal]:
    """Return what is on public notice in a county, whoever reads; the first to end first."""
    rows = _counted(Proposal.objects.filter(state=ProposalState.NOTICED))
    rows = rows.filter(county=county_id) if county_id else rows
    return list(rows.order_by("public_until", "id")[:50])


def _names(rows: QuerySet[Nominee]) -> QuerySet[Nominee]:
    return rows.select_related("person", "team", "place").annotate(shows_name=_SHOWS)


def nominees_of(*, proposal: Proposal, text: str = "") -> QuerySet[Nominee]:
    """Return the names of a proposal, those with the most stars first."""
    rows = _names(Nominee.objects.filter(proposal=proposal))
    rows = rows.annotate(unanswered=Count("objections", filter=Q(objections__outcome="")))
    if text:
        rows = rows.filter(search_q("person__search", text) | search_q("team__search", text))
    return rows


def nominee_by_uuid(*, proposal: Proposal, uuid: UUID) -> Nominee:
    """Find a name of a proposal. Raises NotFound."""
    found = _names(Nominee.objects.filter(proposal=proposal, uuid=uuid)).first()
    if found is None:
        raise NotFound
    return found


def objections_to(*, proposal: Proposal) -> list[Objection]:
    """Return what was said of the names of a proposal, the unanswered first. Whoever asks checks the reader."""
    rows = Objection.objects.filter(proposal=proposal)
    rows = rows.select_related("by__person", "nominee__person", "nominee__team", "answered_by__person")
    return list(rows.order_by(F("answered_at").asc(nulls_first=True), "id"))


def objections_by(*, proposal: Proposal, account_id: int | None) -> list[Objection]:
    """Return what somebody has said themself of the names of a proposal."""
    if account_id is None:
        return []
    rows = Objection.objects.filter(proposal=proposal, by=account_id)
    return list(rows.select_related("nominee__person", "nominee__team"))


def objections_to_dropped(*, uuid: UUID, account_id: int | None) -> list[Objection]:
    """Return what somebody has said themself of a list that was taken off notice: of the list they see no more."""
    if account_id is None:
        return []
    rows = Objection.objects.filter(proposal__uuid=uuid, proposal__state=ProposalState.DROPPED, by=account_id)
    return list(rows.select_related("proposal__county", "proposal__title"))


def objection_by_uuid(*, proposal: Proposal, uuid: UUID) -> Objection:
    """Find an objection. Raises NotFound."""
    rows = Objection.objects.select_related("nominee__person", "nominee__team")
    found = rows.filter(proposal=proposal, uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def history_of(*, proposal: Proposal) -> list[ProposalStep]:
    """Return the steps of a proposal with who took them and their words."""
    return list(ProposalStep.objects.filter(proposal=proposal).select_related("note", "actor__person"))


def _judged(rows: QuerySet[Award]) -> QuerySet[Award]:
    known = rows.filter(takes_back=None).select_related(
        "person", "team", "place", "title", "nominee__proposal", "taken_back_by__note"
    )
    return known.annotate(
        shows_name=_SHOWS, stands=Exists(StandingAward.objects.filter(award=OuterRef("pk")))
    )


def _fitting(rows: QuerySet[Award], wanted: AwardFilter) -> QuerySet[Award]:
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    rows = rows.filter(given_year=wanted.year) if wanted.year else rows
    return rows.filter(within(field="place", root_ids=(wanted.place_id,))) if wanted.place_id else rows


def honours_public(*, county_id: int | None, wanted: AwardFilter) -> QuerySet[Award]:
    """Return what stands of what a county gave, whoever reads.

    By name only those are found who let their whole name be read: a search must not tell what the list hides.
    """
    rows = _fitting(_judged(Award.objects.filter(standing__isnull=False)), wanted)
    rows = rows.filter(county=county_id) if county_id else rows
    if not wanted.query:
        return rows
    text = wanted.query
    told = Q(title__name__icontains=text) | Q(title__name_en__icontains=text) | search_q("team__search", text)
    return rows.filter(
        told | search_q("place__search", text) | Q(shows_name=True) & search_q("person__search", text)
    )


def awards_of_office(*, wanted: AwardFilter) -> QuerySet[Award]:
    """Return what was given in scope, whatever became of it."""
    rows = _fitting(_judged(Award.objects.all()), wanted)
    if wanted.query:
        text = wanted.query
        rows = rows.filter(
            search_q("person__search", text) | search_q("team__search", text) | Q(title__name__icontains=text)
        )
    return rows.filter(standing__isnull=wanted.state != "stands") if wanted.state else rows


def award_by_uuid(*, uuid: UUID) -> Award:
    """Find an award within the scope. Raises NoSuchAward."""
    found = _judged(Award.objects.filter(uuid=uuid)).select_related("county").first()
    if found is None:
        raise NoSuchAward
    return found


def awards_of_person(*, person_id: int) -> list[Award]:
    """Return what a person was given, the newest first, with what was taken back. Whoever asks checks the reader."""
    rows = _judged(Award.unscoped.filter(person__in=rows_of_person(person_id=person_id)))
    return list(rows.order_by("-at", "-id"))


def awards_of_team(*, team_id: int) -> list[Award]:
    """Return the titles of a team that stand, the newest first."""
    rows = _judged(Award.unscoped.filter(team=team_id, standing__isnull=False))
    return list(rows.order_by("-at", "-id"))


def notices_about(*, person_id: int) -> list[Nominee]:
    """Return where a person stands on public notice now, or was taken out of one."""
    rows = _names(Nominee.objects.filter(person__in=rows_of_person(person_id=person_id)))
    rows = rows.filter(Q(proposal__state=ProposalState.NOTICED) | Q(out_why="objection"))
    rows = rows.select_related("proposal__title", "proposal__county").prefetch_related("objections")
    return list(rows.order_by("-id")[:20])


def shows_name(*, person_id: int) -> bool:
    """Tell whether somebody lets their whole name be read."""
    return ShownName.objects.filter(person=person_id).exists()


def star_awards_standing(*, person_id: int) -> list[Award]:
    """Return the stars of a person that stand."""
    rows = Award.unscoped.filter(person__in=rows_of_person(person_id=person_id), kind=HonourKind.STAR)
    return list(rows.filter(standing__isnull=False).select_related("nominee").order_by("pk"))


def notices_ended(*, at: Any) -> list[int]:
    """Return the proposals whose notice is over and that are not settled."""
    rows = Proposal.unscoped.filter(state=ProposalState.NOTICED, public_until__lte=at)
    return list(rows.order_by("public_until").values_list("pk", flat=True))
