"""What is told about certificates."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.honours.models import Certificate
from sidan.notify.enums import Topic
from sidan.notify.kinds import NoticeKind, register_kind
from sidan.notify.operations import notify
from sidan.people.queries import account_ids_of_persons

SENTENCES: Final = {
    "certificate_issued": _("The office issued a certificate of your service: number %(number)s."),
    "certificate_spoiled": _(
        "A record in your certificate %(number)s was taken back, so it is no longer valid. You can issue a new one."
    ),
}


def register() -> None:
    """Make the sentences known to the inbox."""
    for code, sentence in SENTENCES.items():
        register_kind(
            NoticeKind(code=code, sentence=sentence, icon="scroll-text", goes_out=True, topic=Topic.MINE)
        )


def tell_person(*, kind: str, certificate: Certificate, at: datetime) -> None:
    """Tell whose certificate it is; of each kind once, however many records are taken back."""
    notify(
        account_ids=account_ids_of_persons(person_ids=[certificate.person_id]), kind=kind,
        facts={"number": certificate.shown_number}, link=f"/my/certificates/{certificate.uuid}/", at=at,
        effect=f"{kind}:{certificate.pk}",
    )  # fmt: skip
