"""What a mediator is told: the number of the case and nothing of what it is about."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.mediation.models import Case
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons

SENTENCES: Final = {
    "mediation_given": _("Mediation %(number)s was given to you."),
    "mediation_sitting": _("A sitting of mediation %(number)s is near. Open it to see when and where."),
    "mediation_follow_up": _("Mediation %(number)s: please ask whether the agreement is kept."),
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        register_kind(NoticeKind(code=code, sentence=sentence, icon="scale"))


def tell_mediator(*, case: Case, kind: str, at: datetime, effect: str = "") -> None:
    notify(
        account_ids=account_ids_of_persons(person_ids=[case.mediator_id]), kind=kind,
        facts={"number": case.number}, link=f"/console/mediation/{case.uuid}/", at=at, effect=effect,
    )  # fmt: skip
