"""What is known of rooms, in the reader's words."""

from django.utils.translation import gettext

from sidan.bookings.models import Room
from sidan.core.moments import full_date_words


def lent_words(room: Room) -> str:
    """Return from when until when a room of others is lent; nothing where it is the place's own."""
    if room.lent_from is None:
        return ""
    first = full_date_words(room.lent_from)
    if room.lent_until is None:
        return gettext("from %(first)s on") % {"first": first}
    return gettext("from %(first)s to %(last)s") % {"first": first, "last": full_date_words(room.lent_until)}
