"""The telephone desk: find the caller, see what they had, order, call back, give out a code. All by keyboard."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sidan.core.actor import Actor
from sidan.core.clock import now
from sidan.core.clockwork import Due
from sidan.core.htmx import go_to, is_fragment
from sidan.core.idempotency import once_per_form
from sidan.core.lists import uuid_of
from sidan.core.pages import act, act_by_form, staff_page
from sidan.core.pagination import keyset_page
from sidan.core.requests import actor_of
from sidan.desk import operations, queries
from sidan.desk.enums import CallOutcome
from sidan.desk.forms import CallBackForm, RingBackForm
from sidan.desk.models import Confirmation
from sidan.desk.permissions import may_issue_code, why_no_code
from sidan.desk.policies import CALL_LASTS, CALLS_AT_MOST, CODE_DAYS, TASK, spoken_code
from sidan.orders.enums import OrderState
from sidan.orders.models import Order
from sidan.orders.operations import TASK_CLOCKS, count_left
from sidan.orders.permissions import (
    may_change_for_resident,
    may_see_contact,
    may_see_paper,
    require_any_entering,
)
from sidan.orders.queries import consents_of, has_telephone, order_by_uuid
from sidan.people.queries import resident_by_uuid, residents_found

TYPED = 60
TOLD: Final[dict[str, str | Promise]] = {
    CallOutcome.CONFIRMED.value: _("Confirmed. Thank you."),
    CallOutcome.NOT_WANTED.value: _("The order was cancelled, as they wish."),
    CallOutcome.NO_ANSWER.value: _("It comes up again in two hours."),
}
IS_THERE: Final = _(
    "Somebody is there already, so the order was not cancelled. The team and who dispatches are told to ask them."
)


@require_safe
@staff_page(require_any_entering, public=False)
def phone(request: HttpRequest) -> HttpResponse:
    """Who calls? One hit leads on to their order at once. Beside it: whom to call back next."""
    typed = request.GET.get("q", "")[:TYPED]
    text = typed if typed.isprintable() else ""
    people = residents_found(text=text)
    if len(people) == 1 and "list" not in request.GET:
        return go_to(request, order_url(people[0].uuid))
    account_id, at = actor_of(request).account_id or 0, now()
    rows = queries.calls_due(account_id=account_id, at=at, due_at=TASK_CLOCKS.due_at(task=TASK))
    placed = _placed(request)
    page = keyset_page(rows=rows, sort="queued_at", cursor=request.GET.get("cursor") or None, limit=20)
    left = _dues(page.items)
    context = {
        "text": text,
        "people": people,
        "next": reverse("desk:phone"),
        "next_cursor": page.next_cursor,
        "rows": [(each, left.get(each.pk, Due())) for each in page.items],
        "at": at,
        "account_id": account_id,
        "placed": placed,
    }
    return render(request, "desk/phone.html", context)


def _dues(orders: Iterable[Order]) -> dict[int, Due]:
    """Return until when to call, by the order."""
    dues = TASK_CLOCKS.due(task=TASK, thing_ids=[order.pk for order in orders])
    return {order: due for (order, _turn), due in dues.items()}


def order_url(person: UUID) -> str:
    """Where an order for this resident is entered; afterwards the desk is there again."""
    return f"{reverse('orders:enter_for', args=[person])}?next={reverse('desk:phone')}"


def _placed(request: HttpRequest) -> Order | None:
    """Return the order that was just entered, whose number is read out."""
    uuid = uuid_of(request, "placed")
    if uuid is None:
        return None
    return Order.objects.select_related("project", "category").filter(uuid=uuid).first()


@require_safe
@staff_page(require_any_entering, public=False)
def caller(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What this resident ordered before: beside a new order, or as a page."""
    person = resident_by_uuid(uuid=uuid)
    earlier = list(queries.earlier_orders(person=person))
    count_left(earlier)
    context = {
        "person": person,
        "orders": earlier,
        "order_url": order_url(uuid),
    }
    piece = "desk/_caller.html" if is_fragment(request) else "desk/caller.html"
    return render(request, piece, context)


@require_safe
@staff_page(require_any_entering, public=False)
def order(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One order from the desk's side: how the resident agreed, what calls back brought, the code that is out."""
    return _order_page(request, order_by_uuid(uuid=uuid))


def _order_page(
    request: HttpRequest, found: Order, *, typed: QueryDict | None = None, code: str = ""
) -> HttpResponse:
    actor, at = actor_of(request), now()
    context = _call_context(actor, found, typed) | {
        "order": found,
        "person": found.requester,
        "consents": consents_of(order=found),
        "may_see_paper": may_see_paper(actor=actor, order=found),
        "calls": queries.calls_made(order=found),
        "claim": queries.claim_of(order=found, at=at),
        "claim_minutes": CALL_LASTS // timedelta(minutes=1),
        "account_id": actor.account_id,
        "due": _dues([found]).get(found.pk, Due()),
        "may_look": may_see_contact(actor=actor, order=found),
        "may_issue": may_issue_code(actor=actor, order=found),
        "serves_here": why_no_code(actor=actor, order=found),
        "has_telephone": has_telephone(order=found),
        "has_code": queries.has_code(order=found, at=at),
        "code": spoken_code(code),
        "days": CODE_DAYS,
        "address": request.build_absolute_uri(reverse("desk:code")),
    }
    return render(request, "desk/order.html", context)


def _call_context(actor: Actor, found: Order, typed: QueryDict | None) -> dict[str, Any]:
    """Return how the resident's answer is written down: by a call that is due, or when they ring back later."""
    is_due, is_unconfirmed = queries.is_to_be_called(order=found), queries.is_unconfirmed(order=found)
    is_own = found.placed_by_id == actor.account_id
    may_write = is_unconfirmed and not is_own and may_change_for_resident(actor=actor, order=found)
    form = CallBackForm if is_due else RingBackForm
    return {
        "form": form(typed) if may_write else None,
        "is_own": is_own and is_unconfirmed,
        "is_due": is_due,
        "called_enough": operations.CalledEnough(calls=CALLS_AT_MOST),
    }


@require_POST
@staff_page(require_any_entering, public=False)
@once_per_form
def calling(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that one is calling now, and stay with the order."""
    return _say(
        request, uuid, operations.claim_call,
        url=reverse("desk:order", args=[uuid]), done=_("Your colleagues see that you are calling."),
    )  # fmt: skip


@require_POST
@staff_page(require_any_entering, public=False)
@once_per_form
def end_calling(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say that one does not call now after all, and go on to the next."""
    return _say(
        request, uuid, operations.release_call, url=reverse("desk:phone"), done=_("A colleague may call now.")
    )


def _say(
    request: HttpRequest, uuid: UUID, write: Callable[..., object], *, url: str, done: str | Promise
) -> HttpResponse:
    actor, found = actor_of(request), order_by_uuid(uuid=uuid)
    return act(request, url=url, done=done, write=lambda: write(actor=actor, at=now(), order=found))


@require_POST
@staff_page(require_any_entering, public=False)
@once_per_form
def call_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write down what came of a call back, and go on to the next; what is refused is told beside the order."""
    actor, found = actor_of(request), order_by_uuid(uuid=uuid)

    def write(data: dict[str, Any]) -> Confirmation:
        return operations.confirm_order(actor=actor, at=now(), order=found, outcome=data["outcome"])

    return act_by_form(
        request, form=CallBackForm(request.POST), url=reverse("desk:phone"), write=write, done=_told,
        page=lambda refused: _order_page(request, order_by_uuid(uuid=uuid), typed=request.POST),
    )  # fmt: skip


def _told(row: Confirmation) -> str | Promise:
    """Say what was done, which is not always what the answer asked for."""
    order = Order.objects.get(pk=row.order_id)
    if row.outcome == CallOutcome.NOT_WANTED and order.state != OrderState.CANCELLED:
        return IS_THERE
    if row.outcome == CallOutcome.NO_ANSWER and not queries.is_to_be_called(order=order):
        return str(operations.CalledEnough(calls=CALLS_AT_MOST))
    return TOLD[row.outcome]


@require_POST
@staff_page(require_any_entering, public=False)
def issue(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give out a code: it is shown on this one page, to be read out or printed, and never again.

    Not once per form: an answer that is kept would keep the code. Sent twice, the second code is the one that holds.
    """
    actor, found = actor_of(request), order_by_uuid(uuid=uuid)
    code = operations.issue_code(actor=actor, at=now(), order=found)
    return _order_page(request, found, code=code)
