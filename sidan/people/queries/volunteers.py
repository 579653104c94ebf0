"""The roll of volunteers, within the active scope."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from sidan.core.pagination import Page, keyset_page
from sidan.core.phones import mask_phone
from sidan.core.search import search_q
from sidan.people.enums import VolunteerState
from sidan.people.models import TeamMember, Volunteer
from sidan.people.queries.finding import of_phone
from sidan.places.queries import within

SORTS = {
    "newest": "-id", "oldest": "id", "name": "name_key", "-name": "-name_key", "place": "place_key",
    "-place": "-place_key", "state": "state", "-state": "-state",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VolunteerFilter:
    """What a list of volunteers was asked for; empty parts filter nothing."""

    query: str = ""
    state: str = ""
    skill: str = ""
    place_id: int | None = None


def volunteers(*, wanted: VolunteerFilter) -> QuerySet[Volunteer]:
    """Return the volunteers in scope that fit, with person and place."""
    rows = Volunteer.objects.select_related("person", "place").annotate(
        name_key=F("person__pinyin"), place_key=F("place__path_names")
    )
    # Who left is shown only when asked for.
    rows = rows.filter(state=wanted.state) if wanted.state else rows.exclude(state=VolunteerState.LEFT)
    if wanted.skill:
        rows = rows.filter(skills__contains=[wanted.skill])
    if wanted.place_id:
        rows = rows.filter(within(field="place", root_ids=(wanted.place_id,)))
    if wanted.query:
        number = wanted.query.strip().upper()
        rows = rows.filter(
            search_q("person__search", wanted.query)
            | Q(number=number)
            | of_phone("person__contact_phone_hash", wanted.query)
        )
    return rows


def volunteer_page_of(
    *, wanted: VolunteerFilter, sort: str = "newest", cursor: str | None = None, limit: int = 50
) -> Page[Volunteer]:
    """Return a page of the roll."""
    return keyset_page(
        rows=volunteers(wanted=wanted), sort=SORTS.get(sort, "-id"), cursor=cursor, limit=limit
    )


def volunteer_by_uuid(*, uuid: UUID) -> Volunteer | None:
    """Find a volunteer in scope, with person and place."""
    return Volunteer.objects.select_related("person", "place").filter(uuid=uuid).first()


def volunteer_of_person(*, person_id: int | None) -> Volunteer | None:
    """Find the volunteer that a person is, within the scope."""
    return Volunteer.objects.select_related("place").filter(person=person_id).first() if person_id else None


def teams_of_person(*, person_id: int) -> list[TeamMember]:
    """Return a person's present memberships with their teams."""
    rows = TeamMember.objects.filter(person=person_id, left_on=None).select_related("team", "team__place")
    return list(rows.order_by("team__pinyin", "id"))


def masked_phone(volunteer: Volunteer) -> str:
    """Return the contact phone as lists and pages show it."""
    return mask_phone(str(volunteer.person.contact_phone or ""))
