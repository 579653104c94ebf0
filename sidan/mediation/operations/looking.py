"""Reading a case: the facts are decrypted, and who looked is written down each time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sidan.core.actor import Actor
from sidan.core.errors import Conflict
from sidan.core.transactions import despite_refusal
from sidan.mediation.models import Case
from sidan.mediation.operations.door import leave_trail
from sidan.mediation.queries import CasePage, case_page


class NoAgreement(Conflict):
    code = "no_agreement"
    sentence = _("There is no agreement to print: only one that holds is printed.")


def look_at_case(*, actor: Actor, at: datetime, case: Case) -> CasePage:
    """Return all of a case that `queries.case_for` let the actor have."""
    with transaction.atomic():
        # The page is shown with a refused form, too; undoing what was refused does not undo the look.
        despite_refusal(lambda: leave_trail(case=case, actor=actor, at=at, verb="look"))
        return case_page(case=case)


def look_at_agreement(*, actor: Actor, at: datetime, case: Case) -> CasePage:
    """Return a case for its agreement to be printed. Raises NoAgreement."""
    with transaction.atomic():
        page = case_page(case=case)
        if page.agreement is None:
            raise NoAgreement
        leave_trail(case=case, actor=actor, at=at, verb="print")
    return page
