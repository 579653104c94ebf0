"""What is known of rooms, in the reader's words."""

from datetime import time

from django.utils.translation import gettext, pgettext

from sidan.bookings.models import Room, RoomTurns
from sidan.core.moments import full_date_words, time_words, weekday_words


def lent_words(room: Room) -> str:
    """Return from when until when a room of others is lent; nothing where it is the place's own."""
    if room.lent_from is None:
        return ""
    first = full_date_words(room.lent_from)
    if room.lent_until is None:
        return gettext("from %(first)s on") % {"first": first}
    return gettext("from %(first)s to %(last)s") % {"first": first, "last": full_date_words(room.lent_until)}


def turns_words(turns: RoomTurns) -> str:
    """Return when organisations take turns: 「每周一 晚上7:00 – 晚上9:00」, "each Mon 19:00 – 21:00"."""
    return weekly_words(turns.weekday, turns.begins_at, turns.ends_at)


def weekly_words(weekday: int, begins: time, ends: time) -> str:
    """Return a weekday and its hours as something that comes each week."""
    return gettext("each %(weekday)s %(begins)s – %(ends)s") % {
        "weekday": weekday_words()[weekday],
        "begins": time_words(begins),
        "ends": time_words(ends),
    }


def takers_words(turns: RoomTurns) -> str:
    """Return who takes turns, in order."""
    return pgettext("between those who take turns", " → ").join(taker.name for taker in turns.takers.all())
