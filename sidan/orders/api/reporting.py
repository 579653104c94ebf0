"""Reporting a visit over the API: what came of it, with the results that its kind of service asks for."""

from collections.abc import Callable
from typing import Annotated, Any, BinaryIO, Final, Literal, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Router, UploadedFile
from ninja.decorators import decorate_view
from pydantic import AfterValidator, StrictBool, StrictInt, TypeAdapter

from sidan.catalogue.policies import LARGEST_NUMBER, LONGEST_TEXT, MOST_FIELDS
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.inputs import CleanText, Input
from sidan.core.requests import actor_of
from sidan.files.operations import store_picture
from sidan.orders import operations, queries
from sidan.orders.models import Order
from sidan.orders.operations import Report
from sidan.orders.permissions import MOST_PHOTOS, VISIT_PHOTO, require_serving
from sidan.orders.saying import Text1000
from sidan.orders.schemas import PlacedOut

router = Router(tags=["team work"])
Code = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
Number = Annotated[StrictInt, Field(ge=0, le=LARGEST_NUMBER)]
Answer = StrictBool | Number | Annotated[str, CleanText(max_length=LONGEST_TEXT, min_length=0)] | None
Results = Annotated[dict[Code, Answer], Field(max_length=MOST_FIELDS)]


_RESULTS: Final[TypeAdapter[dict[str, Any]]] = TypeAdapter(Results)


def _checked(text: str) -> str:
    """Refuse a text that is no JSON of answers; a form with pictures holds texts only. Raises ValueError."""
    _RESULTS.validate_json(text)
    return text


class PlainReportIn(Input):
    """With `then` = one_more the team keeps the order and agrees on the next visit."""

    words: Text1000 = ""
    people_helped: Annotated[int, Field(ge=0, le=10000)] = 1
    then: Literal["last", "one_more"] = "last"
    template: UUID | None = None
    """The version of what is asked that was filled in; without it the one that holds now."""


class ReportIn(PlainReportIn):
    results: Results = {}
    """What the kind of service asks for, by the code of the field: GET /catalogue/categories/{code}/results."""

    def told(self) -> Report:
        return _told(self, self.results)


class ReportFormIn(PlainReportIn):
    results: Annotated[str, Field(max_length=4000), AfterValidator(_checked)] = "{}"
    """The same as JSON text."""

    def told(self) -> Report:
        return _told(self, _RESULTS.validate_json(self.results))


def _told(payload: PlainReportIn, results: dict[str, Any]) -> Report:
    return Report(
        words=payload.words, people_helped=payload.people_helped, results=results, template=payload.template
    )


@router.post("/visits/{uuid:visit}/report", response=PlacedOut, summary="Report what came of it")
@decorate_view(idempotent)
def report(request: HttpRequest, visit: UUID, payload: ReportIn) -> PlacedOut:
    """Report a visit as done, once everybody has gone; the order is done, or one more visit follows.

    Where the words speak of danger to life, `call_now` says whom to call: make sure that it has been done.
    """
    write, found, told = _reporting(payload), queries.visit_by_uuid(uuid=visit), payload.told()
    order = write(actor=actor_of(request), at=now(), visit=found, report=told)
    return PlacedOut.of_placed(order, told.said)


@router.post(
    "/visits/{uuid:visit}/report-with-pictures", response=PlacedOut, summary="Report with up to five pictures"
)
@decorate_view(idempotent)
def report_with_pictures(
    request: HttpRequest,
    visit: UUID,
    payload: Form[ReportFormIn],
    pictures: Annotated[list[UploadedFile], File(max_length=MOST_PHOTOS)],
) -> PlacedOut:
    """Report a visit as done, with pictures (JPEG, PNG or WebP, at most 12 MB each); it answers as without them."""
    actor, at, found = actor_of(request), now(), queries.visit_by_uuid(uuid=visit)
    # Before the pictures are stored: who may not report shall leave nothing here.
    require_serving(actor=actor, assignment=found.assignment)
    photos = [
        store_picture(actor=actor, at=at, upload=cast("BinaryIO", picture.file), purpose=VISIT_PHOTO)
        for picture in pictures
    ]
    write, told = _reporting(payload), payload.told()
    return PlacedOut.of_placed(write(actor=actor, at=at, visit=found, report=told, photos=photos), told.said)


def _reporting(payload: PlainReportIn) -> Callable[..., Order]:
    return operations.report_and_go_on if payload.then == "one_more" else operations.report_visit
