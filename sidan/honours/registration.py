"""What certificates tell the apps below them when they start."""

from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpRequest

from sidan.audit.registry import register_names, register_verbs
from sidan.core.badges import register_looks
from sidan.core.slots import register_piece
from sidan.honours import notices, soundness, words
from sidan.honours.models import Certificate
from sidan.hours.models import Entry
from sidan.people.models import Volunteer


def _numbers(ids: Collection[int]) -> Mapping[int, str]:
    return dict(Certificate.unscoped.filter(pk__in=ids).values_list("pk", "number"))


def _of_me(_request: HttpRequest, volunteer: Volunteer | None) -> Mapping[str, Any] | None:
    """Show the door to whom hours are recorded for."""
    return {} if volunteer is not None else None


def _of_record(_request: HttpRequest, record: Entry) -> Mapping[str, Any] | None:
    """On the page of one's record that counts: the way to a certificate of it alone."""
    return None if record.standing_code in {"counter", "taken_back"} else {"record": record}


def register() -> None:
    """Register everything once."""
    notices.register()
    soundness.register()
    register_piece(slot="people.me", template="honours/_door.html", context=_of_me)
    register_piece(slot="hours.record", template="honours/_record_door.html", context=_of_record)
    register_looks(machine="certificate", looks=words.LOOKS)
    register_verbs(words.TRAIL)
    register_names("certificate", _numbers)
