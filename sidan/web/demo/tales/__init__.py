"""What cannot be told of one order by itself: told through the operations, so that every rule holds.

Between two teams, between two orders, between residents and the office: the verbs, flags and lists of a county that
has worked for some weeks. Everything is chosen by the seed and the day; nothing here is drawn by chance.
"""

from collections.abc import Mapping
from datetime import datetime

from sidan.orders.models import Order
from sidan.web.demo.people import People
from sidan.web.demo.tales.asking import tell_what_was_asked
from sidan.web.demo.tales.cast import Cast
from sidan.web.demo.tales.growing import tell_how_projects_grew
from sidan.web.demo.tales.passing import tell_who_took_over
from sidan.web.demo.tales.reviewing import tell_what_reviews_are_worth
from sidan.web.demo.tales.saying import tell_what_was_said
from sidan.web.demo.tales.serving import tell_what_became_of_hours
from sidan.web.demo.tales.splitting import tell_what_was_shared
from sidan.web.demo.tales.stationing import tell_what_a_station_does
from sidan.web.demo.tales.taking import tell_what_projects_can_take

__all__ = ["make_tales"]


def make_tales(*, people: People, begun: Mapping[str, Order], now: datetime) -> None:
    """Go on with what was begun in bulk, and tell what begins here."""
    cast = Cast(people=people, begun=begun, now=now)
    tell_what_reviews_are_worth(cast)
    tell_who_took_over(cast)
    tell_what_was_asked(cast)
    tell_what_was_said(cast)
    tell_what_was_shared(cast)
    tell_how_projects_grew(cast)
    tell_what_a_station_does(cast)
    tell_what_projects_can_take(cast)
    tell_what_became_of_hours(cast)
