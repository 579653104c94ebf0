"""Days on which somebody has no turn: the plan passes them over."""

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import Invalid, TooMany
from sidan.people.permissions import require_signed_in
from sidan.rotas.models import Away

MOST: Final = 20
LONGEST: Final = timedelta(days=366)


class AwayPast(Invalid):
    code = "away_past"
    sentence = _("Please choose days ahead, the first before the last, at most a year.")


class TooManyAway(TooMany):
    code = "too_many_away"
    sentence = _("You are away %(limit)s times already. Please take one back first.")


def be_away(*, actor: Actor, at: datetime, first: date, last: date) -> Away:
    """Say that one is away on some days; turns that are planned already are withdrawn one by one.

    Raises:
        NotSignedIn, AwayPast, TooManyAway
    """
    _account_id, person_id = require_signed_in(actor=actor)
    today = business_date(at)
    if first > last or last < today or last > today + LONGEST:
        raise AwayPast
    if Away.unscoped.filter(person=person_id, last__gte=today).count() >= MOST:
        raise TooManyAway(limit=MOST)
    return Away.unscoped.create(person_id=person_id, first=first, last=last, told_at=at)


def be_back(*, actor: Actor, away: Away) -> None:
    """Take back that one is away; done twice it is the same."""
    _account_id, person_id = require_signed_in(actor=actor)
    Away.unscoped.filter(pk=away.pk, person=person_id).delete()
