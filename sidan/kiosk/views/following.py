"""Seeing one's orders at the terminal, and saying how it was: by the telephone that was proven, or by paper's code."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sidan.core.clock import now
from sidan.core.errors import NotFound
from sidan.core.pages import REFUSALS
from sidan.core.scope import Scope, scoped
from sidan.desk.queries import order_of_code
from sidan.kiosk import operations, queries
from sidan.kiosk.views.act import Act, resident_scope, show, within_act
from sidan.orders.enums import OrderState, ReviewChannel
from sidan.orders.models import Order
from sidan.orders.operations import Said, review_order, review_order_by_code
from sidan.orders.queries import DoorCode, door_codes, order_by_number
from sidan.orders.saying import ReviewForm
from sidan.orders.telling import where_it_stands
from sidan.orders.words import NEXT


@require_safe
@within_act(proven=True)
def mine(request: HttpRequest, act: Act) -> HttpResponse:
    """My newest orders; what waits for a word of mine stands first."""
    actor = act.resident()
    with resident_scope(actor):
        orders = queries.own_orders(person_id=actor.person_id or 0, is_shared=act.is_of_several)
        return show(request, act, "mine.html", {"orders": orders})


@require_safe
@within_act(proven=True)
def order(request: HttpRequest, act: Act, number: str) -> HttpResponse:
    """One order of mine: where it stands, the digits for the door, the review."""
    actor = act.resident()
    with resident_scope(actor):
        found = _own(act, number)
        return _page(request, act, found, ReviewForm(), reverse("kiosk:review", args=[found.number]))


def _own(act: Act, number: str) -> Order:
    """Return an order of mine; a private one is not opened by a number that several share. Raises NotFound."""
    found = order_by_number(number=number)
    if found.is_private and act.is_of_several:
        raise NotFound
    return found


@require_safe
@within_act()
def paper_order(request: HttpRequest, act: Act) -> HttpResponse:
    """The order whose number and code were entered."""
    found = _of_paper(act)
    if found is None:
        return redirect("kiosk:start")
    with scoped(Scope(person_id=found.requester_id)):
        return _page(request, act, found, ReviewForm(), reverse("kiosk:paper_review"))


def _page(
    request: HttpRequest, act: Act, found: Order, form: ReviewForm, action: str, refused: str = ""
) -> HttpResponse:
    at = now()
    context = {
        "order": found,
        "stands": where_it_stands(found, at=at),
        "next_step": NEXT.get(found.state, ""),
        "codes": _digits(act, found, at),
        "form": form if found.state == OrderState.DONE else None,
        "action": action,
        "refused": refused,
    }
    return show(request, act, "order.html", context, status=422 if form.errors or refused else 200)


def _digits(act: Act, found: Order, at: datetime) -> list[DoorCode]:
    """Return the digits for the door; that a telephone of several showed them is written down."""
    codes = door_codes(order=found, at=at)
    if codes and act.is_of_several and act.account_id:
        operations.note_digits_shown(actor=act.resident(), at=at, order=found)
    return codes


@require_POST
@within_act(proven=True)
def review(request: HttpRequest, act: Act, number: str) -> HttpResponse:
    """Say how it was, as oneself."""
    actor = act.resident()

    def keep(found: Order, said: Said) -> object:
        return review_order(
            actor=actor, at=now(), order=found, outcome=said.outcome, stars=said.stars, words=said.words,
            wish=said.wish, channel=ReviewChannel.KIOSK,
        )  # fmt: skip

    with resident_scope(actor):
        return _review(request, act, _own(act, number), keep)


@require_POST
@within_act()
def paper_review(request: HttpRequest, act: Act) -> HttpResponse:
    """Say how it was, by the code on the paper."""
    found = _of_paper(act)
    if found is None:
        return redirect("kiosk:start")

    def keep(order: Order, said: Said) -> object:
        return review_order_by_code(at=now(), order=order, said=said, channel=ReviewChannel.KIOSK)

    with scoped(Scope(person_id=found.requester_id)):
        return _review(request, act, found, keep)


def _review(
    request: HttpRequest, act: Act, found: Order, keep: Callable[[Order, Said], object]
) -> HttpResponse:
    form, refused = ReviewForm(request.POST), ""
    if form.is_valid():
        try:
            keep(found, form.said())
        except REFUSALS as refusal:
            refused = str(refusal)
        else:
            return redirect("kiosk:thanks")
    return _page(request, act, found, form, request.path, refused)


@require_safe
@within_act()
def thanks(request: HttpRequest, act: Act) -> HttpResponse:
    """Thank for the word."""
    return show(request, act, "thanks.html", {})


def _of_paper(act: Act) -> Order | None:
    if not act.paper:
        return None
    row, opened = act.paper
    opened_at = datetime.fromtimestamp(opened, UTC)
    return order_of_code(code_id=row, opened_at=opened_at, at=now())
