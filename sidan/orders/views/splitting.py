"""The dispatcher splits an order among teams, or puts it together again."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sidan.core.actor import Actor
from sidan.core.errors import NotFound
from sidan.core.idempotency import once_per_form
from sidan.core.pages import staff_page
from sidan.orders import operations, queries
from sidan.orders.forms.splitting import LeaveOutForm, SplitForm
from sidan.orders.models import Order
from sidan.orders.operations.handling import ReasonMissing
from sidan.orders.permissions import require_order_staff
from sidan.orders.views.acts import WordsRefused, act_on, order_shown
from sidan.orders.views.parts import part_pressed


@require_POST
@staff_page(require_order_staff)
@once_per_form
def split(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Split the order into kinds of work."""
    shown = queries.order_by_uuid(uuid=uuid)
    form = SplitForm(request.POST, order=shown)
    if not form.is_valid():
        return order_shown(request, shown, status=422, split_form=form)

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.split_order(actor=actor, at=at, order=found, parts=form.wishes)

    return act_on(
        request, uuid, write, done=gettext("Split. Please find a team for each part."), event="sidan:changed"
    )


@require_POST
@staff_page(require_order_staff)
@once_per_form
def join(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put the order together again."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        return operations.join_order(actor=actor, at=at, order=found)

    return act_on(request, uuid, write, done=gettext("The order is whole again."), event="sidan:changed")


@require_POST
@staff_page(require_order_staff)
@once_per_form
def leave_out(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Leave a part out that nobody can do or nobody wants any more."""
    form = LeaveOutForm(request.POST)
    if not form.is_valid():
        # The form stands beside its part: what is missing is told above the order, too.
        problem = ReasonMissing() if "reason" in form.errors else WordsRefused(form)
        shown = queries.order_by_uuid(uuid=uuid)
        part = part_pressed(request, shown)
        told = {"out_form": form, "out_part": part.uuid if part else None}
        return order_shown(request, shown, status=422, problem=str(problem), **told)
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, found: Order) -> object:
        part = part_pressed(request, found)
        if part is None:
            raise NotFound
        return operations.leave_out_part(
            actor=actor, at=at, order=found, part=part, reason=data["reason"], words=data["words"]
        )

    done = gettext("Left out. The resident has been told why.")
    return act_on(request, uuid, write, done=done, event="sidan:changed")
