"""The dispatcher asks all teams of an area, stops asking, picks one of those who offered."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sidan.core.actor import Actor
from sidan.core.idempotency import once_per_form
from sidan.core.pages import staff_page
from sidan.orders import operations, queries
from sidan.orders.forms.console import CallForm
from sidan.orders.models import Order
from sidan.orders.operations.calling import CallAreaRefused
from sidan.orders.permissions import require_order_staff
from sidan.orders.views.acts import act_on, areas, order_shown, refused, team_pressed, words_of
from sidan.orders.views.parts import part_pressed
from sidan.places.queries import place_by_uuid


@require_POST
@staff_page(require_order_staff)
@once_per_form
def call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put the order before all teams of an area (公开征集)."""
    shown = queries.order_by_uuid(uuid=uuid)
    form = CallForm(request.POST, areas=areas(shown))
    if not form.is_valid():
        if request.POST.get("part"):
            # The form stands beside its part: what is missing is told above the order.
            return refused(request, uuid, CallAreaRefused())
        return order_shown(request, shown, status=422, call_form=form)
    data = form.cleaned_data

    def write(actor: Actor, at: datetime, found: Order) -> object:
        area = place_by_uuid(uuid=data["area"])
        if area is None:
            raise CallAreaRefused
        return operations.open_call(
            actor=actor, at=at, order=found, area=area, way=data["way"],
            until=at + timedelta(hours=data["hours"]), part=part_pressed(request, found),
        )  # fmt: skip

    return act_on(request, uuid, write, done=gettext("The teams of the area have been asked."))


@require_POST
@staff_page(require_order_staff)
@once_per_form
def end_call(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop asking, to dispatch the order in another way."""

    def write(actor: Actor, at: datetime, found: Order) -> object:
        part = part_pressed(request, found)
        return operations.end_call(actor=actor, at=at, order=found, part=part, words=words_of(request))

    return act_on(request, uuid, write, done=gettext("The call has ended."), event="sidan:changed")


@require_POST
@staff_page(require_order_staff)
@once_per_form
def pick(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose one of the teams that offered."""
    team = team_pressed(request.POST.get("team", ""))

    def write(actor: Actor, at: datetime, found: Order) -> object:
        part = part_pressed(request, found)
        return operations.pick_team(actor=actor, at=at, order=found, team=team, part=part)

    return act_on(request, uuid, write, done=gettext("%(team)s has the order.") % {"team": team.shown_name})
