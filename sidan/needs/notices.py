"""Who is told of danger to life in a sheet of a survey or in a need: the office. Never what it says."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.needs.models import Need, Survey
from sidan.needs.permissions import ASKING_ROLES
from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.enums import DISPATCHING_ROLES
from sidan.people.queries import accounts_with_roles

DANGER: Final = NoticeKind(
    code="survey_danger",
    sentence=_("Danger to life in the words of a sheet of the survey “%(title)s”. Please act now."),
    icon="siren",
    goes_out=True,
    topic=Topic.OFFICE,
    is_urgent=True,
)
NEED_DANGER: Final = replace(
    DANGER,
    code="need_danger",
    sentence=_("Danger to life in a need that was written down at %(place)s. Please act now."),
)


def register() -> None:
    """Make the sentences known to the inbox."""
    register_kind(DANGER)
    register_kind(NEED_DANGER)


def tell_of_danger(
    *, survey: Survey, place_id: int, at: datetime, effect: str, by: int | None, kept_for: timedelta
) -> None:
    """Tell the office where the sheet comes from, else the nearest above: it is sent at once, at night too.

    `by` is who entered the sheet. The page has told them; where a device `kept` it, it may have been sent from any
    page, while nobody looked: then they are told as well.
    """
    told = _office(place_id, by)
    if by is not None and kept_for:
        told.append(by)
    notify(
        account_ids=told, kind=DANGER.code, facts={"title": survey.title},
        link=f"/console/needs/surveys/{survey.uuid}/", at=at, effect=effect,
    )  # fmt: skip


def tell_of_need_in_danger(*, need: Need, at: datetime, but: int | None) -> None:
    """Tell the office of the place where a need arose, as of a sheet; `but` is who wrote it down."""
    notify(
        account_ids=_office(need.place_id, but), kind=NEED_DANGER.code,
        facts={"place": need.place.name, "place_en": need.place.name_en},
        link=f"/console/needs/{need.uuid}/", at=at, effect=f"need-danger:{need.pk}",
    )  # fmt: skip


def _office(place_id: int, but: int | None) -> list[int]:
    """Return who decides at the place, else at the nearest one above: where nobody but `but` does, the one above."""
    besides = () if but is None else (but,)
    return accounts_with_roles(place_id=place_id, roles=ASKING_ROLES | DISPATCHING_ROLES, besides=besides)
