"""Who is told of an answer to a survey: the office, where it speaks of danger to life. Never what it says."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.needs.models import Survey
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


def register() -> None:
    """Make the sentence known to the inbox."""
    register_kind(DANGER)


def tell_of_danger(*, survey: Survey, place_id: int, at: datetime, effect: str, but: int | None) -> None:
    """Tell the office where the sheet comes from, else the nearest above: it is sent at once, at night too.

    `but` is who entered the sheet: the page has told them already.
    """
    told = accounts_with_roles(place_id=place_id, roles=ASKING_ROLES | DISPATCHING_ROLES)
    notify(
        account_ids=[account for account in told if account != but], kind=DANGER.code, facts={"title": survey.title},
        link=f"/console/needs/surveys/{survey.uuid}/", at=at, effect=effect,
    )  # fmt: skip
