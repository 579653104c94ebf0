"""How many hours make how many stars in a county: a ladder ends, and another begins on a day that is still to come."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from sidan.audit.operations import record
from sidan.core.actor import Actor
from sidan.core.clock import business_date
from sidan.core.errors import AtField, Conflict
from sidan.core.transactions import told_when
from sidan.honours.enums import MOST_STARS
from sidan.honours.models import Ladder
from sidan.honours.permissions import require_giving
from sidan.places.models import Place

MOST_HOURS = 30_000
"""Of one rung: no life has more."""


class RungsDoNotRise(AtField):
    code = "rungs_do_not_rise"
    field = "rungs"
    sentence = _("Please give one to five numbers of hours, each more than the one before.")


class LadderBeginsLater(AtField):
    code = "ladder_begins_later"
    field = "first_day"
    sentence = _(
        "Please choose a day from tomorrow on: who was judged until today was judged by what held then."
    )


class LadderMeanwhile(Conflict):
    code = "ladder_meanwhile"
    sentence = _("Somebody else has just set this anew. Please look at it again.")


class NoLadderOfOurs(Conflict):
    code = "no_ladder_of_ours"
    sentence = _("The county has no hours of its own set: what holds everywhere holds here already.")


def begin_ladder(
    *, actor: Actor, at: datetime, county: Place, basis: str, rungs: Sequence[int], first_day: date
) -> Ladder:
    """Let another ladder begin: the one before ends on that day, one that has not begun yet is replaced.

    Raises:
        NotYoursToGive, RungsDoNotRise, LadderBeginsLater, LadderMeanwhile
    """
    require_giving(actor=actor, county_id=county.pk)
    rising = all(low < high for low, high in zip([0, *rungs], rungs, strict=False))
    if not 1 <= len(rungs) <= MOST_STARS or not rising or rungs[-1] > MOST_HOURS:
        raise RungsDoNotRise
    with told_when(constraint="honours_one_ladder_a_day", refusal=LadderMeanwhile), transaction.atomic():
        _make_room(at, county, first_day)
        made = Ladder.objects.create(
            county=county, basis=basis, rungs=list(rungs), during=DateRange(first_day, None)
        )
        _trail(actor, at, "begin", county)
    return made


@transaction.atomic
def end_ladder(*, actor: Actor, at: datetime, county: Place, first_day: date) -> None:
    """Let what holds everywhere hold in the county from a day on.

    Raises:
        NotYoursToGive, LadderBeginsLater, NoLadderOfOurs
    """
    require_giving(actor=actor, county_id=county.pk)
    if not _make_room(at, county, first_day):
        raise NoLadderOfOurs
    _trail(actor, at, "end", county)


def _make_room(at: datetime, county: Place, first_day: date) -> int:
    """End what holds on a day, and drop what would only begin later; return how many that were."""
    today = business_date(at)
    if first_day <= today:
        raise LadderBeginsLater
    rows = Ladder.objects.select_for_update().filter(county=county)
    dropped, _each = rows.filter(during__startswith__gt=today).delete()
    ended = 0
    for ladder in rows.filter(during__contains=first_day):
        ladder.during = DateRange(ladder.during.lower, first_day)
        ladder.save(update_fields=["during"])
        ended += 1
    return dropped + ended


def _trail(actor: Actor, at: datetime, verb: str, county: Place) -> None:
    record(
        actor=actor, at=at, verb=f"ladder.{verb}", subject=("place", county.pk), place_id=county.pk,
        county_id=county.pk,
    )  # fmt: skip
