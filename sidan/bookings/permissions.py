"""Who may do what with rooms and their bookings."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.bookings.models import Booking
from sidan.core.actor import Actor
from sidan.core.errors import Forbidden, NotFound
from sidan.people.enums import ORDER_STAFF_ROLES, PEOPLE_ROLES
from sidan.people.permissions import holds_role_over

RUNNING_ROLES: Final = PEOPLE_ROLES
"""Who has the keys: the managers, directors and practitioners of a place."""


class NoSuchRoom(NotFound):
    code = "no_such_room"
    sentence = _("This room is not here, or it is not open any more.")


class NoSuchBooking(NotFound):
    code = "no_such_booking"
    sentence = _("This booking is not here, or it is not yours to see.")


class NoSuchTurns(NotFound):
    code = "no_such_turns"
    sentence = _("These turns are not here, or they are not yours to see.")


class NotYourRooms(Forbidden):
    code = "not_your_rooms"
    sentence = _(
        "Rooms are run by the managers, directors and practitioners of their place, or of one above it."
    )


class NotRoomStaff(Forbidden):
    code = "not_room_staff"
    sentence = _("These pages are for those who work at a place.")


class NotYourBooking(Forbidden):
    code = "not_your_booking"
    sentence = _("This is another person's booking.")


def may_run(*, actor: Actor, place_id: int, county_id: int | None) -> bool:
    """Tell whether the actor runs the rooms of a place: answers, holds, opens and closes."""
    return holds_role_over(actor=actor, roles=RUNNING_ROLES, place_id=place_id, county_id=county_id)


def require_running(*, actor: Actor, place_id: int, county_id: int | None) -> None:
    """Let pass who runs the rooms of a place. Raises NotYourRooms."""
    if not may_run(actor=actor, place_id=place_id, county_id=county_id):
        raise NotYourRooms


def require_desk(*, actor: Actor) -> None:
    """Open the pages of staff; which rooms and bookings are on them, the scope says. Raises NotRoomStaff."""
    if not actor.roles & ORDER_STAFF_ROLES:
        raise NotRoomStaff


def is_own(*, actor: Actor, booking: Booking) -> bool:
    return actor.person_id is not None and booking.asker_id == actor.person_id


def may_read_words(*, actor: Actor, booking: Booking) -> bool:
    """Tell whether the words and the telephone are shown: to whose booking it is, and to who runs the room."""
    if is_own(actor=actor, booking=booking):
        return True
    return may_run(actor=actor, place_id=booking.place_id, county_id=booking.county_id)
