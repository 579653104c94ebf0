"""What those who go have promised for the same time, told to who names them or sets the time."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from sidan.core.clock import now
from sidan.core.moments import span_words
from sidan.core.promised import promised
from sidan.orders import queries
from sidan.orders.enums import VisitState
from sidan.orders.models import Assignment


def tell_clashes(request: HttpRequest, assignment: Assignment) -> None:
    """Say who of those named has something else at the time of the visit, without what it is; nothing is refused."""
    visit = queries.live_visit(assignment=assignment)
    if visit is None or visit.state != VisitState.PLANNED:
        return
    names = {each.person_id: each.name for each in queries.named_members(assignment=assignment)}
    begins, ends = visit.planned_from, visit.planned_to
    for other in promised(person_ids=names, begins=begins, ends=ends, besides=visit.uuid):
        told = {"name": names[other.person_id], "when": span_words(other.begins, other.ends, now=now())}
        messages.warning(request, gettext("%(name)s has something else at that time: %(when)s.") % told)
