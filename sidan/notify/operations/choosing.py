"""What one chooses about messages outward."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.errors import FieldProblem, Invalid, NotSignedIn
from sidan.notify.channels import chat_address_works
from sidan.notify.enums import Address, Topic
from sidan.notify.models import MessageSettings, Wanted

MOST_MINUTES: Final = 1440


class BadChatAddress(Invalid):
    code = "bad_chat_address"
    sentence = _("This is no address of a robot that can be used here. Please copy it once more.")


class BadWindow(Invalid):
    code = "bad_window"
    sentence = _("Messages can be gathered for a day at most.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """All of one person's choices."""

    quiet_from: time
    quiet_until: time
    digest_minutes: int
    chat: str
    wanted: Mapping[tuple[Topic, Address], bool]


@transaction.atomic
def choose_messages(*, actor: Actor, at: datetime, chosen: Chosen) -> None:
    """Keep what the actor wants sent, by which way, how gathered and when not.

    Raises:
        NotSignedIn: a visitor is sent nothing.
        BadChatAddress: not of a service that this installation allows.
        BadWindow: longer than a day.
    """
    if actor.account_id is None:
        raise NotSignedIn
    if chosen.chat and not chat_address_works(chosen.chat, schemes=settings.CHAT_SCHEMES):
        raise BadChatAddress(errors=[FieldProblem("/chat", BadChatAddress.sentence)])
    if not 0 <= chosen.digest_minutes <= MOST_MINUTES:
        raise BadWindow(errors=[FieldProblem("/digest_minutes", BadWindow.sentence)])
    MessageSettings.objects.update_or_create(
        account_id=actor.account_id,
        defaults={
            "quiet_from": chosen.quiet_from,
            "quiet_until": chosen.quiet_until,
            "digest_minutes": chosen.digest_minutes,
            "chat": chosen.chat,
        },
    )
    rows = [
        Wanted(account_id=actor.account_id, topic=topic, way=way, is_wanted=is_wanted)
        for (topic, way), is_wanted in chosen.wanted.items()
    ]
    Wanted.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account", "topic", "way"],
        update_fields=["is_wanted"],
    )
    record(actor=actor, at=at, verb="messages.chosen", subject=("account", actor.account_id))
