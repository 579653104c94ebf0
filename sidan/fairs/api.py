"""The stalls of fairs over the API."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from sidan.fairs import queries
from sidan.fairs.schemas import FairOut

router = Router(tags=["fairs"])


@router.get("/{activity_id}/stalls", response=FairOut, auth=None, summary="The stalls of a fair")
def stalls_of_fair(request: HttpRequest, activity_id: UUID) -> FairOut:
    """Every stall by number, with who stands there, what it offers and how many it served."""
    found = queries.fair_by_uuid(uuid=activity_id)
    stalls = queries.stalls_of(activity=found)
    return FairOut.told(found, stalls, queries.sums_of(stalls=stalls))
