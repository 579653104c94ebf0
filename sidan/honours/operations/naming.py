"""How a name is read on public lists of honours: by its owner's choice, and hidden in part where they chose nothing."""

from datetime import datetime

from django.db import transaction

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.honours.models import ShownName
from sidan.people.permissions import require_signed_in


@transaction.atomic
def show_name(*, actor: Actor, at: datetime) -> None:
    """Let one's whole name be read; done twice it is the same."""
    _account, person_id = require_signed_in(actor=actor)
    ShownName.objects.get_or_create(person_id=person_id, defaults={"at": at})
    record(actor=actor, at=at, verb="honours.show_name", subject=("person", person_id))


@transaction.atomic
def hide_name(*, actor: Actor, at: datetime) -> None:
    """Let a part of one's name be hidden again; done twice it is the same."""
    _account, person_id = require_signed_in(actor=actor)
    ShownName.objects.filter(person=person_id).delete()
    record(actor=actor, at=at, verb="honours.hide_name", subject=("person", person_id))
