"""What reports of a kind of service ask for, over the API."""

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.decorators import decorate_view

from sidan.catalogue import operations, queries
from sidan.catalogue.models import Category
from sidan.catalogue.operations.errors import NoSuchCategory
from sidan.catalogue.policies import LONGEST_LABEL, MOST_CHOICES, MOST_FIELDS, ResultChoice, ResultField
from sidan.core.clock import now
from sidan.core.idempotency import idempotent
from sidan.core.inputs import CleanText, Input
from sidan.core.requests import actor_of

router = Router(tags=["catalogue"])
Label = Annotated[str, CleanText(max_length=LONGEST_LABEL)]
English = Annotated[str, CleanText(max_length=LONGEST_LABEL * 2, min_length=0)]
FieldCode = Annotated[str, Field(pattern=r"^[a-z0-9-]{0,36}$")]


class ResultChoiceIn(Input):
    label: Label
    label_en: English = ""
    code: FieldCode = ""
    """Without one it is made from the label."""


class ResultFieldIn(Input):
    """`choices` belong to the kind "choice"."""

    label: Label
    label_en: English = ""
    kind: Literal["number", "choice", "yes_no", "text"]
    is_required: bool = False
    choices: Annotated[list[ResultChoiceIn], Field(max_length=MOST_CHOICES)] = []
    code: FieldCode = ""
    """A field that stays keeps its code, so that its numbers are counted on; a new one gets one from its label."""

    def told(self) -> ResultField:
        choices = tuple(ResultChoice(each.code, each.label, each.label_en) for each in self.choices)
        return ResultField(
            code=self.code, kind=self.kind, label=self.label, label_en=self.label_en, is_required=self.is_required,
            choices=choices if self.kind == "choice" else (),
        )  # fmt: skip


class ResultFieldsIn(Input):
    fields: Annotated[list[ResultFieldIn], Field(max_length=MOST_FIELDS)]


class ResultChoiceOut(Schema):
    code: str
    label: str
    label_en: str


class ResultFieldOut(Schema):
    code: str
    kind: str
    label: str
    label_en: str
    is_required: bool
    choices: list[ResultChoiceOut]


class ResultTemplateOut(Schema):
    """`template` is the version, to be sent along with a report; none where nothing is asked."""

    template: UUID | None
    version: int | None
    category: str
    """Whose it is: the kind itself, or the one above that it follows."""
    fields: list[ResultFieldOut]


@router.get(
    "/categories/{code}/results", response=ResultTemplateOut, summary="What reports of a kind ask for"
)
def read_results(request: HttpRequest, code: str) -> ResultTemplateOut:
    """The version that holds now: the kind's own, or that of the nearest one above it."""
    if not Category.objects.filter(code=code).exists():
        raise NoSuchCategory
    return _held(code)


@router.put("/categories/{code}/results", response=ResultTemplateOut, summary="Change what reports ask for")
@decorate_view(idempotent)
def write_results(request: HttpRequest, code: str, payload: ResultFieldsIn) -> ResultTemplateOut:
    """A new version; reports that are written keep theirs. No fields: nothing is asked."""
    fields = [each.told() for each in payload.fields]
    operations.write_result_template(actor=actor_of(request), at=now(), code=code, fields=fields)
    return _held(code)


@router.post(
    "/categories/{code}/results/follow", response=ResultTemplateOut, summary="Ask what the kind above asks"
)
@decorate_view(idempotent)
def follow_results(request: HttpRequest, code: str) -> ResultTemplateOut:
    """A new version that follows the kind above."""
    operations.follow_kind_above(actor=actor_of(request), at=now(), code=code)
    return _held(code)


def _held(code: str) -> ResultTemplateOut:
    held = queries.result_template_for(code=code)
    asked = held.asked if held else []
    return ResultTemplateOut(
        template=held.uuid if held else None, version=held.version if held else None,
        category=held.category_id if held else code,
        fields=[ResultFieldOut(**each.as_data()) for each in asked],
    )  # fmt: skip
