"""Whose a room is: what belongs to others stays theirs, and is booked as long as the agreement lasts."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.bookings.enums import RoomOwnerKind
from sidan.bookings.models import Room, RoomOwnerContact
from sidan.bookings.permissions import require_running
from sidan.bookings.queries import beyond_agreement, owner_contact_of
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict
from sidan.core.moments import full_date_words
from sidan.core.phones import normalise_phone
from sidan.core.transactions import told_when

HOLDS_BOOKED = "bookings_agreement_holds_what_is_booked"
"""The guard of the database that an agreement is not cut short under what is booked."""


class OwnerUnnamed(AtField):
    code = "room_owner_unnamed"
    field = "name"
    sentence = _("Please say whose room it is.")


class LentFromWhen(AtField):
    code = "room_lent_from_when"
    field = "lent_from"
    sentence = _("Please say from when on the room is lent.")


class LentBackwards(AtField):
    code = "room_lent_backwards"
    field = "lent_until"
    sentence = _("The agreement ends before it begins.")


class BookedBeyond(Conflict):
    """What is booked outside of a new agreement is not cancelled silently."""

    code = "room_booked_beyond_agreement"
    sentence = _(
        "%(count)s bookings lie outside of this agreement, the first on %(day)s. Please cancel them first."
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call at the owner's."""

    person: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a room is, and from when until when (the last day) it is lent; without an end until further notice."""

    kind: str = RoomOwnerKind.OWN
    name: str = ""
    name_en: str = ""
    lent_from: date | None = None
    lent_until: date | None = None
    contact: Contact | None = None
    """Nothing told keeps whom one called so far."""


def say_whose_room(*, actor: Actor, at: datetime, room: Room, told: Owner) -> Room:
    """Write down whose a room is and how long it is lent; afterwards nothing of it can be booked (R-N2).

    Raises:
        NotYourRooms, OwnerUnnamed, LentFromWhen, LentBackwards, BadPhone
        BookedBeyond: something ahead is booked on a day that the agreement leaves out.
    """
    require_running(actor=actor, place_id=room.place_id, county_id=room.county_id)
    columns = _columns(told)
    with _told_when_booked(room, at), transaction.atomic():
        Room.unscoped.select_for_update(of=("self",)).get(pk=room.pk)
        for name, value in columns.items():
            setattr(room, name, value)
        if beyond_agreement(room=room, at=at):
            raise _booked(room, at)
        room.save(update_fields=list(columns))
        _keep_contact(room, told)
        _record(actor, at, room, "owner")
    return room


@transaction.atomic
def look_at_owner(*, actor: Actor, at: datetime, room: Room) -> Contact:
    """Return whom to call about a room of others, in full; the look is written down. Raises NotYourRooms."""
    require_running(actor=actor, place_id=room.place_id, county_id=room.county_id)
    _record(actor, at, room, "look")
    found = owner_contact_of(room=room)
    return Contact(str(found.person), str(found.phone)) if found else Contact()


def _columns(told: Owner) -> dict[str, object]:
    if told.kind == RoomOwnerKind.OWN:
        return {
            "owner_kind": told.kind, "owner_name": "", "owner_name_en": "", "lent_from": None, "lent_until": None,
        }  # fmt: skip
    if not told.name:
        raise OwnerUnnamed
    if told.lent_from is None:
        raise LentFromWhen
    if told.lent_until is not None and told.lent_until < told.lent_from:
        raise LentBackwards
    return {
        "owner_kind": told.kind, "owner_name": told.name, "owner_name_en": told.name_en,
        "lent_from": told.lent_from, "lent_until": told.lent_until,
    }  # fmt: skip


def _keep_contact(room: Room, told: Owner) -> None:
    if told.kind == RoomOwnerKind.OWN:
        RoomOwnerContact.objects.filter(room=room).delete()
    elif told.contact is not None:
        phone = normalise_phone(told.contact.phone) if told.contact.phone else ""
        RoomOwnerContact.objects.update_or_create(
            room=room, defaults={"person": told.contact.person, "phone": phone}
        )


def _booked(room: Room, at: datetime) -> BookedBeyond:
    outside = beyond_agreement(room=room, at=at)
    first = business_date(outside[0].begins) if outside else business_date(at)
    return BookedBeyond(count=len(outside), day=full_date_words(first))


def _told_when_booked(room: Room, at: datetime) -> AbstractContextManager[None]:
    return told_when(constraint=HOLDS_BOOKED, refusal=lambda: _booked(room, at))


def _record(actor: Actor, at: datetime, room: Room, verb: str) -> None:
    record(
        actor=actor, at=at, verb=f"room.{verb}", subject=("room", room.pk), place_id=room.place_id,
        county_id=room.county_id,
    )  # fmt: skip
