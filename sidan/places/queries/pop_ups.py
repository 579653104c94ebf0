"""Questions about what stands somewhere for a while."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from sidan.places.coordinates import Point
from sidan.places.enums import PopUpState
from sidan.places.models import Place, PopUp, PopUpStop
from sidan.places.queries.tree import within

AT_A_PLACE: Final = 6
"""Of what is coming, so many stand on the page of a place."""
KEPT_IN_FEEDS: Final = timedelta(days=31)
MOST_IN_A_FEED: Final = 500


def pop_ups_coming(*, at: datetime, near: Place | None) -> QuerySet[PopUp]:
    """Return what is announced and not over, the next first; of the county of a place, or everywhere."""
    rows = _shown(PopUp.objects.filter(state=PopUpState.PLANNED, during__endswith__gt=at))
    return rows.filter(county=near.county_id) if near is not None and near.county_id else rows


def pop_ups_at(*, place: Place, at: datetime) -> list[PopUp]:
    """Return the next few that a place, or one below it, has announced."""
    rows = pop_ups_coming(at=at, near=place).filter(within(field="place", root_ids=[place.pk]))
    return list(rows.order_by(Lower("during"), "pk")[:AT_A_PLACE])


def pop_ups_within(
    *, begins: datetime, ends: datetime, county_id: int | None, place_id: int | None
) -> QuerySet[PopUp]:
    """Return what is announced and stands for a part of a time, in a county, or at a place and all below it."""
    rows = _shown(PopUp.objects.filter(state=PopUpState.PLANNED, during__overlap=(begins, ends)))
    # What is over before the time is not read, however much there is: the index of ends answers.
    rows = _around(rows.filter(during__endswith__gt=begins), county_id, place_id)
    return rows.order_by(Lower("during"), "pk")


def pop_ups_told(*, at: datetime, county_id: int | None, place_id: int | None) -> list[PopUp]:
    """Return what a calendar elsewhere reads: what is coming, and what was over or called off lately."""
    rows = _shown(PopUp.objects.filter(during__endswith__gt=at - KEPT_IN_FEEDS))
    rows = _around(rows, county_id, place_id).prefetch_related("stops")
    return list(rows.order_by(Lower("during"), "pk")[:MOST_IN_A_FEED])


def _around(rows: QuerySet[PopUp], county_id: int | None, place_id: int | None) -> QuerySet[PopUp]:
    rows = rows.filter(county=county_id) if county_id else rows
    if place_id and place_id != county_id:
        rows = rows.filter(within(field="place", root_ids=[place_id]))
    return rows


def pop_ups_of_office(
    *, root_ids: list[int], at: datetime, chip: str = "", text: str = "", place_id: int | None = None
) -> QuerySet[PopUp]:
    """Return those of one's places: what is coming, or by a chip what is over, or called off."""
    rows = _shown(PopUp.objects.filter(within(field="place", root_ids=root_ids)))
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(spot__icontains=text))
    if place_id is not None:
        rows = rows.filter(within(field="place", root_ids=[place_id]))
    if chip == "called_off":
        return rows.filter(state=PopUpState.CALLED_OFF)
    rows = rows.filter(state=PopUpState.PLANNED)
    return rows.filter(during__endswith__lte=at) if chip == "over" else rows.filter(during__endswith__gt=at)


def pop_up_by_uuid(*, uuid: UUID) -> PopUp | None:
    """Find one by its public id, with its place; its stops come with it."""
    return _shown(PopUp.objects.filter(uuid=uuid)).prefetch_related("stops").first()


def point_of(row: Place | PopUp | PopUpStop) -> Point | None:
    """Return where something lies, with the system of its coordinates, or nothing where nobody has said it."""
    if row.longitude is None or row.latitude is None:
        return None
    return Point(float(row.longitude), float(row.latitude), row.coordinate_system)


def _shown(rows: QuerySet[PopUp]) -> QuerySet[PopUp]:
    return rows.select_related("place").annotate(begins_key=Lower("during"), place_key=F("place__path_names"))
