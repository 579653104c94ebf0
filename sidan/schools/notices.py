"""What schools tell their pupils."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons
from sidan.schools.models import Pupil, School

SENTENCES: Final = {
    "school_closed": _("The evening school “%(school)s” is closed. Open it to read why."),
    "school_reopened": _("The evening school “%(school)s” holds classes again. You still belong to it."),
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        register_kind(
            NoticeKind(code=code, sentence=sentence, icon="school", goes_out=True, topic=Topic.MINE)
        )


def tell_pupils(*, kind: str, school: School, at: datetime) -> None:
    """Tell everybody who belongs to a school."""
    people = (
        Pupil.unscoped.filter(school=school, left_on=None).order_by("pk").values_list("person_id", flat=True)
    )
    notify(
        account_ids=account_ids_of_persons(person_ids=people), kind=kind, link=f"/schools/{school.uuid}/", at=at,
        facts={"school": school.name, "school_en": school.name_en or school.name},
    )  # fmt: skip
