"""A name is taken out of a line that is fixed, for whom it named; all else of the line stays as it was approved."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import AtField
from sidan.core.transactions import told_when
from sidan.people.permissions import require_signed_in
from sidan.plans.enums import NamedPart
from sidan.plans.models import ERASED_ONCE, LineErasure, Plan, PlanLine
from sidan.plans.operations.door import leave_trail
from sidan.plans.operations.holding import locked_line
from sidan.plans.permissions import require_writing


class NothingToErase(AtField):
    code = "plan_line_names_nobody"
    field = "part"
    sentence = _("Nobody is named there, or the name was taken out already.")


def erase_name(*, actor: Actor, at: datetime, plan: Plan, line: PlanLine, part: NamedPart) -> PlanLine:
    """Take out who speaks or who answers, and write down that it was done (PIPL, art. 47).

    Raises:
        NotSignedIn, NotYourPlans, PlanNotSettled, NothingToErase
    """
    require_writing(actor=actor, place_id=plan.place_id, county_id=plan.county_id)
    account_id, _person_id = require_signed_in(actor=actor)
    with told_when(constraint=ERASED_ONCE, refusal=NothingToErase), transaction.atomic():
        row = locked_line(plan, line)
        if not getattr(row, part.value):
            raise NothingToErase
        # Before the name goes: the database lets none go of which nothing is written down.
        LineErasure.objects.create(line=row, part=part, actor_id=account_id, at=at)
        setattr(row, part.value, "")
        row.save(update_fields=[part.value])
        leave_trail(plan=plan, actor=actor, at=at, verb="erase_name")
    return row
